"""Programmes for anybody: what is open, the rules as questions that keep nothing, and draws that can be repeated."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from openpes.core.decisions import NotFound
from openpes.programmes.eligibility import fields_of
from openpes.programmes.queries import cycle_by_ref, draw_of, eligible_on, in_force, open_for_public
from openpes.programmes.words import KIND, PLACES_GO
from openpes.reference.country import today
from openpes.web.audience import Door, audience
from openpes.web.public.programme_form import RuleForm, told
from openpes.web.requests import OpenpesRequest

A_PAGE = 20


@audience(Door.PUBLIC)
@require_safe
def programmes(request: OpenpesRequest) -> HttpResponse:
    """Rounds that are open, the soonest end first."""
    page = Paginator(open_for_public(on=today(request.at)), A_PAGE).get_page(request.GET.get("page"))
    lines = [(one, KIND[one.version.programme.kind]) for one in page]  # type: ignore[index]
    return render(request, "openpes/public/programmes.html", {"page": page, "lines": lines})


@audience(Door.PUBLIC)
def check(request: OpenpesRequest) -> HttpResponse:
    """What could I take part in? The answers make this one page and are kept nowhere."""
    versions = list(in_force(today(request.at)))
    form = RuleForm(request.POST if request.method == "POST" else None, asked=fields_of(one.rule for one in versions))
    found = []
    if request.method == "POST" and form.is_valid():
        facts = form.answers()
        for version in versions:
            answer = eligible_on(version, facts)
            found.append(
                {
                    "version": version,
                    "verdict": answer.verdict.value,
                    "conditions": told((one.field, one.verdict.value) for one in answer.conditions),
                    "by_hand": answer.by_hand,
                }
            )
        order = {"yes": 0, "unknown": 1, "no": 2}
        found.sort(key=lambda one: order[str(one["verdict"])])
    response = render(
        request,
        "openpes/public/programme_check.html",
        {"form": form, "found": found, "asked": request.method == "POST" and not form.errors},
        status=422 if form.errors else 200,
    )
    response["Cache-Control"] = "no-store"
    return response


@audience(Door.PUBLIC)
@require_safe
def programme(request: OpenpesRequest, ref: str) -> HttpResponse:
    """One round: what it gives, on which rule, how places go, and its draw."""
    cycle = cycle_by_ref(ref)
    on = today(request.at)
    draw = draw_of(cycle)
    return render(
        request,
        "openpes/public/programme.html",
        {
            "cycle": cycle,
            "version": cycle.version,
            "kind": KIND[cycle.version.programme.kind],  # type: ignore[index]
            "places_go": PLACES_GO[cycle.place_rule],  # type: ignore[index]
            "open": open_for_public(on=on).filter(pk=cycle.pk).exists(),
            "conditions": told((name, "") for name in fields_of([cycle.version.rule])),
            "draw": draw,
            "quotas": sorted(draw.quotas.items()) if draw is not None else [],
            "is_person": request.actor.has_role("jobseeker"),
        },
    )


@audience(Door.PUBLIC)
@require_safe
def draw_list(request: OpenpesRequest, ref: str) -> HttpResponse:
    """The frozen list, byte for byte as its hash was taken."""
    draw = draw_of(cycle_by_ref(ref))
    if draw is None:
        raise NotFound("draw")
    response = HttpResponse(draw.frozen_list, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="draw-{draw.cycle.ref}.txt"'
    return response
