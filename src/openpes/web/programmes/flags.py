"""Flags and the sample that is looked at afterwards, at the programme manager's desk; and the one-press report."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openpes.appointments.paper import Paper, Table, paper_pdf
from openpes.core.decisions import NotFound, Refused
from openpes.core.spreadsheets import XLSX_TYPE, as_xlsx
from openpes.enrolments.flagging import decide_flag, draw_sample, note_control
from openpes.enrolments.queries import controls_of, course_for, flag_for, open_flags, precision_by_rule
from openpes.enrolments.states import ControlResult, FlagState
from openpes.journeys.programme_results import Results, results_of
from openpes.reference.country import today
from openpes.web.audience import Door, audience
from openpes.web.programmes.course_words import RULE, why_not
from openpes.web.programmes.words import COURSE_DESK, PROGRAMMES_DESK
from openpes.web.requests import OpenpesRequest
from openpes.web.templatetags.openpes import plain_date

A_PAGE = 20
GROSS = "Gross, not the effect: some would have found work without the programme."


def _refused(request: OpenpesRequest, refused: Refused) -> None:
    for one in why_not(refused):
        messages.error(request, one)


@audience(Door.ROLES, *PROGRAMMES_DESK)
@require_safe
def flags(request: OpenpesRequest) -> HttpResponse:
    """What waits for somebody, and how often each rule was right."""
    page = Paginator(open_flags(request.actor), A_PAGE).get_page(request.GET.get("page"))
    lines = [(one, RULE[one.rule]) for one in page]
    rules = [
        (RULE[rule], raised, upheld, explained, upheld * 100 // (upheld + explained) if upheld + explained else None)
        for rule, raised, upheld, explained in precision_by_rule(request.actor)
    ]
    return render(request, "openpes/programmes/flags.html", {"page": page, "lines": lines, "rules": rules})


@audience(Door.ROLES, *PROGRAMMES_DESK)
def flag(request: OpenpesRequest, ref: str) -> HttpResponse:
    """One flag: what the rule saw; a person explains it or upholds it, with words."""
    held = flag_for(request.actor, ref)
    why = request.POST.get("why", "")
    to = {"explained": FlagState.EXPLAINED, "upheld": FlagState.UPHELD}.get(request.POST.get("to", ""))
    if to is not None:
        try:
            decide_flag(flag=held, to=to, why=why, by=request.actor, at=request.at)
            messages.success(request, _("Decided."))
            return HttpResponseRedirect(request.path)
        except Refused as refused:
            _refused(request, refused)
    context = {
        "flag": held,
        "words": RULE[held.rule],
        "facts": sorted(held.facts.items()),
        "open": held.state == FlagState.OPEN,
        "why": why,
    }
    return render(request, "openpes/programmes/flag.html", context, status=422 if to is not None else 200)


def _control(request: OpenpesRequest, cycle: Any) -> None:
    """Draw the sample, or note what one look showed."""
    act, by, at = request.POST.get("act", ""), request.actor, request.at
    if act == "draw":
        draw_sample(cycle=cycle, seed=request.POST.get("seed", ""), by=by, at=at)
        messages.success(request, _("Drawn."))
        return
    one = controls_of(by, cycle).filter(pk=act if act.isdigit() else 0).first()
    result = request.POST.get("result", "")
    if one is None or result not in set(ControlResult):
        raise NotFound("control")
    note_control(control=one, result=ControlResult(result), note=request.POST.get("note", ""), by=by, at=at)
    messages.success(request, _("Noted."))


@audience(Door.ROLES, *PROGRAMMES_DESK)
def controls(request: OpenpesRequest, ref: str) -> HttpResponse:
    """The sample of a round: drawn once with a seed; each is looked at by somebody else than who drew it."""
    cycle = course_for(request.actor, ref)
    if request.method == "POST":
        try:
            _control(request, cycle)
        except Refused as refused:
            _refused(request, refused)
        return HttpResponseRedirect(request.path)
    rows = list(controls_of(request.actor, cycle))
    looked = [one for one in rows if one.result != ControlResult.WAITING]
    wrong = sum(one.result == ControlResult.WRONG for one in looked)
    context = {"cycle": cycle, "version": cycle.version, "rows": rows, "looked": len(looked), "wrong": wrong}
    return render(request, "openpes/programmes/controls.html", context)


def report_lines(found: Results) -> list[tuple[str, str | int]]:
    """A round as lines of (what, how much), the same on paper and in the workbook."""

    def money(amount: Any) -> str:
        return "–" if amount is None else f"{amount:,.2f} {found.currency}"

    lines: list[tuple[str, str | int]] = [
        ("Places", found.cycle.places),
        ("Entered", found.entered),
        ("In the course", found.running),
        ("Completed", found.completed),
        ("Left", found.left),
        ("Money promised", money(found.committed)),
        ("Money spent", money(found.spent)),
        ("Spent for each completion", money(found.each_completion)),
        ("People with work in the ledger since the start", found.placements),
        *((f"… known as {grade.replace('_', ' ')}", number) for grade, number in sorted(found.work.items())),
        ("Spent for each of them", money(found.each_placement)),
    ]
    for month, one in sorted(found.follow_ups.items()):
        said = f"{one['in_work']} of {one['answered']} who answered; {one['planned'] - one['answered']} not known"
        lines.append((f"In work after {month} months", said))
    return lines


@audience(Door.ROLES, *COURSE_DESK)
@require_safe
def report(request: OpenpesRequest, ref: str, kind: str) -> HttpResponse:
    """The report of a round as it stands today, as a paper or a workbook; counts only, no name."""
    found = results_of(ref=ref, by=request.actor)
    lines, title = report_lines(found), found.cycle.version.title
    days = f"{plain_date(found.cycle.starts_on)} – {plain_date(found.cycle.ends_before)}"
    about = (days, found.provider, f"As of {plain_date(today(request.at))}")
    if kind == "xlsx":
        sheets = [("Round", ("What", "How much"), [("Programme", title), *(("", one) for one in about), *lines])]
        answer = HttpResponse(as_xlsx([*sheets, ("Note", ("Note",), [(GROSS,)])]), content_type=XLSX_TYPE)
    elif kind == "pdf":
        table = Table("", ("What", "How much"), [(what, str(number)) for what, number in lines], (3, 2))
        pdf = paper_pdf(Paper(title, "en", lines=[one for one in about if one], tables=(table,), foot=GROSS))
        answer = HttpResponse(pdf, content_type="application/pdf")
    else:
        raise NotFound("report")
    answer["Content-Disposition"] = f'attachment; filename="round-{found.cycle.ref}.{kind}"'
    return answer
