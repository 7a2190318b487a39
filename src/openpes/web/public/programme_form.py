"""The questions that programme rules ask, as one form. Every question may stay open: unknown never denies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from openpes.programmes.eligibility import NUMBER_FIELDS
from openpes.programmes.words import QUESTION
from openpes.reference.country import country
from openpes.web.forms import OpenpesForm, with_look

YES_NO = [("yes", _("Yes")), ("no", _("No")), ("", _("I do not know"))]


class RuleForm(OpenpesForm):
    """One field for each thing that the rules ask for."""

    def __init__(self, data: Any = None, *, asked: Iterable[str]) -> None:
        super().__init__(data)
        for name in asked:
            if name in QUESTION:
                self.fields[name] = _field(name)

    def answers(self) -> dict[str, Any]:
        """What was answered, under the rules' names; open questions are left out."""
        given: dict[str, Any] = {}
        for name, value in self.cleaned_data.items():
            if value in ("", None):
                continue
            if name == "isced" or name in NUMBER_FIELDS:
                given[name] = int(value)
            else:
                given[name] = value == "yes"
        return given


def _field(name: str) -> forms.Field:
    if name == "isced":
        lowest: dict[int, str] = {}
        for level in country().education_levels:
            lowest.setdefault(level.isced, level.name(get_language() or "en"))
        steps = [(str(isced), name) for isced, name in sorted(lowest.items())]
        field: forms.Field = forms.ChoiceField(
            label=QUESTION[name], choices=[("", _("I do not know")), *steps], required=False
        )
        return with_look(field)
    if name in NUMBER_FIELDS:
        field = forms.IntegerField(label=QUESTION[name], min_value=0, max_value=10**12, required=False)
        return with_look(field, width=5)
    field = forms.ChoiceField(label=QUESTION[name], choices=YES_NO, required=False, widget=forms.RadioSelect)
    return with_look(field, inline=True)


def told(conditions: Iterable[tuple[str, str]]) -> list[Mapping[str, Any]]:
    """(field, verdict) pairs as lines: the question and whether it fits. One line a question."""
    lines: dict[str, Mapping[str, Any]] = {}
    for name, verdict in conditions:
        if name in QUESTION and name not in lines:
            lines[name] = {"question": QUESTION[name], "verdict": verdict}
    return list(lines.values())
