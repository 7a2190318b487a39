"""When the office is open and who is there: the week, single days, rooms, own working times, absences, calendar."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from openpes.appointments import times
from openpes.appointments.queries import (
    absences_from,
    exceptions_from,
    has_feed,
    opening_times,
    rooms_of,
    working_times,
)
from openpes.appointments.slots import Span
from openpes.appointments.states import AbsenceReason
from openpes.core.decisions import NotFound, Refused
from openpes.desks.slots_given import slots_given
from openpes.people.age_bands import OLDEST, UNDER, UNKNOWN
from openpes.reference.country import area_name, country, today
from openpes.web.audience import Door, audience
from openpes.web.counsellor.appointment_words import ABSENCE_REASON
from openpes.web.counsellor.queue import own_office
from openpes.web.counsellor.roles import PEOPLE_DESK
from openpes.web.counsellor.today_pages import own_account
from openpes.web.counsellor.words import SEX_SAID, reasons_in_words, said
from openpes.web.forms import OpenpesForm, PlainDateField, with_look
from openpes.web.requests import OpenpesRequest
from openpes_countries.rules_days import holidays_of

HOLIDAYS_SHOWN = 8


def parse_spans(typed: str) -> list[Span]:
    """Reads "8:00-12:00, 13:00-17:00". Raises ValueError when it says something else."""
    spans = []
    for part in filter(None, (one.strip() for one in typed.replace(";", ",").replace("–", "-").split(","))):
        begins, _dash, ends = (one.strip() for one in part.partition("-"))
        spans.append(Span(_time(begins), _time(ends)))
    return spans


def _time(typed: str) -> time:
    hours, _colon, minutes = typed.replace(".", ":").partition(":")
    return time(int(hours), int(minutes or 0))


def spans_in_words(spans: Iterable[tuple[time, time]]) -> str:
    """The way that a week is typed."""
    return ", ".join(f"{begins:%H:%M}-{ends:%H:%M}" for begins, ends in spans)


class WeekForm(OpenpesForm):
    """A week, one line a day. Empty: closed, or not there."""

    about_self = False
    mark_optional = False

    def __init__(self, data: Any = None, *, held: dict[int, str]) -> None:
        super().__init__(data, initial={f"day{day}": held.get(day, "") for day in range(7)})
        for day in range(7):
            field = with_look(forms.CharField(label=WEEKDAYS[day], required=False, max_length=60), width=20)
            self.fields[f"day{day}"] = field
            self._dress(f"day{day}", field)

    def clean(self) -> dict[str, Any]:
        """Each line as spans of the day."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        self.week: dict[int, list[Span]] = {}
        for day in range(7):
            try:
                spans = parse_spans(cleaned.get(f"day{day}", ""))
            except ValueError:
                self.add_error(f"day{day}", _("Write it like this: 08:00-12:00, 13:00-17:00"))
            else:
                if spans:
                    self.week[day] = spans
        return cleaned


class DayForm(OpenpesForm):
    """A day that is not like the others."""

    about_self = False
    on = PlainDateField(label=gettext_lazy("Day"))
    spans = with_look(
        forms.CharField(
            label=gettext_lazy("Open from and to"),
            required=False,
            max_length=20,
            help_text=gettext_lazy("For example 09:00-12:00. Empty: closed."),
        ),
        width=10,
    )
    note = with_look(forms.CharField(label=gettext_lazy("Why?"), required=False, max_length=120), width=30)

    def clean_spans(self) -> Span | None:
        """One span, or none."""
        try:
            found = parse_spans(self.cleaned_data["spans"])
        except ValueError:
            found = [Span(time(1), time(0)), Span(time(1), time(0))]
        if len(found) > 1:
            raise forms.ValidationError(_("Write one span, like this: 09:00-12:00"))
        return found[0] if found else None


class RoomForm(OpenpesForm):
    """A room or desk."""

    about_self = False
    name = with_look(forms.CharField(label=gettext_lazy("Name of the room or desk"), max_length=60), width=20)
    places = with_look(forms.IntegerField(label=gettext_lazy("Places"), min_value=1, max_value=500, initial=1), width=3)


class AbsenceForm(OpenpesForm):
    """Days on which one is not there."""

    about_self = False
    first_day = PlainDateField(label=gettext_lazy("First day"))
    last_day = PlainDateField(label=gettext_lazy("Last day"))
    reason = forms.ChoiceField(label=gettext_lazy("Why?"), choices=list(ABSENCE_REASON.items()))


def _week(rows: Iterable[tuple[int, time, time]]) -> dict[int, str]:
    held: dict[int, list[tuple[time, time]]] = {}
    for day, begins, ends in rows:
        held.setdefault(day, []).append((begins, ends))
    return {day: spans_in_words(spans) for day, spans in held.items()}


