"""A person's own reports of what went wrong: telling one, and the answers."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from openpes.complaints.models import Complaint
from openpes.complaints.operations import Told, ask_second_look, close_complaint
from openpes.complaints.queries import complaint_for, complaints_of
from openpes.complaints.states import Channel, ComplaintState, Danger
from openpes.complaints.words import EVENT, KIND, STATE, WHAT_TO_DO_NOW
from openpes.core.decisions import NotFound, Refused
from openpes.journeys.complain import complain
from openpes.vacancies.models import Vacancy
from openpes.vacancies.queries import public_vacancy
from openpes.web.audience import Door, audience
from openpes.web.complaint_form import ComplaintForm, add_reasons, told_by
from openpes.web.jobseeker.draft import KeptForms
from openpes.web.jobseeker.own_pages import own
from openpes.web.requests import OpenpesRequest
from openpes.web.templatetags.openpes import plain_date

NAME = "wrong"


def _line(one: Complaint) -> dict[str, object]:
    return {"complaint": one, "kind": KIND[one.kind], "state": STATE[one.state]}  # type: ignore[index]


def _job(request: OpenpesRequest) -> Vacancy | None:
    ref = request.GET.get("job", "").strip()
    try:
        return public_vacancy(ref) if ref else None
    except NotFound:
        return None


@audience(Door.ROLES, "jobseeker")
def complaints(request: OpenpesRequest) -> HttpResponse:
    """What I told, and a form to tell something."""
    jobseeker, vacancy = own(request), _job(request)
    kept = KeptForms(request.session)
    form = ComplaintForm(request.POST if request.method == "POST" else kept.typed(NAME))
    form.for_job(vacancy)
    if request.method == "POST" and form.is_valid():
        told = Told(
            **told_by(form),
            channel=Channel.WEB,
            language=request.LANGUAGE_CODE,
            office_id=jobseeker.office_id,
            person_id=jobseeker.person_id,
        )
        try:
            made = complain(told=told, vacancy=vacancy, by=request.actor, at=request.at)
        except Refused as refused:
            add_reasons(form, refused)
        else:
            kept.forget(NAME)
            if told.danger in (Danger.NOW, Danger.AFRAID):
                messages.warning(request, WHAT_TO_DO_NOW)
            day = plain_date(made.complaint.due_on)
            messages.success(request, _("A person answers you by %(day)s.") % {"day": day})
            return HttpResponseRedirect(reverse("jobseeker:complaint", args=[made.complaint.ref]))
    if request.method == "POST":
        kept.keep(NAME, request.POST)
    return render(
        request,
        "openpes/jobseeker/complaints.html",
        {"form": form, "vacancy": vacancy, "told": [_line(one) for one in complaints_of(request.actor)]},
        status=422 if request.method == "POST" else 200,
    )


@audience(Door.ROLES, "jobseeker")
def complaint(request: OpenpesRequest, ref: str) -> HttpResponse:
    """One of mine: where it stands, the answer, and "not satisfied"."""
    held = complaint_for(request.actor, ref, at=request.at)
    act = request.POST.get("act", "")
    if request.method == "POST" and act in ("again", "fine"):
        try:
            if act == "again":
                ask_second_look(complaint=held, words=request.POST.get("words", ""), by=request.actor, at=request.at)
                messages.success(request, _("Somebody else looks at it again."))
            else:
                close_complaint(complaint=held, by=request.actor, at=request.at)
                messages.success(request, _("Thank you. It is closed."))
        except Refused as refused:
            for one in refused.decision.reasons:
                messages.warning(request, one.code)
        return HttpResponseRedirect(request.path)
    steps = [(one.at, EVENT[one.kind]) for one in held.events.all() if one.kind != "noted"]  # type: ignore[index]
    return render(
        request,
        "openpes/jobseeker/complaint.html",
        {**_line(held), "steps": steps, "can_say": held.state == ComplaintState.ANSWERED},
    )
