"""The form in which an interview ends: what it found, the way forward, one goal, one to three actions."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openpes.guidance.lists import choices_of, suggested_actions
from openpes.guidance.models import Plan
from openpes.guidance.rules import LONGEST_GOAL, LONGEST_TITLE, LONGEST_WORDS, MOST_ACTIONS, NewPlan, PlannedAction
from openpes.guidance.states import ActionState, Who
from openpes.web.counsellor.guidance_words import WHO
from openpes.web.forms import OpenpesForm, PlainDateField, with_look

NUMBERS = range(1, MOST_ACTIONS + 1)
SUGGESTIONS = "suggested-actions"


def _words(label: Any) -> forms.CharField:
    return with_look(forms.CharField(label=label, required=False, max_length=LONGEST_WORDS), width=30)


class PlanForm(OpenpesForm):
    """One of each; the three actions are rows of the same boxes."""

    about_self = False
    mark_optional = False
    diagnosis = forms.ChoiceField(
        label=gettext_lazy("What the talk found"),
        error_messages={"required": gettext_lazy("Choose what the talk found.")},
    )
    diagnosis_words = _words(gettext_lazy("In your words (may stay empty)"))
    strategy = forms.ChoiceField(
        label=gettext_lazy("The way forward"), error_messages={"required": gettext_lazy("Choose the way forward.")}
    )
    strategy_words = _words(gettext_lazy("More on it (may stay empty)"))
    goal = with_look(
        forms.CharField(
            label=gettext_lazy("One goal, in the person’s words"),
            max_length=LONGEST_GOAL,
            error_messages={"required": gettext_lazy("Write one goal, in the person’s words.")},
        ),
        width=30,
    )
    review_on = PlainDateField(
        label=gettext_lazy("Look at it together again on"),
        required=False,
        help_text=gettext_lazy("Empty: after the days of the country’s policy."),
    )
    skills = forms.MultipleChoiceField(
        label=gettext_lazy("Skills that the talk showed: add them to the profile"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    seen_version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, skills: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, kind in (("diagnosis", "diagnoses"), ("strategy", "strategies")):
            self.fields[name].choices = [("", _("Choose")), *choices_of(kind)]  # type: ignore[attr-defined]
        self.fields["skills"].choices = skills  # type: ignore[attr-defined]
        if not skills:
            del self.fields["skills"]

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The boxes of each action."""
        return [
            {"number": number, **{name: self[f"a{number}_{name}"] for name in ("title", "who", "name", "due", "safe")}}
            for number in NUMBERS
        ]

    def now_seen(self, plan: Plan | None) -> None:
        """The writer sees this plan beside the boxes: sending the form again replaces it knowingly."""
        data = cast("QueryDict", self.data).copy()
        data["seen_version"] = str(plan.version if plan is not None else 0)
        self.data = data

    def new_plan(self) -> NewPlan:
        """The plan as typed; an action row without any word is left out. Call when valid."""
        given = self.cleaned_data
        actions = [
            PlannedAction(
                given[f"a{number}_title"],
                given[f"a{number}_who"],
                given[f"a{number}_name"],
                given[f"a{number}_due"],
                given[f"a{number}_safe"],
            )
            for number in NUMBERS
            if given[f"a{number}_title"].strip() or given[f"a{number}_due"] or given[f"a{number}_name"].strip()
        ]
        return NewPlan(
            given["diagnosis"],
            given["diagnosis_words"],
            given["strategy"],
            given["strategy_words"],
            given["goal"],
            tuple(actions),
            given["review_on"],
        )


def _action_fields(number: int) -> dict[str, forms.Field]:
    title = forms.CharField(label=_("Action %(number)s") % {"number": number}, required=False, max_length=LONGEST_TITLE)
    title.widget.attrs["list"] = SUGGESTIONS
    safe = forms.BooleanField(
        label=gettext_lazy("Safe to text: says nothing private on a shared phone"), required=False
    )
    return {
        f"a{number}_title": with_look(title, width=30),
        f"a{number}_who": forms.ChoiceField(
            label=gettext_lazy("Who does it"), choices=list(WHO.items()), initial=Who.PERSON, required=False
        ),
        f"a{number}_name": with_look(
            forms.CharField(label=gettext_lazy("Name, for a partner or somebody else"), required=False, max_length=120),
            width=20,
        ),
        f"a{number}_due": PlainDateField(label=gettext_lazy("By when"), required=False),
        f"a{number}_safe": safe,
    }


for _number in NUMBERS:
    PlanForm.base_fields |= _action_fields(_number)


def initial_from(plan: Plan | None) -> dict[str, Any]:
    """What a new version begins from: what was found, the goal, and the actions that are not done yet."""
    if plan is None:
        return {"seen_version": 0}
    initial: dict[str, Any] = {
        "seen_version": plan.version,
        "diagnosis": plan.diagnosis,
        "diagnosis_words": plan.diagnosis_words,
        "strategy": plan.strategy,
        "strategy_words": plan.strategy_words,
        "goal": plan.goal,
    }
    still = [one for one in plan.actions.all() if one.state == ActionState.OPEN]
    for number, one in enumerate(still[:MOST_ACTIONS], start=1):
        initial |= {
            f"a{number}_title": one.title,
            f"a{number}_who": one.who,
            f"a{number}_name": one.who_name,
            f"a{number}_due": one.due_on,
            f"a{number}_safe": one.safe_to_text,
        }
    return initial


def suggestions(*programmes: str) -> list[str]:
    """Actions to begin from, and the country's programmes by name."""
    more = [_("Bring the papers for %(programme)s") % {"programme": name} for name in programmes]
    return [one.says for one in suggested_actions()] + more
