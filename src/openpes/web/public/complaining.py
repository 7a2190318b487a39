"""Something went wrong: anybody can say so, with or without an account, and read the answer by number and word."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy

from openpes.complaints.models import Complaint
from openpes.complaints.operations import Told, ask_second_look, close_complaint
from openpes.complaints.queries import complaint_by_secret
from openpes.complaints.states import Channel, ComplaintState, Danger
from openpes.complaints.words import KIND, STATE, WHAT_TO_DO_NOW
from openpes.core.decisions import NotFound, Refused
from openpes.journeys.complain import complain, office_of_area
from openpes.organisations.queries import open_offices
from openpes.vacancies.models import Vacancy
from openpes.vacancies.queries import public_vacancy
from openpes.web.audience import Door, audience
from openpes.web.complaint_form import ComplaintForm, add_reasons, told_by
from openpes.web.forms import OpenpesForm, with_look
from openpes.web.requests import OpenpesRequest

TOLD_ONCE = "complaint_told_once"


class PublicForm(ComplaintForm):
    """As everybody's, and which office should look into it."""

    office = with_look(forms.ChoiceField(label=gettext_lazy("Which office is near you?"), required=False))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offices = [(one.ref, one.name) for one in open_offices()]
        self.fields["office"].choices = [("", gettext_lazy("I do not know")), *offices]  # type: ignore[attr-defined]


def _job(request: OpenpesRequest) -> Vacancy | None:
    """The advert it is about, when one is named that is or was public."""
    ref = request.GET.get("job", "").strip()
    if not ref:
        return None
    try:
        return public_vacancy(ref)
    except NotFound:
        return None


def _office_id(vacancy: Vacancy | None, chosen: str) -> int:
    if vacancy is not None:
        return vacancy.office_id
    found = next((one.pk for one in open_offices() if one.ref == chosen), None)
    return found if found is not None else office_of_area("")


@audience(Door.PUBLIC)
def report(request: OpenpesRequest) -> HttpResponse:
    """Tell what went wrong, without an account and without a name."""
    vacancy, form = _job(request), PublicForm(request.POST if request.method == "POST" else None)
    form.for_job(vacancy)
    if vacancy is not None:
        del form.fields["office"]
    if request.method == "POST" and form.is_valid():
        told = Told(
            **told_by(form),
            channel=Channel.PUBLIC,
            language=request.LANGUAGE_CODE,
            office_id=_office_id(vacancy, form.cleaned_data.get("office", "")),
        )
        try:
            made = complain(told=told, vacancy=vacancy, by=request.actor, at=request.at)
        except Refused as refused:
            add_reasons(form, refused)
        else:
            danger = told.danger in (Danger.NOW, Danger.AFRAID)
            request.session[TOLD_ONCE] = [made.complaint.ref, made.secret, danger]
            return HttpResponseRedirect(reverse("web:reported"))
    status = 422 if form.errors else 200
    return render(request, "openpes/public/report.html", {"form": form, "vacancy": vacancy}, status=status)


@audience(Door.PUBLIC)
def reported(request: OpenpesRequest) -> HttpResponse:
    """The number and the word, shown once: they are kept nowhere in this form."""
    told = request.session.pop(TOLD_ONCE, None)
    if told is None:
        return HttpResponseRedirect(reverse("web:report_answer"))
    ref, secret, danger = told
    return render(
        request,
        "openpes/public/reported.html",
        {"ref": ref, "secret": secret, "what_to_do": WHAT_TO_DO_NOW if danger else ""},
    )


class LookForm(OpenpesForm):
    """Number and word."""

    ref = with_look(
        forms.CharField(
            label=gettext_lazy("Number"), max_length=20, error_messages={"required": gettext_lazy("Write the number.")}
        ),
        width=10,
    )
    secret = with_look(
        forms.CharField(
            label=gettext_lazy("Secret word"),
            max_length=12,
            error_messages={"required": gettext_lazy("Write the secret word.")},
        ),
        width=10,
    )
    words = with_look(
        forms.CharField(
            label=gettext_lazy("What is still wrong?"),
            required=False,
            max_length=600,
            widget=forms.Textarea(attrs={"rows": 3}),
        )
    )


def _found(form: LookForm) -> Complaint | None:
    if not form.is_valid():
        return None
    found = complaint_by_secret(form.cleaned_data["ref"], form.cleaned_data["secret"])
    if found is None:
        form.add_error(None, gettext_lazy("No report has this number and word. Look at both again."))
    return found


@audience(Door.PUBLIC)
def report_answer(request: OpenpesRequest) -> HttpResponse:
    """Read the answer. The number and the word travel in the body of the form, never in an address."""
    form = LookForm(request.POST if request.method == "POST" else None)
    found = _found(form) if request.method == "POST" else None
    act = request.POST.get("act", "")
    if found is not None and act in ("again", "fine"):
        try:
            if act == "again":
                words = form.cleaned_data["words"]
                found = ask_second_look(complaint=found, words=words, by=None, at=request.at)
            else:
                found = close_complaint(complaint=found, by=None, at=request.at)
        except Refused as refused:
            add_reasons(form, refused)
    return render(
        request,
        "openpes/public/report_answer.html",
        {
            "form": form,
            "found": found,
            "kind": KIND.get(found.kind) if found else "",  # type: ignore[call-overload]
            "state": STATE.get(found.state) if found else "",  # type: ignore[call-overload]
            "can_say": found is not None and found.state == ComplaintState.ANSWERED,
        },
        status=422 if form.errors else 200,
    )
