"""Words of the circumstances room: plain questions, weights and helps."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from openpes.circumstances.states import Accommodation, BarrierKind, Severity, UsedFor
from openpes.reference.country import country

BARRIER = {
    BarrierKind.TRANSPORT: _("Getting there"),
    BarrierKind.DOCUMENTS: _("Papers"),
    BarrierKind.CARE: _("Looking after family"),
    BarrierKind.HEALTH: _("Health"),
    BarrierKind.LANGUAGE: _("Language, reading and writing"),
    BarrierKind.DEBT: _("Money and debt"),
    BarrierKind.HOUSING: _("A place to live"),
    BarrierKind.SAFETY: _("Feeling safe"),
    BarrierKind.OTHER: _("Something else"),
}
QUESTION = {
    BarrierKind.TRANSPORT: _("How would you get to work, early or late? What would it cost?"),
    BarrierKind.DOCUMENTS: _("Which papers do you have at home: birth certificate, identity card, school papers?"),
    BarrierKind.CARE: _("Who needs you at home, and at which hours? Who could stand in?"),
    BarrierKind.HEALTH: _("Is there something about your health that work should respect? Say only what you want."),
    BarrierKind.LANGUAGE: _("In which languages can you talk, read and write at work?"),
    BarrierKind.DEBT: _("Do you owe money that makes it hard to start, such as for fees, tools or fares?"),
    BarrierKind.HOUSING: _("Is the place where you sleep sure for the next months?"),
    BarrierKind.SAFETY: _("Is there a person, a place or a road that you must avoid?"),
    BarrierKind.OTHER: _("Is there anything else that stands in the way?"),
}
WOULD_HELP = {
    BarrierKind.TRANSPORT: _("Fare money for the first weeks, a bicycle, a job nearer, riding with somebody"),
    BarrierKind.DOCUMENTS: _("A letter to the registry, a fee waived, going there together"),
    BarrierKind.CARE: _("A place in a nursery, hours that fit, family who take turns"),
    BarrierKind.HEALTH: _("A check-up, a change at the workplace, other hours"),
    BarrierKind.LANGUAGE: _("A course, a form read aloud, a workplace in their own language"),
    BarrierKind.DEBT: _("Weekly pay, advice on debt, a starting grant"),
    BarrierKind.HOUSING: _("Work with a room, the town's housing office, relatives"),
    BarrierKind.SAFETY: _("Work elsewhere, another way there, a shelter or hotline, no number shown"),
    BarrierKind.OTHER: _("Ask what they have tried and what helped a little"),
}
SEVERITY = {
    Severity.LITTLE: _("A little in the way"),
    Severity.SOME: _("Clearly in the way"),
    Severity.BLOCKS: _("No work before it is solved"),
}
NEED = {
    Accommodation.STEP_FREE: _("A way without steps"),
    Accommodation.SEATED: _("Work that can be done sitting"),
    Accommodation.SIGN_LANGUAGE: _("Sign language"),
    Accommodation.SCREEN_READER: _("A computer that reads aloud"),
    Accommodation.WRITTEN_WORD: _("Instructions in writing"),
    Accommodation.QUIET_PLACE: _("A quiet place"),
    Accommodation.MORE_BREAKS: _("More breaks"),
    Accommodation.OTHER_HOURS: _("Other hours"),
    Accommodation.SOMEBODY_ALONG: _("Somebody along in the first weeks"),
    Accommodation.OTHER: _("Something else"),
}
USED_FOR = {
    UsedFor.GUIDANCE: _("to guide me and make a plan with me"),
    UsedFor.PROGRAMMES: _("to see which programmes I may enter"),
    UsedFor.PRIORITY: _("to be asked earlier about a job, where the country puts people like me first"),
    UsedFor.FIGURES: _("to count people in the figures, without my name"),
}


def group_name(code: str, language: str) -> str:
    """The name of a priority group in a language; the code itself for one that the pack names no more."""
    return next((group.name(language) for group in country().priority_groups if group.code == code), code)


CONSENT = _(
    "This is my own word. It helps to guide me, it never decides which jobs are shown to me or in which order, and no "
    "employer sees it. I can take it back at any time; then it is deleted."
)
REASON = {
    "circumstances_need_consent": _("Ask first: without the person’s yes, nothing of this is written down."),
    "unknown_barrier": _("“%(code)s” is not on the list of what can stand in the way."),
    "severity_needed": _("Say how much it stands in the way."),
    "unknown_group": _("“%(code)s” is not a group that the country names."),
    "unknown_need": _("“%(code)s” is not on the list of needs at work."),
}
