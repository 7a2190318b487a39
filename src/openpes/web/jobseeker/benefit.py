"""Unemployment benefit: what the law asks of whoever draws it, and a list of what the person did to find work.

The list is there to be shown or printed. Nothing hangs on it here: who reports, and who does not, is served alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from openpes.appointments.queries import own_appointments
from openpes.appointments.states import AppointmentKind, AppointmentState
from openpes.appointments.words import KIND
from openpes.core.actors import Actor
from openpes.core.decisions import NotFound
from openpes.reference.country import country, today
from openpes.referrals.queries import own_referrals
from openpes.web.audience import Door, audience
from openpes.web.jobseeker.own_pages import own
from openpes.web.public.rules_in_force import CHECKED, value_words
from openpes.web.requests import OpenpesRequest
from openpes_countries import reporting_duty

# Where the law names no days between two reports.
USUAL_DAYS, MOST_SHOWN = 30, 60
CAME = (AppointmentState.ARRIVED, AppointmentState.SEEN)


@dataclass(frozen=True)
class Done:
    """One thing that a person did to find work."""

    at: datetime
    what: str
    where: str


def has_benefit(request: OpenpesRequest) -> bool:
    """Does the country have unemployment benefit, verified or not?"""
    return bool(reporting_duty(country(), on=today(request.at)).value)


def done_since(actor: Actor, since: datetime) -> list[Done]:
    """Applications sent and meetings at the office since an instant, the newest first."""
    sent = own_referrals(actor).filter(sent_at__gte=since)[:MOST_SHOWN]
    came = own_appointments(actor).filter(state__in=CAME, starts_at__gte=since)[:MOST_SHOWN]
    done = [Done(one.sent_at, one.vacancy.title, one.vacancy.employer.name) for one in sent if one.sent_at]
    done += [
        Done(one.starts_at, str(KIND[AppointmentKind(one.kind)]), one.office.name) for one in came if one.starts_at
    ]
    return sorted(done, key=lambda one: one.at, reverse=True)


@audience(Door.ROLES, "jobseeker")
def benefit(request: OpenpesRequest) -> HttpResponse:
    """The duty in words, its source, and what was done since the last report would have been due."""
    own(request)
    answer = reporting_duty(country(), on=today(request.at))
    if not answer.value:
        raise NotFound("benefit")
    dated = country().value("unemployment_benefit.benefit", on=today(request.at))
    since = request.at - timedelta(days=int(answer.value.get("report_every_days") or USUAL_DAYS))
    return render(
        request,
        "openpes/jobseeker/benefit.html",
        {
            "words": value_words(dated),
            "source": dated.source.cite(),
            "checked": "" if dated.usable_on(today(request.at)) else CHECKED.get(dated.checked, _("not known")),
            "since": since,
            "done": done_since(request.actor, since),
        },
    )
