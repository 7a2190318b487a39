"""What a person keeps about themselves, skills from work that nobody calls work, and the way to one kind of work."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from openpes.core.decisions import NotFound, Refused
from openpes.guidance.lists import activities
from openpes.interests.operations import Visit, keep_visit
from openpes.interests.rules import gap
from openpes.interests.words import DID
from openpes.jobseekers.operations import MOST_WANTED, Wanted, change_profile, profile_of
from openpes.programmes.queries import open_for_occupation
from openpes.reference import taxonomy
from openpes.reference.country import country, today
from openpes.reference.labels import occupation_name, skill_label
from openpes.web.audience import Door, audience
from openpes.web.jobseeker.own_pages import own, refusal_words
from openpes.web.public.interests_draft import InterestsDraft
from openpes.web.public.occupation_facts import live_facts
from openpes.web.requests import OpenpesRequest


def _tell(request: OpenpesRequest, refused: Refused) -> None:
    for reason in refused.decision.reasons:
        messages.error(request, refusal_words(reason.code, reason.facts, reason.text))


@audience(Door.ROLES, "jobseeker")
@require_POST
def keep(request: OpenpesRequest) -> HttpResponse:
    """Keep what was answered in this visit, and say who may see it."""
    draft, said = InterestsDraft(request.session), request.POST
    visit = Visit(
        length=draft.finished_length,
        answers=draft.answers,
        sorting=draft.sorting,
        top=draft.top,
        for_research=said.get("research") == "yes",
        shown=said.get("show") == "yes",
    )
    keep_visit(person=own(request).person, visit=visit, by=request.actor, at=request.at)
    draft.forget()
    messages.success(request, _("Saved."))
    return HttpResponseRedirect(reverse("web:fits_me_result"))


def _did(codes: list[str], has: tuple[str, ...], language: str) -> list[dict[str, Any]]:
    """What somebody does, in their own words, and the skills that it shows; `held`: it is in the profile already."""
    known = activities()
    return [
        {
            "words": DID[code],
            "skills": [(one, skill_label(one, language), one in has) for one in known[code].skills],
        }
        for code in codes
        if code in known and code in DID
    ]


@audience(Door.ROLES, "jobseeker")
def strengths(request: OpenpesRequest) -> HttpResponse:
    """Tick everyday work (?did=...), see the skills in it, add the right ones to the profile."""
    jobseeker = own(request)
    held = profile_of(jobseeker)
    did = [code for code in DID if code in request.GET.getlist("did")]
    if request.method == "POST":
        shown = {skill for code in did for skill in activities()[code].skills}
        added = [one for one in dict.fromkeys(request.POST.getlist("skills")) if one in shown]
        both = tuple(dict.fromkeys([*held.skill_ids, *added]))
        try:
            change_profile(jobseeker=jobseeker, profile=replace(held, skill_ids=both), by=request.actor, at=request.at)
        except Refused as refused:
            _tell(request, refused)
            return HttpResponseRedirect(f"{request.path}?{urlencode({'did': did}, doseq=True)}")
        messages.success(request, _("Saved. Your jobs are looked up anew."))
        return HttpResponseRedirect(reverse("jobseeker:profile"))
    context = {
        "activities": [(code, words, code in did) for code, words in DID.items()],
        "told": _did(did, held.skill_ids, request.LANGUAGE_CODE),
    }
    return render(request, "openpes/jobseeker/strengths.html", context)


@audience(Door.ROLES, "jobseeker")
def idea(request: OpenpesRequest, isco: str) -> HttpResponse:
    """One kind of work against the person's own skills; one tap adds it to the work they want."""
    if isco not in taxonomy.unit_codes():
        raise NotFound("occupation")
    jobseeker = own(request)
    held = profile_of(jobseeker)
    wanted = isco in {one.isco for one in held.wanted}
    if request.method == "POST" and not wanted:
        if len(held.wanted) >= MOST_WANTED:
            return HttpResponseRedirect(f"{reverse('jobseeker:profile_work')}?{urlencode({'add': isco})}")
        more = replace(held, wanted=(*held.wanted, Wanted(isco)))
        try:
            change_profile(jobseeker=jobseeker, profile=more, by=request.actor, at=request.at)
            messages.success(request, _("Saved. Your jobs are looked up anew."))
        except Refused as refused:
            _tell(request, refused)
        return HttpResponseRedirect(request.path)
    language = request.LANGUAGE_CODE
    skills = taxonomy.skills_of(isco)
    found = gap([one.skill.id for one in skills if one.kind == "essential"], held.skill_ids)
    useful = gap([one.skill.id for one in skills if one.kind != "essential"], held.skill_ids)
    context = {
        "isco": isco,
        "name": occupation_name(isco, language),
        "wanted": wanted,
        "has": [skill_label(one, language) for one in (*found.has, *useful.has)],
        "lacks": [skill_label(one, language) for one in found.lacks],
        "now": live_facts(isco, request.at),
        "rounds": open_for_occupation(isco, on=today(request.at)),
        "programmes": country().programmes,
    }
    return render(request, "openpes/jobseeker/idea.html", context)
