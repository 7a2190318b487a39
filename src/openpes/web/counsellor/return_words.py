"""Words of the daily and monthly return."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from openpes.desks.returns import Gap, Line

BLOCK = {
    "met": _("People met"),
    "guided": _("Registered and guided"),
    "work": _("On the way to work"),
    "wrong": _("What went wrong"),
}
LINE = {
    Line.MET_PEOPLE: _("People seen, each counted once"),
    Line.MET_VISITS: _("Visits: appointments, walk-ins and groups"),
    Line.MET_MISSED: _("Did not come to their time"),
    Line.MET_CALLS: _("Calls made"),
    Line.MET_REACHED: _("Calls that reached the person"),
    Line.MET_SESSIONS: _("Group sessions held"),
    Line.MET_IN_SESSIONS: _("Who came to a group session"),
    Line.GUIDED_REGISTERED: _("People registered"),
    Line.GUIDED_AT_DESK: _("Of these at the desk"),
    Line.GUIDED_INTERVIEWS: _("Interviews held"),
    Line.GUIDED_PLANS: _("Plans made"),
    Line.WORK_SENT: _("Introductions to employers"),
    Line.WORK_BY_PERSON: _("Of these by the person alone"),
    Line.WORK_ANSWERS: _("First answers from employers"),
    Line.WORK_REGISTER: _("Placed, confirmed by a register"),
    Line.WORK_EMPLOYER: _("Placed, said by the employer"),
    Line.WORK_PERSON: _("Placed, said by the person only"),
    Line.WRONG_COMPLAINTS: _("Complaints received"),
}
GAP = {
    Gap.NOT_OVER: _("The time is not over yet: these numbers will still grow."),
    Gap.TIMES_OPEN: _("Times that are over and have no end yet: %(n)s. Mark who came."),
    Gap.INTERVIEWS_OPEN: _("Interviews begun and not ended: %(n)s."),
    Gap.MANY_MISSED: _("More than usual did not come to their time: %(n)s. Ask what keeps people away."),
    Gap.FOR_GUARDIAN: _("Registered and waiting for a parent or guardian: %(n)s."),
    Gap.ANSWERS_LATE: _("Introductions past their day without an answer, today: %(n)s."),
    Gap.ONLY_SAID: _("Placed by the word of the person alone: %(n)s. Ask the employer too."),
    Gap.COMPLAINTS_LATE: _("Complaints past their day, today: %(n)s."),
    Gap.NOTHING: _("Nothing was written down. Was the office closed, or is a day still to be keyed in?"),
}
