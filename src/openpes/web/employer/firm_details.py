"""A firm changes its details, proves its phone, and whoever acts for several firms chooses for which."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from openpes.core.decisions import NotFound, NotPermitted, Refused
from openpes.journeys.change_firm import change_firm, prove_phone, send_phone_code
from openpes.journeys.register_employer import add_firm
from openpes.organisations.firm_operations import CODE_DIGITS, FirmDetails
from openpes.organisations.models import Employer
from openpes.organisations.queries import own_employers
from openpes.organisations.states import SizeBand
from openpes.organisations.words import REASON
from openpes.people.phones import as_dialled
from openpes.people.roles import EMPLOYER_ROLES, EmployerAdministrator
from openpes.reference.country import country
from openpes.web.audience import Door, audience
from openpes.web.employer.posting import CHOSEN_FIRM, own_employer
from openpes.web.employer.registering import NO_OFFICE, FirmForm
from openpes.web.fields import DigitsCharField
from openpes.web.forms import OpenpesForm, with_look
from openpes.web.requests import OpenpesRequest


def put_reasons(form: forms.Form, refused: Refused) -> None:
    """What an operation refused, in words, at the head of the form."""
    for one in refused.decision.reasons:
        form.add_error(None, str(REASON.get(one.code, NO_OFFICE)) % one.facts)


class CodeForm(OpenpesForm):
    """The code from the text."""

    code = with_look(
        DigitsCharField(label=gettext_lazy("Code from the text"), only_digits=True, max_length=CODE_DIGITS), width=10
    )


def details_of(form: FirmForm) -> FirmDetails:
    """The firm as typed."""
    said = form.cleaned_data
    return FirmDetails(
        name=said["organisation"],
        registration_number=said["registration_number"],
        sector=said["sector"],
        size_band=SizeBand(said["size_band"] or SizeBand.UNKNOWN),
        area_code=said["area_code"],
        address=said["address"],
        contact_name=said["contact_name"],
        contact_phone=said["phone"],
        language=said["language"],
    )


def _held(employer: Employer) -> dict[str, Any]:
    size = "" if employer.size_band == SizeBand.UNKNOWN else employer.size_band
    return {
        "organisation": employer.name,
        "registration_number": employer.registration_number,
        "sector": employer.sector,
        "size_band": size,
        "area_code": employer.area_code,
        "address": employer.address,
        "contact_name": employer.contact_name,
        "phone": as_dialled(employer.contact_phone, country().code) if employer.contact_phone else "",
        "language": employer.language,
    }


@audience(Door.ROLES, EmployerAdministrator.code)
def change(request: OpenpesRequest) -> HttpResponse:
    """Change the firm's details; another name or number goes before an officer again."""
    employer = own_employer(request)
    if not request.actor.may("employer.edit", employer_id=employer.pk):
        raise NotPermitted("employer.edit")
    form = FirmForm(
        request.POST if request.method == "POST" else None,
        page_language=request.LANGUAGE_CODE,
        held=_held(employer),
    )
    if request.method == "POST" and form.is_valid():
        try:
            change_firm(employer=employer, new=details_of(form), by=request.actor, at=request.at)
        except Refused as refused:
            put_reasons(form, refused)
        else:
            messages.success(request, _("Saved."))
            return HttpResponseRedirect(reverse("employer:firm"))
    return render(
        request,
        "openpes/employer/firm_change.html",
        {"form": form, "employer": employer, "adds": False},
        status=422 if form.errors else 200,
    )


@audience(Door.ROLES, *EMPLOYER_ROLES)
@never_cache
def phone(request: OpenpesRequest) -> HttpResponse:
    """A code goes to the firm's number, and comes back typed: the number is proven."""
    employer = own_employer(request)
    if not request.actor.may("employer.papers", employer_id=employer.pk):
        raise NotPermitted("employer.papers")
    typed = request.POST.get("act") == "prove"
    form = CodeForm(request.POST if typed else None)
    try:
        if request.method == "POST" and not typed:
            send_phone_code(employer=employer, by=request.actor, at=request.at)
            return HttpResponseRedirect(f"{request.path}?sent=1")
        if typed and form.is_valid():
            prove_phone(employer=employer, code=form.cleaned_data["code"], by=request.actor, at=request.at)
            messages.success(request, _("Saved."))
            return HttpResponseRedirect(reverse("employer:firm"))
    except Refused as refused:
        form = form if typed else CodeForm({})
        form.full_clean()
        if not typed:
            form.errors.clear()
        put_reasons(form, refused)
    return render(
        request,
        "openpes/employer/phone.html",
        {
            "form": form,
            "employer": employer,
            "number": as_dialled(employer.contact_phone, country().code) if employer.contact_phone else "",
            "sent": typed or "sent" in request.GET,
        },
        status=422 if form.errors else 200,
    )


@audience(Door.ROLES, *EMPLOYER_ROLES)
def firms(request: OpenpesRequest) -> HttpResponse:
    """The firms that the signed-in person acts for."""
    return render(
        request,
        "openpes/employer/firms.html",
        {"firms": own_employers(request.actor).select_related("office"), "chosen": own_employer(request)},
    )


@audience(Door.ROLES, *EMPLOYER_ROLES)
@require_POST
def choose(request: OpenpesRequest) -> HttpResponse:
    """From here on act for this firm."""
    chosen = own_employers(request.actor).filter(ref=request.POST.get("firm", "")).first()
    if chosen is None:
        raise NotFound("employer")
    request.session[CHOSEN_FIRM] = chosen.ref
    return HttpResponseRedirect(reverse("employer:home"))


@audience(Door.ROLES, *EMPLOYER_ROLES)
def add(request: OpenpesRequest) -> HttpResponse:
    """Register another firm with the account at hand."""
    form = FirmForm(
        request.POST if request.method == "POST" else None,
        page_language=request.LANGUAGE_CODE,
        held={"contact_name": getattr(request.user, "name", "")},
    )
    if request.method == "POST" and form.is_valid():
        try:
            employer = add_firm(
                new=form.new_employer(),
                by=request.actor,
                account=request.user,  # type: ignore[arg-type]
                at=request.at,
            )
        except Refused as refused:
            put_reasons(form, refused)
        else:
            request.session[CHOSEN_FIRM] = employer.ref
            return HttpResponseRedirect(reverse("employer:welcome"))
    return render(
        request,
        "openpes/employer/firm_change.html",
        {"form": form, "adds": True, "languages": settings.LANGUAGES},
        status=422 if form.errors else 200,
    )
