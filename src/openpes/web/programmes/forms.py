"""Forms of the programme manager."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from openpes.programmes.drafting import Written
from openpes.programmes.models import FundStream, ProgrammeVersion
from openpes.programmes.states import PlaceRule, ProgrammeKind
from openpes.programmes.words import KIND, PLACES_GO
from openpes.reference.country import currency
from openpes.web.forms import OpenpesForm, PlainDateField, with_look
from openpes.web.programmes.words import lines_of


def _lines(label: Any, hint: Any = "") -> Any:
    widget = forms.Textarea(attrs={"rows": 3})
    return with_look(forms.CharField(label=label, help_text=hint, required=False, max_length=4000, widget=widget))


def _numbers(text: str) -> dict[str, int]:
    """Lines "code: number". Raises ValueError."""
    found = {}
    for line in lines_of(text):
        code, _colon, number = line.partition(":")
        found[code.strip()] = int(number)
        if found[code.strip()] < 1:
            raise ValueError(line)
    return found


class VersionForm(OpenpesForm):
    """What a version says."""

    about_self = False
    kind = forms.ChoiceField(label=_("Kind"), choices=[(one.value, KIND[one]) for one in ProgrammeKind])
    provider = forms.CharField(label=_("Who gives it"), required=False, max_length=200)
    title = forms.CharField(label=_("Title"), max_length=200)
    source = forms.CharField(label=_("Source: law, order or decision, with the article"), max_length=400)
    starts_on = PlainDateField(label=_("In force from"))
    ends_before = PlainDateField(label=_("In force until the day before"), required=False)
    source_read = forms.BooleanField(
        label=_("I have read the rule in this source, and it is as written below"),
        help_text=_("From then on a clear no of the rule stops an application. A second person approves it."),
        required=False,
    )
    benefits = _lines(_("What it gives"))
    rule = _lines(_("Who may take part, as a rule"), _("As in the country packs, in JSON. Empty: a person decides."))
    checked_by_hand = _lines(_("What a person checks"), _("One a line."))
    documents = _lines(_("Papers to bring"), _("One a line."))
    stipend_amount = forms.DecimalField(label=_("Stipend in a month"), min_value=0, required=False, decimal_places=2)
    points = _lines(_("Points by group"), _("One a line, for example persons_with_disabilities: 3"))
    quotas = _lines(_("Places kept for groups"), _("One a line, for example women: 10"))
    indicators = _lines(_("How it is measured"), _("One a line."))
    isco = _lines(_("Leads to work as (ISCO-08)"), _("One unit group a line."))

    def _clean_numbers(self, name: str) -> dict[str, int]:
        try:
            return _numbers(self.cleaned_data[name])
        except ValueError as wrong:
            raise forms.ValidationError(_("Write a code, a colon and a whole number on each line.")) from wrong

    def clean_points(self) -> dict[str, int]:
        return self._clean_numbers("points")

    def clean_quotas(self) -> dict[str, int]:
        return self._clean_numbers("quotas")

    def clean_rule(self) -> Any:
        text = self.cleaned_data["rule"].strip()
        try:
            return json.loads(text) if text else None
        except ValueError as wrong:
            raise forms.ValidationError(_("This is not JSON.")) from wrong

    def without_source_read(self) -> VersionForm:
        """Where nothing was written from memory there is nothing to confirm."""
        del self.fields["source_read"]
        return self

    def written(self, *, recalled: bool) -> Written:
        """The form as what the operation takes. A recalled rule stays so until somebody says that they read it."""
        told = self.cleaned_data
        return Written(
            title=told["title"],
            source=told["source"],
            starts_on=told["starts_on"],
            ends_before=told["ends_before"],
            benefits=told["benefits"],
            rule=told["rule"],
            recalled=recalled and not told.get("source_read", False),
            checked_by_hand=lines_of(told["checked_by_hand"]),
            documents=lines_of(told["documents"]),
            stipend_amount=told["stipend_amount"],
            stipend_currency=currency() if told["stipend_amount"] else "",
            points=told["points"],
            quotas=told["quotas"],
            indicators=lines_of(told["indicators"]),
            isco=lines_of(told["isco"]),
        )


def initial_of(version: ProgrammeVersion) -> dict[str, Any]:
    """A version as the form shows it."""
    return {
        "kind": version.programme.kind,
        "provider": version.programme.provider,
        "title": version.title,
        "source": version.source,
        "starts_on": version.starts_on,
        "ends_before": version.ends_before,
        "benefits": version.benefits,
        "rule": json.dumps(version.rule, indent=1) if version.rule else "",
        "checked_by_hand": "\n".join(version.checked_by_hand),
        "documents": "\n".join(version.documents),
        "stipend_amount": version.stipend_amount,
        "points": "\n".join(f"{code}: {n}" for code, n in sorted(version.points.items())),
        "quotas": "\n".join(f"{code}: {n}" for code, n in sorted(version.quotas.items())),
        "indicators": "\n".join(version.indicators),
        "isco": "\n".join(version.isco),
    }


class RoundForm(OpenpesForm):
    """A round of a programme."""

    about_self = False
    apply_from = PlainDateField(label=_("Apply from"))
    apply_until = PlainDateField(label=_("Apply until"))
    starts_on = PlainDateField(label=_("Begins on"))
    ends_before = PlainDateField(label=_("Over on"))
    places = with_look(forms.IntegerField(label=_("Places"), min_value=1, max_value=10**6), width=5)
    place_rule = forms.ChoiceField(
        label=_("How places go"), choices=[(one.value, PLACES_GO[one]) for one in PlaceRule], widget=forms.RadioSelect
    )
    fund_id = forms.TypedChoiceField(label=_("Paid from"), required=False, coerce=int, empty_value=None)
    cost_per_place = forms.DecimalField(
        label=_("Cost of a place"), min_value=0, required=False, decimal_places=2, max_digits=14
    )
    offer_days = with_look(forms.IntegerField(label=_("Days to answer an offer"), min_value=1, max_value=60), width=5)

    def __init__(self, data: Any = None, *, funds: list[FundStream]) -> None:
        super().__init__(data, initial={"offer_days": 7, "place_rule": PlaceRule.FIRST_COME.value})
        choices = [(str(one.pk), f"{one.name} ({one.currency})") for one in funds]
        self.fields["fund_id"].choices = [("", _("No fund")), *choices]  # type: ignore[attr-defined]

    def clean_cost_per_place(self) -> Decimal:
        return self.cleaned_data["cost_per_place"] or Decimal(0)


class FundForm(OpenpesForm):
    """A stream of money."""

    about_self = False
    name = forms.CharField(label=_("Name"), max_length=120)
    budget = forms.DecimalField(label=_("Budget"), min_value=1, decimal_places=2, max_digits=16)
