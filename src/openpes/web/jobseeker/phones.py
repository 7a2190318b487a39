"""One's own phones: another one, proven by a code, used first, given up. Each change asks for the PIN once more."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from openpes.core.decisions import NotFound, Refused
from openpes.jobseekers.models import Jobseeker
from openpes.journeys.phones import add_phone, prove_phone, remove_phone, send_code, use_first
from openpes.people.models import PersonPhone
from openpes.people.phones import as_dialled
from openpes.people.queries import all_phones_of
from openpes.people.states import PhoneOwner
from openpes.people.words import PHONE_OWNER, REASON
from openpes.reference.country import country
from openpes.web.audience import Door, audience
from openpes.web.forms import DigitsCharField, OpenpesForm, with_look
from openpes.web.jobseeker.own_pages import own
from openpes.web.jobseeker.profile import WRONG_PIN, NewPhoneForm, is_own_pin
from openpes.web.requests import OpenpesRequest


def pin_field() -> Any:
    """The PIN once more, before something changes."""
    return with_look(
        DigitsCharField(
            label=gettext_lazy("Your PIN"),
            max_length=6,
            help_text=gettext_lazy("So that nobody but you can change it."),
            widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        ),
        width=5,
    )


class PhoneChangeForm(OpenpesForm):
    """Whose a phone is, and what becomes of it, with the PIN."""

    owner = forms.ChoiceField(
        label=gettext_lazy("Whose phone is it?"),
        widget=forms.RadioSelect,
        choices=[(one.value, words) for one, words in PHONE_OWNER.items()],
    )
    pin = pin_field()


class PhoneCodeForm(OpenpesForm):
    """The code that came by text."""

    one_time_code = with_look(DigitsCharField(label=gettext_lazy("The code from the text"), max_length=6), width=5)


def _row(one: PersonPhone) -> dict[str, Any]:
    return {
        "key": one.pk,
        "number": as_dialled(one.number, country().code),
        "owner": PHONE_OWNER[PhoneOwner(one.owner)],
        "main": one.is_main,
        "proven": one.proven_at,
        "gone": one.gone_at,
        "waits_for_code": bool(one.code_hash),
    }


def _held(jobseeker: Jobseeker, key: int) -> PersonPhone:
    held = next((one for one in all_phones_of(jobseeker.person_id) if one.pk == key), None)
    if held is None:
        raise NotFound("phone")
    return held


def _why(refused: Refused) -> str:
    said = [(REASON.get(one.code), one) for one in refused.decision.reasons]
    return " ".join(str(words) % one.facts if words else one.text for words, one in said)


@audience(Door.ROLES, "jobseeker")
@never_cache
def phones(request: OpenpesRequest) -> HttpResponse:
    """All phones, and another one with the PIN."""
    jobseeker = own(request)
    form = NewPhoneForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if not is_own_pin(request, form.cleaned_data["pin"]):
            form.add_error("pin", str(WRONG_PIN))
        else:
            try:
                made = add_phone(
                    jobseeker=jobseeker,
                    typed=form.cleaned_data["phone"],
                    owner=form.said_owner,
                    by=request.actor,
                    at=request.at,
                )
            except Refused as refused:
                form.add_error("phone", _why(refused))
            else:
                messages.success(request, _("Saved."))
                return HttpResponseRedirect(reverse("jobseeker:own_phone", args=[made.pk]))
    rows = [_row(one) for one in all_phones_of(jobseeker.person_id)]
    return render(
        request,
        "openpes/jobseeker/phones.html",
        {"rows": rows, "form": form},
        status=422 if form.errors else 200,
    )


@audience(Door.ROLES, "jobseeker")
@never_cache
def phone(request: OpenpesRequest, key: int) -> HttpResponse:
    """One phone: whose it is, used first, or given up."""
    jobseeker = own(request)
    held = _held(jobseeker, key)
    form = PhoneChangeForm(request.POST if request.method == "POST" else None, initial={"owner": held.owner})
    if request.method == "POST" and form.is_valid():
        if not is_own_pin(request, form.cleaned_data["pin"]):
            form.add_error("pin", str(WRONG_PIN))
        else:
            try:
                return _changed(request, jobseeker, held, form)
            except Refused as refused:
                form.add_error(None, _why(refused))
    return _page(request, held, form, PhoneCodeForm())


def _changed(request: OpenpesRequest, jobseeker: Jobseeker, held: PersonPhone, form: PhoneChangeForm) -> HttpResponse:
    by, at, act = request.actor, request.at, request.POST.get("act", "")
    if act == "drop":
        remove_phone(jobseeker=jobseeker, key=held.pk, by=by, at=at)
        messages.success(request, _("Dropped."))
    elif act == "first":
        use_first(jobseeker=jobseeker, key=held.pk, by=by, at=at)
        messages.success(request, _("Saved. Texts go to this phone from now on."))
    else:
        owner = PhoneOwner(form.cleaned_data["owner"])
        add_phone(jobseeker=jobseeker, typed=held.number, owner=owner, by=by, at=at)
        messages.success(request, _("Saved."))
    return HttpResponseRedirect(reverse("jobseeker:phones"))


@audience(Door.ROLES, "jobseeker")
@never_cache
@require_POST
def phone_code(request: OpenpesRequest, key: int) -> HttpResponse:
    """Send a code to a phone, or take the one that came: it proves the phone, and opens nothing."""
    jobseeker = own(request)
    held = _held(jobseeker, key)
    here = HttpResponseRedirect(reverse("jobseeker:own_phone", args=[key]))
    if request.POST.get("act") == "send":
        try:
            send_code(jobseeker=jobseeker, key=key, by=request.actor, at=request.at)
        except Refused as refused:
            messages.error(request, _why(refused))
        return here
    form = PhoneCodeForm(request.POST)
    if form.is_valid():
        code = form.cleaned_data["one_time_code"]
        if prove_phone(jobseeker=jobseeker, key=key, code=code, by=request.actor, at=request.at):
            messages.success(request, _("Saved."))
            return HttpResponseRedirect(reverse("jobseeker:phones"))
        form.add_error("one_time_code", _("This code is not right or is too old. Wait for the next one and try again."))
    return _page(request, held, PhoneChangeForm(initial={"owner": held.owner}), form)


def _page(request: OpenpesRequest, held: PersonPhone, form: PhoneChangeForm, code: PhoneCodeForm) -> HttpResponse:
    wrong = form if form.errors else code
    return render(
        request,
        "openpes/jobseeker/phone.html",
        {"row": _row(held), "form": form, "code": code, "wrong": wrong},
        status=422 if wrong.errors else 200,
    )
