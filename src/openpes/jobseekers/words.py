"""Words of the jobseekers room that people read."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from openpes.jobseekers.states import JobseekerState, WorkStatus

STATE = {
    JobseekerState.FROM_LIST: _("Known from an old list, has not agreed yet"),
    JobseekerState.WAITING_FOR_GUARDIAN: _("Waiting for a parent or guardian"),
    JobseekerState.ACTIVE: _("Looking for work"),
    JobseekerState.IN_WORK: _("In work"),
    JobseekerState.SLEEPING: _("Resting"),
    JobseekerState.LEFT: _("Left the service"),
}
WORK_STATUS = {
    WorkStatus.LOOKING: _("I have no work and look for some"),
    WorkStatus.WORKING_WANTS_OTHER: _("I work and want other work"),
    WorkStatus.STUDYING: _("I go to school or training"),
    WorkStatus.CARING: _("I look after children or family"),
    WorkStatus.NOT_SAID: _("I would rather not say"),
}
REASON = {
    "born_in_future": _("This birth date has not come yet. Check day, month and year."),
    "born_too_long_ago": _("This birth date is too long ago. Check the year."),
    "guardian_needed": _(
        "At this age a parent or guardian agrees too. Write their name, or come together to the office."
    ),
    "register.too_young": _(
        "You can register from the age of %(age)s. Until then the office helps you with school and training."
    ),
    "paper_number": _("There is no form with this number. Look at it again: three groups of three signs."),
    "paper_known": _("A form with this number was keyed in before. It is not taken twice."),
    "paper_to_come": _("This day has not come yet. Write the day on which the form was filled in."),
    "consent_needed": _("This person is known from an old list only. Ask first whether they agree."),
    "agreed_already": _("This person has agreed already."),
    "jobseeker_move": _("A registration cannot go from “%(from)s” to “%(to)s”."),
    "unknown_occupation": _("There is no occupation with the code %(code)s. Choose one from the list."),
    "unknown_skill": _("There is no skill called %(code)s. Choose one from the list."),
    "unknown_licence": _("There is no licence called %(code)s. Choose one from the list."),
    "too_many_occupations": _("Choose at most %(most)s kinds of work."),
    "search_empty": _("Say what you look for, or where."),
    "too_many_searches": _("You keep %(most)s searches already. Drop one first."),
    "alert_time": _("Choose a day and an hour."),
}
