"""Texts and their cost: by office and month, for administrators, and for managers their own office."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render

from openpes.core.decisions import NotFound
from openpes.core.spreadsheets import XLSX_TYPE, as_xlsx
from openpes.messaging.queries import OfficeTexts, held_by_reason, texts_by_office
from openpes.organisations.queries import offices_of, open_offices
from openpes.reference.country import country, today
from openpes.web.administration.text_words import COLUMNS, HELD, NO_OFFICE, NOT_KNOWN
from openpes.web.audience import Door, audience
from openpes.web.requests import OpenpesRequest


def _month(typed: str, on: date) -> date:
    """The first day of a month written 2026-11; this month for nothing. Raises NotFound."""
    if not typed:
        return on.replace(day=1)
    try:
        return date.fromisoformat(f"{typed}-01")
    except ValueError as error:
        raise NotFound("month") from error


def _next(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def _instant(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(country().timezone))


def _row(one: OfficeTexts, names: dict[int, str]) -> dict[str, Any]:
    return {
        "office": names.get(one.office_id, NO_OFFICE) if one.office_id is not None else NO_OFFICE,
        "texts": one.texts,
        "segments": one.segments,
        "failed": one.failed,
        "held": one.held,
        "unpriced": one.unpriced,
        "cost": one.cost,
        "currency": one.currency,
    }


def _rows(request: OpenpesRequest, month: date) -> list[dict[str, Any]]:
    everywhere = request.actor.has_role("administrator")
    offices = open_offices() if everywhere else offices_of(request.actor, "caseload.oversee")
    names = {one.pk: one.name for one in offices}
    found = texts_by_office(
        since=_instant(month), until=_instant(_next(month)), office_ids=None if everywhere else list(names)
    )
    return sorted((_row(one, names) for one in found), key=lambda row: (row["office"], row["currency"]))


@audience(Door.ROLES, "administrator", "office_manager")
def texts(request: OpenpesRequest) -> HttpResponse:
    """Texts, segments and cost of a month."""
    month = _month(request.GET.get("month", ""), today(request.at))
    rows = _rows(request, month)
    held: list[tuple[str, int]] = []
    if request.actor.has_role("administrator"):
        counts = held_by_reason(since=_instant(month), until=_instant(_next(month)))
        held = [(HELD.get(reason, reason), number) for reason, number in counts.items()]
    before = date(month.year - (month.month == 1), (month.month - 2) % 12 + 1, 1)
    return render(
        request,
        "openpes/administration/texts.html",
        {
            "rows": rows,
            "held": held,
            "month": month,
            "before": f"{before:%Y-%m}",
            "after": f"{_next(month):%Y-%m}" if _next(month) <= today(request.at) else "",
            "has_prices": bool(settings.SMS_PRICES.strip()),
        },
    )


@audience(Door.ROLES, "administrator", "office_manager")
def texts_file(request: OpenpesRequest) -> HttpResponse:
    """The same as a workbook."""
    month = _month(request.GET.get("month", ""), today(request.at))
    lines = [
        [*(row[name] for name in COLUMNS if name not in {"cost", "currency"}), _cost(row), row["currency"]]
        for row in _rows(request, month)
    ]
    content = as_xlsx([(f"Texts {month:%Y-%m}", list(COLUMNS.values()), lines)])
    response = HttpResponse(content, content_type=XLSX_TYPE)
    response["Content-Disposition"] = f'attachment; filename="texts-{month:%Y-%m}.xlsx"'
    return response


def _cost(row: dict[str, Any]) -> Any:
    return NOT_KNOWN if row["cost"] is None else float(row["cost"])
