"""Writes of the jobseekers room."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from openpes.core.actors import Actor, ActorKind
from openpes.core.change_log import record_change
from openpes.core.decisions import NotPermitted, Reason, Refused, no
from openpes.core.money import PayPeriod
from openpes.core.privacy import erase_rows
from openpes.jobseekers.access import require_may_edit
from openpes.jobseekers.models import (
    JobAlert,
    Jobseeker,
    JobseekerCard,
    JobseekerMove,
    PaperForm,
    SavedSearch,
    WantedOccupation,
)
from openpes.jobseekers.paper_numbers import fold_paper
from openpes.jobseekers.rules import may_file_paper, may_move
from openpes.jobseekers.states import Channel, JobseekerState, WorkStatus
from openpes.organisations.models import Office
from openpes.people.models import Person
from openpes.reference.country import area_coordinates
from openpes.reference.queries import known_skill_ids
from openpes.reference.shifts import ANY_SHIFT
from openpes.reference.taxonomy import licences, unit_codes

MOST_WANTED = 3


@dataclass(frozen=True)
class Wanted:
    """An occupation wanted: its unit group and the person's own words."""

    isco: str
    words: str = ""


@dataclass(frozen=True)
class Profile:
    """What a registration says. Distances in km, experience in months, education in ISCED 2011 levels."""

    area_code: str
    wanted: tuple[Wanted, ...]
    education_level: int | None = None
    work_status: WorkStatus = WorkStatus.NOT_SAID
    experience_months: int | None = None
    max_km: int | None = None
    min_pay_amount: Decimal | None = None
    min_pay_currency: str = ""
    min_pay_period: PayPeriod = PayPeriod.MONTH
    shifts: int = ANY_SHIFT
    skill_ids: tuple[str, ...] = ()
    language_codes: tuple[str, ...] | None = None
    licence_ids: tuple[str, ...] | None = None


def require_known_codes(profile: Profile) -> None:
    """Raises Refused when a code is not in the reference: nothing unknown may reach the ranker."""
    units, known_skills = set(unit_codes()), known_skill_ids(profile.skill_ids)
    odd = [Reason("unknown_occupation", {"code": one.isco}) for one in profile.wanted if one.isco not in units]
    odd += [Reason("unknown_skill", {"code": one}) for one in profile.skill_ids if one not in known_skills]
    odd += [Reason("unknown_licence", {"code": one}) for one in profile.licence_ids or () if one not in licences()]
    if len(profile.wanted) > MOST_WANTED:
        odd.append(Reason("too_many_occupations", {"most": MOST_WANTED}))
    if odd:
        raise Refused(no(*odd))


def _columns(profile: Profile) -> dict[str, Any]:
    columns = {one.name: getattr(profile, one.name) for one in fields(profile) if one.name != "wanted"}
    for name in ("skill_ids", "language_codes", "licence_ids"):
        columns[name] = None if columns[name] is None else list(columns[name])
    columns["latitude"], columns["longitude"] = area_coordinates(profile.area_code) or (None, None)
    return columns


def _first_state(channel: Channel, *, waits_for_guardian: bool) -> JobseekerState:
    """Nobody on a list has agreed to anything: such a registration is no registration yet."""
    if channel == Channel.IMPORT:
        return JobseekerState.FROM_LIST
    return JobseekerState.WAITING_FOR_GUARDIAN if waits_for_guardian else JobseekerState.ACTIVE


def _write_wanted(jobseeker: Jobseeker, wanted: tuple[Wanted, ...]) -> None:
    jobseeker.wanted.all().delete()
    WantedOccupation.objects.bulk_create(
        [
            WantedOccupation(jobseeker=jobseeker, position=position, isco=one.isco, words=one.words[:120])
            for position, one in enumerate(wanted, start=1)
        ]
    )


@transaction.atomic
def register(
    *,
    person: Person,
    office: Office,
    profile: Profile,
    channel: Channel,
    waits_for_guardian: bool,
    by: Actor,
    at: datetime,
) -> Jobseeker:
    """Make the registration of a person. Anybody may register themselves; at the desk the office's staff may."""
    if channel == Channel.DESK and not by.may("jobseeker.register", office_id=office.pk):
        raise NotPermitted("jobseeker.register")
    if channel == Channel.WEB and by.kind not in {ActorKind.VISITOR, ActorKind.ACCOUNT}:
        raise NotPermitted("jobseeker.register")
    if channel == Channel.IMPORT and not by.may("jobseeker.register", office_id=office.pk):
        raise NotPermitted("jobseeker.register")
    require_known_codes(profile)
    jobseeker = Jobseeker.objects.create(
        person=person,
        office=office,
        channel=channel,
        registered_at=at,
        last_confirmed_at=at,
        changed_at=at,
        counsellor_id=by.account_id if channel == Channel.DESK else None,
        state=_first_state(channel, waits_for_guardian=waits_for_guardian),
        skills_confirmed_at=at if profile.skill_ids else None,
        **_columns(profile),
    )
    _write_wanted(jobseeker, profile.wanted)
    JobseekerMove.objects.create(jobseeker=jobseeker, state=jobseeker.state, at=at)
    record_change(
        by=by,
        at=at,
        verb="jobseeker.register",
        thing=f"jobseeker:{jobseeker.ref}",
        subject=person.log_key,
        detail={"channel": channel, "office": office.ref},
    )
    return jobseeker


