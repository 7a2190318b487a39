"""The desk for what went wrong: who has it, by when, what was done, and the answer in words."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from openpes.complaints.models import Complaint
from openpes.complaints.operations import Told, hand_off_complaint, note_on_complaint, take_complaint
from openpes.complaints.papers import handoff_pdf
from openpes.complaints.queries import complaint_for, count_open, ended_at_desk, open_at_desk
from openpes.complaints.rules import LONGEST_WORDS, is_overdue
from openpes.complaints.states import FOR_THE_INSPECTORATE, OPEN_STATES, Channel, ComplaintKind, Danger, EventKind
from openpes.complaints.words import DANGER, EVENT, KIND, STATE, WHAT_TO_DO_NOW
from openpes.core.decisions import NotFound, Refused
from openpes.guidance.queries import contests_waiting
from openpes.jobseekers.models import Jobseeker
from openpes.jobseekers.queries import registration_of
from openpes.journeys.complain import answer_complaint, complain, give_complaint
from openpes.organisations.queries import staff_of_office
from openpes.reference.country import country, today
from openpes.web.audience import Door, audience
from openpes.web.complaint_form import ComplaintForm, add_reasons, told_by
from openpes.web.counsellor.complaint_words import CHANNEL
from openpes.web.counsellor.complaint_words import REASON as AT_THE_DESK
from openpes.web.counsellor.person import opened
from openpes.web.counsellor.roles import PEOPLE_DESK
from openpes.web.forms import OpenpesForm, with_look
from openpes.web.requests import OpenpesRequest
from openpes.web.templatetags.openpes import plain_date

A_PAGE = 20
HOW_TOLD = (Channel.DESK, Channel.PHONE_CALL, Channel.PAPER)


def _line(one: Complaint, request: OpenpesRequest) -> dict[str, Any]:
    is_open = one.state in OPEN_STATES
    return {
        "complaint": one,
        "kind": KIND[ComplaintKind(one.kind)],
        "state": STATE[one.state],  # type: ignore[index]
        "in_danger": one.danger == Danger.NOW and is_open,
        "overdue": is_overdue(due=one.due_on, is_open=is_open, on=today(request.at)),
    }


def _contests(request: OpenpesRequest) -> list[dict[str, Any]]:
    """The contests of an advice that the actor may answer."""
    on = today(request.at)
    return [{"contest": one, "late": one.due_on < on} for one in contests_waiting(request.actor)]


@audience(Door.ROLES, *PEOPLE_DESK)
@require_safe
def complaints(request: OpenpesRequest) -> HttpResponse:
    """What is open, danger first, then by the day an answer is due; or what was answered."""
    actor, ended = request.actor, request.GET.get("show") == "answered"
    rows = ended_at_desk(actor) if ended else open_at_desk(actor, mine=request.GET.get("show") == "mine")
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    number, late = count_open(actor, on=today(request.at))
    return render(
        request,
        "openpes/counsellor/complaints.html",
        {
            "page": page,
            "lines": [_line(one, request) for one in page],
            "show": request.GET.get("show", ""),
            "open": number,
            "late": late,
            # A contest of an advice has its own page and its own answer; here it stands beside the rest.
            "contests": _contests(request) if not ended else [],
        },
    )


class DeskComplaintForm(ComplaintForm):
    """As everybody's, and how it was told."""

    channel = with_look(
        forms.ChoiceField(
            label=gettext_lazy("How was it told?"),
            choices=[(one.value, CHANNEL[one]) for one in HOW_TOLD],
            widget=forms.RadioSelect,
            initial=Channel.DESK.value,
        ),
        inline=True,
    )


@audience(Door.ROLES, *PEOPLE_DESK)
def write_complaint(request: OpenpesRequest, ref: str) -> HttpResponse:
    """Write down what a person tells at the desk or on the phone."""
    jobseeker = opened(request, ref)
    form = DeskComplaintForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        told = Told(
            **told_by(form),
            channel=Channel(form.cleaned_data["channel"]),
            language=jobseeker.person.language,
            office_id=jobseeker.office_id,
            person_id=jobseeker.person_id,
        )
        try:
            made = complain(told=told, by=request.actor, at=request.at)
        except Refused as refused:
            add_reasons(form, refused, AT_THE_DESK)
        else:
            messages.success(request, _("Written down. The number is %(ref)s.") % {"ref": made.complaint.ref})
            return HttpResponseRedirect(reverse("counsellor:complaint", args=[made.complaint.ref]))
    return render(
        request,
        "openpes/counsellor/complaint_new.html",
        {"form": form, "jobseeker": jobseeker, "what_to_do": WHAT_TO_DO_NOW},
        status=422 if form.errors else 200,
    )


class AnswerForm(OpenpesForm):
    """The answer to the person."""

    about_self = False
    answer = with_look(
        forms.CharField(
            label=gettext_lazy("The answer to the person"),
            required=False,
            max_length=LONGEST_WORDS,
            help_text=gettext_lazy(
                "What you found, what happens now, and by when. Plain words: they read it themselves."
            ),
            widget=forms.Textarea(attrs={"rows": 4}),
        )
    )


