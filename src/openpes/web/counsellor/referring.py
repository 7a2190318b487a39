"""Matching in front of the person, and why not: from here a person is introduced to an employer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from openpes.circumstances.queries import circumstances_of
from openpes.circumstances.states import UsedFor
from openpes.core.decisions import NotFound, Refused
from openpes.guidance.queries import open_interview_of, plan_of
from openpes.jobseekers.models import Jobseeker
from openpes.journeys.refer_several import refer_several
from openpes.matching.explanations import MatchFacts, TermFacts
from openpes.matching.queries import explain, explain_several, fresh_matches
from openpes.matching.words import lines_of, obstacles_of
from openpes.reference.country import area_name, today
from openpes.referrals.queries import referred_vacancy_ids
from openpes.vacancies.models import Vacancy
from openpes.vacancies.queries import live_at_offices, vacancy_for
from openpes.vacancies.words import STATE
from openpes.web.audience import Door, audience
from openpes.web.counsellor.offers import programme_lines, way_there
from openpes.web.counsellor.person import opened
from openpes.web.counsellor.roles import PEOPLE_DESK
from openpes.web.counsellor.words import habit_in_words, reasons_in_words, said
from openpes.web.forms import OpenpesForm, with_look
from openpes.web.requests import OpenpesRequest

SHOWN = 5
MOST_AT_ONCE = 3
FOUND = 20


class ReferForm(OpenpesForm):
    """Which of the jobs, a note, and the person's word."""

    about_self = False
    vacancies = forms.MultipleChoiceField(
        label=gettext_lazy("Jobs"), error_messages={"required": gettext_lazy("Tick at least one job.")}
    )
    note = with_look(
        forms.CharField(
            label=gettext_lazy("A note to the employer"),
            required=False,
            max_length=400,
            help_text=gettext_lazy("What you would say on the phone. Nothing about age, sex, health or family."),
            widget=forms.Textarea(attrs={"rows": 2}),
        )
    )
    agreed = forms.BooleanField(
        label=gettext_lazy("The person is here and agrees to be introduced, with name and phone"),
        error_messages={"required": gettext_lazy("Ask the person. Tick the box when they agree to be introduced.")},
    )

    def clean_vacancies(self) -> list[str]:
        """At most three at once: more would be a list, not an introduction."""
        chosen: list[str] = self.cleaned_data["vacancies"]
        if len(chosen) > MOST_AT_ONCE:
            raise forms.ValidationError(_("Choose at most %(most)s jobs at once."), params={"most": MOST_AT_ONCE})
        return chosen


def _is_asked(term: TermFacts) -> bool:
    """False for what the job does not ask for: true, but not worth the reader's time beside the job."""
    asked = {"skills": "total", "experience": "asked_months", "education": "asked", "languages": "asked"}.get(term.term)
    return asked is None or bool(term.facts[asked])


def parts_of(result: MatchFacts, language: str) -> dict[str, Any]:
    """What a page shows of a match: its percent, the reasons worth reading, and how the points add up."""
    lines = lines_of(result, language)
    return {
        "percent": result.percent,
        "lines": [line for line, term in zip(lines, result.terms, strict=True) if _is_asked(term)],
        "parts": [
            {"label": line.label, "value": line.points, "out_of": line.most, "words": line.words} for line in lines
        ],
    }


def _cards(request: OpenpesRequest, jobseeker: Jobseeker, asked_for: Vacancy | None) -> list[dict[str, Any]]:
    """The jobs to talk about: the one asked for first, then the best of the moment."""
    actor, at, language = request.actor, request.at, request.LANGUAGE_CODE
    sent = referred_vacancy_ids(jobseeker.pk)
    found = [one.vacancy for one in fresh_matches(actor, jobseeker, at=at, limit=SHOWN, without=sent)]
    if asked_for is not None and asked_for.pk not in sent:
        found = [asked_for, *(one for one in found if one.pk != asked_for.pk)][:SHOWN]
    reasons = explain_several(actor, jobseeker, [one.pk for one in found], at=at)
    return [
        {
            "vacancy": one,
            "area": area_name(one.area_code, language),
            "habit": habit_in_words(one.employer),
            "way": way_there(reasons[one.pk], on=today(at)),
            **parts_of(reasons[one.pk], language),
        }
        for one in found
        if one.pk in reasons
    ]


