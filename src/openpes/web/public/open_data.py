"""The whole live list as open data: one row a vacancy, as CSV in a stream and as JSON in pages. No personal contact."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe

from openpes.core.spreadsheets import harmless
from openpes.reference.country import country
from openpes.vacancies.models import Vacancy
from openpes.vacancies.queries import live_list, live_list_version
from openpes.web.audience import Door, audience
from openpes.web.limits import limited
from openpes.web.requests import OpenpesRequest

A_PAGE = 500
FIELDS = (
    "number", "url", "title", "isco08", "employer", "country", "area", "address", "places_left", "pay_amount",
    "pay_currency", "pay_period", "weekly_hours", "contract", "starts_on", "closes_before", "abroad_in", "offers",
    "accommodations", "sources", "live_since", "last_confirmed",
)  # fmt: skip
CONTACT = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+|(?<![\w.,])\+?\d(?:[\s().-]?\d){6,}(?!\w)")


def without_contact(text: str) -> str:
    """Text without e-mail addresses and phone numbers: people apply through the service, where they are protected."""
    return CONTACT.sub("…", text)


def row_of(vacancy: Vacancy) -> dict[str, Any]:
    """One vacancy as data. Amounts are text, so that no program rounds them; times are in UTC."""
    return {
        "number": vacancy.ref,
        "url": settings.BASE_URL + reverse("web:job", args=[vacancy.ref]),
        "title": without_contact(vacancy.title),
        "isco08": vacancy.isco,
        "employer": vacancy.employer.name,
        "country": country().code,
        "area": vacancy.area_code,
        "address": without_contact(vacancy.address),
        "places_left": vacancy.places_left,
        "pay_amount": str(vacancy.pay_amount) if vacancy.pay_amount is not None else "",
        "pay_currency": vacancy.pay_currency,
        "pay_period": vacancy.pay_period if vacancy.pay_amount is not None else "",
        "weekly_hours": str(vacancy.weekly_hours or ""),
        "contract": vacancy.contract_type,
        "starts_on": vacancy.starts_on.isoformat() if vacancy.starts_on else "",
        "closes_before": vacancy.closes_before.isoformat() if vacancy.closes_before else "",
        "abroad_in": vacancy.abroad_in,
        "offers": " ".join(vacancy.offers),
        "accommodations": " ".join(vacancy.accommodations),
        "sources": 1 + vacancy.copies_live,  # type: ignore[attr-defined]
        "live_since": vacancy.live_since.isoformat() if vacancy.live_since else "",
        "last_confirmed": vacancy.last_confirmed_at.isoformat() if vacancy.last_confirmed_at else "",
    }


def latest_change(request: HttpRequest, *_args: object, **_kwargs: object) -> datetime | None:
    """When the list changed last, for Last-Modified."""
    return live_list_version()[0]


def etag(request: HttpRequest, *_args: object, **_kwargs: object) -> str:
    """A mark of the list as it stands, for ETag."""
    changed, number = live_list_version()
    return f'"{changed.timestamp() if changed else 0}-{number}-{request.GET.get("page", "1")}"'


class _Echo:
    def write(self, line: str) -> str:
        return line


def _lines() -> Iterator[str]:
    writer = csv.DictWriter(_Echo(), FIELDS)
    yield "\ufeff" + str(writer.writerow(dict(zip(FIELDS, FIELDS, strict=True))))
    for vacancy in live_list().iterator(chunk_size=1000):
        yield str(writer.writerow({name: harmless(value) for name, value in row_of(vacancy).items()}))


@audience(Door.PUBLIC)
@require_safe
@limited("open_data", "employers.open_data_an_hour")
@cache_control(public=True, max_age=300)
@condition(etag_func=etag, last_modified_func=latest_change)
def live_csv(request: OpenpesRequest) -> StreamingHttpResponse:
    """Every live vacancy, one line each, in a stream."""
    answer = StreamingHttpResponse(_lines(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="live-vacancies.csv"'
    return answer


@audience(Door.PUBLIC)
@require_safe
@limited("open_data", "employers.open_data_an_hour")
@cache_control(public=True, max_age=300)
@condition(etag_func=etag, last_modified_func=latest_change)
def live_json(request: OpenpesRequest) -> JsonResponse:
    """Live vacancies in pages of 500 by number; `next` is the address of the page after."""
    asked = request.GET.get("page", "1")
    page = int(asked) if asked.isdigit() and 0 < int(asked) < 10_000 else 1
    rows = list(live_list()[(page - 1) * A_PAGE : page * A_PAGE + 1])
    more = f"{settings.BASE_URL}{request.path}?page={page + 1}" if len(rows) > A_PAGE else None
    body = {"licence": "CC0-1.0", "page": page, "next": more, "vacancies": [row_of(one) for one in rows[:A_PAGE]]}
    return JsonResponse(body, json_dumps_params={"ensure_ascii": False})


@audience(Door.PUBLIC)
@require_safe
def open_data(request: OpenpesRequest) -> HttpResponse:
    """What there is to take, and in which form."""
    return render(request, "openpes/public/open_data.html")
