"""The open interface to published figures: CSV, XLSX, JSON, SDMX. An address with a vintage always says the same."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from openpes.core.decisions import NotFound
from openpes.core.spreadsheets import CSV_TYPE, XLSX_TYPE, as_csv, as_xlsx
from openpes.insights.models import Freeze
from openpes.insights.queries import freeze_of_vintage, published, published_months, series_of
from openpes.insights.release import released_figures, released_tables, table_cells, vintage_of
from openpes.insights.release_files import DEFINITION_HEADER, csv_of, xlsx_of
from openpes.insights.sdmx_files import as_sdmx_csv, as_sdmx_structure, as_sdmx_xml, flow_of, series_observations
from openpes.web.audience import Door, audience
from openpes.web.limits import limited
from openpes.web.public.labour_market_api_words import api_words
from openpes.web.public.labour_market_facts import place_of
from openpes.web.requests import OpenpesRequest
from openpes_evidence.cells import HEADER, Cell, tidy_rows
from openpes_evidence.definitions import registry
from openpes_evidence.sdmx_write import as_csv as as_flow_csv
from openpes_evidence.sdmx_write import as_generic_xml

JSON_TYPE, XML_TYPE = "application/json", "application/xml"
SDMX_CSV_TYPE = "text/csv; charset=utf-8"
ROWS_HEADER = ("month", *HEADER)
Series = list[tuple[str, Cell]]


def cell_as_data(month: str, cell: Cell) -> dict[str, Any]:
    """One figure as data. A value of null has its reason in `status`: Q hidden, M missing."""
    return {
        "month": month,
        "indicator": cell.indicator,
        "definition_version": cell.version,
        "dimensions": dict(cell.dimensions),
        "value": cell.value,
        "lower": cell.lower,
        "upper": cell.upper,
        "n": cell.n,
        "status": cell.status.value,
        "vintage": cell.vintage,
    }


def _json(body: dict[str, Any]) -> bytes:
    return bytes(JsonResponse(body, json_dumps_params={"ensure_ascii": False}).content)


def _month_json(freeze: Freeze) -> bytes:
    cells = [*released_figures(freeze), *(cell for one in released_tables(freeze) for cell in table_cells(one))]
    return _json(
        {
            "licence": "CC0-1.0",
            "month": freeze.month,
            "vintage": vintage_of(freeze),
            "invented": freeze.synthetic,
            "figures": [cell_as_data(freeze.month, cell) for cell in cells],
        }
    )


MONTH_FILES: dict[str, tuple[str, Callable[[Freeze], bytes]]] = {
    "figures.csv": (CSV_TYPE, csv_of),
    "figures.xlsx": (XLSX_TYPE, xlsx_of),
    "figures.json": (JSON_TYPE, _month_json),
    "sdmx.csv": (SDMX_CSV_TYPE, lambda row: as_sdmx_csv(row).encode()),
    "sdmx.xml": (XML_TYPE, lambda row: as_sdmx_xml(row, at=row.published_at or row.made_at).encode()),
    "structure.xml": (XML_TYPE, lambda row: as_sdmx_structure(at=row.published_at or row.made_at).encode()),
}
SERIES_KINDS = ("csv", "xlsx", "json", "sdmx.csv", "sdmx.xml")


def _sent(request: OpenpesRequest, body: bytes, *, media_type: str, name: str, seconds: int) -> HttpResponse:
    """A file with its mark; whoever holds the same already gets only the word that it is the same."""
    mark = f'"{hashlib.sha256(body).hexdigest()[:24]}"'
    held = {one.strip().removeprefix("W/") for one in request.headers.get("If-None-Match", "").split(",")}
    answer = HttpResponse(status=304) if mark in held else HttpResponse(body, content_type=media_type)
    answer["ETag"] = mark
    answer["Cache-Control"] = f"public, max-age={seconds}"
    answer["Access-Control-Allow-Origin"] = "*"
    if answer.status_code == 200:
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@audience(Door.PUBLIC)
@require_safe
@limited("open_data", "employers.open_data_an_hour")
def month_file(request: OpenpesRequest, vintage: str, name: str) -> HttpResponse:
    """A month as one of its files. "latest" leads on to the address that stays; a replaced vintage is still there."""
    if name not in MONTH_FILES:
        raise NotFound("file")
    if vintage == "latest":
        row = published()
        if row is None:
            raise NotFound("month")
        return HttpResponseRedirect(reverse("web:labour_market_month_file", args=[vintage_of(row), name]))
    row = freeze_of_vintage(vintage)
    media_type, maker = MONTH_FILES[name]
    answer = _sent(request, maker(row), media_type=media_type, name=f"openpes-{vintage}-{name}", seconds=86_400)
    answer["Last-Modified"] = http_date((row.published_at or row.made_at).timestamp())
    return answer


@audience(Door.PUBLIC)
@require_safe
@limited("open_data", "employers.open_data_an_hour")
def series_file(request: OpenpesRequest, indicator: str, kind: str) -> HttpResponse:
    """One figure over all published months (?area= for a large area; SDMX has the country alone)."""
    if indicator not in registry() or kind not in SERIES_KINDS:
        raise NotFound("figure")
    area = request.GET.get("area", "")
    place = place_of(area) if area else ""
    found = series_of(indicator, place=f"A:{place}" if place else "")
    if not found or (place and kind.startswith("sdmx")):
        raise NotFound("figure")
    body, media_type = _series_body(indicator, found, kind)
    where = f"-{place}" if place else ""
    return _sent(request, body, media_type=media_type, name=f"openpes-{indicator}{where}.{kind}", seconds=300)


def _series_body(indicator: str, found: Series, kind: str) -> tuple[bytes, str]:
    rows = [(month, *row) for (month, _cell), row in zip(found, tidy_rows(c for _m, c in found), strict=True)]
    if kind == "csv":
        return as_csv(ROWS_HEADER, rows), CSV_TYPE  # type: ignore[arg-type]
    about = registry()[indicator]
    if kind == "xlsx":
        meaning = [tuple(getattr(about, name) for name in DEFINITION_HEADER)]
        sheets = [(indicator, ROWS_HEADER, rows), ("Definition", DEFINITION_HEADER, meaning)]
        return as_xlsx(sheets), XLSX_TYPE
    if kind == "sdmx.csv":
        return as_flow_csv(flow_of(), series_observations(found), edition=2).encode(), SDMX_CSV_TYPE
    if kind == "sdmx.xml":
        at = published_months(limit=1)[0]
        made = as_generic_xml(flow_of(), series_observations(found), at=at.published_at or at.made_at, sender="OPENPES")
        return made.encode(), XML_TYPE
    meaning_data = {name: getattr(about, name) for name in DEFINITION_HEADER}
    series = [cell_as_data(month, cell) for month, cell in found]
    return _json({"licence": "CC0-1.0", "definition": meaning_data, "series": series}), JSON_TYPE


@audience(Door.PUBLIC)
@require_safe
@limited("open_data", "employers.open_data_an_hour")
def months(request: OpenpesRequest) -> HttpResponse:
    """The published months with their vintages and files, the latest first."""
    body = {
        "licence": "CC0-1.0",
        "months": [
            {
                "month": one.month,
                "vintage": vintage_of(one),
                "published_at": (one.published_at or one.made_at).isoformat(),
                "files": {
                    name: settings.BASE_URL + reverse("web:labour_market_month_file", args=[vintage_of(one), name])
                    for name in MONTH_FILES
                },
            }
            for one in published_months()
        ],
    }
    return _sent(request, _json(body), media_type=JSON_TYPE, name="months.json", seconds=300)


@audience(Door.PUBLIC)
@require_safe
def interface(request: OpenpesRequest) -> HttpResponse:
    """What there is to take, with an address to try for each."""
    freeze = published()
    return render(
        request,
        "openpes/public/labour_market_api.html",
        {
            "vintage": vintage_of(freeze) if freeze else "",
            "month_files": list(MONTH_FILES),
            "words": api_words(
                forms=SERIES_KINDS,
                frame_address=settings.BASE_URL + reverse("web:labour_market_embed", args=["registered_stock"]),
                frame_title=registry()["registered_stock"].title,
            ),
            "figures": [(one.id, one.title) for one in registry().values() if one.origin == "register"],
        },
    )
