"""One's people on one screen: filters, order, kept lists, and the list as a file with the reason it was taken."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from openpes.casework.filters import Filters, filters_from
from openpes.casework.operations import drop_list, keep_list
from openpes.casework.queries import kept_list, kept_lists, stood_in_for
from openpes.casework.states import Step
from openpes.casework.words import ORDER, STEP
from openpes.core.decisions import Refused
from openpes.core.spreadsheets import CSV_TYPE, XLSX_TYPE, as_csv, as_xlsx
from openpes.desks.caseload import MINE, NOBODY, Case, export_caseload, left_people, people_desk_accounts, read_caseload
from openpes.reference.country import area_name, country, today
from openpes.reference.labels import occupation_name
from openpes.web.audience import Door, audience
from openpes.web.counsellor.roles import PEOPLE_DESK
from openpes.web.counsellor.words import reasons_in_words
from openpes.web.forms import OpenpesForm, with_look
from openpes.web.requests import OpenpesRequest
from openpes.web.templatetags.openpes import short_date

MOST_CHOICES = 40
"""So many kinds of work or areas are offered at most, the commonest first, so that the page stays small."""


class FilterForm(OpenpesForm):
    """Plain filters in the address: they can be kept, sent to a colleague and gone back to."""

    about_self = False
    mark_optional = False
    no_plan = forms.BooleanField(label=gettext_lazy("No plan yet"), required=False)
    overdue = forms.BooleanField(label=gettext_lazy("An action is overdue"), required=False)
    sleeping_soon = forms.BooleanField(label=gettext_lazy("Falls asleep soon"), required=False)
    minors = forms.BooleanField(label=gettext_lazy("Under age"), required=False)
    silent_days = with_look(
        forms.CharField(label=gettext_lazy("Nobody has spoken with them for"), required=False, max_length=4),
        width=4,
        suffix=gettext_lazy("days"),
    )
    isco = forms.ChoiceField(label=gettext_lazy("Wants work as"), required=False)
    area = forms.ChoiceField(label=gettext_lazy("Lives in"), required=False)
    order = forms.ChoiceField(label=gettext_lazy("In the order of"), required=False, choices=list(ORDER.items()))


def step_in_words(case: Case) -> str:
    """What comes next with somebody, in a sentence."""
    facts, day = case.facts, ""
    if case.step == Step.CALL_AGAIN:
        day = short_date(facts.call_again_on)
    elif case.step == Step.COMES:
        day = short_date(facts.comes_on)
    return str(STEP[case.step]) % {"day": day, "title": facts.overdue_title}


def _query(filters: Filters, whose: str, **more: str) -> str:
    told = {key: "on" if value is True else value for key, value in filters.as_data().items()}
    return urlencode({**told, **({"whose": whose} if whose else {}), **more})


def _whose(request: OpenpesRequest) -> list[tuple[str, str]]:
    """The caseloads that the actor may open, with their names."""
    if not request.actor.holds("caseload.oversee"):
        return []
    return [
        (MINE, _("My people")),
        (NOBODY, _("In nobody’s care")),
        *((str(one.pk), one.name) for one in people_desk_accounts(request.actor, at=request.at)),
        *(
            (str(pk), _("%(name)s, who has left: %(n)s people") % {"name": name, "n": n})
            for pk, name, n in left_people(request.actor, at=request.at)
        ),
    ]


@audience(Door.ROLES, *PEOPLE_DESK)
@require_safe
def caseload(request: OpenpesRequest) -> HttpResponse:
    """A page of people, the most pressing first."""
    return _page(request, filters_from(request.GET.dict()), request.GET.get("whose", MINE))


def _page(
    request: OpenpesRequest, filters: Filters, whose: str, *, errors: list[str] | None = None, typed: Any = None
) -> HttpResponse:
    found = read_caseload(request.actor, filters, whose=whose, number=request.GET.get("page"), at=request.at)
    language, on = request.LANGUAGE_CODE, today(request.at)
    form = FilterForm(initial={**filters.as_data(), "order": filters.order, "silent_days": filters.silent_days or ""})
    works = [(code, f"{occupation_name(code, language)} ({n})") for code, n in found.works[:MOST_CHOICES]]
    areas = [(code, f"{area_name(code, language)} ({n})") for code, n in found.areas[:MOST_CHOICES]]
    form.fields["isco"].choices = [("", _("any work")), *_with(works, filters.isco)]  # type: ignore[attr-defined]
    form.fields["area"].choices = [("", _("anywhere")), *_with(areas, filters.area)]  # type: ignore[attr-defined]
    return render(
        request,
        "openpes/counsellor/caseload.html",
        {
            "form": form,
            "found": found,
            "page": found.page,
            "cases": [{"case": one, "step": step_in_words(one)} for one in found.page],
            "filters": filters,
            "whose": whose,
            "caseloads": _whose(request),
            "query": _query(filters, whose),
            "lists": [(one, _query(filters_from(one.filters), "")) for one in kept_lists(request.actor)],
            "standing_in": stood_in_for(request.actor.account_id, on=on) if whose == MINE else [],
            "errors": errors,
            "typed": typed or {},
        },
        status=422 if errors else 200,
    )


def _with(choices: list[tuple[str, str]], held: str) -> list[tuple[str, str]]:
    """The choices, with the one that is asked for even where nobody of this caseload has it."""
    return choices if not held or held in dict(choices) else [*choices, (held, held)]


@audience(Door.ROLES, *PEOPLE_DESK)
@require_POST
def keep(request: OpenpesRequest) -> HttpResponse:
    """Keep these filters under a name, or let a kept list go."""
    if request.POST.get("drop"):
        drop_list(kept=kept_list(request.actor, request.POST["drop"]), by=request.actor, at=request.at)
        messages.success(request, _("The list is deleted. The people on it are not."))
        return HttpResponseRedirect(reverse("counsellor:caseload"))
    filters = filters_from(request.POST.dict())
    try:
        keep_list(name=request.POST.get("name", ""), filters=filters, by=request.actor, at=request.at)
    except Refused as refused:
        return _page(request, filters, MINE, errors=reasons_in_words(refused), typed=request.POST)
    messages.success(request, _("Saved."))
    return HttpResponseRedirect(f"{reverse('counsellor:caseload')}?{_query(filters, '')}")


HEADS = (
    "Number", "Name", "Next step", "Last contact", "Plan", "Overdue actions", "Next appointment",
    "Open introductions", "Registered", "Work wanted", "Area",
)  # fmt: skip


def _row(one: Case) -> tuple[str | int | date | None, ...]:
    facts = one.facts
    return (
        one.jobseeker.ref,
        facts.name,
        step_in_words(one),
        facts.last_contact_on,
        facts.review_on,
        facts.overdue,
        facts.comes_on,
        facts.open_referrals,
        facts.registered_on,
        " ".join(facts.isco),
        facts.area,
    )


@audience(Door.ROLES, *PEOPLE_DESK)
@require_POST
def export(request: OpenpesRequest) -> HttpResponse:
    """The list as a file. Why it is taken is kept, and the people on it can read it."""
    filters, whose = filters_from(request.POST.dict()), request.POST.get("whose", MINE)
    reason = request.POST.get("reason", "")
    try:
        rows = export_caseload(request.actor, filters, whose=whose, reason=reason, at=request.at)
    except Refused as refused:
        return _page(request, filters, whose, errors=reasons_in_words(refused), typed=request.POST)
    if request.POST.get("format") == "csv":
        body, kind, ending = as_csv(HEADS, [_row(one) for one in rows]), CSV_TYPE, "csv"
    else:
        body, kind, ending = as_xlsx([("People", HEADS, [_row(one) for one in rows])]), XLSX_TYPE, "xlsx"
    response = HttpResponse(body, content_type=kind)
    name = f"openpes-{country().code}-people-{today(request.at).isoformat()}.{ending}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
