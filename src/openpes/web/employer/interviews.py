"""Times for a meeting: offered by the employer, or by the office for them; afterwards, who came."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openpes.core.actors import Actor
from openpes.core.decisions import Refused
from openpes.journeys.meet_employer import offer_interview
from openpes.people.roles import EMPLOYER_ROLES
from openpes.reference.country import country
from openpes.referrals.meeting_queries import interview_of
from openpes.referrals.meetings import say_came, slots_of
from openpes.referrals.models import Referral
from openpes.referrals.queries import introduction_for, referral_at_office
from openpes.referrals.states import AnswerChannel, Came, InterviewState
from openpes.referrals.words import CAME
from openpes.web.audience import Door, audience
from openpes.web.counsellor.roles import JOBS_DESK
from openpes.web.forms import ClockField, OpenpesForm, PlainDateField, with_look
from openpes.web.public.answers import words_of_refusal
from openpes.web.requests import OpenpesRequest

ROWS = (1, 2, 3)
ROW_LABEL = {1: gettext_lazy("First time"), 2: gettext_lazy("Second time"), 3: gettext_lazy("Third time")}


class OfferForm(OpenpesForm):
    """Up to three times, and where to meet."""

    about_self = False
    place = with_look(
        forms.CharField(
            label=gettext_lazy("Where do you meet?"),
            max_length=200,
            help_text=gettext_lazy("Address, or the number that you will call."),
        ),
        width=30,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for row in ROWS:
            day = PlainDateField(label=ROW_LABEL[row], required=row == 1)
            hour = with_look(
                ClockField(
                    label=gettext_lazy("At what time?"),
                    required=row == 1,
                    input_formats=["%H:%M", "%H.%M", "%H"],
                    help_text=gettext_lazy("For example 14:30"),
                ),
                width=5,
            )
            self.fields[f"day_{row}"], self.fields[f"time_{row}"] = day, hour

    def clean(self) -> dict[str, Any]:
        """A day has a time, and a time has a day."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for row in ROWS[1:]:
            if bool(cleaned.get(f"day_{row}")) != (cleaned.get(f"time_{row}") is not None) and not self.errors:
                self.add_error(f"time_{row}", _("Write both the day and the time, or neither."))
        return cleaned

    def slots(self) -> list[datetime]:
        """The times that were given, in the country's time."""
        pairs = [(self.cleaned_data.get(f"day_{row}"), self.cleaned_data.get(f"time_{row}")) for row in ROWS]
        zone = ZoneInfo(country().timezone)
        return [datetime.combine(day, hour, zone) for day, hour in pairs if day and isinstance(hour, time)]


def _said(request: OpenpesRequest, referral: Referral, by: Actor) -> bool:
    held, came = interview_of(referral), request.POST.get("came", "")
    if held is None or came not in set(Came):
        return False
    try:
        say_came(interview=held, came=Came(came), for_employer=True, by=by, at=request.at)
    except Refused as refused:
        for one in refused.decision.reasons:
            messages.error(request, words_of_refusal(one.code, one.facts, one.text))
        return True
    messages.success(request, _("Thank you. It is written down."))
    return True


def show_offer(
    request: OpenpesRequest, referral: Referral, *, by: Actor, channel: AnswerChannel, back: str
) -> HttpResponse:
    """The meeting as the employer sees it: what stands, times to offer, and afterwards who came."""
    if request.method == "POST" and "came" in request.POST and _said(request, referral, by):
        return HttpResponseRedirect(request.path)
    form = OfferForm(request.POST if request.method == "POST" else None, initial={"place": referral.vacancy.address})
    if request.method == "POST" and form.is_valid():
        try:
            offer_interview(
                referral=referral,
                slots=form.slots(),
                place=form.cleaned_data["place"],
                channel=channel,
                by=by,
                at=request.at,
            )
        except Refused as refused:
            for one in refused.decision.reasons:
                form.add_error(None, words_of_refusal(one.code, one.facts, one.text))
        else:
            messages.success(request, _("Sent. The person chooses one of the times, and you are told."))
            return HttpResponseRedirect(request.path)
    held = interview_of(referral)
    over = held is not None and held.starts_at is not None and held.starts_at <= request.at
    stands = held is not None and held.state in {InterviewState.OFFERED, InterviewState.BOOKED, InterviewState.OVER}
    return render(
        request,
        "openpes/employer/interview.html",
        {
            "form": form,
            "rows": [(form[f"day_{row}"], form[f"time_{row}"]) for row in ROWS],
            "referral": referral,
            "interview": held if stands else None,
            "slots": slots_of(held) if held is not None and stands else [],
            "is_open": referral.state != "ended",
            "came": [(code.value, words) for code, words in CAME.items()]
            if held is not None and over and not held.said_by_employer
            else [],
            "said": CAME[Came(held.said_by_employer)] if held is not None and held.said_by_employer else "",
            "back": back,
        },
        status=422 if form.errors else 200,
    )


@audience(Door.ROLES, *EMPLOYER_ROLES)
def interview(request: OpenpesRequest, ref: str) -> HttpResponse:
    """Times for one introduced person."""
    referral = introduction_for(request.actor, ref, at=request.at)
    back = reverse("employer:introduction", args=[referral.ref])
    return show_offer(request, referral, by=request.actor, channel=AnswerChannel.WEB, back=back)


@audience(Door.ROLES, *JOBS_DESK)
def interview_at_desk(request: OpenpesRequest, ref: str) -> HttpResponse:
    """The office offers the times that the employer named on the phone."""
    referral = referral_at_office(request.actor, ref, at=request.at)
    back = reverse("counsellor:referral", args=[referral.ref])
    return show_offer(request, referral, by=request.actor, channel=AnswerChannel.PHONE_CALL, back=back)
