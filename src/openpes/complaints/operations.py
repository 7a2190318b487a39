"""Writes of the complaints room. Every step is an event; the change log holds no word of what was told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from openpes.complaints.access import is_own, require_may_handle, require_may_oversee
from openpes.complaints.models import Complaint, ComplaintEvent
from openpes.complaints.queries import days_on, secret_hash
from openpes.complaints.rules import (
    LONGEST_WORDS,
    MakeFacts,
    OwnerFacts,
    due_on,
    may_answer,
    may_hand_off,
    may_make,
    may_move,
    may_own,
)
from openpes.complaints.states import (
    OPEN_STATES,
    Channel,
    ComplaintKind,
    ComplaintState,
    Danger,
    EventKind,
)
from openpes.core.actors import Actor, ActorKind
from openpes.core.change_log import record_change
from openpes.core.decisions import Decision, NotPermitted, Reason, Refused, no
from openpes.core.ids import new_ref
from openpes.core.privacy import erase_rows
from openpes.reference.country import today

SECRET_LENGTH = 6
HOLDER_OF_THE_WORD = Actor(ActorKind.SIGNED_LINK, "complaint:secret", label="secret word")


@dataclass(frozen=True)
class Told:
    """What somebody tells. Keys are of rows the journey has looked up; None where nothing is known."""

    kind: str
    words: str
    danger: str
    channel: Channel
    language: str
    office_id: int
    person_id: int | None = None
    about: str = ""
    vacancy_id: int | None = None
    employer_id: int | None = None
    about_account_id: int | None = None
    may_pass_on: bool = False


@dataclass(frozen=True)
class Made:
    """A complaint, and for people without an account the word with which they read the answer, told once."""

    complaint: Complaint
    secret: str


def _event(complaint: Complaint, kind: EventKind, *, by: Actor, at: datetime, words: str = "") -> None:
    label = by.label if by.account_id is not None and by.person_id is None else ""
    ComplaintEvent.objects.create(
        complaint=complaint, kind=kind, at=at, actor=by.log_key, label=label[:120], words=words.strip()[:LONGEST_WORDS]
    )


def _log(complaint: Complaint, verb: str, by: Actor, at: datetime) -> None:
    subject = complaint.person.log_key if complaint.person is not None else ""
    record_change(by=by, at=at, verb=f"complaint.{verb}", thing=f"complaint:{complaint.ref}", subject=subject)


def _refuse(decision: Decision) -> None:
    if decision.refused:
        raise Refused(decision)


def _locked(complaint: Complaint) -> Complaint:
    return Complaint.objects.select_for_update(of=("self",)).select_related("person", "office").get(pk=complaint.pk)


def _owner_facts(complaint: Complaint, account: int | None) -> OwnerFacts:
    before = complaint.answered_by_id if complaint.state == ComplaintState.SECOND_LOOK else None
    return OwnerFacts(account, complaint.about_account_id, before, complaint.written_by_id)


@transaction.atomic
def make_complaint(*, told: Told, by: Actor, at: datetime) -> Made:
    """Write down what went wrong. Anybody may; staff write for somebody only at an office of theirs. Raises Refused."""
    if told.person_id is not None:
        own = by.may("complaint.own", person_id=told.person_id)
        if not own and not by.may("complaint.record", office_id=told.office_id):
            raise NotPermitted("complaint.make")
    _refuse(may_make(MakeFacts(told.kind, told.words, told.danger)))
    kind, danger = ComplaintKind(told.kind), Danger(told.danger)
    ref, secret = new_ref(), "" if told.person_id is not None else new_ref()[:SECRET_LENGTH]
    complaint = Complaint.objects.create(
        ref=ref,
        secret_hash=secret_hash(ref, secret) if secret else "",
        person_id=told.person_id,
        office_id=told.office_id,
        kind=kind,
        danger=danger,
        channel=told.channel,
        language=told.language,
        words=told.words.strip(),
        about=told.about.strip()[:200],
        vacancy_id=told.vacancy_id,
        employer_id=told.employer_id,
        about_account_id=told.about_account_id,
        may_pass_on=told.may_pass_on,
        written_by_id=by.account_id if by.person_id is None else None,
        received_at=at,
        due_on=due_on(kind=kind, danger=danger, on=today(at), days=days_on(today(at))),
    )
    _event(complaint, EventKind.RECEIVED, by=by, at=at)
    _log(complaint, "receive", by, at)
    return Made(complaint, secret)


@transaction.atomic
def note_held_advert(*, complaint: Complaint, by: Actor, at: datetime) -> None:
    """The advert it is about was taken from the public: a step of the complaint, in the journey's transaction."""
    _event(complaint, EventKind.HELD_ADVERT, by=by, at=at)


@transaction.atomic
def take_complaint(*, complaint: Complaint, by: Actor, at: datetime) -> Complaint:
    """Take it on. Raises Refused for the one it is about, and for a second look by who gave the first answer."""
    complaint = _locked(complaint)
    require_may_handle(by, complaint)
    _refuse(may_own(_owner_facts(complaint, by.account_id)))
    return _own(complaint, by.account_id, EventKind.TAKEN, by, at)


@transaction.atomic
def give_complaint(*, complaint: Complaint, to_account_id: int, by: Actor, at: datetime) -> Complaint:
    """The manager gives it to a named colleague. That the colleague serves the office, the journey has checked."""
    complaint = _locked(complaint)
    require_may_oversee(by, complaint)
    _refuse(may_own(_owner_facts(complaint, to_account_id)))
    return _own(complaint, to_account_id, EventKind.GIVEN, by, at)


