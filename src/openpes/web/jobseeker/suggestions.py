"""Jobs for a person: the list, one of them with all its reasons, applying, and why another job is not among them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from openpes.core.decisions import Refused
from openpes.dialogues.saving import is_saved
from openpes.jobseekers.models import Jobseeker
from openpes.journeys.expectations import expectation_of, reach_of
from openpes.journeys.refer_jobseeker import refer_jobseeker
from openpes.matching.queries import explain
from openpes.matching.words import obstacles_of
from openpes.people.queries import live_consent, main_phone_of
from openpes.people.states import Purpose
from openpes.reference.country import country, today
from openpes.referrals.queries import own_referrals
from openpes.referrals.states import ReferralState
from openpes.vacancies.models import Vacancy
from openpes.vacancies.queries import public_vacancy
from openpes.web.audience import Door, audience
from openpes.web.employer.vacancies import as_read
from openpes.web.jobseeker.declining import CHOICES
from openpes.web.jobseeker.own_pages import (
    distance_words,
    jobs_for,
    own,
    refusal_words,
    score_parts,
    shown_lines,
    suggested_to,
)
from openpes.web.public.adverts import line_of
from openpes.web.requests import OpenpesRequest


def list_size(request: OpenpesRequest) -> int:
    """How many jobs a list proposes, by the policy."""
    return int(country().value("matching.shortlist_size", on=today(request.at)).value)


@audience(Door.ROLES, "jobseeker")
def suggestions(request: OpenpesRequest) -> HttpResponse:
    """The jobs that fit best, each with why and what is missing."""
    jobseeker = own(request)
    jobs = jobs_for(request.actor, jobseeker, request.LANGUAGE_CODE, at=request.at, limit=list_size(request))
    return render(request, "openpes/jobseeker/suggestions.html", {"jobs": jobs, "jobseeker": jobseeker})


@audience(Door.ROLES, "jobseeker")
def suggestion(request: OpenpesRequest, ref: str) -> HttpResponse:
    """One public job: how it fits, what the employer would see, and the button that applies."""
    jobseeker, vacancy = own(request), public_vacancy(ref)
    refusals: list[str] = []
    if request.method == "POST":
        try:
            referral = refer_jobseeker(
                jobseeker=jobseeker,
                vacancy=vacancy,
                note="",
                agreed_now=request.POST.get("share") == "yes",
                by=request.actor,
                at=request.at,
            )
        except Refused as refused:
            refusals = [refusal_words(one.code, one.facts, one.text) for one in refused.decision.reasons]
        else:
            messages.success(
                request, _("You have applied for “%(title)s”. The employer is told now.") % {"title": vacancy.title}
            )
            return HttpResponseRedirect(reverse("jobseeker:referral", args=[referral.ref]))
    return render(
        request,
        "openpes/jobseeker/suggestion.html",
        _one(request, jobseeker, vacancy) | {"refusals": refusals},
        status=422 if refusals else 200,
    )


def _one(request: OpenpesRequest, jobseeker: Jobseeker, vacancy: Vacancy) -> dict[str, Any]:
    actor, at, language = request.actor, request.at, request.LANGUAGE_CODE
    match = explain(actor, jobseeker, vacancy.pk, at=at)
    open_one = own_referrals(actor).filter(vacancy=vacancy.pk).exclude(state=ReferralState.ENDED).first()
    phone = main_phone_of(jobseeker.person_id)
    return {
        "jobseeker": jobseeker,
        "vacancy": vacancy,
        "row": line_of(vacancy, language, at),
        "read": as_read(vacancy, language),
        "percent": match.percent,
        "distance": distance_words(match),
        "parts": score_parts(shown_lines(match, language)),
        "obstacles": obstacles_of(match, language),
        "applied": open_one,
        "phone": phone,
        "shares": live_consent(jobseeker.person_id, Purpose.SHARE_CONTACT) is not None,
        "why_not": CHOICES,
        "saved": is_saved(person_id=jobseeker.person_id, vacancy_id=vacancy.pk),
        "expect": expectation_of(vacancy.isco, reach_of(jobseeker, at), language, at) if vacancy.isco else None,
        "days": int(country().value("clocks.referral_close_days", on=today(at)).value),
    }


@audience(Door.ROLES, "jobseeker")
def why_not(request: OpenpesRequest, ref: str) -> HttpResponse:
    """Why a public job is not among the jobs for this person: what stands in the way, or what fits better."""
    actor, at, language = request.actor, request.at, request.LANGUAGE_CODE
    jobseeker, vacancy = own(request), public_vacancy(ref)
    match = explain(actor, jobseeker, vacancy.pk, at=at)
    listed = suggested_to(actor, jobseeker, at=at, limit=list_size(request))
    rank = next((place for place, one in enumerate(listed, start=1) if one.vacancy.pk == vacancy.pk), None)
    return render(
        request,
        "openpes/jobseeker/why_not.html",
        {
            "vacancy": vacancy,
            "obstacles": obstacles_of(match, language),
            "rank": rank,
            "listed": len(listed),
            "full": len(listed) >= list_size(request),
            "parts": score_parts(shown_lines(match, language)),
            "percent": match.percent,
        },
    )