def _asked_for(request: OpenpesRequest) -> Vacancy | None:
    ref = request.GET.get("job", "").strip()
    return vacancy_for(request.actor, ref) if ref else None


@audience(Door.ROLES, *PEOPLE_DESK)
def match(request: OpenpesRequest, ref: str) -> HttpResponse:
    """At most five live jobs with their reasons; one to three can be chosen and sent at once."""
    jobseeker = opened(request, ref)
    asked_for = _asked_for(request)
    cards = _cards(request, jobseeker, asked_for)
    form = ReferForm(request.POST if request.method == "POST" else None)
    form.fields["vacancies"].choices = [(card["vacancy"].ref, card["vacancy"].title) for card in cards]  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid() and _send(request, jobseeker, form):
        return HttpResponseRedirect(_same_place(request, jobseeker))
    ticked = set(form.data.getlist("vacancies")) if form.is_bound else set()  # type: ignore[attr-defined]
    if asked_for is not None and not form.is_bound:
        ticked.add(asked_for.ref)
    told = circumstances_of(request.actor, jobseeker, purpose=UsedFor.PROGRAMMES, at=request.at)
    return render(
        request,
        "openpes/counsellor/match.html",
        {
            "jobseeker": jobseeker,
            "cards": cards,
            "form": form,
            "ticked": ticked,
            "most": MOST_AT_ONCE,
            "programmes": programme_lines(jobseeker, told, on=today(request.at)),
            "plan": plan_of(request.actor, jobseeker),
        },
        status=422 if form.errors else 200,
    )


def _same_place(request: OpenpesRequest, jobseeker: Jobseeker) -> str:
    """Back to where the talk is: the interview that is open, the plan when there is one, else the person's page."""
    held = open_interview_of(request.actor, jobseeker)
    if held is not None:
        return reverse("counsellor:interview", args=[jobseeker.ref, held.ref])
    return request.path if plan_of(request.actor, jobseeker) else reverse("counsellor:person", args=[jobseeker.ref])


def _send(request: OpenpesRequest, jobseeker: Jobseeker, form: ReferForm) -> bool:
    """Refer to each chosen job; what stands in the way of one does not stop the others.

    True when at least one went out. What could not be sent is told beside the form, or after it when others went.
    """
    chosen = [vacancy_for(request.actor, one) for one in form.cleaned_data["vacancies"]]
    done = refer_several(
        jobseeker=jobseeker,
        vacancies=chosen,
        note=form.cleaned_data["note"],
        agreed_now=form.cleaned_data["agreed"],
        by=request.actor,
        at=request.at,
    )
    sent = len(done.sent)
    refusals = [
        f"{vacancy.title}: {sentence}"
        for vacancy, decision in done.refused
        for sentence in reasons_in_words(Refused(decision))
    ]
    for sentence in refusals:
        if sent:
            messages.warning(request, sentence)
        else:
            form.add_error(None, sentence)
    if sent:
        messages.success(
            request, ngettext("%(n)s employer is told now.", "%(n)s employers are told now.", sent) % {"n": sent}
        )
    return bool(sent)


@audience(Door.ROLES, *PEOPLE_DESK)
def why_not(request: OpenpesRequest, ref: str) -> HttpResponse:
    """Why, or why not, for any job: by its number, or found among the office's live ones."""
    jobseeker = opened(request, ref)
    actor, at, language = request.actor, request.at, request.LANGUAGE_CODE
    text = request.GET.get("text", "").strip()
    found, shown = [], None
    if text:
        try:
            vacancy = vacancy_for(actor, text)
        except NotFound:
            found = list(live_at_offices(actor, text=text)[:FOUND])
        else:
            result = explain(actor, jobseeker, vacancy.pk, at=at)
            obstacles = obstacles_of(result, language)
            is_live = vacancy.state == "live" and vacancy.places_left > 0
            if not is_live:
                obstacles.insert(0, _("This job is not open now: %(state)s.") % {"state": said(STATE, vacancy.state)})
            shown = {
                "vacancy": vacancy,
                "obstacles": obstacles,
                **parts_of(result, language),
                "sent": vacancy.pk in referred_vacancy_ids(jobseeker.pk),
                "can_send": not obstacles and jobseeker.state == "active",
            }
    return render(
        request,
        "openpes/counsellor/why_not.html",
        {"jobseeker": jobseeker, "text": text, "found": found, "shown": shown},
    )
