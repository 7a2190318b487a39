"""The month of every programme and of every provider: on a page, as a paper, as a workbook, one press each."""

from __future__ import annotations

from decimal import Decimal

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from openpes.appointments.paper import Paper, Table, paper_pdf
from openpes.core.decisions import NotFound
from openpes.core.spreadsheets import XLSX_TYPE, as_xlsx
from openpes.journeys.programme_months import PROGRAMME, PROVIDER, Line, month_report
from openpes.reference.country import currency
from openpes.web.audience import Door, audience
from openpes.web.partner.report import months_until
from openpes.web.programmes.words import COURSE_DESK
from openpes.web.requests import OpenpesRequest
from openpes.web.templatetags.openpes import month_name

WORDS = {
    "entered": gettext_lazy("Entered"),
    "completed": gettext_lazy("Completed"),
    "left": gettext_lazy("Left"),
    "in_course": gettext_lazy("In the course at the end"),
    "certificates": gettext_lazy("Certificates"),
    "sessions": gettext_lazy("Sessions"),
    "hours_attended": gettext_lazy("Hours of people in sessions"),
    "flags_raised": gettext_lazy("Flags raised"),
    "flags_upheld": gettext_lazy("Flags upheld"),
    "stipends_paid": gettext_lazy("Stipends paid"),
    "claims_paid": gettext_lazy("Help with wages paid"),
}
MONEY = frozenset({"stipends_paid", "claims_paid"})


def _cell(code: str, value: int | Decimal) -> str:
    return f"{value:,.2f} {currency()}" if code in MONEY else str(value)


def _asked(request: OpenpesRequest) -> tuple[str, str]:
    months, month = months_until(request), request.GET.get("month", "")
    by_what = PROVIDER if request.GET.get("by") == PROVIDER else PROGRAMME
    return (month if month in months else next(iter(months))), by_what


def _rows(lines: list[Line]) -> list[tuple[str, list[tuple[str, str]]]]:
    return [(one.name, [(str(words), _cell(code, one.counts[code])) for code, words in WORDS.items()]) for one in lines]


@audience(Door.ROLES, *COURSE_DESK)
@require_safe
def months(request: OpenpesRequest) -> HttpResponse:
    """The month on a page; a provider sees the rounds it runs."""
    month, by_what = _asked(request)
    lines = month_report(month=month, by_what=by_what, by=request.actor)
    context = {
        "month": month,
        "months": months_until(request),
        "by_what": by_what,
        "rows": _rows(lines),
        "bars": [(one.name, one.counts["in_course"]) for one in lines],
    }
    return render(request, "openpes/programmes/months.html", context)


@audience(Door.ROLES, *COURSE_DESK)
@require_safe
def months_file(request: OpenpesRequest, kind: str) -> HttpResponse:
    """The same as a paper or a workbook; counts only, no name of a person."""
    month, by_what = _asked(request)
    lines = month_report(month=month, by_what=by_what, by=request.actor)
    title = f"{_('Programmes')}, {month_name(months_until(request)[month])}"
    if kind == "xlsx":
        head = ("Name", "Rounds", *(str(words) for words in WORDS.values()))
        rows = [(one.name, one.rounds, *(one.counts[code] for code in WORDS)) for one in lines]
        answer = HttpResponse(as_xlsx([(month, head, rows)]), content_type=XLSX_TYPE)
    elif kind == "pdf":
        tables = [Table(name, ("What", "How much"), cells, (3, 2)) for name, cells in _rows(lines)]
        answer = HttpResponse(paper_pdf(Paper(title, "en", tables=tables)), content_type="application/pdf")
    else:
        raise NotFound("report")
    answer["Content-Disposition"] = f'attachment; filename="{by_what}s-{month}.{kind}"'
    return answer