@transaction.atomic
def change_profile(*, jobseeker: Jobseeker, profile: Profile, by: Actor, at: datetime) -> Jobseeker:
    """Change what a registration says. The log keeps which fields changed, not what they say."""
    require_may_edit(by, jobseeker)
    require_known_codes(profile)
    columns = _columns(profile)
    changed = [name for name, value in columns.items() if getattr(jobseeker, name) != value]
    for name in changed:
        setattr(jobseeker, name, columns[name])
    if "skill_ids" in changed or (profile.skill_ids and jobseeker.skills_confirmed_at is None):
        jobseeker.skills_confirmed_at = at
        changed.append("skills_confirmed_at")
    before = [(row.isco, row.words) for row in jobseeker.wanted.all()]
    if before != [(one.isco, one.words[:120]) for one in profile.wanted]:
        _write_wanted(jobseeker, profile.wanted)
        changed.append("wanted")
    if not changed:
        return jobseeker
    jobseeker.changed_at = at
    jobseeker.save(update_fields=[name for name in changed if name != "wanted"] + ["changed_at"])
    record_change(
        by=by,
        at=at,
        verb="jobseeker.change",
        thing=f"jobseeker:{jobseeker.ref}",
        subject=jobseeker.person.log_key,
        detail={"fields": sorted(changed)},
    )
    return jobseeker


@transaction.atomic
def move_jobseeker(*, jobseeker: Jobseeker, to: JobseekerState, by: Actor, at: datetime) -> Jobseeker:
    """Move a registration to another state. Access was checked by the journey; the table of moves is checked here."""
    jobseeker = Jobseeker.objects.select_for_update().select_related("person").get(pk=jobseeker.pk)
    if jobseeker.state == to:
        return jobseeker
    decision = may_move(now_in=JobseekerState(jobseeker.state), to=to)
    if decision.refused:
        raise Refused(decision)
    jobseeker.state, jobseeker.changed_at = to, at
    jobseeker.left_at = at if to == JobseekerState.LEFT else None
    if to == JobseekerState.ACTIVE:
        jobseeker.last_confirmed_at = at
    jobseeker.save(update_fields=["state", "changed_at", "left_at", "last_confirmed_at"])
    JobseekerMove.objects.create(jobseeker=jobseeker, state=to, at=at)
    record_change(
        by=by, at=at, verb=f"jobseeker.{to.value}", thing=f"jobseeker:{jobseeker.ref}", subject=jobseeker.person.log_key
    )
    return jobseeker


@transaction.atomic
def confirm_looking(*, jobseeker: Jobseeker, by: Actor, at: datetime) -> Jobseeker:
    """The person says that they still look for work, or look again. Wakes a resting registration.

    A guardian's word cannot be replaced by a tap: who waits for one goes on waiting. Raises Refused.
    """
    require_may_edit(by, jobseeker)
    if jobseeker.state == JobseekerState.WAITING_FOR_GUARDIAN:
        raise Refused(no(Reason("guardian_needed")))
    if jobseeker.state == JobseekerState.FROM_LIST:
        raise Refused(no(Reason("consent_needed")))
    if jobseeker.state != JobseekerState.ACTIVE:
        return move_jobseeker(jobseeker=jobseeker, to=JobseekerState.ACTIVE, by=by, at=at)
    jobseeker.last_confirmed_at = at
    jobseeker.save(update_fields=["last_confirmed_at"])
    record_change(
        by=by, at=at, verb="jobseeker.confirm", thing=f"jobseeker:{jobseeker.ref}", subject=jobseeker.person.log_key
    )
    return jobseeker


