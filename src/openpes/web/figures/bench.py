"""The statistician's bench: close the month, freeze it, check it, publish it, answer the minister."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openpes.core.decisions import NotFound, Refused
from openpes.core.spreadsheets import CSV_TYPE, XLSX_TYPE
from openpes.insights import reports
from openpes.insights.asking import BASES, ask, citation, kept_queries, query_for
from openpes.insights.bulletin import as_pdf, as_workbook, bulletin_of, words_of
from openpes.insights.coding import agreement, code_again, code_title, coding_queue, waiting_for_second
from openpes.insights.freezing import make_freeze, publish_freeze
from openpes.insights.models import Freeze
from openpes.insights.quality import (
    completeness,
    months_to_freeze,
    quality_run,
    register_beside_survey,
    revisions,
)
from openpes.insights.queries import freeze_for, freezes
from openpes.insights.release import released_figures, vintage_of
from openpes.insights.release_files import csv_of, xlsx_of
from openpes.insights.sdmx_files import as_sdmx_csv, as_sdmx_structure, as_sdmx_xml
from openpes.insights.states import FreezeState
from openpes.insights.tables import Basis
from openpes.insights.words import AGE, REASONS, SEX_IN_FIGURES
from openpes.reference.country import area_choices, pages_language
from openpes.web.audience import Door, audience
from openpes.web.forms import OpenpesForm, with_look
from openpes.web.requests import OpenpesRequest
from openpes_evidence.definitions import registry

WHO = ("analyst",)
STATES = {
    FreezeState.MADE: gettext_lazy("made, to be looked at"),
    FreezeState.PUBLISHED: gettext_lazy("published"),
    FreezeState.REPLACED: gettext_lazy("replaced by a revision"),
}


def _told(request: OpenpesRequest, refused: Refused) -> None:
    for reason in refused.decision.reasons:
        messages.error(request, str(REASONS.get(reason.code, reason.code)))


class FreezeForm(OpenpesForm):
    """Which month, and why again."""

    about_self = False
    month = forms.ChoiceField(label=gettext_lazy("Month"))
    note = forms.CharField(
        label=gettext_lazy("Why it is frozen again (only for a revision)"), max_length=400, required=False
    )


@audience(Door.ROLES, *WHO)
def bench(request: OpenpesRequest) -> HttpResponse:
    """What there is to do this month, in the order in which it is done."""
    months = months_to_freeze(request.at)
    form = FreezeForm(request.POST if request.method == "POST" else None)
    form.fields["month"].choices = [  # type: ignore[attr-defined]
        (month, month if not times else _("%(month)s (frozen before)") % {"month": month}) for month, times in months
    ]
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            made = make_freeze(month=said["month"], note=said["note"], by=request.actor, at=request.at)
        except Refused as refused:
            _told(request, refused)
        else:
            return HttpResponseRedirect(reverse("figures:freeze", args=[made.ref]))
    month = request.GET.get("month") or months[0][0]
    try:
        offices = completeness(request.actor, month=month, at=request.at)
    except ValueError as wrong:
        raise Http404(str(wrong)) from wrong
    return render(
        request,
        "openpes/figures/bench.html",
        {
            "form": form,
            "month": month,
            "months": [one for one, _times in months],
            "offices": offices,
            "late": sum(one.late for one in offices),
            "checks": quality_run(request.actor, at=request.at),
            "freezes": [(one, STATES[FreezeState(one.state)]) for one in freezes(request.actor)[:24]],
            "coding": len(coding_queue(request.actor)),
        },
    )


@audience(Door.ROLES, *WHO)
def freeze(request: OpenpesRequest, ref: str) -> HttpResponse:
    """One freeze: its figures as everybody would see them, what changed, the survey beside it; publish."""
    row = _freeze(request, ref)
    if request.method == "POST":
        try:
            publish_freeze(freeze=row, by=request.actor, at=request.at)
        except Refused as refused:
            _told(request, refused)
        else:
            messages.success(request, _("The month is published."))
        return HttpResponseRedirect(reverse("figures:freeze", args=[row.ref]))
    beside, caution = register_beside_survey(row)
    changed = revisions(row)
    return render(
        request,
        "openpes/figures/freeze.html",
        {
            "freeze": row,
            "state": STATES[FreezeState(row.state)],
            "may_publish": row.state == FreezeState.MADE,
            "vintage": vintage_of(row),
            "figures": [(registry()[one.indicator], one) for one in released_figures(row, place="")],
            "changed": changed[:100],
            "changed_in_all": len(changed),
            "beside": beside,
            "caution": caution,
            "coverage": reports.coverage(row),
        },
    )


def _freeze(request: OpenpesRequest, ref: str) -> Freeze:
    try:
        return freeze_for(request.actor, ref)
    except NotFound as missing:
        raise Http404 from missing


FILES: dict[str, tuple[str, Any]] = {
    "figures.csv": (CSV_TYPE, lambda row, at: csv_of(row)),
    "figures.xlsx": (XLSX_TYPE, lambda row, at: xlsx_of(row)),
    "c88.csv": (CSV_TYPE, lambda row, at: reports.c88_csv(row)),
    "c88.xlsx": (XLSX_TYPE, lambda row, at: reports.c88_xlsx(row)),
    "eu-pes.csv": (CSV_TYPE, lambda row, at: reports.eu_pes_csv(row)),
    "eu-pes.xlsx": (XLSX_TYPE, lambda row, at: reports.eu_pes_xlsx(row)),
    "sdmx.csv": ("text/csv; charset=utf-8", lambda row, at: as_sdmx_csv(row).encode()),
    "sdmx.xml": ("application/xml", lambda row, at: as_sdmx_xml(row, at=at).encode()),
    "structure.xml": ("application/xml", lambda row, at: as_sdmx_structure(at=at).encode()),
}


@audience(Door.ROLES, *WHO)
def freeze_file(request: OpenpesRequest, ref: str, name: str) -> HttpResponse:
    """A freeze as one of its files, protected like everything that leaves."""
    row = _freeze(request, ref)
    if name not in FILES:
        raise Http404
    media_type, maker = FILES[name]
    response = HttpResponse(maker(row, request.at), content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="openpes-{vintage_of(row)}-{name}"'
    return response


@audience(Door.ROLES, *WHO)
def bulletin(request: OpenpesRequest, ref: str, kind: str) -> HttpResponse:
    """The bulletin as a page, a paper or a workbook, in the language that is asked for (?lang=)."""
    row = _freeze(request, ref)
    made = bulletin_of(row, language=pages_language(request.GET.get("lang") or request.LANGUAGE_CODE))
    if kind == "html":
        return render(request, "openpes/figures/bulletin.html", {"words": words_of(made), "freeze": row})
    makers = {"pdf": (as_pdf, "application/pdf"), "xlsx": (as_workbook, XLSX_TYPE)}
    if kind not in makers:
        raise Http404
    maker, media_type = makers[kind]
    response = HttpResponse(maker(made), content_type=media_type)
    response["Content-Disposition"] = f'inline; filename="openpes-bulletin-{row.month}-{made.language}.{kind}"'
    return response


class CodeForm(OpenpesForm):
    """A code for some words."""

    about_self = False
    code = with_look(forms.CharField(label=gettext_lazy("Code (ISCO-08, four digits)"), max_length=4), width=4)


@audience(Door.ROLES, *WHO)
def coding(request: OpenpesRequest) -> HttpResponse:
    """Words for work whose code looks doubtful, and those drawn for a second coder."""
    if request.method == "POST":
        said = request.POST
        try:
            if said.get("key", "").isdigit():
                code_again(key=int(said["key"]), code=said.get("code", ""), by=request.actor, at=request.at)
            else:
                _code_first(request)
        except Refused as refused:
            _told(request, refused)
        except NotFound as missing:
            raise Http404 from missing
        return HttpResponseRedirect(reverse("figures:coding"))
    return render(
        request,
        "openpes/figures/coding.html",
        {
            "queue": coding_queue(request.actor),
            "second": waiting_for_second(request.actor),
            "agreement": agreement(),
        },
    )


def _code_first(request: OpenpesRequest) -> None:
    """The people behind the words are counted here, not taken from the page."""
    words, given = request.POST.get("words", ""), request.POST.get("given", "")
    found = next((one for one in coding_queue(request.actor) if (one.words, one.given) == (words, given)), None)
    if found is None:
        raise NotFound("title")
    code_title(
        words=words,
        given=given,
        code=request.POST.get("code", ""),
        people=found.people,
        by=request.actor,
        at=request.at,
    )


class QuestionForm(OpenpesForm):
    """A question to a frozen month."""

    about_self = False
    mark_optional = False
    question = forms.CharField(
        label=gettext_lazy("The question, in words"),
        max_length=200,
        help_text=gettext_lazy("For example: how many nurses under 25 look for work in Cebu?"),
    )
    freeze = forms.ChoiceField(label=gettext_lazy("Month"))
    basis = forms.ChoiceField(label=gettext_lazy("Count"), choices=[(one.value, BASES[one]) for one in BASES])
    isco = with_look(
        forms.CharField(
            label=gettext_lazy("Occupations (codes or their beginnings, with commas)"), max_length=80, required=False
        ),
        width=20,
    )
    sex = forms.MultipleChoiceField(
        label=gettext_lazy("Sex (none: all)"),
        choices=[(code, words) for code, words in SEX_IN_FIGURES.items()],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    age = forms.MultipleChoiceField(
        label=gettext_lazy("Age (none: all)"),
        choices=[(code, words) for code, words in AGE.items()],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    area = forms.ChoiceField(label=gettext_lazy("Area"), required=False)


@audience(Door.ROLES, *WHO)
def questions(request: OpenpesRequest) -> HttpResponse:
    """Ask, and the questions asked before."""
    rows = freezes(request.actor)
    form = QuestionForm(request.POST if request.method == "POST" else None)
    form.fields["freeze"].choices = [(one.ref, f"{one.month} ({vintage_of(one)})") for one in rows]  # type: ignore[attr-defined]
    form.fields["area"].choices = [("", _("the whole country")), *area_choices("en")]  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        chosen = {
            "isco": [code.strip() for code in said["isco"].split(",") if code.strip()],
            "sex": said["sex"],
            "age": said["age"],
            "area": [said["area"]] if said["area"] else [],
        }
        try:
            made = ask(
                freeze=next(one for one in rows if one.ref == said["freeze"]),
                question=said["question"],
                basis=Basis(said["basis"]),
                chosen=chosen,
                by=request.actor,
                at=request.at,
            )
        except Refused as refused:
            _told(request, refused)
        else:
            return HttpResponseRedirect(reverse("figures:question", args=[made.ref]))
    return render(
        request, "openpes/figures/questions.html", {"form": form, "kept": kept_queries(request.actor), "rows": rows}
    )


@audience(Door.PUBLIC)
def question(request: OpenpesRequest, ref: str) -> HttpResponse:
    """One question with its answer and how to cite it; anybody may read it once the month is published."""
    try:
        row = query_for(request.actor, ref)
    except NotFound as missing:
        raise Http404 from missing
    return render(
        request,
        "openpes/figures/question.html",
        {"query": row, "citation": citation(row), "basis": BASES[Basis(row.basis)]},
    )
