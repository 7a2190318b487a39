"""One own vacancy: as people read it, its state and note, still open?, close it, who was introduced to it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.validators import MaxValueValidator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openpes.core.decisions import Refused
from openpes.journeys.answer_referral import close_vacancy
from openpes.people.roles import EMPLOYER_ROLES
from openpes.reference.country import area_name, today
from openpes.reference.labels import education_name, language_name, licence_label, occupation_name, skill_label
from openpes.referrals.queries import count_open_introductions, introductions
from openpes.vacancies.liveness import resumes_by_word
from openpes.vacancies.liveness_operations import confirm_vacancy, pause_vacancy
from openpes.vacancies.models import Vacancy
from openpes.vacancies.reporting import asked_on
from openpes.vacancies.states import Channel, CloseReason, ContractType, Pause, VacancyState
from openpes.vacancies.words import CLOSE_REASON, CONTRACT_TYPE, STATE
from openpes.web.audience import Door, audience
from openpes.web.declined_words import told_to_employer
from openpes.web.employer.home import is_stale
from openpes.web.employer.introductions import list_row
from openpes.web.employer.posting import own_vacancy
from openpes.web.employer.times_of_work import words_of_mask
from openpes.web.employer.vacancy_check import put_refusal, told_of_json
from openpes.web.employer.vacancy_special import facts_in_words
from openpes.web.forms import OpenpesForm, with_look
from openpes.web.requests import OpenpesRequest

SHOWN_INTRODUCTIONS = 20


class StillOpenForm(OpenpesForm):
    """How many places are left; 0 leads on to closing."""

    places_left = with_look(
        forms.IntegerField(
            label=gettext_lazy("How many places are left?"),
            min_value=0,
            error_messages={
                "invalid": gettext_lazy("Write how many with numbers only, for example 2."),
                "min_value": gettext_lazy("Write 0 when all places are taken."),
            },
        ),
        width=3,
    )

    def __init__(self, *args: Any, vacancy: Vacancy, **kwargs: Any) -> None:
        super().__init__(*args, initial={"places_left": vacancy.places_left}, **kwargs)
        self.fields["places_left"].validators.append(
            MaxValueValidator(
                vacancy.places, _("You offered %(limit_value)s. To look for more people, change the vacancy.")
            )
        )


class CloseForm(OpenpesForm):
    """Why the vacancy ends."""

    reason = with_look(
        forms.ChoiceField(
            label=gettext_lazy("Why do you close it?"),
            widget=forms.RadioSelect,
            choices=[
                (CloseReason.FILLED.value, CLOSE_REASON[CloseReason.FILLED]),
                (CloseReason.WITHDRAWN.value, gettext_lazy("We do not need anybody now")),
            ],
        ),
        size="m",
    )


def as_read(vacancy: Vacancy, language: str) -> dict[str, Any]:
    """A vacancy with names instead of codes."""
    return {
        "occupation": occupation_name(vacancy.isco, language),
        "area": area_name(vacancy.area_code, language),
        "contract": CONTRACT_TYPE[ContractType(vacancy.contract_type)],
        "times": words_of_mask(vacancy.shifts) if vacancy.shifts else "",
        "education": education_name(vacancy.education_level, language) if vacancy.education_level else "",
        "must": [skill_label(one, language) for one in vacancy.must_skill_ids],
        "helps": [skill_label(one, language) for one in vacancy.skill_ids],
        "licences": [licence_label(one, language) for one in vacancy.licence_ids],
        "facts": facts_in_words((*vacancy.offers, *vacancy.accommodations)),
        "languages": [language_name(one, language) for one in vacancy.language_codes],
    }


def _page(request: OpenpesRequest, vacancy: Vacancy, form: StillOpenForm) -> HttpResponse:
    actor, at, language = request.actor, request.at, request.LANGUAGE_CODE
    state = VacancyState(vacancy.state)
    people = introductions(actor).filter(vacancy=vacancy.pk)[:SHOWN_INTRODUCTIONS]
    return render(
        request,
        "openpes/employer/vacancy.html",
        {
            "declined": told_to_employer(vacancy.pk),
            "vacancy": vacancy,
            "state": STATE[state],
            "read": as_read(vacancy, language),
            "form": form,
            "told": told_of_json(vacancy.findings),
            "asks_report": bool(asked_on(today(request.at))),
            "is_live": state == VacancyState.LIVE,
            "can_resume": state == VacancyState.PAUSED and resumes_by_word(vacancy.paused_because),
            "is_held": vacancy.paused_because == Pause.HELD,
            "can_change": state != VacancyState.CLOSED,
            "stale": is_stale(vacancy, at),
            "close_reason": CLOSE_REASON[CloseReason(vacancy.close_reason)] if vacancy.close_reason else "",
            "rows": [list_row(one, at) for one in people],
        },
        status=422 if form.errors else 200,
    )


@audience(Door.ROLES, *EMPLOYER_ROLES)
def vacancy(request: OpenpesRequest, ref: str) -> HttpResponse:
    """One own vacancy."""
    found = own_vacancy(request, ref)
    return _page(request, found, StillOpenForm(vacancy=found))


@audience(Door.ROLES, *EMPLOYER_ROLES)
def confirm(request: OpenpesRequest, ref: str) -> HttpResponse:
    """Still open, and so many places left; none left leads on to closing it."""
    found = own_vacancy(request, ref)
    back = reverse("employer:vacancy", args=[found.ref])
    if request.method != "POST" or found.state not in {VacancyState.LIVE, VacancyState.PAUSED}:
        return HttpResponseRedirect(back)
    if request.POST.get("act") == "pause":
        return _pause(request, found)
    form = StillOpenForm(request.POST, vacancy=found)
    if not form.is_valid():
        return _page(request, found, form)
    left = form.cleaned_data["places_left"]
    if left == 0:
        return HttpResponseRedirect(f"{reverse('employer:close', args=[found.ref])}?reason={CloseReason.FILLED.value}")
    try:
        confirm_vacancy(vacancy=found, places_left=left, by=request.actor, at=request.at)
    except Refused as refused:
        put_refusal(form, refused.decision)
        return _page(request, found, form)
    messages.success(request, _("Thank you. People see that this job is still open."))
    return HttpResponseRedirect(back)


def _pause(request: OpenpesRequest, found: Vacancy) -> HttpResponse:
    """Not shown for now; the people who wait keep their place."""
    try:
        pause_vacancy(vacancy=found, channel=Channel.WEB, by=request.actor, at=request.at)
        messages.success(request, _("Paused. It is not shown until you say that it is open."))
    except Refused:
        messages.warning(request, _("This job is not public now."))
    return HttpResponseRedirect(reverse("employer:vacancy", args=[found.ref]))


@audience(Door.ROLES, *EMPLOYER_ROLES)
def close(request: OpenpesRequest, ref: str) -> HttpResponse:
    """Close a vacancy, after saying what happens to the people who wait."""
    found = own_vacancy(request, ref)
    back = reverse("employer:vacancy", args=[found.ref])
    if found.state == VacancyState.CLOSED:
        return HttpResponseRedirect(back)
    actor, at = request.actor, request.at
    form = CloseForm(
        request.POST if request.method == "POST" else None, initial={"reason": request.GET.get("reason", "")}
    )
    if request.method == "POST" and form.is_valid():
        try:
            close_vacancy(vacancy=found, reason=CloseReason(form.cleaned_data["reason"]), by=actor, at=at)
        except Refused as refused:
            put_refusal(form, refused.decision)
        else:
            messages.success(request, _("Closed. Everybody who waited has been told."))
            return HttpResponseRedirect(back)
    waiting = count_open_introductions(actor, [found.pk]).get(found.pk, 0)
    return render(
        request,
        "openpes/employer/close.html",
        {"vacancy": found, "form": form, "waiting": waiting},
        status=422 if form.errors else 200,
    )