class NoteForm(OpenpesForm):
    """What was done."""

    about_self = False
    note = with_look(
        forms.CharField(
            label=gettext_lazy("What was done or found"),
            required=False,
            max_length=LONGEST_WORDS,
            help_text=gettext_lazy("For the desk. The person reads it when they download their data."),
            widget=forms.Textarea(attrs={"rows": 3}),
        )
    )


def _act(request: OpenpesRequest, held: Complaint, answer: AnswerForm, note: NoteForm) -> str:
    """Do what was asked. What to say of it, or "" when something stands in the way, which is then on the form."""
    act, by, at = request.POST.get("act", ""), request.actor, request.at
    form = answer if act == "answer" else note
    form.is_valid()
    try:
        if act == "take":
            take_complaint(complaint=held, by=by, at=at)
            return _("It is yours now.")
        if act == "note":
            note_on_complaint(complaint=held, words=note.cleaned_data["note"], by=by, at=at)
            return _("Noted.")
        if act == "give" and request.POST.get("to", "").isdigit():
            give_complaint(complaint=held, to_account_id=int(request.POST["to"]), by=by, at=at)
            return _("Given on.")
        if act == "hand_off":
            hand_off_complaint(complaint=held, person_agrees=bool(request.POST.get("agrees")), by=by, at=at)
            return _("Noted. Print the paper for the inspectorate below.")
        if act == "answer":
            answer_complaint(complaint=held, answer=answer.cleaned_data["answer"], by=by, at=at)
            return _("The person is told that there is an answer.")
    except Refused as refused:
        add_reasons(form, refused, AT_THE_DESK)
    return ""


@audience(Door.ROLES, *PEOPLE_DESK)
def complaint(request: OpenpesRequest, ref: str) -> HttpResponse:
    """One complaint: what was told, what was done, and the acts that are open to this officer."""
    held, posted = complaint_for(request.actor, ref, at=request.at), request.method == "POST"
    act = request.POST.get("act", "")
    answer = AnswerForm(request.POST if act == "answer" else None)
    note = NoteForm(request.POST if posted and act != "answer" else None)
    if posted:
        done = _act(request, held, answer, note)
        if done:
            messages.success(request, done)
            return HttpResponseRedirect(request.path)
    oversees = request.actor.may("complaint.oversee", office_id=held.office_id)
    return render(
        request,
        "openpes/counsellor/complaint.html",
        {
            **_line(held, request),
            "danger": DANGER[held.danger],  # type: ignore[index]
            "channel": CHANNEL[held.channel],  # type: ignore[index]
            "jobseeker": registration_of(held.person_id) if held.person_id is not None else None,
            "events": [(one, EVENT[EventKind(one.kind)]) for one in held.events.all()],
            "answer_form": answer,
            "note_form": note,
            "is_open": held.state in OPEN_STATES,
            "is_mine": held.owner_id == request.actor.account_id,
            "colleagues": [one.account for one in staff_of_office(held.office)] if oversees else [],
            "for_inspectorate": ComplaintKind(held.kind) in FOR_THE_INSPECTORATE,
            "what_to_do": WHAT_TO_DO_NOW if held.danger in (Danger.NOW, Danger.AFRAID) else "",
        },
        status=422 if answer.errors or note.errors else 200,
    )


@audience(Door.ROLES, *PEOPLE_DESK)
@require_safe
def handoff(request: OpenpesRequest, ref: str) -> HttpResponse:
    """The paper for the labour inspectorate; only once the person agreed and it was handed off."""
    held = complaint_for(request.actor, ref, at=request.at)
    if held.handed_off_at is None:
        raise NotFound("handoff")
    jobseeker = registration_of(held.person_id) if held.person_id is not None else None
    pdf = handoff_pdf(
        title=_("To the labour inspectorate"),
        language=request.LANGUAGE_CODE,
        facts=_facts(held, jobseeker),
        steps=[(plain_date(today(one.at)), str(EVENT[EventKind(one.kind)])) for one in held.events.all()],
        foot=f"{country().name}, {held.office.name}, {plain_date(today(request.at))}",
    )
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="complaint-{held.ref}.pdf"'
    return response


def _facts(held: Complaint, jobseeker: Jobseeker | None) -> list[tuple[str, str]]:
    """What is passed on: with the name only because the person agreed."""
    name = jobseeker.person.name_as_given if jobseeker is not None else _("not known to the service")
    return [
        (_("Number"), held.ref),
        (_("What went wrong"), str(KIND[ComplaintKind(held.kind)])),
        (_("Who"), name),
        (_("About"), held.about or (held.employer.name if held.employer else "")),
        (_("Told on"), plain_date(today(held.received_at))),
        (_("In the person’s words"), held.words),
    ]
