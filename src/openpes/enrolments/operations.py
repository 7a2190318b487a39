"""Writes from a place to a certificate: enrol, details, sessions, who came, completed or left, the paper."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from openpes.core.actors import Actor
from openpes.core.change_log import record_change
from openpes.core.decisions import Decision, NotPermitted, Reason, Refused, no
from openpes.core.ids import keyed_hash
from openpes.core.privacy import erase_rows
from openpes.enrolments.access import require, require_runs
from openpes.enrolments.following import plan_follow_ups
from openpes.enrolments.models import (
    Attendance,
    Certificate,
    Control,
    CourseProvider,
    Enrolment,
    Flag,
    FollowUp,
    Session,
    StipendLine,
    SubsidyClaim,
)
from openpes.enrolments.queries import completed_percent, minutes_held, minutes_present
from openpes.enrolments.rules import may_complete, may_end, may_hold_session, may_note
from openpes.enrolments.states import EnrolmentState, LeftWhy, Way
from openpes.organisations.models import Employer
from openpes.organisations.partner_models import Partner
from openpes.programmes.models import Cycle
from openpes.programmes.queries import accepted_of
from openpes.reference.country import today

CODE_LETTERS = "23456789"
CODE_LENGTH = 6


@dataclass(frozen=True)
class Details:
    """What the desk writes down about somebody enrolled. The document's number is turned into a mark at once."""

    payout_account: str = ""
    email: str = ""
    document_number: str = ""
    photo_mark: str = ""


@dataclass(frozen=True)
class Meeting:
    """One session: instants in UTC, where, by whom, for how many."""

    starts_at: datetime
    ends_at: datetime
    place: str
    trainer: str
    capacity: int


def refuse(decision: Decision) -> None:
    """Raises Refused for a plain no."""
    if decision.refused:
        raise Refused(decision)


def log(enrolment: Enrolment, verb: str, by: Actor, at: datetime, **detail: Any) -> None:
    """A line of the change log about one enrolment, in the caller's transaction."""
    record_change(
        by=by,
        at=at,
        verb=f"enrolment.{verb}",
        thing=f"enrolment:{enrolment.ref}",
        subject=enrolment.jobseeker.person.log_key,
        detail=detail,
    )


def locked(enrolment: Enrolment) -> Enrolment:
    """The row as it stands now, held until the transaction ends."""
    rows = Enrolment.objects.select_for_update(of=("self",))
    return rows.select_related("jobseeker__person", "cycle__version__programme").get(pk=enrolment.pk)


@transaction.atomic
def enrol_accepted(*, cycle: Cycle, by: Actor, at: datetime) -> list[Enrolment]:
    """Everybody with an accepted place who is not enrolled yet. Done twice, nobody is new. Raises NotPermitted."""
    require(by, "course.enrol")
    here = set(Enrolment.objects.filter(cycle=cycle).values_list("application_id", flat=True))
    new = []
    for one in accepted_of(cycle):
        if one.pk not in here:
            enrolment = Enrolment.objects.create(application=one, cycle=cycle, jobseeker=one.jobseeker, enrolled_at=at)
            log(enrolment, "enrol", by, at)
            new.append(enrolment)
    return new


@transaction.atomic
def note_details(
    *, enrolment: Enrolment, details: Details, by: Actor, at: datetime, secret: str, employer: Employer | None = None
) -> Enrolment:
    """Where money goes, the mark of a document, and the firm where the person works. Raises NotPermitted, Refused.

    An empty document number or photo leaves the mark that is there.
    """
    require(by, "course.enrol")
    enrolment = locked(enrolment)
    refuse(may_end(EnrolmentState(enrolment.state)))
    enrolment.payout_account = details.payout_account.strip()[:40]
    enrolment.email = details.email.strip()[:160]
    if details.document_number.strip():
        number = "".join(details.document_number.split()).upper()
        enrolment.document_mark = keyed_hash(f"document:{number}", secret)
    if details.photo_mark:
        enrolment.photo_mark = details.photo_mark
    enrolment.employer = employer
    enrolment.save(update_fields=["payout_account", "email", "document_mark", "photo_mark", "employer"])
    log(enrolment, "details", by, at)
    return enrolment


@transaction.atomic
def name_provider(*, cycle: Cycle, partner: Partner, by: Actor, at: datetime) -> None:
    """Which organisation runs a round. Its people see this round from now, and those of another no longer."""
    require(by, "course.enrol")
    if not partner.is_open:
        raise Refused(no(Reason("provider_closed")))
    CourseProvider.objects.update_or_create(
        cycle=cycle, defaults={"partner": partner, "named_by_id": by.account_id, "named_at": at}
    )
    record_change(by=by, at=at, verb="cycle.provider", thing=f"cycle:{cycle.ref}", detail={"partner": partner.ref})


@transaction.atomic
def hold_session(*, cycle: Cycle, meeting: Meeting, on: date, by: Actor, at: datetime) -> Session:
    """Plan a session; `on` is its day in the country. Raises NotPermitted, Refused."""
    require_runs(by, cycle)
    refuse(
        may_hold_session(
            starts_at=meeting.starts_at, ends_at=meeting.ends_at, first=cycle.starts_on, after=cycle.ends_before, on=on
        )
    )
    if meeting.capacity < 1:
        raise Refused(no(Reason("capacity_needed")))
    code = "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))
    session = Session.objects.create(cycle=cycle, code=code, **meeting.__dict__)
    record_change(by=by, at=at, verb="session.plan", thing=f"session:{session.ref}")
    return session


