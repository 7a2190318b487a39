"""A day on paper is keyed in: who came, whom one called, what became of them, a note on each. Safe to send twice."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from openpes.appointments.models import Appointment
from openpes.appointments.queries import on_day
from openpes.appointments.slots import day_bounds
from openpes.appointments.states import AppointmentState
from openpes.casework.keyed import key_in_days
from openpes.casework.states import Done
from openpes.casework.words import DONE
from openpes.core.access_log import record_search
from openpes.core.decisions import NotFound, Refused
from openpes.jobseekers.queries import jobseeker_for
from openpes.journeys.key_in_day import Keyed, PaperLine, key_in_line, require_day
from openpes.organisations.queries import offices_of
from openpes.reference.country import country, today
from openpes.web.audience import Door, audience
from openpes.web.counsellor.roles import PEOPLE_DESK
from openpes.web.counsellor.today_pages import line_of
from openpes.web.counsellor.words import reasons_in_words
from openpes.web.requests import OpenpesRequest
from openpes.web.typed_before import typed_before

LINES = 12
MAY_STILL_COME = frozenset({AppointmentState.BOOKED, AppointmentState.ARRIVED, AppointmentState.NO_SHOW})


@dataclass
class _Sheet:
    """What was sent, line by line: what became of it, and which lines stay on the page with why."""

    new: int = 0
    already: int = 0
    errors: list[str] = field(default_factory=list)
    left: set[str] = field(default_factory=set)

    def add(self, keyed: Keyed) -> None:
        """A line that was done."""
        self.new, self.already = self.new + keyed.new, self.already + keyed.already

    def refuse(self, name: str, shown: str, sentences: list[str]) -> None:
        """A line that stays on the page."""
        self.left.add(name)
        self.errors += [f"{shown}: {one}" for one in sentences]


def _day(request: OpenpesRequest) -> date:
    """The day of the address, else yesterday: a line that was down is back the next morning."""
    try:
        return date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return today(request.at) - timedelta(days=1)


def _expected(request: OpenpesRequest, day: date) -> list[Appointment]:
    starts, ends = day_bounds(day, country().timezone)
    rows = on_day([one.pk for one in offices_of(request.actor, "appointment.view")], starts=starts, ends=ends)
    rows = [one for one in rows if one.session_id is None]
    if rows:
        keys = {one.jobseeker.person.log_key for one in rows}
        record_search(by=request.actor, at=request.at, what=f"paper of {day.isoformat()}", found=keys)
    return rows


def _key_in_expected(request: OpenpesRequest, day: date, rows: list[Appointment], sheet: _Sheet) -> None:
    came = set(request.POST.getlist("came"))
    for one in rows:
        words = request.POST.get(f"words.{one.ref}", "")
        if one.ref not in came and not words.strip():
            continue
        done = Done.CAME if one.ref in came else Done.NOTE
        line = PaperLine(one.jobseeker, done, words, one if one.ref in came else None)
        try:
            sheet.add(key_in_line(line=line, held_on=day, by=request.actor, at=request.at))
        except Refused as refused:
            sheet.refuse(one.ref, one.jobseeker.person.name_as_given, reasons_in_words(refused))


def _key_in_lines(request: OpenpesRequest, day: date, sheet: _Sheet) -> None:
    for number in range(1, LINES + 1):
        ref, words = (request.POST.get(f"{what}{number}", "").strip() for what in ("number", "words"))
        if not ref and not words:
            continue
        name, shown = f"number{number}", ref or _("Line %(number)s") % {"number": number}
        code = request.POST.get(f"done{number}", "")
        if code not in set(Done) or (code == Done.NOTE and not words):
            sheet.refuse(name, shown, [_("choose what was done, or write a note")])
            continue
        try:
            person = jobseeker_for(request.actor, ref, at=request.at, reason=f"paper of {day.isoformat()}")
            line = PaperLine(person, Done(code), words)
            sheet.add(key_in_line(line=line, held_on=day, by=request.actor, at=request.at))
        except NotFound:
            sheet.refuse(name, shown, [_("nobody at your office has this number")])
        except Refused as refused:
            sheet.refuse(name, shown, reasons_in_words(refused))


def _told(sheet: _Sheet) -> str:
    new = ngettext("%(n)s thing is written down.", "%(n)s things are written down.", sheet.new) % {"n": sheet.new}
    if not sheet.already:
        return new
    stood = ngettext("%(n)s stood there already.", "%(n)s stood there already.", sheet.already)
    return f"{new} {stood % {'n': sheet.already}}"


def _lines(typed: QueryDict | None, sheet: _Sheet | None) -> list[dict[str, object]]:
    """The empty lines; after a send only what could not be done is still in them."""
    rows = []
    for number in range(1, LINES + 1):
        values = {"number": "", "done": "", "words": ""}
        if typed is not None and _still(sheet, f"number{number}"):
            values = {what: typed.get(f"{what}{number}", "") for what in values}
        rows.append({"place": number, **values})
    return rows


@audience(Door.ROLES, *PEOPLE_DESK)
@never_cache
def catching_up(request: OpenpesRequest) -> HttpResponse:
    """One page for the whole day: those who had a time, and twelve lines for the rest."""
    day, on = _day(request), today(request.at)
    rows = _expected(request, day)
    sheet: _Sheet | None = None
    problems: list[str] = []
    try:
        require_day(day, at=request.at)
    except Refused as refused:
        problems = reasons_in_words(refused)
    if request.method == "POST" and not problems:
        sheet = _Sheet()
        _key_in_expected(request, day, rows, sheet)
        _key_in_lines(request, day, sheet)
        if not sheet.errors:
            messages.success(request, _told(sheet))
            return HttpResponseRedirect(f"{reverse('counsellor:catching_up')}?{urlencode({'day': day.isoformat()})}")
        if sheet.new or sheet.already:
            messages.success(request, _told(sheet))
        problems = sheet.errors
        rows = _expected(request, day)
    typed = request.POST if sheet is not None else typed_before()
    return render(
        request,
        "openpes/counsellor/catching_up.html",
        {
            "day": day,
            "days": [on - timedelta(days=back) for back in range(5)],
            "longest": key_in_days(on),
            "expected": [
                {
                    **line_of(one),
                    "open": one.state in MAY_STILL_COME,
                    "ticked": typed is not None and one.ref in typed.getlist("came"),
                    "words": typed.get(f"words.{one.ref}", "") if typed is not None and _still(sheet, one.ref) else "",
                }
                for one in rows
            ],
            "lines": _lines(typed, sheet),
            "done": list(DONE.items()),
            "problems": problems,
        },
        status=422 if problems else 200,
    )


def _still(sheet: _Sheet | None, name: str) -> bool:
    return sheet is None or name in sheet.left
