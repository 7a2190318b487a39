"""The month's figures: one page, one file, and a definition behind each figure."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from openpes.core.decisions import NotFound
from openpes.core.spreadsheets import CSV_TYPE, XLSX_TYPE, as_csv, as_xlsx
from openpes.insights.access import scope_of
from openpes.insights.by_occupation import ISCO
from openpes.insights.by_occupation import as_csv_file as as_occupations_csv
from openpes.insights.definitions import BY_ID, INDICATORS
from openpes.insights.files import as_csv_file, as_xlsx_file
from openpes.insights.monthly import Breakdown, MonthFigures
from openpes.insights.queries import figures_for, months_until, occupations_for
from openpes.insights.words import AGE, HIDDEN, PART, SEX_IN_FIGURES
from openpes.organisations.models import Office
from openpes.organisations.queries import office_by_ref, open_offices
from openpes.reference.country import country, today
from openpes.reference.national import schemes_in_force
from openpes.vacancies.reporting import HEADER as REPORT
from openpes.vacancies.reporting import ministry_report
from openpes.web.audience import Door, audience
from openpes.web.requests import OpenpesRequest

WHO = ("counsellor", "employer_adviser", "office_manager", "analyst", "administrator")
TILES = ("registered", "active", "live_places", "referrals", "answer_rate", "placements")


def _chosen(request: OpenpesRequest) -> tuple[MonthFigures, Office | None, list[Office], list[str]]:
    """What the address asks for, within what the actor may see."""
    actor, at = request.actor, request.at
    scope = scope_of(actor)
    offices = [one for one in open_offices() if scope.everywhere or one.pk in scope.office_ids]
    wanted = request.GET.get("office", "")
    office = office_by_ref(wanted) if wanted else (None if scope.everywhere else offices[0] if offices else None)
    if office is not None and office not in offices:
        raise NotFound("office")
    months = months_until(at)
    month = request.GET.get("month", "") or months[0]
    try:
        figures = figures_for(actor, month=month, office_id=office.pk if office else None, at=at)
    except ValueError as error:
        raise Http404(str(error)) from error
    return figures, office, offices, months


def _rows(cells: dict[str, int | None], words: dict[str, Any]) -> list[tuple[str, int | None]]:
    return [(str(words.get(code, code)), n) for code, n in cells.items()]


def _panel(one: Breakdown) -> dict[str, Any]:
    """A figure with its definition and its divisions, ready for the page."""
    return {
        "about": BY_ID[one.indicator],
        "total": one.total,
        "hidden": one.hidden,
        "sex": _rows(one.by_sex, SEX_IN_FIGURES),
        "age": _rows(one.by_age, AGE),
        "parts": _rows(one.by_part, PART),
    }


@audience(Door.ROLES, *WHO)
def month(request: OpenpesRequest) -> HttpResponse:
    """The month on one page."""
    figures, office, offices, months = _chosen(request)
    panels = {one.indicator: _panel(one) for one in figures.figures}
    may_report = request.actor.holds("vacancy.report")
    query = f"?month={figures.month}" + (f"&office={office.ref}" if office else "")
    return render(
        request,
        "openpes/figures/month.html",
        {
            "figures": figures,
            "first_day": today(figures.starts_at),
            "office": office,
            "offices": offices,
            "months": months,
            "panels": panels,
            "tiles": [panels[name] for name in TILES],
            "hidden_words": HIDDEN,
            "everywhere": scope_of(request.actor).everywhere,
            "by_occupation": [
                (scheme, f"{reverse('figures:occupations')}{query}&{urlencode({'scheme': scheme})}")
                for scheme in (ISCO, *schemes_in_force(today(figures.stock_at)))
            ],
            "notified_url": f"{reverse('figures:notified', args=['xlsx'])}{query}" if may_report else "",
            "bench_url": reverse("figures:bench") if request.actor.everywhere("figures.freeze") else "",
            "csv_url": reverse("figures:file", args=["csv"]) + query,
            "xlsx_url": reverse("figures:file", args=["xlsx"]) + query,
        },
    )


@audience(Door.ROLES, *WHO)
def file(request: OpenpesRequest, kind: str) -> HttpResponse:
    """The same figures as a file."""
    figures, office, _offices, _months = _chosen(request)
    place = office.name if office else country().name
    makers = {"csv": (as_csv_file, CSV_TYPE), "xlsx": (as_xlsx_file, XLSX_TYPE)}
    if kind not in makers:
        raise Http404
    maker, media_type = makers[kind]
    name = f"openpes-{country().code}-{office.code if office else 'all'}-{figures.month}.{kind}"
    response = HttpResponse(maker(figures, place=place), content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@audience(Door.ROLES, *WHO)
def occupations(request: OpenpesRequest) -> HttpResponse:
    """People looking and live places by occupation as CSV, in ISCO-08 or in a national classification (?scheme=)."""
    figures, office, _offices, _months = _chosen(request)
    scheme = request.GET.get("scheme", "") or ISCO
    try:
        counted_at, rows = occupations_for(
            request.actor, month=figures.month, office_id=office.pk if office else None, scheme=scheme, at=request.at
        )
    except ValueError as error:
        raise Http404(str(error)) from error
    place = office.name if office else country().name
    response = HttpResponse(
        as_occupations_csv(rows, counted_at=counted_at, place=place, scheme=scheme), content_type=CSV_TYPE
    )
    name = f"openpes-{country().code}-{office.code if office else 'all'}-{figures.month}-occupations.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@audience(Door.ROLES, "office_manager", "administrator")
def notified(request: OpenpesRequest, kind: str) -> HttpResponse:
    """The vacancies of a month as the ministry's report wants them, as CSV or XLSX. Taking it is logged."""
    figures, _office, _offices, _months = _chosen(request)
    if kind not in ("csv", "xlsx"):
        raise Http404
    rows = ministry_report(request.actor, starts_at=figures.starts_at, ends_before=figures.ends_before, at=request.at)
    content = as_csv(REPORT, rows) if kind == "csv" else as_xlsx([(f"Vacancies {figures.month}", REPORT, rows)])
    response = HttpResponse(content, content_type=CSV_TYPE if kind == "csv" else XLSX_TYPE)
    response["Content-Disposition"] = (
        f'attachment; filename="openpes-{country().code}-{figures.month}-vacancies.{kind}"'
    )
    return response


@audience(Door.PUBLIC)
def definitions(request: OpenpesRequest) -> HttpResponse:
    """What every figure means. Anybody may read it."""
    return render(request, "openpes/figures/definitions.html", {"indicators": INDICATORS})
