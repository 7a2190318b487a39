"""Words of the guidance room that people outside the office read; what only staff read lies at the desk's door."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from openpes.guidance.states import ActionState, ContestAnswer, Level, PersonView, Response, Who

LEVEL = {
    Level.SELF_HELP: _("You find your way; we help when you ask"),
    Level.SUPPORTED: _("We meet regularly and go step by step"),
    Level.INTENSIVE: _("We meet often and clear the way together"),
}
LEVEL_SHORT = {
    Level.SELF_HELP: _("Self-help"),
    Level.SUPPORTED: _("Supported"),
    Level.INTENSIVE: _("Intensive"),
}
WHO = {
    Who.PERSON: _("I do it"),
    Who.COUNSELLOR: _("My counsellor does it"),
    Who.PARTNER: _("A partner does it"),
    Who.OTHER: _("Somebody else does it"),
}
ACTION_STATE = {
    ActionState.OPEN: _("To do"),
    ActionState.DONE: _("Done"),
    ActionState.CHANGED: _("Something else came instead"),
    ActionState.OVERDUE: _("The day has passed"),
}
RESPONSE = {
    Response.AGREE: _("Your counsellor agrees with the advice."),
    Response.DISAGREE: _("Your counsellor decided otherwise."),
}
VIEW = {
    PersonView.FITS: _("It fits me"),
    PersonView.WANTS_MORE: _("I want more help"),
    PersonView.WANTS_LESS: _("I want less help"),
    PersonView.NOT_ASKED: _("I was not asked"),
}
CONTEST = {
    ContestAnswer.KEPT: _("The advice stays"),
    ContestAnswer.CHANGED: _("The advice was changed"),
}
# Why a rule counts, said of what is known; and what would change it. Codes are those of the published rules.
RULE = {
    "no_secondary": _("School ended after primary school or before."),
    "no_experience": _("No work experience is written down."),
    "long_search": _("The search for work has lasted %(found)s months."),
    "very_long_search": _("The search for work has lasted %(found)s months, longer than a year."),
    "turned_down": _("%(found)s introductions ended without a job."),
    "skills_not_told": _("No skills are written down yet."),
    "no_own_phone": _("There is no phone of one's own to be reached on."),
    "blocked": _("Something must be solved before work can begin."),
    "blocked_twice": _("More than one thing must be solved before work can begin."),
}
CHANGE = {
    "no_secondary": _("Finishing another level of school."),
    "no_experience": _("Work done so far: also unpaid work counts when it is written down."),
    "long_search": _("Nothing has to be done: it counts from six months on."),
    "very_long_search": _("Nothing has to be done: it counts from twelve months on."),
    "turned_down": _("An introduction that leads to a job."),
    "skills_not_told": _("Telling the skills, also those from home."),
    "no_own_phone": _("A phone number of one's own."),
    "blocked": _("Solving what stands in the way."),
    "blocked_twice": _("Solving one of the things that stand in the way."),
}
FACT = {
    "isced": _("level of school"),
    "experience_months": _("months of experience"),
    "months_registered": _("months of looking for work"),
    "turned_down": _("introductions that ended without a job"),
    "skills_told": _("skills written down"),
    "own_phone": _("a phone of one's own (1 yes, 0 no)"),
    "heavy_barriers": _("things that must be solved before work"),
}
OPERATOR = {"gte": _("at least %(value)s"), "lte": _("at most %(value)s"), "is": _("exactly %(value)s")}
NOT_STATISTICAL = _(
    "This is not statistical. It adds points of a published list and says nothing about how likely anything is."
)
# The slip that a person takes along.
SLIP = {
    "title": _("My plan"),
    "goal": _("My goal"),
    "actions": _("What happens next"),
    "by": _("by %(day)s"),
    "review": _("We look at it together again on %(day)s."),
    "questions": _("Questions? Ask %(counsellor)s at %(office)s."),
    "number": _("My number: %(number)s"),
    "change": _("A plan can change. Tell us when something comes between."),
}


def told(words: Mapping[str, Any], one: Mapping[str, Any]) -> str:
    """The sentence of a stored reason; a rule of a country's own without words here is named by its code."""
    sentence = words.get(str(one.get("code")))
    if sentence is None:
        return str(one.get("code", "")).replace("_", " ")
    return str(sentence) % one
