"""Adverts to decide, and the live vacancies at hand."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openpes.core.decisions import NotFound, Refused
from openpes.desks.introduced import introductions_at_office
from openpes.journeys.answer_referral import close_vacancy
from openpes.journeys.decide_vacancy import approve_vacancy, refuse_vacancy
from openpes.journeys.still_open import take_down
from openpes.organisations.words import EMPLOYER_STATE
from openpes.reference.country import area_name
from openpes.reference.labels import education_name, licence_label, occupation_name, skill_label
from openpes.referrals.words import ENDING
from openpes.referrals.words import STATE as REFERRAL_STATE
from openpes.vacancies.duplicate_operations import alike_of, decide_pair
from openpes.vacancies.holding_operations import release_vacancy
from openpes.vacancies.liveness_operations import confirm_vacancy
from openpes.vacancies.models import Vacancy
from openpes.vacancies.queries import (
    doubtful_pairs,
    held_at_offices,
    live_at_offices,
    liveness_of,
    vacancy_for,
    waiting_for_decision,
)
from openpes.vacancies.states import Channel, CloseReason, PairState, Pause, VacancyState, Weight
from openpes.vacancies.words import CLOSE_REASON, CONTRACT_TYPE, GROUND, STATE, words_of
from openpes.web.audience import Door, audience
from openpes.web.counsellor.roles import JOBS_DESK, PEOPLE_DESK
from openpes.web.counsellor.words import habit_in_words, reasons_in_words, said
from openpes.web.forms import OpenpesForm, with_look
from openpes.web.requests import OpenpesRequest

A_PAGE = 20
INTRODUCED = 50
WEIGHT = {
    Weight.STOPS.value: gettext_lazy("Not allowed"),
    Weight.ASKS.value: gettext_lazy("Look at this"),
    Weight.TELLS.value: gettext_lazy("To know"),
}

LIVENESS = {
    "asked": gettext_lazy("asked"),
    "confirmed": gettext_lazy("open"),
    "paused": gettext_lazy("paused"),
    "resumed": gettext_lazy("shown again"),
    "closed": gettext_lazy("closed"),
}
CHANNEL = {
    "web": gettext_lazy("on the page"),
    "link": gettext_lazy("by the link"),
    "sms": gettext_lazy("by text"),
    "desk": gettext_lazy("at the desk"),
    "clock": gettext_lazy("by the clock"),
    "hire": gettext_lazy("with a hire"),
    "feed": gettext_lazy("by a file"),
}


@audience(Door.ROLES, *JOBS_DESK)
def vacancies(request: OpenpesRequest) -> HttpResponse:
    """What waits first, then the live ones, found by words or by number."""
    actor, text = request.actor, request.GET.get("text", "").strip()
    if request.method == "POST":
        return _decide_pair(request)
    page = Paginator(live_at_offices(actor, text=text), A_PAGE).get_page(request.GET.get("page"))
    waiting = Paginator(waiting_for_decision(actor), A_PAGE).get_page(request.GET.get("waiting"))
    return render(
        request,
        "openpes/counsellor/vacancies.html",
        {
            "waiting": waiting,
            "page": page,
            "text": text,
            "held": held_at_offices(actor)[:A_PAGE],
            "pairs": doubtful_pairs(actor)[:A_PAGE],
        },
    )


def _decide_pair(request: OpenpesRequest) -> HttpResponse:
    """One tap about two adverts that may be one job. Raises NotFound for a pair of other offices."""
    key = request.POST.get("pair", "")
    pair = doubtful_pairs(request.actor).filter(pk=key).first() if key.isdigit() else None
    if pair is None or request.POST.get("act") not in {"same", "different"}:
        raise NotFound("pair")
    decide_pair(pair=pair, same=request.POST["act"] == "same", by=request.actor, at=request.at)
    messages.success(request, _("Written down."))
    return HttpResponseRedirect(request.path)


class DecideForm(OpenpesForm):
    """An officer's decision about an advert."""

    about_self = False
    note = with_look(
        forms.CharField(
            label=gettext_lazy("Note"),
            required=False,
            max_length=400,
            widget=forms.Textarea(attrs={"rows": 2}),
            help_text=gettext_lazy(
                "Needed when you send it back, and when the job really needs something that adverts may "
                "not ask: write why, and which rule allows it."
            ),
        )
    )
    judged_safe = forms.BooleanField(
        label=gettext_lazy("I have looked: young people under 18 can do this work safely"), required=False
    )


class CloseForm(OpenpesForm):
    """Why a vacancy ends."""

    about_self = False
    why = forms.ChoiceField(
        label=gettext_lazy("Why does it end?"),
        choices=[
            ("", gettext_lazy("Choose a reason")),
            *((code, CLOSE_REASON[code]) for code in (CloseReason.FILLED, CloseReason.WITHDRAWN)),
        ],
    )


def findings_in_words(vacancy: Vacancy) -> list[dict[str, Any]]:
    """What the check found, in words, with the law it rests on."""
    return [
        {
            "words": words_of(one["code"], one["facts"], one.get("text", "")),
            "weight": WEIGHT[one["weight"]],
            "code": one["weight"],
            "source": one.get("source", ""),
        }
        for one in vacancy.findings
    ]


