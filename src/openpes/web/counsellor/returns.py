"""The return of a day or a month: on screen, on paper and as a file. It is counted, so nobody types it again."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openpes.appointments.paper import Paper, Table, paper_pdf
from openpes.core.decisions import NotFound
from openpes.core.spreadsheets import XLSX_TYPE, as_xlsx
from openpes.desks.return_form import ReturnForm, filled, form_on
from openpes.desks.returns import MINE, OFFICE, Return, Span, read_return, returns_to_read, span_of
from openpes.reference.country import country, today
from openpes.web.audience import Door, audience
from openpes.web.counsellor.return_words import BLOCK, GAP, LINE
from openpes.web.counsellor.roles import PEOPLE_DESK
from openpes.web.requests import OpenpesRequest
from openpes.web.templatetags.openpes import day_name, month_name


def _span(request: OpenpesRequest) -> Span:
    """The day or month of the address; today where none is named. Raises NotFound for what is neither."""
    try:
        span = span_of(request.GET.get("of", "") or today(request.at).isoformat())
    except ValueError as error:
        raise NotFound("return") from error
    if span.first > today(request.at):
        raise NotFound("return")
    return span


def _asked(request: OpenpesRequest) -> Return:
    return read_return(request.actor, _span(request), whose=request.GET.get("whose", MINE), at=request.at)


def blocks_of(found: Return) -> list[tuple[str, list[tuple[str, int]]]]:
    """The lines under their titles, in words."""
    return [
        (str(title), [(str(LINE[line]), number) for line, number in found.numbers.items() if line.startswith(code)])
        for code, title in BLOCK.items()
    ]


def gaps_in_words(found: Return) -> list[str]:
    """What is missing or out of the ordinary, a sentence each."""
    return [str(GAP[gap]) % {"n": number} for gap, number in found.gaps]


def _form_of(found: Return) -> ReturnForm | None:
    """The ministry's own form: for a month, where the country has one."""
    return form_on(found.span.last) if found.span.is_month else None


def sections_of(found: Return, form: ReturnForm) -> list[tuple[str, list[tuple[str, str, int | None]]]]:
    """The form filled, section by section: code, words, number (None: to be filled by hand)."""
    sections: dict[str, list[tuple[str, str, int | None]]] = {}
    for line, number in filled(form, found.numbers):
        sections.setdefault(line.section, []).append((line.code, line.label, number))
    return list(sections.items())


def _when(span: Span) -> str:
    return month_name(span.first) if span.is_month else day_name(span.first)


def _who(found: Return) -> str:
    return found.account.name if found.account is not None else _("The whole office")


@audience(Door.ROLES, *PEOPLE_DESK)
@require_safe
def desk_return(request: OpenpesRequest) -> HttpResponse:
    """The return, the way to the day or month before, and for a manager the returns of the others."""
    found = _asked(request)
    span, whose = found.span, request.GET.get("whose", MINE)
    more = {"whose": whose} if whose else {}
    others = [(str(one.pk), one.name) for one in returns_to_read(request.actor, at=request.at)]
    form = _form_of(found)
    oversees = request.actor.holds("caseload.oversee")
    return render(
        request,
        "openpes/counsellor/return.html",
        {
            "found": found,
            "when": _when(span),
            "who": _who(found),
            "blocks": blocks_of(found),
            "gaps": gaps_in_words(found),
            "form": form,
            "sections": sections_of(found, form) if form is not None else [],
            "whose": whose,
            "choices": [(MINE, _("My own")), (OFFICE, _("The whole office")), *others] if oversees else [],
            "before": urlencode({"of": span.before, **more}),
            "after": urlencode({"of": span.after, **more}) if span.last < today(request.at) else "",
            "other": urlencode({"of": today(request.at).isoformat() if span.is_month else span.key[:7], **more}),
            "query": urlencode({"of": span.key, **more}),
        },
    )


def _own_tables(found: Return) -> list[Table]:
    return [
        Table(title, ["", _("How many")], [[words, str(number)] for words, number in rows], [6, 1], height=3)
        for title, rows in blocks_of(found)
    ]


def _ministry_tables(found: Return) -> list[Table]:
    """The ministry's form comes first; a line that nobody counts here has room to write."""
    form = _form_of(found)
    if form is None:
        return []
    return [
        Table(
            f"{form.title}: {section}" if section else form.title,
            ["", "", _("How many")],
            [[code, words, "" if number is None else str(number)] for code, words, number in rows],
            [1, 5, 1],
            height=3,
        )
        for section, rows in sections_of(found, form)
    ]


@audience(Door.ROLES, *PEOPLE_DESK)
@require_safe
def return_pdf(request: OpenpesRequest) -> HttpResponse:
    """The same on one sheet, to sign and send."""
    found = _asked(request)
    paper = Paper(
        title=_("Return, %(when)s") % {"when": _when(found.span)},
        language=request.LANGUAGE_CODE,
        above=" – ".join((country().name, ", ".join(found.offices), _who(found))),
        tables=(*_ministry_tables(found), *_own_tables(found)),
        after=(*gaps_in_words(found), _("Signed: ______________________    Day: ______________")),
        foot=_("Counted by the service from what was done. Nobody is named."),
    )
    response = HttpResponse(paper_pdf(paper), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="return-{found.span.key}.pdf"'
    return response


@audience(Door.ROLES, *PEOPLE_DESK)
@require_safe
def return_file(request: OpenpesRequest) -> HttpResponse:
    """The same as a file for a spreadsheet, with the code of each line so that months can be added up."""
    found = _asked(request)
    head: list[Any] = [found.span.key, ", ".join(found.offices), _who(found)]
    rows = [[*head, line.value, str(LINE[line]), number] for line, number in found.numbers.items()]
    notes = [[*head, gap.value, str(GAP[gap]) % {"n": number}] for gap, number in found.gaps]
    about = ["Of", "Office", "Whose"]
    sheets: list[Any] = [
        ("Return", [*about, "Code", "Line", "How many"], rows),
        ("To know", [*about, "Code", "To know"], notes),
    ]
    form = _form_of(found)
    if form is not None:
        own = [
            [section, code, words, number]
            for section, lines in sections_of(found, form)
            for code, words, number in lines
        ]
        sheets.insert(0, ("Form", ["Section", "Code", form.title or "Line", "How many"], own))
    book = as_xlsx(sheets)
    response = HttpResponse(book, content_type=XLSX_TYPE)
    response["Content-Disposition"] = f'attachment; filename="return-{found.span.key}.xlsx"'
    return response
