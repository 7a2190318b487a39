"""A person's own data: all of it to read and to take along, who looked, taking back a yes, and leaving."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth import logout
from django.core.paginator import Paginator
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from openpes.circumstances.words import BARRIER, NEED, SEVERITY, USED_FOR
from openpes.core.access_log import SeenBy, views_of
from openpes.guidance.words import ACTION_STATE, CONTEST, LEVEL_SHORT, VIEW, WHO
from openpes.jobseekers.words import STATE as REGISTRATION_STATE
from openpes.jobseekers.words import WORK_STATUS
from openpes.journeys.change_person import change_consent_to_share
from openpes.journeys.erase_person import erase_person
from openpes.journeys.export_person import export_person, read_person
from openpes.people.queries import live_consent, main_phone_of
from openpes.people.states import Purpose
from openpes.people.words import PHONE_OWNER, SEX
from openpes.placements.words import GRADE, KIND
from openpes.reference.labels import language_name, licence_label, occupation_name, skill_label
from openpes.referrals.words import CHANNEL, ENDING, EVENT, NOT_HIRED_REASON, WITHDRAWN_REASON
from openpes.referrals.words import STATE as REFERRAL_STATE
from openpes.web.audience import Door, audience
from openpes.web.forms import DigitsCharField, OpenpesForm, with_look
from openpes.web.jobseeker.own_pages import own
from openpes.web.jobseeker.profile import WRONG_PIN, is_own_pin
from openpes.web.jobseeker.summaries import summary_of
from openpes.web.requests import OpenpesRequest
from openpes.web.templatetags.openpes import day_and_time, plain_date

VIEWS_SHOWN = 20
LINES_A_PAGE = 60
TABLES = {
    "person": gettext_lazy("You"),
    "phones": gettext_lazy("Your phones"),
    "consents": gettext_lazy("What you agreed to"),
    "account": gettext_lazy("Your sign-in"),
    "passkeys": gettext_lazy("Sign in without a PIN"),
    "registration": gettext_lazy("Your registration"),
    "work wanted": gettext_lazy("The work you want"),
    "moves": gettext_lazy("How your registration moved"),
    "circumstances agreed": gettext_lazy("What your circumstances may be used for"),
    "barriers": gettext_lazy("What stands in your way"),
    "needs at work": gettext_lazy("What you need at work"),
    "groups": gettext_lazy("Groups you belong to"),
    "interviews": gettext_lazy("Your talks at the office"),
    "notes of interviews": gettext_lazy("What was written down in them"),
    "plans": gettext_lazy("Your plans"),
    "actions": gettext_lazy("The steps of your plans"),
    "advice": gettext_lazy("Advice on how much help fits you"),
    "contests": gettext_lazy("What you contested"),
    "suggestions": gettext_lazy("Jobs that the last match suggested"),
    "introductions": gettext_lazy("Your applications"),
    "sent to partners": gettext_lazy("Who has my data"),
    "steps": gettext_lazy("Steps of your applications"),
    "outcomes": gettext_lazy("What became of you"),
    "evidence": gettext_lazy("Who said so"),
    "CV": gettext_lazy("My CV"),
    "lines of my CV": gettext_lazy("Lines of my CV"),
    "links to my CV": gettext_lazy("Links to my CV"),
    "papers for a first job": gettext_lazy("Papers for a first job"),
    "card": gettext_lazy("My card"),
    "saved_jobs": gettext_lazy("Saved jobs"),
    "searches": gettext_lazy("My searches"),
    "news of jobs": gettext_lazy("News of jobs"),
    "messages": gettext_lazy("Texts that we wrote to you"),
}
# Codes are read in the words that pages use for them.
WORDS: dict[str, Mapping[Any, Any]] = {
    "sex": SEX,
    "whose phone": PHONE_OWNER,
    "registration state": REGISTRATION_STATE,
    "state entered": REGISTRATION_STATE,
    "what I do now": WORK_STATUS,
    "state": REFERRAL_STATE,
    "ending": ENDING,
    "step": EVENT,
    "way": CHANNEL,
    "what became of me": KIND,
    "how well known": GRADE,
    "said by": GRADE,
    "reason": {**NOT_HIRED_REASON, **WITHDRAWN_REASON},
    "circumstances may be used for": USED_FOR,
    "what stands in my way": BARRIER,
    "how much": SEVERITY,
    "what I need at work": NEED,
    "who does it": WHO,
    "action state": ACTION_STATE,
    "advised help": LEVEL_SHORT,
    "decided help": LEVEL_SHORT,
    "what I think of it": VIEW,
    "outcome": CONTEST,
}
# Lists of codes are read as names.
NAMED: dict[str, Callable[[str, str], str]] = {
    "skills": skill_label,
    "languages": language_name,
    "licences": licence_label,
}


def shown_value(name: str, value: Any, language: str) -> str:
    """A stored value as a person reads it; codes that have no words stay as they are stored."""
    if value is None or value == "" or value == []:
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return day_and_time(value)
    if isinstance(value, date):
        return plain_date(value)
    if isinstance(value, list):
        label = NAMED.get(name)
        return ", ".join(label(one, language) if label else str(one) for one in value)
    if isinstance(value, dict):
        return ", ".join(f"{key}: {one}" for key, one in value.items() if one != "")
    if name.endswith("(ISCO-08)"):
        return occupation_name(str(value), language)
    return str(WORDS.get(name, {}).get(value, value))


def readable(rows: list[dict[str, Any]], language: str) -> list[list[tuple[str, str]]]:
    """Rows of an export as lines of (name, value) in words."""
    return [[(_(name), shown_value(name, value, language)) for name, value in row.items()] for row in rows]


def seen_words(one: SeenBy) -> dict[str, Any]:
    """One line of who looked."""
    return {"at": one.at, "who": one.actor, "reason": one.reason}


@audience(Door.ROLES, "jobseeker")
def data(request: OpenpesRequest) -> HttpResponse:
    """What was told, who looked, what was agreed to; the ways to take it along and to leave."""
    jobseeker = own(request)
    person = jobseeker.person
    return render(
        request,
        "openpes/jobseeker/data.html",
        {
            "rows": summary_of(jobseeker, main_phone_of(person.pk), request.LANGUAGE_CODE),
            "views": [seen_words(one) for one in views_of(person.log_key, limit=VIEWS_SHOWN)],
            "shares": live_consent(person.pk, Purpose.SHARE_CONTACT),
            "agreed": live_consent(person.pk, Purpose.REGISTRATION),
        },
    )


@audience(Door.ROLES, "jobseeker")
def everything(request: OpenpesRequest) -> HttpResponse:
    """Every stored line about the person, to read: a table at a time, the latest lines first."""
    told = read_person(person_ref=own(request).person.ref, by=request.actor)
    tables = {name: rows for room in told.values() for name, rows in room.items() if name in TABLES and rows}
    shown = request.GET.get("about", "")
    shown = shown if shown in tables else next(iter(tables))
    rows = tables[shown][::-1]
    page = Paginator(rows, max(1, LINES_A_PAGE // len(rows[0]))).get_page(request.GET.get("page"))
    return render(
        request,
        "openpes/jobseeker/everything.html",
        {
            "tables": [{"name": name, "title": TABLES[name], "number": len(found)} for name, found in tables.items()],
            "shown": shown,
            "title": TABLES[shown],
            "page": page,
            "rows": readable(list(page), request.LANGUAGE_CODE),
        },
    )


@audience(Door.ROLES, "jobseeker")
@require_POST
def download(request: OpenpesRequest) -> HttpResponse:
    """The same as a file that other programs can read. A POST, because taking it is written down."""
    told = export_person(person_ref=own(request).person.ref, by=request.actor, at=request.at)
    text = json.dumps({"made_at": request.at, **told}, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return response


@audience(Door.ROLES, "jobseeker")
@require_POST
def share_contact(request: OpenpesRequest) -> HttpResponse:
    """Say yes to showing the phone number, or take that back; it counts at once."""
    agrees = request.POST.get("agree") == "yes"
    change_consent_to_share(
        person=own(request).person, agrees=agrees, language=request.LANGUAGE_CODE, by=request.actor, at=request.at
    )
    messages.success(
        request,
        _("Employers you apply to can see your phone number now.")
        if agrees
        else _("Done. No employer can see your phone number here any more."),
    )
    return HttpResponseRedirect(reverse("jobseeker:data"))


class LeaveForm(OpenpesForm):
    """The PIN, and a box that says that one has understood."""

    understood = forms.BooleanField(label=gettext_lazy("I understand that this cannot be undone."))
    pin = with_look(
        DigitsCharField(
            label=gettext_lazy("Your PIN"),
            max_length=6,
            widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        ),
        width=5,
    )


@audience(Door.ROLES, "jobseeker")
def leave(request: OpenpesRequest) -> HttpResponse:
    """Leave the service and be erased. Asked once more, in plain words, with the PIN."""
    jobseeker = own(request)
    form = LeaveForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if is_own_pin(request, form.cleaned_data["pin"]):
            erase_person(person_ref=jobseeker.person.ref, by=request.actor, at=request.at)
            logout(request)
            messages.success(request, _("You have left, and your data is erased. You can come back at any time."))
            response = HttpResponseRedirect(reverse("web:home"))
            response["Clear-Site-Data"] = '"cache", "storage"'
            return response
        form.add_error("pin", str(WRONG_PIN))
    return render(request, "openpes/jobseeker/leave.html", {"form": form}, status=422 if form.errors else 200)