def _note(session: Session, enrolment: Enrolment, way: Way, by: Actor, at: datetime) -> bool:
    refuse(may_note(cycle=enrolment.cycle_id, of_session=session.cycle_id, state=EnrolmentState(enrolment.state)))
    minutes = int((session.ends_at - session.starts_at).total_seconds() // 60)
    row, new = Attendance.objects.get_or_create(
        session=session,
        enrolment=enrolment,
        defaults={"way": way, "noted_at": at, "noted_by": by.log_key, "minutes": minutes},
    )
    if new:
        log(enrolment, "came", by, at, session=session.ref, way=row.way)
    return new


@transaction.atomic
def note_list(*, session: Session, present: Iterable[Enrolment], by: Actor, at: datetime, way: Way = Way.LIST) -> int:
    """Who came, on the provider's word: the list or the signed sheet. Returns how many are new.

    Nobody is taken off who came by their own word; who was put on the list by mistake is taken off by a new list.
    """
    require_runs(by, session.cycle)
    people = list(present)
    keep = {one.pk for one in people}
    gone = Attendance.objects.filter(session=session, way__in=(Way.LIST, Way.SHEET)).exclude(enrolment__in=keep)
    for row in gone.select_related("enrolment__jobseeker__person"):
        log(row.enrolment, "not_there", by, at, session=session.ref)
    gone.delete()
    return sum(_note(session, one, way, by, at) for one in people)


@transaction.atomic
def note_own(*, session: Session, enrolment: Enrolment, way: Way, by: Actor, at: datetime) -> bool:
    """The person says that they are there, by link or by text. True when it is new. Raises NotPermitted, Refused."""
    if not by.may("enrolment.own", person_id=enrolment.jobseeker.person_id):
        raise NotPermitted("enrolment.own")
    return _note(session, enrolment, way, by, at)


@transaction.atomic
def complete(*, enrolment: Enrolment, by: Actor, at: datetime) -> Enrolment:
    """Completed by the rule of hours; the questions at 3, 6 and 12 months are planned. Raises Refused."""
    enrolment = locked(enrolment)
    require_runs(by, enrolment.cycle)
    on = today(at)
    refuse(
        may_complete(
            state=EnrolmentState(enrolment.state),
            present=minutes_present(enrolment.cycle).get(enrolment.pk, 0),
            held=minutes_held(enrolment.cycle, before=at),
            percent=completed_percent(on),
        )
    )
    enrolment.state, enrolment.ended_at = EnrolmentState.COMPLETED, at
    enrolment.save(update_fields=["state", "ended_at"])
    plan_follow_ups(enrolment, on=on)
    log(enrolment, "complete", by, at)
    return enrolment


@transaction.atomic
def leave(*, enrolment: Enrolment, why: LeftWhy, by: Actor, at: datetime) -> Enrolment:
    """Left before the end, for a coded reason. They are asked at 3, 6 and 12 months as well."""
    enrolment = locked(enrolment)
    require_runs(by, enrolment.cycle)
    refuse(may_end(EnrolmentState(enrolment.state)))
    enrolment.state, enrolment.ended_at, enrolment.left_why = EnrolmentState.LEFT, at, why
    enrolment.save(update_fields=["state", "ended_at", "left_why"])
    plan_follow_ups(enrolment, on=today(at))
    log(enrolment, "leave", by, at, why=why.value)
    return enrolment


@transaction.atomic
def issue_certificate(*, enrolment: Enrolment, by: Actor, at: datetime) -> Certificate:
    """The paper for who completed; asked for twice, it is the same one. Raises NotPermitted, Refused."""
    require(by, "course.certify")
    enrolment = locked(enrolment)
    if enrolment.state != EnrolmentState.COMPLETED:
        raise Refused(no(Reason("not_completed")))
    certificate, new = Certificate.objects.get_or_create(
        enrolment=enrolment,
        defaults={
            "issued_at": at,
            "issued_by_id": by.account_id,
            "minutes": minutes_present(enrolment.cycle).get(enrolment.pk, 0),
        },
    )
    if new:
        log(enrolment, "certify", by, at, certificate=certificate.ref)
    return certificate


@transaction.atomic
def revoke_certificate(*, certificate: Certificate, why: str, by: Actor, at: datetime) -> Certificate:
    """Take it back, with the reason in words; whoever checks it sees so at once. Raises Refused."""
    require(by, "course.certify")
    rows = Certificate.objects.select_for_update(of=("self",)).select_related("enrolment__jobseeker__person")
    certificate = rows.get(pk=certificate.pk)
    if certificate.revoked_at is not None:
        raise Refused(no(Reason("revoked_already")))
    if not why.strip():
        raise Refused(no(Reason("words_needed")))
    certificate.revoked_at, certificate.revoked_by_id, certificate.revoked_why = at, by.account_id, why.strip()[:400]
    certificate.save(update_fields=["revoked_at", "revoked_by", "revoked_why"])
    log(certificate.enrolment, "revoke", by, at, certificate=certificate.ref)
    return certificate


@transaction.atomic
def erase_person(*, person_id: int) -> int:
    """Forget a person in this room; counts stay without anybody. Inside the journey's transaction."""
    tables = (Control, Flag, FollowUp, SubsidyClaim, StipendLine, Certificate, Attendance, Enrolment)
    return sum(erase_rows(table, person_id) for table in tables)
