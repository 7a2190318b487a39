"""Find a job by words and place, and read an advert. Open to everybody; nothing is asked in return."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openpes.journeys.own_news import CONTRACTS_OF
from openpes.reference import titles
from openpes.reference.country import area_choices, country, today
from openpes.referrals.queries import usual_answer_days
from openpes.vacancies.liveness_operations import liveness_days
from openpes.vacancies.queries import count_live, other_firms, public_vacancy, search_public, sources_of
from openpes.web.audience import Door, audience
from openpes.web.employer.vacancies import as_read
from openpes.web.employer.vacancy_special import fact_choices
from openpes.web.forms import OpenpesForm
from openpes.web.public.adverts import line_of
from openpes.web.public.feeds import job_posting_block
from openpes.web.public.opportunities import KINDS, PROGRAMME, kind_label, programme_rows
from openpes.web.public.rules_in_force import value_words
from openpes.web.requests import OpenpesRequest

A_PAGE = 20
LONGEST_SEARCH = 80
# Kinds of work that score this far below the best one would only blur the answer.
NEAR_THE_BEST = 0.75
MOST_KINDS = 5


class SearchForm(OpenpesForm):
    """Words and a place; both may stay empty."""

    mark_optional = False

    q = forms.CharField(label=gettext_lazy("What work?"), required=False, max_length=LONGEST_SEARCH)
    area = forms.ChoiceField(label=gettext_lazy("Where?"), required=False)
    kind = forms.ChoiceField(
        label=gettext_lazy("What kind?"), required=False, choices=[("", gettext_lazy("Everything")), *KINDS.items()]
    )
    facts = forms.MultipleChoiceField(
        label=gettext_lazy("What else does the job offer?"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = [("", _("Everywhere")), *area_choices(language)]  # type: ignore[attr-defined]
        self.fields["facts"].choices = fact_choices()  # type: ignore[attr-defined]


def kinds_of_work(text: str, language: str) -> list[titles.Proposal]:
    """The occupations that some words may mean, those near the best only."""
    found = titles.search(text, language, limit=MOST_KINDS)
    return [one for one in found if one.score >= found[0].score * NEAR_THE_BEST]


@audience(Door.PUBLIC)
def jobs(request: OpenpesRequest) -> HttpResponse:
    """Live jobs, the freshest first. Words are understood as kinds of work and also looked for in the titles."""
    language, at = request.LANGUAGE_CODE, request.at
    form = SearchForm(request.GET, language=language)
    form.is_valid()
    # A place that is not on the list is left out, not an error: the rest of the search still stands.
    text, area = form.cleaned_data.get("q", ""), form.cleaned_data.get("area", "")
    facts, kind = form.cleaned_data.get("facts", []), form.cleaned_data.get("kind", "")
    kinds = kinds_of_work(text, language) if text else []
    found = search_public(
        iscos=[one.isco for one in kinds],
        text=text,
        area_codes=[area] if area else [],
        facts=facts,
        contract_types=CONTRACTS_OF.get(kind, ()),
        faded_before=at - timedelta(days=liveness_days(today(at)).fade),
    )
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    others = other_firms([one.pk for one in page])
    return render(
        request,
        "openpes/public/jobs.html",
        {
            "form": form,
            "page": page,
            "kinds": kinds,
            "text": text,
            "searched": bool(text or area or facts or kind),
            "area": area,
            "kind": kind,
            "programmes": programme_rows(today(at)) if kind == PROGRAMME else None,
            "rows": [
                {**line_of(one, language, at), "others": others.get(one.pk, ()), "kind": kind_label(one)}
                for one in page
            ],
            "live": count_live(),
        },
    )


@audience(Door.PUBLIC)
def job(request: OpenpesRequest, ref: str) -> HttpResponse:
    """One advert, with names instead of codes. A job that is not public does not exist here."""
    language, at = request.LANGUAGE_CODE, request.at
    vacancy = public_vacancy(ref)
    return render(
        request,
        "openpes/public/job.html",
        {
            "vacancy": vacancy,
            "row": line_of(vacancy, language, at),
            "read": as_read(vacancy, language),
            "sources": sources_of(vacancy),
            "duties": value_words(country().value("overseas_placement.duties", on=today(at)))
            if vacancy.abroad_in
            else "",
            "posting": job_posting_block(vacancy, language),
            "usual_days": usual_answer_days(vacancy.employer_id, at=at),
            "answer_days": country().value("clocks.referral_close_days", on=today(at)).value,
        },
    )
