"""A partner's month in counts, without a name: on the page, as PDF, as a workbook, one press each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openpes.appointments.paper import Paper, Table, paper_pdf
from openpes.core.clock import month_bounds
from openpes.core.decisions import NotFound
from openpes.core.spreadsheets import XLSX_TYPE, as_xlsx
from openpes.organisations.models import Partner
from openpes.organisations.partner_queries import own_partners
from openpes.partnerships.queries import month_counts, open_now
from openpes.partnerships.states import PartnerEnding, PartnerEventKind, PartnerResult
from openpes.people.roles import PartnerStaff
from openpes.reference.country import country, today
from openpes.web.audience import Door, audience
from openpes.web.partner.words import ENDING, EVENT, RESULT
from openpes.web.requests import OpenpesRequest
from openpes.web.templatetags.openpes import month_name

MONTHS_BACK = 12
STEPS = (PartnerEventKind.FIRST_CONTACT, PartnerEventKind.ATTENDED, PartnerEventKind.MISSED)


@dataclass(frozen=True)
class Report:
    """One partner, one month: lines of (what, how many)."""

    partner: Partner
    month: str
    first: date
    lines: list[tuple[str, int]]


def months_until(request: OpenpesRequest) -> dict[str, date]:
    """This month and the ones before it: YYYY-MM and the first day."""
    day, found = today(request.at).replace(day=1), {}
    for _number in range(MONTHS_BACK):
        found[day.strftime("%Y-%m")] = day
        day = (day - timedelta(days=1)).replace(day=1)
    return found


def report_of(request: OpenpesRequest) -> Report:
    """The month that was asked for, or this one. Raises NotFound for somebody who works for no partner."""
    partners, months = own_partners(request.actor), months_until(request)
    if not partners:
        raise NotFound("partner")
    partner = next((one for one in partners if one.ref == request.GET.get("partner")), partners[0])
    month = request.GET.get("month", "")
    month = month if month in months else next(iter(months))
    starts, ends = month_bounds(month, country().timezone)
    counts = month_counts(partner.pk, starts=starts, ends=ends)
    lines = [
        (_("Sent to us"), counts["sent"]),
        (_("Accepted"), counts["accepted"]),
        *((str(EVENT[one]), counts.get(f"step_{one.value}", 0)) for one in STEPS),
        *((str(RESULT[one]), counts.get(f"result_{one.value}", 0)) for one in PartnerResult),
        *(
            (str(ENDING[one]), counts.get(f"ended_{one.value}", 0))
            for one in PartnerEnding
            if one != PartnerEnding.CLOSED
        ),
        (_("With us today"), open_now(partner.pk, at=request.at)),
    ]
    return Report(partner, month, months[month], lines)


@audience(Door.ROLES, PartnerStaff.code)
@require_safe
def month(request: OpenpesRequest) -> HttpResponse:
    """The month on a page."""
    made = report_of(request)
    return render(request, "openpes/partner/report.html", {"report": made, "months": months_until(request)})


@audience(Door.ROLES, PartnerStaff.code)
@require_safe
def month_pdf(request: OpenpesRequest) -> HttpResponse:
    """The same on paper."""
    made = report_of(request)
    name = month_name(made.first)
    rows = [(what, str(number)) for what, number in made.lines]
    paper = Paper(
        title=f"{made.partner.name}, {name}",
        language=request.LANGUAGE_CODE,
        tables=[Table("", (_("What"), _("How many")), rows, (4, 1))],
        foot=made.partner.office.name,
    )
    response = HttpResponse(paper_pdf(paper), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="partner-{made.month}.pdf"'
    return response


@audience(Door.ROLES, PartnerStaff.code)
@require_safe
def month_xlsx(request: OpenpesRequest) -> HttpResponse:
    """The same as a workbook."""
    made = report_of(request)
    book = as_xlsx([(made.month, [_("What"), _("How many")], made.lines)])
    response = HttpResponse(book, content_type=XLSX_TYPE)
    response["Content-Disposition"] = f'attachment; filename="partner-{made.month}.xlsx"'
    return response
