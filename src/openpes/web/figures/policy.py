"""The policy desk: what would a change of ages or amounts mean, on the latest published month?"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from openpes.core.decisions import NotFound, Refused
from openpes.exchange.cards import age_bounds
from openpes.exchange.law_draft import WAGE, Draft, ages_of, draft_in_law, draft_of, waiting_drafts
from openpes.exchange.what_if import OLDEST_AGE, Change, citation, try_change, what_if_for, what_ifs
from openpes.insights.words import AGE, SEX_IN_FIGURES
from openpes.reference.country import area_name, country, today
from openpes.web.audience import Door, audience
from openpes.web.date_field import PlainDateField
from openpes.web.figures.exchange_forms import add_reasons
from openpes.web.forms import OpenpesForm, with_look
from openpes.web.requests import OpenpesRequest
from openpes_evidence.disclosure import TOTAL

WHO = ("law_officer", "analyst", "administrator")
ALL = _("all")


def _age(label: Any) -> forms.Field:
    return with_look(forms.IntegerField(label=label, min_value=0, max_value=OLDEST_AGE), width=3)


def _amount(label: Any) -> forms.Field:
    field = forms.DecimalField(
        label=label, min_value=0, max_digits=14, decimal_places=2, required=False, help_text=_("Empty: nothing.")
    )
    return with_look(field, width=10)


class ChangeForm(OpenpesForm):
    """A policy now and as it would be."""

    about_self = False
    mark_optional = False
    title = forms.CharField(label=_("The change, in words"), max_length=200)
    rests_on = forms.CharField(label=_("Value of the country pack that would change"), max_length=200, required=False)
    written = forms.CharField(
        label=_("The value as drafted"),
        help_text=_("As the pack would write it. Empty: the change is only in the ages and amounts below."),
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    starts_on = PlainDateField(label=_("From which day"), required=False)
    from_now = _age(_("From age, now"))
    to_now = _age(_("To age, now"))
    from_then = _age(_("From age, then"))
    to_then = _age(_("To age, then"))
    amount_now = _amount(_("Amount for a person and month, now"))
    amount_then = _amount(_("Amount for a person and month, then"))
    months = with_look(forms.IntegerField(label=_("Months"), min_value=1, max_value=120, initial=6), width=3)
    least = with_look(
        forms.IntegerField(label=_("Take-up at least, %"), min_value=0, max_value=100, initial=10), width=3
    )
    most = with_look(forms.IntegerField(label=_("Take-up at most, %"), min_value=0, max_value=100, initial=40), width=3)
    school = with_look(
        forms.IntegerField(label=_("Lowest school level (ISCED)"), min_value=0, max_value=8, required=False), width=3
    )

    def change(self, on: date) -> Change:
        """The answers as the desk takes them. Raises Refused, NotFound for a draft that cannot be."""
        said = self.cleaned_data
        draft = None
        if said["written"].strip():
            draft = draft_of(key=said["rests_on"].strip(), written=said["written"], starts_on=said["starts_on"] or on)
        return Change(
            draft=draft,
            title=said["title"],
            ages_now=(said["from_now"], said["to_now"]),
            ages_then=(said["from_then"], said["to_then"]),
            amount_now=said["amount_now"] or Decimal(0),
            amount_then=said["amount_then"] or Decimal(0),
            months=said["months"],
            take_up=(said["least"], said["most"]),
            lowest_school=said["school"],
            rests_on=said["rests_on"],
        )


def _initial(request: OpenpesRequest) -> dict[str, object]:
    """The ages of a national programme (?from=), or a change of the law that waits for its second officer (?law=)."""
    if request.GET.get("law"):
        return _of_draft(draft_in_law(request.GET["law"]))
    for one in country().programmes_on(today(request.at)):
        if one.code == request.GET.get("from"):
            low, high = age_bounds(one.rule)
            ages = {"from_now": low or 0, "to_now": OLDEST_AGE if high is None else high}
            return {"rests_on": f"programmes.{one.code}", "title": one.name, **ages}
    return {}


def _of_draft(draft: Draft) -> dict[str, object]:
    found: dict[str, object] = {
        "rests_on": draft.key,
        "title": _("%(key)s, as drafted") % {"key": draft.key},
        "written": draft.then,
        "starts_on": draft.starts_on,
    }
    now, then = (None if text == "unknown" else ages_of(draft.kind, text) for text in (draft.now, draft.then))
    if now is not None:
        found |= {"from_now": now[0], "to_now": now[1]}
    if then is not None:
        found |= {"from_then": then[0], "to_then": then[1]}
    if draft.kind == WAGE:
        # A wage floor changes nobody's age: everybody of working age, before and after.
        found |= {"from_now": 15, "to_now": OLDEST_AGE, "from_then": 15, "to_then": OLDEST_AGE}
    return found


@audience(Door.ROLES, *WHO)
def desk(request: OpenpesRequest) -> HttpResponse:
    """Try a change, and the answers kept so far."""
    form = ChangeForm(request.POST if request.method == "POST" else None, initial=_initial(request))
    if request.method == "POST" and form.is_valid():
        try:
            kept = try_change(change=form.change(today(request.at)), by=request.actor, at=request.at)
        except Refused as refused:
            add_reasons(form, refused)
        except NotFound:
            form.add_error("rests_on", _("The pack has no value with this key."))
        else:
            return HttpResponseRedirect(reverse("figures:what_if", args=[kept.ref]))
    return render(
        request,
        "openpes/figures/policy.html",
        {
            "form": form,
            "kept": what_ifs(request.actor),
            "drafts": waiting_drafts(),
            "programmes": [(one.code, one.name) for one in country().programmes_on(today(request.at)) if one.rule],
        },
        status=422 if form.errors else 200,
    )


def _between(pair: list[int | str | None]) -> str:
    """From the least to the most; one number where they are the same."""
    low, high = ("fewer than ten" if one is None else f"{int(one):,}" for one in pair)
    return low if low == high else f"{low} – {high}"


@audience(Door.ROLES, *WHO)
def what_if(request: OpenpesRequest, ref: str) -> HttpResponse:
    """One answer with its assumptions, at an address that stays."""
    kept = what_if_for(request.actor, ref)
    areas = [(ALL if code == TOTAL else area_name(code, "en"), n) for code, n in kept.result["new_by_area"]]
    return render(
        request,
        "openpes/figures/what_if.html",
        {
            "one": kept,
            "tables": [
                (_("Who may come in"), _named(kept.result["new_by_sex_age"])),
                (_("Who may fall out"), _named(kept.result["out_by_sex_age"])),
            ],
            "areas": areas,
            "citation": citation(kept),
            "draft": Draft(**_read(drafted)).as_yaml() if (drafted := kept.change.get("draft")) else "",
            "floors": _floors(kept.result.get("floor")),
            "pairs_people": [_between(kept.result[name]) for name in ("people_now", "people_then")],
            "pairs_cost": [_between(kept.result[name]) for name in ("cost_now", "cost_then")],
        },
    )


def _read(drafted: dict[str, str]) -> dict[str, Any]:
    return {**drafted, "starts_on": date.fromisoformat(drafted["starts_on"])}


def _floors(found: dict[str, Any] | None) -> dict[str, Any] | None:
    """The floor now and then side by side, and by area."""
    if found is None or found["then"] is None:
        return None
    now, then = found["now"] or {}, found["then"]
    before = dict(now.get("by_area", []))
    areas = [(area_name(code, "en"), before.get(code, 0), n) for code, n in then["by_area"]]
    return {"now": now, "then": then, "areas": areas}


def _named(rows: list[list[Any]]) -> list[tuple[Any, Any, int | None]]:
    """Sex and age of each line in words."""
    return [
        (ALL if sex == TOTAL else SEX_IN_FIGURES.get(sex, sex), ALL if band == TOTAL else AGE.get(band, band), n)
        for sex, band, n in rows
    ]
