"""Words of the placements room that people read."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from openpes.placements.states import EvidenceGrade, LeavingReason, OutcomeKind, Promise

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
LEAVING = {
    LeavingReason.NEVER_BEGAN: _("The work never began"),
    LeavingReason.CONTRACT_ENDED: _("The contract came to its end"),
    LeavingReason.OTHER_JOB: _("Another job"),
    LeavingReason.PAY: _("The pay"),
    LeavingReason.HOURS: _("The hours"),
    LeavingReason.TOO_FAR: _("The way was too far"),
    LeavingReason.NOT_SAFE: _("The work was not safe"),
    LeavingReason.NOT_AS_PROMISED: _("It was not as promised"),
    LeavingReason.SKILLS: _("The work did not fit the skills"),
    LeavingReason.STUDY_OR_FAMILY: _("School, study or family"),
    LeavingReason.WORK_RAN_OUT: _("There was no more work"),
    LeavingReason.OTHER: _("Another reason"),
}
PROMISE = {
    Promise.PAID: _("Are you paid what was promised?"),
    Promise.HOURS: _("Are the hours as promised?"),
    Promise.SAFE: _("Is the work safe?"),
    Promise.REGISTERED: _("Are you registered for social security?"),
}
REASON = {
    "check_not_needed": _("There is nothing more to ask about this job."),
    "check_too_early": _("This is asked later. We write to you then."),
    "start_too_long_ago": _("This start is more than a year ago. Check the date."),
    "start_too_far_ahead": _("This start is more than half a year ahead. Check the date."),
    "already_recorded": _("This outcome is already written down."),
}
