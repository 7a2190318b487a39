"""A person changes what they told: one part a screen, with the same questions as at registration."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openpes.core.decisions import Refused
from openpes.core.money import Pay, PayPeriod
from openpes.jobseekers.models import Jobseeker
from openpes.jobseekers.operations import Profile, change_profile, profile_of
from openpes.jobseekers.words import REASON
from openpes.journeys.change_person import change_phone
from openpes.people.queries import main_phone_of
from openpes.reference.labels import education_choices, education_isced, occupation_name
from openpes.reference.taxonomy import unit_codes
from openpes.web.audience import Door, audience
from openpes.web.doorkeeper import SIGNED_IN_BY_DEMO
from openpes.web.forms import Chosen, DigitsCharField, OpenpesForm, with_look
from openpes.web.jobseeker.draft import KeptForms
from openpes.web.jobseeker.forms import (
    NO_PAPER,
    NO_SCHOOL,
    LanguagesForm,
    PhoneStepForm,
    PlaceForm,
    SkillsForm,
    WishesForm,
    WorkForm,
    ticked_of,
)
from openpes.web.jobseeker.own_pages import own
from openpes.web.jobseeker.summaries import summary_of
from openpes.web.requests import OpenpesRequest

TITLES = {
    "place": gettext_lazy("Home and school"),
    "work": gettext_lazy("The work you want"),
    "skills": gettext_lazy("What you can do"),
    "wishes": gettext_lazy("Distance, times, pay"),
    "languages": gettext_lazy("Your languages"),
    "phone": gettext_lazy("Your phone"),
}


class NewPhoneForm(PhoneStepForm):
    """Another phone. The PIN proves who asks: whoever holds an open page must not take over somebody's texts."""

    pin = with_look(
        DigitsCharField(
            label=gettext_lazy("Your PIN"),
            max_length=6,
            help_text=gettext_lazy("So that nobody but you can change it."),
            widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        ),
        width=5,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["phone"].required = True
        self.fields["phone"].help_text = ""


def is_own_pin(request: OpenpesRequest, pin: str) -> bool:
    """Is this the PIN of whoever is signed in? Wrong ones count towards the lock.

    Who walked in through the demonstration's door was told no PIN, so any will do there.
    """
    if settings.DEMO and request.session.get(SIGNED_IN_BY_DEMO, False):
        return True
    try:
        return authenticate(request, username=request.user.username, password=pin) == request.user
    except PermissionDenied:
        return False


WRONG_PIN = gettext_lazy("This is not your PIN. Try again.")


@audience(Door.ROLES, "jobseeker")
def profile(request: OpenpesRequest) -> HttpResponse:
    """All that was told, with the way to change each part."""
    jobseeker = own(request)
    return render(
        request,
        "openpes/jobseeker/profile.html",
        {
            "jobseeker": jobseeker,
            "rows": summary_of(jobseeker, main_phone_of(jobseeker.person_id), request.LANGUAGE_CODE),
        },
    )


def _change(
    request: OpenpesRequest,
    part: str,
    form: Any,
    jobseeker: Jobseeker,
    held: Profile,
    *,
    after: str = "jobseeker:profile",
) -> HttpResponse:
    """Show a part, or store what was said of it; what is not right yet is kept for another time."""
    kept = KeptForms(request.session)
    if request.method == "POST" and form.is_valid():
        parts = form.profile_parts() if hasattr(form, "profile_parts") else {"wanted": form.wanted()}
        try:
            change_profile(jobseeker=jobseeker, profile=replace(held, **parts), by=request.actor, at=request.at)
        except Refused as refused:
            for reason in refused.decision.reasons:
                form.add_error(None, str(REASON.get(reason.code, reason.text)) % reason.facts)
        else:
            kept.forget(part)
            messages.success(request, _("Saved. Your jobs are looked up anew."))
            return HttpResponseRedirect(reverse(after))
    if request.method == "POST":
        kept.keep(part, request.POST)
    return _page(request, part, form)


def _page(request: OpenpesRequest, part: str, form: OpenpesForm) -> HttpResponse:
    return render(
        request,
        "openpes/jobseeker/profile_part.html",
        {"form": form, "part": part, "title": TITLES[part]},
        status=422 if request.method == "POST" else 200,
    )


def _data(request: OpenpesRequest, part: str) -> Any:
    """What was sent; else what was begun here and not finished, unless a kind of work was chosen from the list now."""
    if request.method == "POST":
        return request.POST
    return None if part == "phone" or request.GET.get("add") else KeptForms(request.session).typed(part)


@audience(Door.ROLES, "jobseeker")
def place(request: OpenpesRequest) -> HttpResponse:
    """Where somebody lives, what they learned, what they do now."""
    jobseeker, language = own(request), request.LANGUAGE_CODE
    held = profile_of(jobseeker)
    level = held.education_level
    code = (
        NO_SCHOOL
        if level == 0
        else next(
            (one for one, _name in education_choices(language) if level is not None and education_isced(one) == level),
            "",
        )
    )
    form = PlaceForm(
        _data(request, "place"),
        language=language,
        initial={"area_code": held.area_code, "education": code, "work_status": held.work_status},
    )
    return _change(request, "place", form, jobseeker, held)


@audience(Door.ROLES, "jobseeker")
def work(request: OpenpesRequest) -> HttpResponse:
    """The kinds of work wanted; the skills of a new one are asked next."""
    jobseeker, language = own(request), request.LANGUAGE_CODE
    held = profile_of(jobseeker)
    chosen = [Chosen(one.words or occupation_name(one.isco, language), one.isco) for one in held.wanted]
    added = request.GET.get("add", "")
    if added in unit_codes() and added not in {one.code for one in chosen}:
        chosen = [*chosen[:2], Chosen(occupation_name(added, language), added)]
    typed = {one.words for one in held.wanted}
    form = WorkForm(
        _data(request, "work"),
        language=language,
        held={one.text: one.code for one in chosen},
        filled_in=[one.text for one in chosen if one.text not in typed],
        initial={f"work{place}": one for place, one in enumerate(chosen, start=1)},
    )
    return _change(request, "work", form, jobseeker, held, after="jobseeker:profile_skills")


@audience(Door.ROLES, "jobseeker")
def skills(request: OpenpesRequest) -> HttpResponse:
    """Skills, licences, experience."""
    jobseeker = own(request)
    held = profile_of(jobseeker)
    form = SkillsForm(
        _data(request, "skills"),
        language=request.LANGUAGE_CODE,
        iscos=[one.isco for one in held.wanted],
        has=held.skill_ids,
        has_licences=held.licence_ids or (),
        initial={
            "skills": list(held.skill_ids),
            "licences": [NO_PAPER] if held.licence_ids == () else list(held.licence_ids or ()),
            "experience": "" if held.experience_months is None else str(held.experience_months),
        },
    )
    return _change(request, "skills", form, jobseeker, held)


@audience(Door.ROLES, "jobseeker")
def wishes(request: OpenpesRequest) -> HttpResponse:
    """How far, when, for what pay."""
    jobseeker = own(request)
    held = profile_of(jobseeker)
    pay = (
        Pay(held.min_pay_amount, held.min_pay_currency, PayPeriod(held.min_pay_period))
        if held.min_pay_amount is not None
        else None
    )
    form = WishesForm(
        _data(request, "wishes"),
        held=held.shifts,
        km=held.max_km,
        initial={
            "max_km": "" if held.max_km is None else str(held.max_km),
            "times": ticked_of(held.shifts),
            "pay": pay,
        },
    )
    return _change(request, "wishes", form, jobseeker, held)


@audience(Door.ROLES, "jobseeker")
def languages(request: OpenpesRequest) -> HttpResponse:
    """The languages somebody speaks."""
    jobseeker = own(request)
    held = profile_of(jobseeker)
    form = LanguagesForm(
        _data(request, "languages"),
        language=request.LANGUAGE_CODE,
        has=held.language_codes or (),
        initial={"languages": list(held.language_codes or ())},
    )
    return _change(request, "languages", form, jobseeker, held)


@audience(Door.ROLES, "jobseeker")
def phone(request: OpenpesRequest) -> HttpResponse:
    """Another phone, with the PIN."""
    jobseeker = own(request)
    held = main_phone_of(jobseeker.person_id)
    form = NewPhoneForm(_data(request, "phone"), initial={"phone": held.number, "owner": held.owner} if held else None)
    if request.method == "POST" and form.is_valid():
        if is_own_pin(request, form.cleaned_data["pin"]):
            change_phone(
                jobseeker=jobseeker,
                typed=form.cleaned_data["phone"],
                owner=form.said_owner,
                by=request.actor,
                at=request.at,
            )
            messages.success(request, _("Saved. Texts go to this phone from now on."))
            return HttpResponseRedirect(reverse("jobseeker:profile"))
        form.add_error("pin", str(WRONG_PIN))
    return _page(request, "phone", form)
