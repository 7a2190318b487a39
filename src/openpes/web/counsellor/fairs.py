"""Job fairs at the desk: planning, the printed code, the door, offers on the spot, and what it came to."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from openpes.core.decisions import NotFound, Refused
from openpes.core.spreadsheets import XLSX_TYPE, as_xlsx
from openpes.fairs.models import Fair, FairVisit
from openpes.fairs.operations import call_off, check_in, plan_fair, set_jobs, sign_up
from openpes.fairs.queries import (
    counts_by_job,
    counts_of,
    fair_at_office,
    fairs_of,
    jobs_at,
    meetings_of,
    offers_to,
    visit_by_code,
)
from openpes.fairs.rules import FairCounts
from openpes.fairs.words import REASON
from openpes.jobseekers.queries import jobseeker_for
from openpes.journeys.offer_at_fair import offer_at_fair
from openpes.organisations.queries import offices_of
from openpes.reference.country import country, today
from openpes.referrals.words import REASON as OF_REFERRALS
from openpes.vacancies.queries import live_at_offices, vacancy_for
from openpes.web.audience import Door, audience
from openpes.web.counsellor.roles import JOBS_DESK, PEOPLE_DESK
from openpes.web.forms import ClockField, OpenpesForm, PlainDateField, with_look
from openpes.web.requests import OpenpesRequest

A_PAGE, JOBS_OFFERED = 20, 12
COUNTED = (
    ("signed_up", gettext_lazy("Signed up")),
    ("came", gettext_lazy("Came")),
    ("met", gettext_lazy("Times at stands")),
    ("offers", gettext_lazy("Offers on the spot")),
    ("waiting", gettext_lazy("Offers not answered yet")),
    ("hired", gettext_lazy("Confirmed as hired")),
)


class FairForm(OpenpesForm):
    """A new fair of one of the actor's offices, on one day."""

    about_self = False
    office = forms.ChoiceField(label=gettext_lazy("Office"))
    name = with_look(forms.CharField(label=gettext_lazy("Name of the fair"), max_length=120), width=30)
    place = with_look(forms.CharField(label=gettext_lazy("Place"), max_length=200), width=30)
    day = PlainDateField(label=gettext_lazy("Day"))
    begins = with_look(ClockField(label=gettext_lazy("Begins at"), input_formats=["%H:%M", "%H"]), width=5)
    ends = with_look(ClockField(label=gettext_lazy("Ends at"), input_formats=["%H:%M", "%H"]), width=5)
    minutes = with_look(
        forms.IntegerField(
            label=gettext_lazy("Minutes for each talk at a stand"), initial=15, min_value=5, max_value=60
        ),
        width=3,
    )


def _sentences(refused: Refused) -> list[str]:
    found = {**OF_REFERRALS, **REASON}
    return [str(found[one.code]) % one.facts if one.code in found else one.text for one in refused.decision.reasons]


@audience(Door.ROLES, *JOBS_DESK)
def fairs(request: OpenpesRequest) -> HttpResponse:
    """The office's fairs, and a form for a new one."""
    offices = list(offices_of(request.actor, "fair.run"))
    form = FairForm(request.POST if request.method == "POST" else None)
    form.fields["office"].choices = [(str(one.pk), one.name) for one in offices]  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        told, zone = form.cleaned_data, ZoneInfo(country().timezone)
        try:
            made = plan_fair(
                office=next(one for one in offices if str(one.pk) == told["office"]),
                name=told["name"],
                place=told["place"],
                starts_at=datetime.combine(told["day"], told["begins"], zone),
                ends_at=datetime.combine(told["day"], told["ends"], zone),
                minutes=told["minutes"],
                by=request.actor,
                at=request.at,
            )
        except Refused as refused:
            for sentence in _sentences(refused):
                form.add_error(None, sentence)
        else:
            messages.success(request, _("Planned. Now choose the jobs."))
            return HttpResponseRedirect(reverse("counsellor:fair", args=[made.ref]))
    page = Paginator(fairs_of(request.actor), A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "form": form}
    return render(request, "openpes/counsellor/fairs.html", context, status=422 if form.errors else 200)


def _rows(counts: FairCounts) -> list[tuple[str, int]]:
    return [(str(words), getattr(counts, name)) for name, words in COUNTED]


