"""The national match: what the last runs took in and gave, who received nothing and why; start and stop."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from openpes.insights.disclosure import protect, protect_total
from openpes.matching.models import MatchRun
from openpes.matching.operations import ask_for_run, stop_run
from openpes.matching.queries import latest_runs
from openpes.matching.words import NOTHING, STEP, TERM
from openpes.people.states import Sex
from openpes.people.words import SEX
from openpes.reference.country import area_name
from openpes.web.audience import Door, audience

MOST_ROWS = 20


@dataclass(frozen=True)
class Row:
    """A group and a count; None: too small to be shown."""

    label: str
    n: int | None
    reasons: str = ""


def _reasons(counts: Mapping[str, int]) -> str:
    """The reasons of a group in words, most frequent first; small counts are left out."""
    shown = {code: n for code, n in protect(dict(counts)).items() if n}
    return ", ".join(f"{NOTHING.get(code, code)} ({n})" for code, n in sorted(shown.items(), key=lambda one: -one[1]))


def _groups(report: Mapping[str, Any], name: str, language: str) -> list[Row]:
    counts = protect(report.get("by", {}).get(name, {}))
    rows = sorted(counts.items(), key=lambda one: -(one[1] or 0))[:MOST_ROWS]
    return [
        Row(_label(name, code, language), n, _reasons(report.get("why", {}).get(name, {}).get(code, {})))
        for code, n in rows
    ]


def _label(name: str, code: str, language: str) -> str:
    if name == "sex":
        return str(SEX[Sex(code)])
    if name == "area":
        return area_name(code, language)
    return str({"30+": _("30 and older"), "under_15": _("under 15"), "unknown": _("not known")}.get(code, code))


def _of_run(run: MatchRun, language: str) -> dict[str, Any]:
    """What the page says about the last run that was published."""
    report, sharing = run.unserved, run.sharing
    return {
        "run": run,
        "seconds": run.milliseconds / 1000,
        "inputs": run.inputs,
        "sharing": sharing,
        "gap": sharing.get("gap_ppm", 0) / 10_000,
        "kept": sharing.get("kept_ppm", 1_000_000) / 10_000,
        "keepable": sharing.get("keepable_ppm", 1_000_000) / 10_000,
        "weights": [(TERM[name], run.weights.get(name)) for name in TERM],
        "without": protect_total(report.get("without", 0)),
        "examined": report.get("examined", 0),
        "reasons": [Row(str(NOTHING.get(code, code)), n) for code, n in protect(report.get("reasons", {})).items()],
        "groups": [
            (title, _groups(report, name, language))
            for name, title in (("sex", _("By sex")), ("age", _("By age")), ("area", _("By area")))
        ],
    }


@audience(Door.ROLES, "administrator")
def matching(request: HttpRequest) -> HttpResponse:
    """The last runs, the run under way, and the report of the last one that was published."""
    runs = latest_runs(request.actor)  # type: ignore[attr-defined]
    under_way = next((one for one in runs if one.finished_at is None and one.stopped_at is None), None)
    last = next((one for one in runs if one.finished_at is not None), None)
    return render(
        request,
        "openpes/administration/matching.html",
        {
            "runs": runs,
            "under_way": under_way,
            "step": STEP.get(under_way.step, under_way.step) if under_way else "",
            "last": _of_run(last, request.LANGUAGE_CODE) if last else None,
        },
    )


@require_POST
@audience(Door.ROLES, "administrator")
def start(request: HttpRequest) -> HttpResponse:
    """Ask for a run; the worker takes it up within a minute."""
    ask_for_run(by=request.actor, at=request.at)  # type: ignore[attr-defined]
    messages.success(request, _("The match starts within a minute. People see the lists of the last one until then."))
    return HttpResponseRedirect(reverse("administration:matching"))


@require_POST
@audience(Door.ROLES, "administrator")
def stop(request: HttpRequest) -> HttpResponse:
    """Ask the run under way to stop."""
    found = stop_run(by=request.actor, at=request.at)  # type: ignore[attr-defined]
    messages.success(
        request,
        _("The match stops at its next step. Nothing of it is shown to anybody.")
        if found
        else _("No match is under way."),
    )
    return HttpResponseRedirect(reverse("administration:matching"))