@transaction.atomic
def agree_from_list(*, jobseeker: Jobseeker, by: Actor, at: datetime) -> Jobseeker:
    """Somebody known from an old list has agreed: only now they are registered, and looked after by who asked."""
    if not by.may("jobseeker.register", office_id=jobseeker.office_id):
        raise NotPermitted("jobseeker.register")
    if jobseeker.state != JobseekerState.FROM_LIST:
        raise Refused(no(Reason("agreed_already")))
    moved = move_jobseeker(jobseeker=jobseeker, to=JobseekerState.ACTIVE, by=by, at=at)
    moved.registered_at, moved.counsellor_id = at, by.account_id
    moved.save(update_fields=["registered_at", "counsellor"])
    return moved


def remove_from_list(*, jobseeker: Jobseeker, by: Actor, at: datetime) -> None:
    """Remove what an old list made. Refused once the person has agreed: then it is their registration."""
    if jobseeker.state != JobseekerState.FROM_LIST:
        raise Refused(no(Reason("agreed_already")))
    record_change(
        by=by, at=at, verb="jobseeker.remove", thing=f"jobseeker:{jobseeker.ref}", subject=jobseeker.person.log_key
    )
    for table in (JobseekerMove, WantedOccupation):
        table.objects.filter(jobseeker=jobseeker).delete()
    jobseeker.delete()


@transaction.atomic
def take_on(*, jobseeker: Jobseeker, by: Actor, at: datetime) -> Jobseeker:
    """A counsellor takes a person into the own caseload."""
    if by.account_id is None or not by.may("jobseeker.edit", office_id=jobseeker.office_id):
        raise NotPermitted("jobseeker.edit")
    jobseeker.counsellor_id, jobseeker.changed_at = by.account_id, at
    jobseeker.save(update_fields=["counsellor", "changed_at"])
    record_change(
        by=by, at=at, verb="jobseeker.take_on", thing=f"jobseeker:{jobseeker.ref}", subject=jobseeker.person.log_key
    )
    return jobseeker


@transaction.atomic
def file_paper(*, jobseeker: Jobseeker, number: str, held_on: date, on: date, by: Actor, at: datetime) -> PaperForm:
    """Note which paper a registration was written on, and when. Raises Refused: no such number, known, or to come."""
    decision = may_file_paper(
        number=number,
        is_known=PaperForm.objects.select_for_update().filter(number=fold_paper(number)).exists(),
        held_on=held_on,
        on=on,
    )
    if decision.refused:
        raise Refused(decision)
    paper = PaperForm.objects.create(
        number=fold_paper(number),
        office_id=jobseeker.office_id,
        jobseeker=jobseeker,
        held_on=held_on,
        entered_at=at,
        account_id=by.account_id,
    )
    record_change(
        by=by,
        at=at,
        verb="jobseeker.paper",
        thing=f"jobseeker:{jobseeker.ref}",
        subject=jobseeker.person.log_key,
        detail={"paper": paper.number, "held_on": held_on.isoformat()},
    )
    return paper


def hold(*, jobseeker: Jobseeker) -> None:
    """Keep everybody else from acting on a registration until the caller's transaction ends."""
    Jobseeker.objects.select_for_update().filter(pk=jobseeker.pk).values_list("pk").first()


def put_to_sleep(*, silent_since: datetime, by: Actor, at: datetime, limit: int = 1000) -> list[Jobseeker]:
    """Let registrations rest whose people have been silent since before an instant. Nothing is deleted."""
    rows = Jobseeker.objects.filter(state=JobseekerState.ACTIVE, last_confirmed_at__lt=silent_since).order_by("pk")
    return [move_jobseeker(jobseeker=row, to=JobseekerState.SLEEPING, by=by, at=at) for row in rows[:limit]]


def profile_of(jobseeker: Jobseeker) -> Profile:
    """The profile that a registration holds, to be changed in part with `dataclasses.replace`."""
    held = {one.name: getattr(jobseeker, one.name) for one in fields(Profile) if one.name != "wanted"}
    for name in ("skill_ids", "language_codes", "licence_ids"):
        held[name] = None if held[name] is None else tuple(held[name])
    wanted = tuple(Wanted(row.isco, row.words) for row in jobseeker.wanted.all())
    return Profile(wanted=wanted, **held)


def erase_person(*, person_id: int, at: datetime) -> int:
    """Forget a person in this room. Inside the journey's transaction."""
    touched = sum(erase_rows(table, person_id) for table in (WantedOccupation, JobseekerCard, SavedSearch, JobAlert))
    touched += erase_rows(Jobseeker, person_id)
    for jobseeker in Jobseeker.objects.filter(person=person_id).exclude(state=JobseekerState.LEFT):
        jobseeker.state, jobseeker.left_at, jobseeker.changed_at = JobseekerState.LEFT, at, at
        jobseeker.save(update_fields=["state", "left_at", "changed_at"])
        JobseekerMove.objects.create(jobseeker=jobseeker, state=JobseekerState.LEFT, at=at)
    return touched
