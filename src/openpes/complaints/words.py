"""Words of the complaints room."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from openpes.complaints.states import ComplaintKind, ComplaintState, Danger, EventKind

KIND = {
    ComplaintKind.NOT_PAID: _("I was not paid, or not as promised"),
    ComplaintKind.UNSAFE: _("The work or the place is not safe"),
    ComplaintKind.HARASSED: _("Somebody harassed, touched or threatened me"),
    ComplaintKind.ASKED_FOR_MONEY: _("Somebody asked me for money or kept my papers"),
    ComplaintKind.FAKE_ADVERT: _("A job advert is false"),
    ComplaintKind.WRONG_DECISION: _("The service decided something wrong about me"),
    ComplaintKind.APPEAL: _("My firm was suspended and I do not agree"),
    ComplaintKind.LOST_REFERRAL: _("I was sent somewhere and never heard again"),
    ComplaintKind.DATA: _("Something about me is wrong, or somebody saw what they should not"),
    ComplaintKind.OTHER: _("Something else"),
}
DANGER = {
    Danger.NOW: _("Yes, now"),
    Danger.AFRAID: _("Not now, but I am afraid"),
    Danger.SAFE: _("No"),
    Danger.NOT_ASKED: _("I do not want to say"),
}
STATE = {
    ComplaintState.RECEIVED: _("Received"),
    ComplaintState.IN_HAND: _("Somebody is looking into it"),
    ComplaintState.ANSWERED: _("Answered"),
    ComplaintState.SECOND_LOOK: _("Somebody else looks at it again"),
    ComplaintState.CLOSED: _("Closed"),
}
EVENT = {
    EventKind.RECEIVED: _("Received"),
    EventKind.TAKEN: _("Somebody took it on"),
    EventKind.GIVEN: _("Given to somebody else"),
    EventKind.NOTED: _("Note"),
    EventKind.ESCALATED: _("Past its day: the manager was told"),
    EventKind.HANDED_OFF: _("Given to the labour inspectorate"),
    EventKind.HELD_ADVERT: _("The advert was taken from the public until somebody has looked"),
    EventKind.ANSWERED: _("Answered"),
    EventKind.NOT_SATISFIED: _("The person is not satisfied: somebody else looks again"),
    EventKind.CLOSED: _("Closed"),
}
REASON = {
    "kind_needed": _("Choose what went wrong."),
    "words_needed": _("Write in a few words what happened."),
    "words_too_long": _("Write at most %(most)s letters. The rest can be told at the office."),
    "danger_needed": _("Say whether you are safe now."),
    "not_from_here": _("That is not possible any more: it is “%(state)s”."),
}
WHAT_TO_DO_NOW = _(
    "Go to a place with people you trust. Call the police or a helpline if you can. You do not have to go back to work "
    "that is dangerous. The office looks at this today."
)