@audience(Door.ROLES, "office_manager")
def office_times(request: OpenpesRequest) -> HttpResponse:
    """The week of the office, single days and rooms: for its manager."""
    office, act = own_office(request, "office_time.set"), request.POST.get("act", "")
    week = WeekForm(
        request.POST if act == "week" else None,
        held=_week((one.weekday, one.opens, one.closes) for one in opening_times(office)),
    )
    day, room = DayForm(request.POST if act == "day" else None), RoomForm(request.POST if act == "room" else None)
    by_act: dict[str, OpenpesForm] = {"week": week, "day": day, "room": room}
    form = by_act.get(act)
    try:
        if act == "drop":
            times.drop_exception(
                office=office, on=date.fromisoformat(request.POST.get("on", "")), by=request.actor, at=request.at
            )
            return HttpResponseRedirect(request.path)
        if form is not None and form.is_valid():
            if act == "week":
                times.set_week(office=office, week=week.week, by=request.actor, at=request.at)
            elif act == "day":
                span = day.cleaned_data["spans"]
                times.set_exception(
                    office=office,
                    on=day.cleaned_data["on"],
                    opens=span.starts if span else None,
                    closes=span.ends if span else None,
                    note=day.cleaned_data["note"],
                    by=request.actor,
                    at=request.at,
                )
            else:
                times.set_room(office=office, **room.cleaned_data, in_use=True, by=request.actor, at=request.at)
            messages.success(request, _("Saved."))
            return HttpResponseRedirect(request.path)
    except Refused as refused:
        for sentence in reasons_in_words(refused):
            (form or week).add_error(None, sentence)
    except ValueError as error:
        raise NotFound("day") from error
    on = today(request.at)
    holidays = [one for year in (on.year, on.year + 1) for one in holidays_of(country(), year=year) if one.on >= on]
    return render(
        request,
        "openpes/counsellor/office_times.html",
        {
            "office": office,
            "week": week,
            "day": day,
            "room": room,
            "exceptions": exceptions_from(office, on),
            "rooms": rooms_of(office),
            "holidays": holidays[:HOLIDAYS_SHOWN],
        },
        status=422 if form is not None and form.errors else 200,
    )


@audience(Door.ROLES, *PEOPLE_DESK)
def my_times(request: OpenpesRequest) -> HttpResponse:
    """When one serves people, when one is away, and one's own calendar address."""
    office, account, act = own_office(request, "desk_time.set_own"), own_account(request), request.POST.get("act", "")
    if account is None:
        raise NotFound("account")
    week = WeekForm(
        request.POST if act == "week" else None,
        held=_week((one.weekday, one.starts, one.ends) for one in working_times(office, account.pk)),
    )
    absence = AbsenceForm(request.POST if act == "absence" else None)
    by_act: dict[str, OpenpesForm] = {"week": week, "absence": absence}
    form = by_act.get(act)
    try:
        if act == "drop" and request.POST.get("key", "").isdigit():
            times.drop_absence(
                office=office, account=account, key=int(request.POST["key"]), by=request.actor, at=request.at
            )
            return HttpResponseRedirect(request.path)
        if form is not None and form.is_valid():
            if act == "week":
                times.set_working_times(office=office, account=account, week=week.week, by=request.actor, at=request.at)
            else:
                times.add_absence(
                    office=office,
                    account=account,
                    first_day=absence.cleaned_data["first_day"],
                    last_day=absence.cleaned_data["last_day"],
                    reason=AbsenceReason(absence.cleaned_data["reason"]),
                    by=request.actor,
                    at=request.at,
                )
            messages.success(request, _("Saved."))
            return HttpResponseRedirect(request.path)
    except Refused as refused:
        for sentence in reasons_in_words(refused):
            (form or week).add_error(None, sentence)
    return render(
        request,
        "openpes/counsellor/my_times.html",
        {
            "office": office,
            "week": week,
            "absence": absence,
            "absences": [
                (one, said(ABSENCE_REASON, one.reason)) for one in absences_from(account.pk, today(request.at))
            ],
            "has_feed": has_feed(account.pk),
            "feed_url": request.session.pop("feed_url", ""),
        },
        status=422 if form is not None and form.errors else 200,
    )


@audience(Door.ROLES, *PEOPLE_DESK)
@require_POST
def feed(request: OpenpesRequest) -> HttpResponse:
    """Make, renew or close one's calendar address. It is shown once."""
    if request.POST.get("act") == "end":
        times.end_feed(by=request.actor, at=request.at)
        messages.success(request, _("The calendar address is closed."))
    else:
        key = times.renew_feed(by=request.actor, at=request.at, secret=settings.SECRET_KEY)
        request.session["feed_url"] = settings.BASE_URL + reverse("web:calendar", args=[key])
    return HttpResponseRedirect(reverse("counsellor:my_times"))


BY_WORDS = {
    "sex": gettext_lazy("By sex"),
    "age": gettext_lazy("By age"),
    "area": gettext_lazy("By area"),
    "disability": gettext_lazy("By declared disability"),
}
GROUP_WORDS: dict[str, Any] = {
    UNDER: gettext_lazy("Under 15"),
    OLDEST: gettext_lazy("30 and older"),
    UNKNOWN: gettext_lazy("Age not known"),
    "declared": gettext_lazy("Declared, and agreed to figures"),
    "not_declared": gettext_lazy("Not declared"),
    **{one.value: words for one, words in SEX_SAID.items()},
}


@audience(Door.ROLES, "office_manager")
@require_safe
def report(request: OpenpesRequest) -> HttpResponse:
    """Who got the times of a week: for the manager, with small numbers hidden."""
    on = today(request.at)
    try:
        asked = date.fromisoformat(request.GET.get("week", ""))
    except ValueError:
        asked = on
    monday = asked - timedelta(days=asked.weekday())
    found = slots_given(request.actor, monday=monday)
    groups = []
    for given in found.groups:
        rows = [
            (
                area_name(code, request.LANGUAGE_CODE) if given.by == "area" else said(GROUP_WORDS, code),
                times_given,
                kept,
            )
            for code, times_given, kept in given.rows
        ]
        groups.append((BY_WORDS[given.by], rows))
    return render(
        request,
        "openpes/counsellor/slots_given.html",
        {
            "report": found,
            "groups": groups,
            "before": monday - timedelta(days=7),
            "after": monday + timedelta(days=7) if monday + timedelta(days=7) <= on else None,
        },
    )
