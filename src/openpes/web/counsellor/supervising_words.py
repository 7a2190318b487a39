"""Words of the manager's page."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from openpes.desks.supervising import Alarm

ALARM = {
    Alarm.LEFT: _("%(of)s has left: people still in their care: %(n)s"),
    Alarm.NOBODY: _("People in nobody’s care: %(n)s"),
    Alarm.COMPLAINTS_LATE: _("Complaints past their day: %(n)s"),
    Alarm.CONTESTS_LATE: _("Contests of an advice past their day: %(n)s"),
    Alarm.CONTESTS: _("Contests of an advice that wait for an answer: %(n)s"),
    Alarm.OVERDUE: _("Actions of plans that are overdue: %(n)s"),
    Alarm.UNANSWERED: _("Introductions that no employer has answered in time: %(n)s"),
    Alarm.SILENT: _("People whom nobody has spoken with for %(of)s days: %(n)s"),
    Alarm.FULL: _("%(of)s has a full caseload: %(n)s people"),
    Alarm.ADVERTS: _("Adverts that wait too long for a decision: %(n)s"),
    Alarm.ADVICE_FEW: _("%(of)s: counsellors decide otherwise than the advice in %(n)s percent. Is it read at all?"),
    Alarm.ADVICE_MANY: _("%(of)s: counsellors decide otherwise than the advice in %(n)s percent. Do the points fit?"),
}
PAGE = {
    Alarm.LEFT: "caseload",
    Alarm.NOBODY: "caseload",
    Alarm.FULL: "caseload",
    Alarm.COMPLAINTS_LATE: "complaints",
    Alarm.CONTESTS: "advice_oversight",
    Alarm.CONTESTS_LATE: "advice_oversight",
    Alarm.ADVICE_FEW: "advice_oversight",
    Alarm.ADVICE_MANY: "advice_oversight",
    Alarm.OVERDUE: "today",
    Alarm.SILENT: "calls",
    Alarm.UNANSWERED: "follow_up",
    Alarm.ADVERTS: "vacancies",
}
"""The page on which something can be done about it."""