@audience(Door.ROLES, *JOBS_DESK)
def fair(request: OpenpesRequest, ref: str) -> HttpResponse:
    """One fair: its jobs, its code to print, and the report that counts only confirmed hires."""
    held = fair_at_office(request.actor, ref)
    if request.method == "POST":
        if request.POST.get("act") == "call_off":
            call_off(fair=held, by=request.actor, at=request.at)
            messages.success(request, _("Called off. Its page says so."))
        else:
            chosen = [vacancy_for(request.actor, one) for one in request.POST.getlist("jobs")[:JOBS_OFFERED]]
            set_jobs(fair=held, vacancies=chosen, by=request.actor, at=request.at)
            messages.success(request, _("Jobs added."))
        return HttpResponseRedirect(request.path)
    stands = counts_by_job(held)
    there = {job.vacancy_id for job, *_counts in stands}
    text = request.GET.get("text", "")
    found = [one for one in live_at_offices(request.actor, text=text)[:JOBS_OFFERED] if one.pk not in there]
    context = {"fair": held, "stands": stands, "found": found, "text": text, "counts": _rows(counts_of(held))}
    return render(request, "openpes/counsellor/fair.html", context)


@audience(Door.ROLES, *JOBS_DESK)
@require_safe
def fair_file(request: OpenpesRequest, ref: str) -> HttpResponse:
    """The report as a spreadsheet; counts only, no person."""
    held = fair_at_office(request.actor, ref)
    stands = [
        [job.vacancy.employer.name, job.vacancy.title, times, offers, hired]
        for job, times, offers, hired in counts_by_job(held)
    ]
    heads = [_("Employer"), _("Job"), _("Times at stands"), _("Offers on the spot"), _("Confirmed as hired")]
    sheets = [("Fair", [_("What"), _("Number")], _rows(counts_of(held))), ("Stands", heads, stands)]
    response = HttpResponse(as_xlsx(sheets), content_type=XLSX_TYPE)  # type: ignore[arg-type]
    name = f"openpes-fair-{held.ref}-{today(request.at).isoformat()}.xlsx"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@audience(Door.ROLES, *JOBS_DESK)
@require_safe
def fair_sheet(request: OpenpesRequest, ref: str) -> HttpResponse:
    """The code of a fair, large, for a wall."""
    return render(request, "openpes/counsellor/fair_sheet.html", {"fair": fair_at_office(request.actor, ref)})


def _at_door(request: OpenpesRequest, held: Fair, visit: FairVisit) -> None:
    """What was tapped for a visitor: here, or an offer. Raises Refused or NotFound."""
    actor, at = request.actor, request.at
    offered = request.POST.get("offer", "")
    if not offered:
        check_in(visit=visit, by=actor, at=at)
        messages.success(request, _("Checked in."))
        return
    job = next((one for one in jobs_at(held) if str(one.pk) == offered), None)
    if job is None:
        raise NotFound("job")
    offer_at_fair(visit=visit, job=job, agreed=request.POST.get("agreed") == "yes", by=actor, at=at)
    messages.success(request, _("Noted. The employer is asked to confirm it."))


@audience(Door.ROLES, *PEOPLE_DESK)
def door(request: OpenpesRequest, ref: str) -> HttpResponse:
    """The door: a code scanned or typed, somebody without one signed up by their number, and offers."""
    held = fair_at_office(request.actor, ref)
    errors: list[str] = []
    code, number = request.GET.get("code", "").strip(), request.POST.get("number", "").strip()
    visit: FairVisit | None = None
    try:
        if number:
            person = jobseeker_for(request.actor, number, at=request.at, reason=f"fair {held.ref}")
            visit = sign_up(fair=held, jobseeker=person, by=request.actor, at=request.at)
            return HttpResponseRedirect(f"{request.path}?code={visit.code}")
        if code:
            visit = visit_by_code(request.actor, held, code, at=request.at)
        if visit is not None and request.method == "POST":
            _at_door(request, held, visit)
            return HttpResponseRedirect(f"{request.path}?code={visit.code}")
    except Refused as refused:
        errors += _sentences(refused)
    except NotFound:
        errors.append(_("Nobody with this code or number is known here."))
    context: dict[str, Any] = {"fair": held, "visit": visit, "code": code, "number": number, "errors": errors}
    if visit is not None:
        made = {one.job_id for one in offers_to(visit)}
        context |= {
            "meetings": meetings_of(visit),
            "jobs": [{"job": one, "made": one.pk in made} for one in jobs_at(held)],
        }
    return render(request, "openpes/counsellor/fair_door.html", context, status=422 if errors else 200)
