"""Kinds, states and events of a complaint. It is open until somebody has answered in words."""

from enum import StrEnum


class ComplaintKind(StrEnum):
    """What went wrong. Who contests an advice does that at the advice itself (`guidance.Contest`), and once."""

    NOT_PAID = "not_paid"
    UNSAFE = "unsafe"
    HARASSED = "harassed"
    ASKED_FOR_MONEY = "asked_for_money"
    FAKE_ADVERT = "fake_advert"
    WRONG_DECISION = "wrong_decision"
    APPEAL = "appeal"
    LOST_REFERRAL = "lost_referral"
    DATA = "data"
    OTHER = "other"


# What the labour inspectorate looks into.
FOR_THE_INSPECTORATE = frozenset(
    {ComplaintKind.NOT_PAID, ComplaintKind.UNSAFE, ComplaintKind.HARASSED, ComplaintKind.ASKED_FOR_MONEY}
)
# What is reason enough to take an advert from the public until a person has looked.
HOLDS_AN_ADVERT = frozenset({ComplaintKind.UNSAFE, ComplaintKind.ASKED_FOR_MONEY, ComplaintKind.FAKE_ADVERT})


class Danger(StrEnum):
    """The first question: is the person safe?"""

    NOW = "now"
    AFRAID = "afraid"
    SAFE = "safe"
    NOT_ASKED = "not_asked"


class Channel(StrEnum):
    """By which way it came."""

    WEB = "web"
    PUBLIC = "public"
    DESK = "desk"
    PHONE_CALL = "phone_call"
    SMS = "sms"
    PAPER = "paper"


class ComplaintState(StrEnum):
    """Where it stands."""

    RECEIVED = "received"
    IN_HAND = "in_hand"
    ANSWERED = "answered"
    SECOND_LOOK = "second_look"
    CLOSED = "closed"


OPEN_STATES = frozenset({ComplaintState.RECEIVED, ComplaintState.IN_HAND, ComplaintState.SECOND_LOOK})
ALLOWED_MOVES = {
    ComplaintState.RECEIVED: {ComplaintState.IN_HAND, ComplaintState.ANSWERED},
    ComplaintState.IN_HAND: {ComplaintState.ANSWERED},
    ComplaintState.ANSWERED: {ComplaintState.CLOSED, ComplaintState.SECOND_LOOK},
    ComplaintState.SECOND_LOOK: {ComplaintState.ANSWERED},
    ComplaintState.CLOSED: set[ComplaintState](),
}


class EventKind(StrEnum):
    """What happened to a complaint."""

    RECEIVED = "received"
    TAKEN = "taken"
    GIVEN = "given"
    NOTED = "noted"
    ESCALATED = "escalated"
    HANDED_OFF = "handed_off"
    HELD_ADVERT = "held_advert"
    ANSWERED = "answered"
    NOT_SATISFIED = "not_satisfied"
    CLOSED = "closed"
