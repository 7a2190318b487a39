"""Being there: by the personal link and the code in the room, by text from the own phone, or signed in."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from openpes.core import signed_refs
from openpes.core.actors import Actor, ActorKind, Grant, system
from openpes.core.decisions import Refused
from openpes.core.schedule import is_due, note_run
from openpes.enrolments.flagging import raise_flags
from openpes.enrolments.models import Enrolment, Session
from openpes.enrolments.operations import enrol_accepted, note_own
from openpes.enrolments.queries import enrolment_by_ref, enrolment_of, policy, session_of_code
from openpes.enrolments.states import Way
from openpes.journeys.telling import tell_person
from openpes.people.queries import people_at
from openpes.placements.operations import record_outcome
from openpes.placements.states import EvidenceGrade, OutcomeKind
from openpes.programmes.models import Cycle
from openpes.programmes.queries import running
from openpes.reference.country import today

SALT = "openpes.attend"
LEDGER = system("outcome.record", label="enrolments")
LOOKER = system("flag.raise", label="integrity")
JOB, EVERY = "integrity", timedelta(days=1)


def attend_url(enrolment: Enrolment) -> str:
    """The whole address of the link by which one person says that they are there."""
    return settings.BASE_URL + reverse("web:attend", args=[signed_refs.sign(SALT, enrolment.ref)])


def read_attend_token(token: str) -> Enrolment:
    """The enrolment that a link names. Raises NotFound when altered."""
    return enrolment_by_ref(signed_refs.read(SALT, token))


def person_actor(enrolment: Enrolment, kind: ActorKind, *more: str) -> Actor:
    """The actor that a link or a phone makes of its holder: this person, for their enrolments and no more."""
    person = enrolment.jobseeker.person_id
    grant = Grant(kind.value, frozenset({"enrolment.own", *more}), "person", person)
    label = "the person, by link" if kind == ActorKind.SIGNED_LINK else "the person, by text message"
    return Actor(kind, f"{kind.value}:{enrolment.ref}", (grant,), person_id=person, label=label)


@transaction.atomic
def enrol_and_tell(*, cycle: Cycle, by: Actor, at: datetime) -> list[Enrolment]:
    """Enrol who accepted; each entry goes into the ledger, and each gets the link by which they say they are there."""
    new = enrol_accepted(cycle=cycle, by=by, at=at)
    for one in new:
        _into_the_ledger(one, at=at)
        tell_person(one.jobseeker, "course_link", {"link": attend_url(one)}, at=at)
    return new


def _into_the_ledger(enrolment: Enrolment, *, at: datetime) -> None:
    """The service runs the programme and knows by itself who entered: evidence of a register."""
    jobseeker, on = enrolment.jobseeker, today(at)
    try:
        with transaction.atomic():
            record_outcome(
                jobseeker=jobseeker,
                kind=OutcomeKind.PROGRAMME_ENTRY,
                starts_on=min(enrolment.cycle.starts_on, on),
                grade=EvidenceGrade.CONFIRMED_BY_REGISTER,
                source=f"enrolled in round {enrolment.cycle.ref}",
                by=LEDGER,
                at=at,
                on=on,
            )
    except Refused:
        # The same entry was written down by hand before: it stands already.
        return


def _now(code: str, at: datetime) -> Session:
    slack = timedelta(minutes=policy("slack_minutes", on=today(at)))
    return session_of_code("".join(code.split()), at=at, slack=slack)


def attend_by_link(*, enrolment: Enrolment, code: str, at: datetime) -> Session:
    """The code that stands in the room, typed behind the personal link. Raises NotFound, Refused."""
    session = _now(code, at)
    actor = person_actor(enrolment, ActorKind.SIGNED_LINK)
    note_own(session=session, enrolment=enrolment, way=Way.LINK, by=actor, at=at)
    return session


def attend_signed_in(*, code: str, by: Actor, at: datetime) -> Session:
    """The code that stands in the room, by somebody who is signed in. Raises NotFound, NotPermitted, Refused."""
    session = _now(code, at)
    enrolment = enrolment_of(session.cycle_id, by.scope_ids("enrolment.own", "person"))
    note_own(session=session, enrolment=enrolment, way=Way.LINK, by=by, at=at)
    return session


def attend_by_text(*, number: str, code: str, at: datetime) -> Enrolment:
    """The code sent from a phone: noted for the one person of the course behind it. Raises NotFound, Refused.

    Where two of a family share the phone and the course, nothing is guessed: they use the link or the list.
    """
    session = _now(code, at)
    people = [one.person_id for one in people_at(number)]
    enrolment = enrolment_of(session.cycle_id, people)
    note_own(session=session, enrolment=enrolment, way=Way.SMS, by=person_actor(enrolment, ActorKind.PHONE), at=at)
    return enrolment


def look_at_courses(*, at: datetime, by: Actor = LOOKER) -> dict[str, int]:
    """Once a day the rules of integrity look at the rounds that run. {} when not due."""
    if not is_due(JOB, at=at, every=EVERY):
        return {}
    raised = sum(len(raise_flags(cycle=one, by=by, at=at)) for one in running(on=today(at)))
    note_run(JOB, at=at)
    return {"flags_raised": raised}
