"""Words of the placements room that people read."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from openpes.placements.states import EvidenceGrade, OutcomeKind

KIND = {
    OutcomeKind.JOB: _("A job"),
    OutcomeKind.SELF_EMPLOYMENT: _("Own business"),
    OutcomeKind.APPRENTICESHIP: _("An apprenticeship"),
    OutcomeKind.RETURN_TO_SCHOOL: _("Back to school or study"),
    OutcomeKind.PROGRAMME_ENTRY: _("A training or programme"),
}
GRADE = {
    EvidenceGrade.SAID_BY_PERSON: _("Said by the person"),
    EvidenceGrade.SAID_BY_EMPLOYER: _("Said by the employer"),
    EvidenceGrade.CONFIRMED_BY_REGISTER: _("Confirmed by a register"),
}
REASON = {
    "start_too_long_ago": _("This start is more than a year ago. Check the date."),
    "start_too_far_ahead": _("This start is more than half a year ahead. Check the date."),
    "already_recorded": _("This outcome is already written down."),
}
