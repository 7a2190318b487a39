"""How long each table about people is kept, clock by clock of the pack, and what then becomes of its rows.

A clock is named as in the pack, without `_months`. The tables of `inactive_jobseeker` go with the person, after a
notice (`journeys.retention`); a house test fails when a table about people has no line and no reason.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from django.apps import apps
from django.db.models import Exists, OuterRef, Q

from openpes.core.keeping import Kept, Then

Over = Callable[[datetime], Q]


def passed(*names: str) -> Over:
    """The first of these instants that is known has passed; a row that knows none stays."""

    def over(before: datetime) -> Q:
        wanted, unknown = Q(), Q()
        for name in names:
            wanted |= unknown & Q(**{f"{name}__lt": before})
            unknown &= Q(**{f"{name}__isnull": True})
        return wanted

    return over


def day_passed(name: str) -> Over:
    """The same for a date."""
    return lambda before: Q(**{f"{name}__lt": before.date()})


def silent(before: datetime) -> Q:
    """No sign of life of the person since then."""
    silent_ones = apps.get_model("jobseekers.Jobseeker")._default_manager.filter(last_confirmed_at__lt=before)
    return Q(person__in=silent_ones.values("person"))


def without_a_vacancy(before: datetime) -> Q:
    """Employers that came before then and have had no vacancy since."""
    vacancies = apps.get_model("vacancies.Vacancy")._default_manager
    lately = vacancies.filter(Q(posted_at__gte=before) | Q(closed_at=None) | Q(closed_at__gte=before))
    return Q(registered_at__lt=before) & ~Q(Exists(lately.filter(employer=OuterRef("pk"))))


def notes_of_employers(before: datetime) -> Q:
    """Notes about those employers."""
    employers = apps.get_model("organisations.Employer")._default_manager
    return Q(employer__in=employers.filter(without_a_vacancy(before)))


def answered(path: str = "") -> Over:
    """Complaints that were answered before then and rest."""
    return lambda before: Q(**{f"{path}answered_at__lt": before, f"{path}state__in": ("answered", "closed")})


NAMES_NOBODY = {"person": None, "about_account": None, "written_by": None}
HIRED_BY = "placements.Outcome.referral"

KEPT: Mapping[str, tuple[Kept, ...]] = {
    "circumstances": (
        Kept("circumstances.Barrier", silent),
        Kept("circumstances.Need", silent),
        Kept("circumstances.GroupMembership", silent),
    ),
    "guidance_record": (
        Kept("guidance.GivenAdvice", passed("responded_at", "made_at")),
        Kept("guidance.Plan", lambda before: Q(state="replaced", made_at__lt=before)),
        Kept("guidance.Interview", passed("ended_at", "started_at")),
        Kept("casework.CaseNote", passed("written_at")),
        Kept("casework.PaperToShow", passed("shown_at", "noted_at")),
        Kept("casework.KeyedLine", passed("keyed_at")),
        Kept("casework.NamedHelper", day_passed("until")),
        Kept("interests.InterestAnswers", passed("answered_at")),
        Kept("interests.ValueSort", passed("sorted_at")),
        Kept("partnerships.PartnerReferral", passed("ended_at")),
    ),
    "appointment_record": (
        Kept("appointments.Appointment", passed("ended_at", "starts_at", "invited_at")),
        Kept("appointments.GroupSession", passed("starts_at")),
        Kept("appointments.QueueTicket", day_passed("on")),
        Kept("appointments.Contact", passed("at")),
        Kept("appointments.BulkText", passed("made_at")),
        Kept("appointments.CallWish", passed("said_at")),
        Kept("appointments.InvitationPause", day_passed("last_day")),
        Kept("appointments.NoTexts", passed("ended_at")),
    ),
    "programme_record": (
        Kept("programmes.Application", day_passed("cycle__ends_before")),
        Kept("enrolments.Flag", day_passed("cycle__ends_before")),
    ),
    "complaint_record": (
        Kept("complaints.Complaint", answered(), Then.FORGETS, also=NAMES_NOBODY),
        Kept("complaints.ComplaintEvent", answered("complaint__"), Then.FORGETS),
    ),
    "referral_record": (
        Kept("fairs.Fair", passed("ends_at")),
        Kept("referrals.Referral", passed("ended_at"), leaning=(HIRED_BY,)),
        # What a hire is counted by stays with the hire, without words about the person.
        Kept("referrals.Referral", passed("ended_at"), Then.FORGETS),
        Kept("referrals.Interview", passed("referral__ended_at")),
        Kept("referrals.ListReply", passed("at")),
    ),
    "outcome_record": (Kept("placements.Outcome", passed("recorded_at")),),
    "vacancy_record": (Kept("vacancies.Vacancy", passed("closed_at")),),
    "employer_record": (
        Kept("organisations.EmployerContact", notes_of_employers),
        Kept("organisations.EmployerEvent", notes_of_employers),
        Kept("organisations.Employer", without_a_vacancy),
        Kept("organisations.Employer", without_a_vacancy, Then.FORGETS),
    ),
    "invitation": (
        Kept("organisations.Invitation", passed("accepted_at", "expires_at")),
        Kept("organisations.PhoneProof", passed("proven_at", "sent_at")),
    ),
    "imported_list": (Kept("imports.ImportRow", passed("changed_at"), Then.FORGETS),),
    "match_run": (Kept("matching.MatchRun", passed("finished_at", "stopped_at")),),
    "consent_record": (
        Kept(
            "people.Consent",
            lambda before: Q(withdrawn_at__lt=before) | Q(ends_at__lt=before) | Q(person__erased_at__lt=before),
            leaning=("partnerships.PartnerReferral.consent",),
        ),
        Kept("circumstances.Agreement", passed("withdrawn_at")),
    ),
    "statistics": (Kept("insights.FrozenPerson", passed("freeze__made_at")),),
    "institution": (
        Kept("appointments.OpeningException", day_passed("on")),
        Kept("appointments.Absence", day_passed("last_day")),
    ),
}

# Clocks that other hands keep: where.
ELSEWHERE: Mapping[str, str] = {
    "inactive_jobseeker": "retention: a notice, then the person is erased",
    "rejected_candidate": "retention: hidden from the employer's side",
    "messages": "messaging and dialogues forget their texts",
    "outbox": "core.outbox forgets finished work",
    "stored_files": "core.files forgets files and their content",
    "account": "people closes accounts that nobody enters",
    "access_log": "core.chain cuts the log and writes down where",
    "change_log": "core.chain cuts the log and writes down where",
}
