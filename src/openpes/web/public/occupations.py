"""What is this work? A sheet for each of the 436 kinds of work: found by words or by kind, read or printed."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy

from openpes.core.decisions import NotFound
from openpes.reference import taxonomy, titles
from openpes.reference.country import country_name, today
from openpes.reference.labels import occupation_name
from openpes.reference.national import national_codes_of
from openpes.reference.sheet_pdf import sheet_pdf
from openpes.web.audience import Door, audience
from openpes.web.forms import OpenpesForm
from openpes.web.public.occupation_facts import OccupationFacts, kind_name, occupation_facts
from openpes.web.public.occupation_paper import paper_of

LONGEST_SEARCH = 80
MOST_FOUND = 10


class WorkForm(OpenpesForm):
    """Words for a kind of work; they may stay empty."""

    mark_optional = False

    q = forms.CharField(label=gettext_lazy("What work?"), required=False, max_length=LONGEST_SEARCH)


def _groups_of(major: str, language: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """The kinds of work of one major group: (official title of the part, [(code, name), ...])."""
    groups = []
    for part in taxonomy.children_of(major):
        codes = [code for code in taxonomy.unit_codes() if code.startswith(part.code)]
        groups.append((part.title_en, [(code, occupation_name(code, language)) for code in codes]))
    return groups


@audience(Door.PUBLIC)
def occupations(request: HttpRequest) -> HttpResponse:
    """Find a kind of work by words (?q=) or through one of the ten kinds (?kind=5)."""
    language = request.LANGUAGE_CODE
    form = WorkForm(request.GET)
    form.is_valid()
    text = form.cleaned_data.get("q", "")
    majors = [(one.code, kind_name(one.code)) for one in taxonomy.children_of("")]
    # A kind that is not on the list is left out, not an error.
    kind = next((one for one in majors if one[0] == request.GET.get("kind")), None) if not text else None
    return render(
        request,
        "openpes/public/occupations.html",
        {
            "form": form,
            "text": text,
            "found": titles.search(text, language, limit=MOST_FOUND) if text else [],
            "majors": majors,
            "kind": kind,
            "groups": _groups_of(kind[0], language) if kind else [],
            "count": len(taxonomy.unit_codes()),
        },
    )


def _facts(request: HttpRequest, isco: str) -> OccupationFacts:
    try:
        return occupation_facts(isco, request.LANGUAGE_CODE, request.at)  # type: ignore[attr-defined]
    except taxonomy.UnknownCode as unknown:
        raise NotFound("occupation") from unknown


@audience(Door.PUBLIC)
def occupation(request: HttpRequest, isco: str) -> HttpResponse:
    """The sheet of one kind of work, with what the country's own service knows about it today."""
    facts = _facts(request, isco)
    return render(
        request,
        "openpes/public/occupation.html",
        {
            "facts": facts,
            "kind": kind_name(facts.major.code),
            "in_english": request.LANGUAGE_CODE.startswith("en"),
            "national": national_codes_of(facts.isco, today(request.at)),  # type: ignore[attr-defined]
            "country_here": country_name(request.LANGUAGE_CODE),
        },
    )


@audience(Door.PUBLIC)
def occupation_pdf(request: HttpRequest, isco: str) -> HttpResponse:
    """The same sheet on paper, A4. Made once for each state of its facts and then read from the cache."""
    facts = _facts(request, isco)
    language = request.LANGUAGE_CODE
    paper = paper_of(facts, country_name=country_name(language), language=language, demo=settings.DEMO)
    answer = HttpResponse(sheet_pdf(paper, settings.DATA / "cache" / "sheets"), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="occupation-{facts.isco}.pdf"'
    return answer