def _decide(request: OpenpesRequest, held: Vacancy, act: str, form: DecideForm, closing: CloseForm) -> bool:
    """Do what was asked. True when it was done; refusals stand in the form."""
    actor, at = request.actor, request.at
    try:
        if act == "approve" and form.is_valid():
            decided = approve_vacancy(
                vacancy=held,
                note=form.cleaned_data["note"],
                judged_safe=form.cleaned_data["judged_safe"],
                by=actor,
                at=at,
            )
            messages.success(
                request,
                _("The advert is public now, and the employer is told.")
                if decided.state == VacancyState.LIVE
                else _("Your yes is written down. Another officer has to agree before it is public."),
            )
            return True
        if act == "refuse" and form.is_valid():
            refuse_vacancy(vacancy=held, note=form.cleaned_data["note"], by=actor, at=at)
            messages.success(request, _("The advert went back to the employer with your note."))
            return True
        if act == "release" and form.is_valid():
            release_vacancy(vacancy=held, note=form.cleaned_data["note"], by=actor, at=at)
            messages.success(request, _("The advert is public again."))
            return True
        if act == "remove" and form.is_valid():
            take_down(vacancy=held, note=form.cleaned_data["note"], by=actor, at=at)
            messages.success(request, _("Taken down. Everybody who applied is told what to do next."))
            return True
        if act == "confirm":
            confirm_vacancy(vacancy=held, places_left=held.places_left, channel=Channel.DESK, by=actor, at=at)
            messages.success(request, _("Written down: still open."))
            return True
        if act == "close" and closing.is_valid():
            close_vacancy(vacancy=held, reason=CloseReason(closing.cleaned_data["why"]), by=actor, at=at)
            messages.success(request, _("Closed. Everybody who was waiting is told."))
            return True
    except Refused as refused:
        for sentence in reasons_in_words(refused):
            (closing if act == "close" else form).add_error(None, sentence)
    return False


def _facts(held: Vacancy, language: str) -> dict[str, Any]:
    """What the advert says, in words."""
    return {
        "state": said(STATE, held.state),
        "work": occupation_name(held.isco, language),
        "area": area_name(held.area_code, language),
        "contract": said(CONTRACT_TYPE, held.contract_type),
        "education": education_name(held.education_level, language) if held.education_level else "",
        "musts": [skill_label(one, language) for one in held.must_skill_ids],
        "nice": [skill_label(one, language) for one in held.skill_ids],
        "licences": [licence_label(one, language) for one in held.licence_ids],
        "habit": habit_in_words(held.employer),
        "employer_state": said(EMPLOYER_STATE, held.employer.state),
    }


@audience(Door.ROLES, *JOBS_DESK)
def vacancy(request: OpenpesRequest, ref: str) -> HttpResponse:
    """One vacancy for staff: what it says, what the check found, a decision, who was introduced."""
    actor, language = request.actor, request.LANGUAGE_CODE
    held = vacancy_for(actor, ref)
    act = request.POST.get("act", "")
    form = DecideForm(request.POST if act in {"approve", "refuse", "release", "remove", "confirm"} else None)
    closing = CloseForm(request.POST if act == "close" else None)
    if act and _decide(request, held, act, form, closing):
        return HttpResponseRedirect(request.path)
    introduced = [
        (one, said(ENDING, one.ending) if one.ending else said(REFERRAL_STATE, one.state))
        for one in introductions_at_office(actor, held, at=request.at, limit=INTRODUCED)
    ]
    may_decide = actor.may("vacancy.approve", office_id=held.office_id) and held.state == VacancyState.SUBMITTED
    return render(
        request,
        "openpes/counsellor/vacancy.html",
        {
            "vacancy": held,
            "form": form,
            "closing": closing,
            "findings": findings_in_words(held),
            "introduced": introduced,
            **_facts(held, language),
            "sees_employer": actor.may("employer.view", office_id=held.employer.office_id),
            "can_decide": may_decide,
            "is_own_writing": may_decide and held.posted_by_id == actor.account_id,
            "can_close": held.state in {"live", "paused"} and actor.may("vacancy.close", office_id=held.office_id),
            "can_propose": held.state == VacancyState.LIVE and held.places_left > 0 and actor.has_role(*PEOPLE_DESK),
            "alike": [
                (one, one.office_id in actor.scope_ids("vacancy.view", "office"), state == PairState.SAME)
                for one, state in alike_of(held)
                if one.state == VacancyState.LIVE or one.office_id == held.office_id
            ],
            "claim": str(GROUND.get(held.exception_ground, "")),
            "needs_second": held.exception_first_by_id is not None and held.state == VacancyState.SUBMITTED,
            "steps": [(one, LIVENESS[one.kind], CHANNEL[one.channel]) for one in liveness_of(held)],
            "can_confirm": held.state in {"live", "paused"}
            and held.paused_because != Pause.HELD
            and actor.may("vacancy.edit", office_id=held.office_id),
            "is_held": held.paused_because == Pause.HELD and actor.may("vacancy.approve", office_id=held.office_id),
            "doubtful": any(one["code"] == "hazard_to_be_judged" for one in held.findings),
        },
        status=422 if form.errors or closing.errors else 200,
    )
