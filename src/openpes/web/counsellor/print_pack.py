"""All papers of today in one file, to be printed before the power goes: the day, slips, sign sheets, blank forms."""

from __future__ import annotations

import io
from collections.abc import Iterable

from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from pypdf import PdfWriter

from openpes.appointments.models import Appointment
from openpes.appointments.queue import sessions_from
from openpes.appointments.slots import day_bounds
from openpes.appointments.states import AppointmentState
from openpes.desks.today import today_at, tomorrow_at
from openpes.guidance.press import set_paper
from openpes.guidance.queries import offered_scripts, plan_of
from openpes.jobseekers.paper import forms_pdf
from openpes.jobseekers.paper_numbers import new_number
from openpes.jobseekers.queries import jobseeker_for
from openpes.organisations.queries import offices_of
from openpes.reference.country import country, today
from openpes.web.audience import Door, audience
from openpes.web.counsellor.groups import sheet_pdf
from openpes.web.counsellor.interview_paper import script_paper
from openpes.web.counsellor.looking_up import needs_reason
from openpes.web.counsellor.roles import PEOPLE_DESK
from openpes.web.counsellor.today_pages import day_pdf, own_account
from openpes.web.plan_slip import slip_paper
from openpes.web.requests import OpenpesRequest

BLANK_FORMS, MOST_SLIPS = 10, 40
EXPECTED = frozenset({AppointmentState.BOOKED, AppointmentState.ARRIVED})


def together(papers: Iterable[bytes]) -> bytes:
    """Papers one after the other in one file."""
    writer = PdfWriter()
    for paper in papers:
        writer.append(io.BytesIO(paper))
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def _slips(request: OpenpesRequest, expected: list[Appointment]) -> list[bytes]:
    """The slip of everybody who comes today and has a plan. Whoever needs a reason to be opened is left out."""
    refs = dict.fromkeys(one.jobseeker.ref for one in expected if one.state in EXPECTED)
    found = []
    for ref in list(refs)[:MOST_SLIPS]:
        if needs_reason(request, ref) is not None:
            continue
        jobseeker = jobseeker_for(request.actor, ref, at=request.at, reason="papers of the day")
        plan = plan_of(request.actor, jobseeker)
        if plan is not None:
            found.append(set_paper("slip", slip_paper(plan, jobseeker, on=today(request.at))))
    return found


def _sign_sheets(request: OpenpesRequest, offices: list[int]) -> list[bytes]:
    starts, ends = day_bounds(today(request.at), country().timezone)
    return [sheet_pdf(request, one) for one in sessions_from(offices, starts) if one.starts_at < ends]


def _script(office_id: int) -> list[bytes]:
    """The shortest interview that the office offers, on paper."""
    offered = sorted(offered_scripts(office_id), key=lambda one: (one.script.minutes, one.key))
    return [set_paper("script", script_paper(offered[0].script))] if offered else []


@audience(Door.ROLES, *PEOPLE_DESK)
@never_cache
@require_safe
def print_pack(request: OpenpesRequest) -> HttpResponse:
    """One file: list of the day, slips, sheets to sign, blank registration forms, an interview to write on."""
    waits = today_at(request.actor, at=request.at, account=own_account(request))
    offices = list(offices_of(request.actor, "appointment.view"))
    papers = [day_pdf(waits, tomorrow_at(request.actor, at=request.at), request)]
    papers += _slips(request, waits.day.appointments)
    papers += _sign_sheets(request, [one.pk for one in offices])
    if offices:
        numbers = [new_number() for _one in range(BLANK_FORMS)]
        papers.append(forms_pdf(numbers, language=request.LANGUAGE_CODE, office=offices[0].name))
        papers += _script(offices[0].pk)
    answer = HttpResponse(together(papers), content_type="application/pdf")
    answer["Content-Disposition"] = 'inline; filename="papers-of-today.pdf"'
    return answer
