"""Registering somebody at the desk, in front of them: quick, with likely duplicates told before saving."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from openpes.casework.papers_to_show import paper_asked_of
from openpes.core.decisions import NotFound, Refused
from openpes.jobseekers.queries import jobseeker_for
from openpes.jobseekers.rules import GivenByGuardian
from openpes.journeys.agree_from_list import agree_from_list
from openpes.journeys.register_at_desk import register_at_desk
from openpes.journeys.register_jobseeker import Registered, Registration, people_like
from openpes.organisations.queries import offices_of
from openpes.people.states import ConsentWay
from openpes.reference.country import country, today
from openpes.web.audience import Door, audience
from openpes.web.counsellor.forms import ConsentForm, DeskForm, RegisterForm
from openpes.web.counsellor.person import alike_in_words
from openpes.web.counsellor.roles import PEOPLE_DESK
from openpes.web.counsellor.words import reasons_in_words
from openpes.web.requests import OpenpesRequest
from openpes_countries import guardian_consent_age

SLIP = "slip"


def registration_of_form(form: RegisterForm, office_ref: str) -> Registration:
    """What was typed, as a registration. Call when valid."""
    given = form.cleaned_data
    guardian = GivenByGuardian(given["guardian_name"], given["guardian_phone"]) if given["guardian_name"] else None
    return Registration(
        person=form.new_person(),
        profile=form.profile(),
        consent_way=ConsentWay.READ_ALOUD,
        share_contact=given["share_contact"],
        guardian=guardian,
        office_ref=office_ref,
    )


@audience(Door.ROLES, *PEOPLE_DESK)
@never_cache
def register(request: OpenpesRequest) -> HttpResponse:
    """The form; when somebody alike is known, the same form with a warning and one more box to tick."""
    actor, at = request.actor, request.at
    offices = list(offices_of(actor, "jobseeker.register"))
    if not offices:
        raise NotFound("office")
    form = RegisterForm(
        request.POST if request.method == "POST" else None,
        language=request.LANGUAGE_CODE,
        today=today(at),
        offices=offices,
        initial={"area_code": offices[0].area_code, "language": request.LANGUAGE_CODE},
    )
    alike: list[dict[str, Any]] = []
    if request.method == "POST" and form.is_valid():
        registration = registration_of_form(form, form.cleaned_data.get("office") or offices[0].ref)
        alike = alike_in_words(people_like(registration), request)
        if not alike or form.cleaned_data["another_person"]:
            try:
                made = register_at_desk(
                    registration=registration, no_paper=form.cleaned_data["no_paper"], by=actor, at=at
                )
            except Refused as refused:
                say_no(form, refused)
            else:
                return _to_slip(request, made)
    return render(
        request,
        "openpes/counsellor/register.html",
        {
            "form": form,
            "alike": alike,
            "office": offices[0],
            "guardian_age": guardian_consent_age(country(), on=today(at)).value,
            "guardian_open": bool(form["guardian_name"].value() or form["guardian_name"].errors),
        },
        status=422 if form.errors or alike else 200,
    )


def say_no(form: DeskForm, refused: Refused) -> None:
    """Say each reason; a missing guardian stands at the box for the guardian's name."""
    for reason, sentence in zip(refused.decision.reasons, reasons_in_words(refused), strict=True):
        form.add_error("guardian_name" if reason.code == "guardian_needed" else None, sentence)


def _to_slip(request: OpenpesRequest, made: Registered) -> HttpResponseRedirect:
    """The first PIN is shown once: it waits in the session for the next page and is taken out there."""
    request.session[SLIP] = {"ref": made.jobseeker_ref, "code": made.code, "pin": made.first_pin}
    return HttpResponseRedirect(reverse("counsellor:slip", args=[made.jobseeker_ref]))


@audience(Door.ROLES, *PEOPLE_DESK)
@never_cache
def slip(request: OpenpesRequest, ref: str) -> HttpResponse:
    """What the person carries away: code, first PIN (this once), office and hours. Made to be printed."""
    jobseeker = jobseeker_for(request.actor, ref, at=request.at)
    kept = request.session.pop(SLIP, None)
    fresh = kept if kept and kept["ref"] == jobseeker.ref else None
    return render(
        request,
        "openpes/counsellor/slip.html",
        {"jobseeker": jobseeker, "fresh": fresh, "paper": paper_asked_of(request.actor, jobseeker)},
    )


class AgreeForm(ConsentForm):
    """Somebody known from an old list has heard the two sentences."""


@audience(Door.ROLES, *PEOPLE_DESK)
@never_cache
def agree(request: OpenpesRequest, ref: str) -> HttpResponse:
    """Somebody known from an old list is here and agrees; only now they are registered."""
    jobseeker = jobseeker_for(request.actor, ref, at=request.at)
    form = AgreeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = agree_from_list(
                jobseeker=jobseeker,
                share_contact=given["share_contact"],
                guardian=GivenByGuardian(given["guardian_name"], given["guardian_phone"]),
                by=request.actor,
                at=request.at,
            )
        except Refused as refused:
            say_no(form, refused)
        else:
            return _to_slip(request, made)
    return render(
        request,
        "openpes/counsellor/agree.html",
        {"form": form, "jobseeker": jobseeker},
        status=422 if form.errors else 200,
    )
