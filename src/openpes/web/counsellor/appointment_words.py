"""Words of appointments, the queue and calls that only staff read."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from openpes.appointments.states import (
    AbsenceReason,
    AppointmentEventKind,
    ContactResult,
    ContactWay,
    PauseReason,
    QueuePurpose,
    QueueState,
    SessionState,
    Way,
)

EVENT = {
    AppointmentEventKind.INVITED: _("Invited"),
    AppointmentEventKind.BOOKED: _("Time chosen"),
    AppointmentEventKind.REMINDED: _("Reminded"),
    AppointmentEventKind.ARRIVED: _("Came to the desk"),
    AppointmentEventKind.SEEN: _("Took place"),
    AppointmentEventKind.NO_SHOW: _("Did not come"),
    AppointmentEventKind.CANCELLED: _("Called off"),
    AppointmentEventKind.MOVED: _("Moved to another time"),
    AppointmentEventKind.LETTER_PRINTED: _("Letter printed"),
    AppointmentEventKind.TASK_RAISED: _("A counsellor was asked to call"),
    AppointmentEventKind.TASK_DONE: _("A counsellor called"),
}
WAY = {
    Way.LINK: _("by link"),
    Way.WEB: _("on the page"),
    Way.DESK: _("at the desk"),
    Way.PHONE_CALL: _("by phone"),
    Way.SMS: _("by text message"),
    Way.PAPER: _("on paper"),
    Way.CLOCK: _("by the clock"),
}
PAUSE_REASON = {
    PauseReason.ILL: _("Ill or in hospital"),
    PauseReason.CARE: _("Looks after a child or the family"),
    PauseReason.AWAY: _("Away"),
    PauseReason.TRAINING: _("In school or training"),
    PauseReason.ASKED_FOR_REST: _("Asked us to wait"),
    PauseReason.OTHER: _("Another reason"),
}
ABSENCE_REASON = {
    AbsenceReason.LEAVE: _("Leave"),
    AbsenceReason.TRAINING: _("Training"),
    AbsenceReason.OUT_OF_OFFICE: _("Out of the office: a visit, a fair"),
    AbsenceReason.OTHER: _("Another reason"),
}
SESSION_STATE = {
    SessionState.PLANNED: _("Planned"),
    SessionState.HELD: _("Took place"),
    SessionState.CANCELLED: _("Called off"),
}
QUEUE_PURPOSE = {
    QueuePurpose.REGISTER: _("Register for work"),
    QueuePurpose.COUNSELLOR: _("Talk to a counsellor"),
    QueuePurpose.JOBS: _("Look for a job"),
    QueuePurpose.PAPERS: _("Papers and certificates"),
    QueuePurpose.EMPLOYER: _("I am an employer"),
    QueuePurpose.OTHER: _("Something else"),
}
QUEUE_STATE = {
    QueueState.WAITING: _("Waits"),
    QueueState.CALLED: _("Is being served"),
    QueueState.DONE: _("Served"),
    QueueState.LEFT: _("Left"),
}
CONTACT_WAY = {
    ContactWay.CALL: _("Phone call"),
    ContactWay.TEXT: _("Text message"),
    ContactWay.APPOINTMENT: _("Appointment"),
    ContactWay.WALK_IN: _("Walked in"),
    ContactWay.GROUP: _("Group session"),
}
CONTACT_RESULT = {
    ContactResult.REACHED: _("Reached"),
    ContactResult.NO_ANSWER: _("No answer"),
    ContactResult.WRONG_NUMBER: _("Wrong number"),
    ContactResult.CALL_AGAIN: _("Call again"),
    ContactResult.FOUND_JOB: _("Has found work"),
    ContactResult.NOT_LOOKING: _("No longer looking"),
    ContactResult.SENT: _("Sent"),
    ContactResult.CAME: _("Came"),
}
# The other reasons, which people outside read too, lie in the room.
REASON = {
    "queue_move": _("Somebody else has just changed this number. Look at the list again."),
    "not_served": _("This person has left the service. Register them again first."),
    "no_such_length": _("A conversation takes 10, 20 or 40 minutes."),
    "not_today": _("This appointment is not today."),
    "already_invited": _("This person is invited already and has not chosen a time yet."),
    "invitations_rest": _("Invitations rest for this person just now."),
    "pause_in_the_past": _("Choose a day from today on."),
    "closes_before_it_opens": _("The end must be later than the beginning."),
    "spans_overlap": _("Two of the times lie on each other. Mend one of them."),
    "both_or_none": _("Write both times, or leave both empty to close the day."),
    "room_needs_name_and_places": _("A room needs a name and at least one place."),
    "ends_before_it_begins": _("The last day must not be before the first."),
    "room_too_small": _("This room has only %(places)s places."),
    "session_is_over": _("This session is over or called off."),
    "already_on_roster": _("This person is on the list already."),
    "session_is_full": _("All %(places)s places are taken."),
    "session_not_begun": _("The session has not begun yet."),
    "day_needed": _("Say on which day to call again."),
    "reason_needed": _("Write a short reason. It is kept."),
    "nobody_left": _("Nobody is left to whom this text may go."),
    "too_many_people": _("That is more than %(most)s people. Narrow it down."),
    "text_too_long": _("The text is too long: at most %(most)s segments for each person."),
    "empty_text": _("Write the text first."),
}
