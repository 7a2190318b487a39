"""Words of guidance that only staff read: for whom a script is, who does an action, and refusals."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from openpes.guidance.states import ActionState, ContestAnswer, DisagreeCode, ForWhom, PersonView, ScriptState, Who

FOR_WHOM = {
    ForWhom.SCHOOL_LEAVER: _("School leaver"),
    ForWhom.FIRST_JOB: _("First-job seeker"),
    ForWhom.CARE_DUTIES: _("Young woman with care duties, not in work or school"),
    ForWhom.GRADUATE: _("Graduate"),
    ForWhom.RETURNING_MIGRANT: _("Returning migrant"),
    ForWhom.DISABILITY: _("Person with a disability"),
    ForWhom.ANYBODY: _("Anybody"),
}
SCRIPT_STATE = {
    ScriptState.DRAFT: _("Draft"),
    ScriptState.ON: _("In use"),
    ScriptState.OFF: _("Not in use"),
}
WHO = {
    Who.PERSON: _("The person"),
    Who.COUNSELLOR: _("Counsellor"),
    Who.PARTNER: _("Partner"),
    Who.OTHER: _("Somebody else"),
}
ACTION_STATE = {
    ActionState.OPEN: _("To do"),
    ActionState.DONE: _("Done"),
    ActionState.CHANGED: _("Changed"),
    ActionState.OVERDUE: _("Overdue"),
}
DISAGREE = {
    DisagreeCode.KNOWS_MORE: _("The talk showed more than the facts do"),
    DisagreeCode.FACTS_WRONG: _("A fact is wrong or missing"),
    DisagreeCode.PERSON_WISHES: _("The person wishes otherwise"),
    DisagreeCode.CHANGED_SINCE: _("Something has changed since"),
    DisagreeCode.NO_PLACE: _("The office cannot offer that level now"),
}
VIEW = {
    PersonView.FITS: _("It fits"),
    PersonView.WANTS_MORE: _("Wants more help"),
    PersonView.WANTS_LESS: _("Wants less help"),
    PersonView.NOT_ASKED: _("Was not asked"),
}
CONTEST = {
    ContestAnswer.KEPT: _("The level stays"),
    ContestAnswer.CHANGED: _("The level changes"),
}
REASON = {
    "person_left": _("This person has left the service."),
    "held_in_future": _("An interview on paper was held today or before. Check the date."),
    "interview_ended": _("This interview has ended. Begin a new one to write more."),
    "diagnosis_needed": _("Choose what the talk found."),
    "strategy_needed": _("Choose the way forward."),
    "goal_needed": _("Write one goal, in the person’s words."),
    "action_needed": _("Write at least one action."),
    "too_many_actions": _("Keep at most %(most)s actions: more are not done."),
    "action_title_needed": _("Action %(number)s: say what is to be done."),
    "action_who_needed": _("Action %(number)s: choose who does it."),
    "action_name_needed": _("Action %(number)s: name the partner or the person who does it."),
    "action_due_needed": _("Action %(number)s: give the day by which it is done."),
    "action_due_past": _("Action %(number)s: the day has passed already. Choose a later one."),
    "action_due_far": _("Action %(number)s: the day is more than %(days)s days away. Make the step smaller."),
    "review_in_past": _("The day to look at the plan again has passed already."),
    "plan_changed_meanwhile": _(
        "Somebody else made a new plan meanwhile. Look at it first; what you typed is still here."
    ),
    "action_state": _("The action stands so already."),
    "change_needs_words": _("Say in a few words what came instead."),
    "advice_off": _("Advice by scorecard is switched off in this country."),
    "advice_without_basis": _("Advice by scorecard has no legal basis in this country’s rules yet."),
    "view_needed": _("Ask what the person thinks, or say that they were not asked."),
    "response_needed": _("Agree, or decide otherwise."),
    "other_level_needed": _("Choose another level than the one that stands."),
    "disagree_code_needed": _("Choose why you decide otherwise."),
    "disagree_words_needed": _("Say in a few words why you decide otherwise."),
    "contest_open": _("This advice is contested already and waits for an answer."),
    "contest_words_needed": _("Say in a few words what is wrong."),
    "contest_answered": _("This contest has been answered already."),
    "contest_outcome_needed": _("Choose whether the level stays or changes."),
    "contest_answer_needed": _("Write the answer that the person will read."),
    "script_not_draft": _("This version has been in use. Copy it to change it."),
    "script_not_on": _("This version is not in use."),
    "no_phone_to_text": _("There is no phone to send a text to."),
    "nothing_safe_to_text": _("No open action is ticked as safe to text."),
}
