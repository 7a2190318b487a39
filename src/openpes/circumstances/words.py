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
