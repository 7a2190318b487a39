"""Words of the casework room that the desk reads."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from openpes.casework.states import Done, HelperRole, NoteKind, Order, Step

KIND = {
    NoteKind.TALK: _("A talk"),
    NoteKind.OBSERVED: _("Something noticed"),
    NoteKind.AGREED: _("Something agreed"),
    NoteKind.GROUP: _("For several people"),
    NoteKind.HANDOVER: _("Handover"),
    NoteKind.CORRECTION: _("Correction"),
}
ROLE = {
    HelperRole.COUNSELLOR: _("Another counsellor"),
    HelperRole.PARTNER: _("A partner organisation"),
    HelperRole.SCHOOL: _("School or training"),
    HelperRole.RELATIVE: _("Family or friend"),
    HelperRole.OTHER: _("Somebody else"),
}
ORDER = {
    Order.NEXT_STEP: _("Next step, most pressing first"),
    Order.LAST_CONTACT: _("Last contact, longest ago first"),
    Order.OVERDUE: _("Overdue actions, oldest first"),
    Order.NEXT_APPOINTMENT: _("Next appointment, soonest first"),
    Order.NAME: _("Name"),
    Order.REGISTERED: _("Registered, newest first"),
}
STEP = {
    Step.GUARDIAN: _("Ask for the parent or guardian"),
    Step.CALL_AGAIN: _("Call again: asked for %(day)s"),
    Step.OVERDUE: _("Ask about: %(title)s"),
    Step.COMES: _("Comes on %(day)s"),
    Step.FIRST_TALK: _("Hold the first talk"),
    Step.NO_PLAN: _("Make a plan together"),
    Step.REVIEW: _("Look at the plan again"),
    Step.SLEEPING_SOON: _("Ask if they still look for work"),
    Step.ANSWER_WAITS: _("Call the employer who has not answered"),
    Step.INTRODUCE: _("Look for a job together"),
    Step.CONTACT: _("Get in touch"),
    Step.NONE: _("Nothing waits"),
}
REASON = {
    "note_words_needed": _("Write a few words: a note without words helps nobody."),
    "note_too_long": _("Write at most %(most)s letters. Split a longer note in two."),
    "note_corrected_already": _("This note has a correction already. Correct that one, or write a new note."),
    "helper_name_needed": _("Write the name of the person or organisation who helps."),
    "unknown_helper_role": _("Choose who they are to the person."),
    "helper_ends_early": _("The last day comes before the first. Check both days."),
    "list_name_needed": _("Give the list a name, for example “No plan yet”."),
    "list_name_taken": _("You have a list named “%(name)s” already. Choose another name."),
    "too_many_lists": _("You keep %(most)s lists already. Delete one first."),
    "stand_in_is_absent": _("Choose somebody else: nobody can hand over to themselves."),
    "not_at_office": _("Choose colleagues who work at this office now."),
    "stand_in_ends_early": _("The last day comes before the first. Check both days."),
    "stand_in_in_past": _("These days are over. Choose days from today on."),
    "stand_in_too_long": _("A stand-in lasts at most %(days)s days. For longer, hand over for good."),
    "stand_in_taken": _("Somebody stands in on these days already. End that first, or choose other days."),
    "export_reason_needed": _("Write why you take this list along. The people on it can read it."),
    "day_is_to_come": _("This day is to come. Key in a day that is over, or today."),
    "day_too_long_ago": _("A day can be keyed in %(days)s days later at most."),
    "nobody_chosen": _("Choose at least one person to hand over."),
}
DONE = {
    Done.CAME: _("Came to the office"),
    Done.REACHED: _("Called: reached"),
    Done.NO_ANSWER: _("Called: no answer"),
    Done.WRONG_NUMBER: _("Called: wrong number"),
    Done.NOT_LOOKING: _("Called: no longer looks for work"),
    Done.FOUND_JOB: _("Has a job from this day"),
    Done.OWN_BUSINESS: _("Has an own business from this day"),
    Done.SCHOOL: _("Is back at school from this day"),
    Done.NOTE: _("Only a note"),
}
