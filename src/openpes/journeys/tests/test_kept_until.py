"""Every clock of keeping that a pack states has something that acts on it, and acts on nothing too early."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.apps import apps
from tests.factories import (
    NOW,
    EmployerFactory,
    JobseekerFactory,
    OfficeFactory,
    ReferralFactory,
    VacancyFactory,
    account_with,
)

from openpes.circumstances.models import Barrier
from openpes.complaints.models import Complaint
from openpes.core.access_log import check_access_log, record_view, views_of
from openpes.core.actors import system
from openpes.core.change_log import check_change_log, record_change
from openpes.core.clock import months_before
from openpes.core.models import AccessEntry, ChangeEntry
from openpes.core.privacy import PrivacyClass, privacy_of
from openpes.journeys.kept_until import ELSEWHERE, KEPT
from openpes.journeys.retention import run_retention
from openpes.matching.models import CurrentRun, MatchRun
from openpes.organisations.models import Employer, Invitation
from openpes.people.models import Account, Consent
from openpes.placements.models import Outcome
from openpes.referrals.models import Referral
from openpes.vacancies.models import Vacancy
from openpes_countries import known_countries, load_country

pytestmark = pytest.mark.django_db(databases=["default", "access"])
BY = system(label="test")
DAY = timedelta(days=1)


def months_ago(months: int, more: timedelta = DAY):
    return months_before(NOW, months) - more


@pytest.mark.parametrize("code", known_countries())
def test_every_clock_of_the_pack_has_hands(code: str) -> None:
    stated = {
        key.removeprefix("retention.").removesuffix("_months")
        for key in load_country(code).keys
        if key.startswith("retention.") and key.endswith("_months")
    }
    assert stated == set(KEPT) | set(ELSEWHERE)
    assert not set(KEPT) & set(ELSEWHERE)


# Their rows go with a row that has a line (a cascade), or hold nobody once it is gone.
GOES_WITH = {
    "appointments.AppointmentEvent": "appointments.Appointment",
    "enrolments.Attendance": "programmes.Application",
    "enrolments.Certificate": "programmes.Application",
    "enrolments.Control": "programmes.Application",
    "enrolments.Enrolment": "programmes.Application",
    "enrolments.FollowUp": "programmes.Application",
    "enrolments.StipendLine": "programmes.Application",
    "enrolments.SubsidyClaim": "programmes.Application",
    "fairs.FairMeeting": "fairs.Fair",
    "fairs.FairOffer": "fairs.Fair",
    "fairs.FairVisit": "fairs.Fair",
    "guidance.Contest": "guidance.GivenAdvice",
    "guidance.InterviewPart": "guidance.Interview",
    "guidance.PlanAction": "guidance.Plan",
    "matching.SuggestionList": "matching.MatchRun",
    "partnerships.PartnerReferralEvent": "partnerships.PartnerReferral",
    "placements.CheckAnswer": "placements.Outcome",
    "placements.HireCheck": "placements.Outcome",
    "placements.OutcomeEvidence": "placements.Outcome",
    "placements.PromiseKept": "placements.Outcome",
    "referrals.ReferralEvent": "referrals.Referral",
}
# Officers who signed law, and contacts of partners, stand as long as what they stand for.
STANDS = {"organisations.Partner", "reference.LawAnswer", "reference.LawEntry", "reference.ServiceMode"}


def reached_from(label: str) -> set[str]:
    """The tables whose rows go when a row of this one does."""
    found, new = set(), {label}
    while new:
        found |= new
        new = {
            relation.related_model._meta.label
            for one in new
            for relation in apps.get_model(one)._meta.get_fields(include_hidden=True)
            if relation.auto_created and not relation.concrete and relation.on_delete.__name__ == "CASCADE"
        } - found
    return found


def test_every_table_about_people_has_a_line_or_a_reason() -> None:
    named = {line.table for lines in KEPT.values() for line in lines}
    left = {}
    for model in apps.get_models():
        said = privacy_of(model)
        if said is None or said.retention in ELSEWHERE or model._meta.label in named | STANDS:
            continue
        if said.subject or any(one.privacy_class != PrivacyClass.NONE for one in said.fields.values()):
            left[model._meta.label] = said.retention
    assert set(left) == set(GOES_WITH)
    for label, parent in GOES_WITH.items():
        assert label in reached_from(parent), f"{label} does not go with {parent}"


def test_every_line_stands_under_the_clock_of_its_table() -> None:
    for clock, lines in KEPT.items():
        for line in lines:
            assert privacy_of(line.model).retention == clock, line.table


def test_an_ended_introduction_goes_and_a_hire_keeps_its_own_without_words() -> None:
    _old, hired, fresh = (
        ReferralFactory(state="ended", ending=ending, ended_at=at, note="She knows the manager.")
        for ending, at in (
            ("not_hired", months_ago(60)),
            ("hired", months_ago(60)),
            ("not_hired", months_before(NOW, 60) + DAY),
        )
    )
    Outcome.objects.create(
        jobseeker=hired.jobseeker, office=hired.office, kind="job", referral=hired, vacancy=hired.vacancy,
        employer=hired.vacancy.employer, starts_on=NOW.date(), grade="self_report", recorded_at=months_ago(60),
    )  # fmt: skip
    run_retention(at=NOW)
    assert set(Referral.objects.values_list("pk", flat=True)) == {hired.pk, fresh.pk}
    hired.refresh_from_db()
    fresh.refresh_from_db()
    assert hired.note == "" and fresh.note == "She knows the manager."
    assert Outcome.objects.get().is_placement
    Outcome.objects.update(recorded_at=months_ago(120))
    run_retention(at=NOW + DAY)
    assert not Outcome.objects.exists()
    run_retention(at=NOW + 2 * DAY)
    assert not Referral.objects.filter(pk=hired.pk).exists(), "nothing leans on it any more"


def test_a_closed_vacancy_stays_while_something_leans_on_it_and_its_firm_goes_after_it() -> None:
    firm = EmployerFactory(registered_at=months_ago(130), contact_name="Anan")
    needed = VacancyFactory(employer=firm, state="closed", posted_at=months_ago(125), closed_at=months_ago(121))
    alone = VacancyFactory(employer=firm, state="closed", posted_at=months_ago(125), closed_at=months_ago(121))
    live = VacancyFactory()
    keeps = ReferralFactory(vacancy=needed, state="ended", ending="not_hired", ended_at=months_ago(3))
    run_retention(at=NOW)
    assert set(Vacancy.objects.values_list("pk", flat=True)) == {needed.pk, live.pk} and alone
    firm.refresh_from_db()
    assert firm.contact_name == "", "the firm is still named by a vacancy; whom to ask there is forgotten"
    keeps.delete()
    for day in (1, 2):
        run_retention(at=NOW + day * DAY)
    assert list(Employer.objects.all()) == [live.employer]


def test_circumstances_go_after_a_year_of_silence() -> None:
    silent, heard = (JobseekerFactory(last_confirmed_at=at) for at in (months_ago(12), months_before(NOW, 12) + DAY))
    for one in (silent, heard):
        Barrier.objects.create(person=one.person, kind="transport", severity="some", noted_at=months_ago(14))
    run_retention(at=NOW)
    assert [one.person_id for one in Barrier.objects.all()] == [heard.person_id]


def test_an_answered_complaint_names_nobody_after_its_months_and_an_open_one_stays() -> None:
    person, office = JobseekerFactory().person, OfficeFactory()
    made = {
        state: Complaint.objects.create(
            person=person, office=office, kind="other", channel="web", words="He shouted.", state=state,
            received_at=months_ago(40), due_on=months_ago(39).date(), answered_at=answered_at,
        )
        for state, answered_at in (("closed", months_ago(36)), ("in_hand", None))
    }  # fmt: skip
    assert run_retention(at=NOW)["ended_complaint_record"] == 1
    for one in made.values():
        one.refresh_from_db()
    assert (made["closed"].words, made["closed"].person) == ("", None)
    assert made["in_hand"].words == "He shouted." and made["in_hand"].person == person
    assert "ended_complaint_record" not in run_retention(at=NOW + DAY), "the second time changes nothing"


def test_the_current_run_of_the_match_stays_however_old() -> None:
    old, current = (MatchRun.objects.create(finished_at=months_ago(4), pack_hash="x") for _ in range(2))
    CurrentRun.objects.update_or_create(pk=1, defaults={"run": current, "turned_at": months_ago(4)})
    run_retention(at=NOW)
    assert list(MatchRun.objects.all()) == [current] and old


def test_proof_of_a_consent_goes_its_months_after_the_end_only() -> None:
    person = JobseekerFactory().person
    Consent.objects.all().delete()
    ended, holds = (
        Consent.objects.create(
            person=person, purpose="service", version="1", language="en", way="web", given_at=months_ago(90),
            withdrawn_at=end,
        )
        for end in (months_ago(60), None)
    )  # fmt: skip
    run_retention(at=NOW)
    assert list(Consent.objects.all()) == [holds] and ended


def test_an_account_that_nobody_enters_is_closed_and_a_forgotten_invitation_goes() -> None:
    office = OfficeFactory()
    unused, used = (account_with("counsellor", office=office) for _ in range(2))
    Account.objects.update(created_at=months_ago(30))
    Account.objects.filter(pk=unused.pk).update(last_login=months_ago(24))
    Account.objects.filter(pk=used.pk).update(last_login=months_ago(23))
    for at in (months_ago(3), NOW):
        Invitation.objects.create(
            office=office,
            role="counsellor",
            name="Dara",
            username=f"d{at:%m}",
            key_hash=f"{at:%m}",
            invited_at=at - DAY,
            expires_at=at,
        )
    done = run_retention(at=NOW)
    assert done["accounts_closed"] == 1 and done["ended_invitation"] == 1
    unused.refresh_from_db()
    used.refresh_from_db()
    assert (unused.is_active, used.is_active) == (False, True)


def test_old_lines_of_the_logs_go_and_the_rest_can_still_be_proven_whole() -> None:
    for at in (months_ago(37), months_ago(36), NOW):
        record_view(by=BY, at=at, subject="abc", thing="person")
    for at in (months_ago(121), months_ago(120), NOW):
        record_change(by=BY, at=at, verb="test", thing="x:1")
    done = run_retention(at=NOW)
    assert (done["views_forgotten"], done["changes_forgotten"]) == (2, 2)
    assert len(views_of("abc")) == 1
    assert check_access_log().whole and check_change_log().whole
    record_view(by=BY, at=NOW, subject="abc", thing="person")
    assert check_access_log().whole
    AccessEntry.objects.using("access").order_by("pk").first().delete()
    assert not check_access_log().whole, "a line that goes without a word is missed"
    ChangeEntry.objects.order_by("pk").first().delete()
    assert not check_change_log().whole