def _own(complaint: Complaint, account: int | None, kind: EventKind, by: Actor, at: datetime) -> Complaint:
    if complaint.state not in OPEN_STATES:
        raise Refused(no(Reason("already_ended")))
    complaint.owner_id = account
    if complaint.state == ComplaintState.RECEIVED:
        complaint.state = ComplaintState.IN_HAND
    complaint.save(update_fields=["owner", "state"])
    _event(complaint, kind, by=by, at=at)
    _log(complaint, kind.value, by, at)
    return complaint


@transaction.atomic
def note_on_complaint(*, complaint: Complaint, words: str, by: Actor, at: datetime) -> None:
    """What was done or found, for the desk. The person reads it in their download."""
    require_may_handle(by, complaint)
    if not words.strip():
        raise Refused(no(Reason("words_needed")))
    _event(complaint, EventKind.NOTED, by=by, at=at, words=words)
    _log(complaint, "note", by, at)


@transaction.atomic
def hand_off_complaint(*, complaint: Complaint, person_agrees: bool, by: Actor, at: datetime) -> Complaint:
    """Pass it on to the labour inspectorate, with the person's word. It stays open here until it is answered."""
    complaint = _locked(complaint)
    require_may_handle(by, complaint)
    agrees = person_agrees or complaint.may_pass_on
    _refuse(
        may_hand_off(kind=ComplaintKind(complaint.kind), person_agrees=agrees, is_open=complaint.state in OPEN_STATES)
    )
    complaint.handed_off_at, complaint.may_pass_on = complaint.handed_off_at or at, True
    complaint.save(update_fields=["handed_off_at", "may_pass_on"])
    _event(complaint, EventKind.HANDED_OFF, by=by, at=at)
    _log(complaint, "hand_off", by, at)
    return complaint


@transaction.atomic
def answer_complaint(*, complaint: Complaint, answer: str, by: Actor, at: datetime) -> Complaint:
    """A named officer answers in words. Raises Refused with all that stands in the way."""
    complaint = _locked(complaint)
    require_may_handle(by, complaint)
    _refuse(
        may_answer(now_in=ComplaintState(complaint.state), answer=answer, owner=_owner_facts(complaint, by.account_id))
    )
    complaint.answer, complaint.answered_at, complaint.answered_by_id = (
        answer.strip()[:LONGEST_WORDS],
        at,
        by.account_id,
    )
    complaint.first_answered_at = complaint.first_answered_at or at
    complaint.state, complaint.owner_id = ComplaintState.ANSWERED, complaint.owner_id or by.account_id
    complaint.save(update_fields=["answer", "answered_at", "answered_by", "first_answered_at", "state", "owner"])
    # An earlier answer stays readable among the steps.
    _event(complaint, EventKind.ANSWERED, by=by, at=at, words=complaint.answer)
    _log(complaint, "answer", by, at)
    return complaint


@transaction.atomic
def ask_second_look(*, complaint: Complaint, words: str, by: Actor | None, at: datetime) -> Complaint:
    """The person is not satisfied; somebody else looks again. `by` None: they proved it with the secret word."""
    complaint = _locked(complaint)
    actor = _the_person(complaint, by)
    _refuse(may_move(ComplaintState(complaint.state), ComplaintState.SECOND_LOOK))
    on = today(at)
    complaint.state, complaint.owner_id, complaint.escalated_at = ComplaintState.SECOND_LOOK, None, None
    complaint.due_on = due_on(kind=ComplaintKind(complaint.kind), danger=Danger.NOT_ASKED, on=on, days=days_on(on))
    complaint.save(update_fields=["state", "owner", "escalated_at", "due_on"])
    _event(complaint, EventKind.NOT_SATISFIED, by=actor, at=at, words=words)
    _log(complaint, "second_look", actor, at)
    return complaint


@transaction.atomic
def close_complaint(*, complaint: Complaint, by: Actor | None, at: datetime) -> Complaint:
    """The person is satisfied, or the clock closes what they left unsaid. `by` None: as for `ask_second_look`."""
    complaint = _locked(complaint)
    actor = by if by is not None and by.everywhere("complaint.close") else _the_person(complaint, by)
    _refuse(may_move(ComplaintState(complaint.state), ComplaintState.CLOSED))
    complaint.state = ComplaintState.CLOSED
    complaint.save(update_fields=["state"])
    _event(complaint, EventKind.CLOSED, by=actor, at=at)
    _log(complaint, "close", actor, at)
    return complaint


def _the_person(complaint: Complaint, by: Actor | None) -> Actor:
    """Who made the complaint. Raises NotPermitted for anybody else."""
    if by is None:
        if complaint.person_id is not None:
            raise NotPermitted("complaint.own")
        return HOLDER_OF_THE_WORD
    if not is_own(by, complaint):
        raise NotPermitted("complaint.own")
    return by


@transaction.atomic
def escalate_complaint(*, complaint: Complaint, by: Actor, at: datetime) -> bool:
    """Past its day: the manager is told once. True when it was done now."""
    if not by.everywhere("complaint.escalate"):
        raise NotPermitted("complaint.escalate")
    complaint = _locked(complaint)
    if complaint.state not in OPEN_STATES or complaint.escalated_at is not None:
        return False
    complaint.escalated_at = at
    complaint.save(update_fields=["escalated_at"])
    _event(complaint, EventKind.ESCALATED, by=by, at=at)
    _log(complaint, "escalate", by, at)
    return True


def erase_person(*, person_id: int) -> int:
    """Forget a person in this room. Inside the journey's transaction."""
    return erase_rows(ComplaintEvent, person_id) + erase_rows(Complaint, person_id)
