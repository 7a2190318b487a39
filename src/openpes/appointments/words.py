"""Words of the appointments room that people outside the office read; what only staff read lies at the desk's door."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from openpes.appointments.states import AppointmentKind, AppointmentState

KIND = {
    AppointmentKind.FIRST_INTERVIEW: _("First conversation"),
    AppointmentKind.FOLLOW_UP: _("Conversation"),
    AppointmentKind.GROUP: _("Group session"),
    AppointmentKind.PHONE: _("Conversation by phone"),
    AppointmentKind.JOB_INTERVIEW: _("Job interview"),
}
STATE = {
    AppointmentState.INVITED: _("Invited: choose a time"),
    AppointmentState.BOOKED: _("Booked"),
    AppointmentState.ARRIVED: _("Is here"),
    AppointmentState.SEEN: _("Took place"),
    AppointmentState.NO_SHOW: _("Did not come"),
    AppointmentState.CANCELLED: _("Called off"),
    AppointmentState.MOVED: _("Moved to another time"),
}
REASON = {
    "appointment_move": _("This cannot be done with this appointment any more."),
    "time_has_passed": _("This time has passed. Choose a later one."),
    "time_taken": _("This time was just taken or is not free. Choose another one."),
    "too_late_to_change": _("It is too late to change this here. Please call the office."),
    "group_time_is_fixed": _("The time of a group session cannot be changed for one person."),
    "try_again": _("Somebody did the same in this instant. Try again."),
}
