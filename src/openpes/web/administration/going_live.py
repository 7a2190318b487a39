"""Going live: what is in the way, topic by topic, and the signature; and personal data by legal basis."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openpes.core.decisions import Refused
from openpes.journeys.go_live import About, Obstacle, go_live, leave_live, obstacles
from openpes.journeys.go_live_words import ABOUT, OBSTACLE, obstacle_words
from openpes.reference.country import country, today
from openpes.reference.law_queries import service_mode
from openpes.reference.personal_fields import kept_by_purpose
from openpes.web.administration.law import OFFICERS
from openpes.web.audience import Door, audience
from openpes.web.forms import OpenpesForm
from openpes.web.public.rules_in_force import name_words
from openpes.web.requests import OpenpesRequest

SHOWN = 12
BASIS: dict[str, str | Promise] = {
    "consent": gettext_lazy("the person’s consent"),
    "legal_duty": gettext_lazy("a duty that the law lays on the service"),
    "public_task": gettext_lazy("a task in the public interest"),
    "contract": gettext_lazy("a contract with the person"),
    "vital_interest": gettext_lazy("to save a life"),
    "legitimate_interest": gettext_lazy("a legitimate interest"),
    "not_regulated": gettext_lazy("the law does not regulate it"),
}
PURPOSE: dict[str, str | Promise] = {
    "registration": gettext_lazy("The record of a person who looks for work"),
    "matching": gettext_lazy("Comparing people with vacancies"),
    "placement": gettext_lazy("Introductions and what became of them"),
    "guidance": gettext_lazy("Interviews, plans and advice"),
    "circumstances": gettext_lazy("What makes work harder to find (sensitive)"),
    "programmes": gettext_lazy("Programmes"),
    "complaints": gettext_lazy("Complaints"),
    "consent_proof": gettext_lazy("Proof of consent"),
    "messages": gettext_lazy("Text messages"),
    "stored_files": gettext_lazy("Files"),
    "employers": gettext_lazy("Contact persons of employers"),
    "staff": gettext_lazy("Those who work for the service or an employer"),
    "security": gettext_lazy("Signing in and keeping strangers out"),
    "statistics": gettext_lazy("Figures from rows under a pseudonym"),
    "": gettext_lazy("Nobody has said what it is kept for"),
}


@dataclass(frozen=True)
class Group:
    """The obstacles of one kind: the first ones in words, how many there are, and where to mend them."""

    title: str
    total: int
    first: list[str]
    more: int
    link: str
    link_text: str


class SignForm(OpenpesForm):
    """The signature under going live, or under leaving it."""

    about_self = False
    note = forms.CharField(
        label=gettext_lazy("Note"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )


def _in_words(one: Obstacle, request: OpenpesRequest) -> str:
    """The sentence, with a value called by its name instead of its key."""
    held = country()
    if one.about == About.VALUE and one.thing in held.keys:
        name = name_words(held.value(one.thing, on=today(request.at)))
        return str(OBSTACLE[one.code]) % {"thing": name, "count": one.count}
    return obstacle_words(one)


def _groups(found: list[Obstacle], request: OpenpesRequest) -> list[Group]:
    links = {
        About.VALUE: (reverse("administration:law"), _("Verify or waive them")),
        About.BASIS: (reverse("administration:personal_fields"), _("Give them a basis")),
        About.LOGS: (reverse("administration:logs"), _("Look at the logs")),
    }
    made = []
    for about in About:
        here = [one for one in found if one.about == about]
        if here:
            link, text = links.get(about, ("", ""))
            first = [_in_words(one, request) for one in here[:SHOWN]]
            made.append(Group(str(ABOUT[about]), len(here), first, len(here) - len(first), link, text))
    return made


@audience(Door.ROLES, "administrator")
def going_live(request: OpenpesRequest) -> HttpResponse:
    """Everything that is in the way, and the button when nothing is."""
    form = SignForm(request.POST or None)
    mode = service_mode()
    if request.method == "POST" and form.is_valid():
        try:
            if request.POST.get("act") == "leave":
                leave_live(why=form.cleaned_data["note"], by=request.actor, at=request.at)
                messages.success(request, _("Noted: the service is no longer live."))
            else:
                go_live(note=form.cleaned_data["note"], by=request.actor, at=request.at)
                messages.success(request, _("The service is live."))
            return HttpResponseRedirect(request.path)
        except Refused as refused:
            reasons = refused.decision.reasons
            for one in reasons[:SHOWN]:
                form.add_error(None, str(OBSTACLE.get(one.code, one.code)) % {"thing": "", "count": 0, **one.facts})
            if len(reasons) > SHOWN:
                form.add_error(None, _("And %(n)s more, below.") % {"n": len(reasons) - SHOWN})
    found = obstacles(at=request.at)
    return render(
        request,
        "openpes/administration/going_live.html",
        {
            "form": form,
            "mode": mode,
            "live": mode is not None and mode.live,
            "groups": _groups(found, request),
            "total": len(found),
        },
        status=422 if form.errors else 200,
    )


@audience(Door.ROLES, *OFFICERS)
def personal_fields(request: OpenpesRequest) -> HttpResponse:
    """Every stored field about a person, under what it is kept for and on what basis; those without one first."""
    kept = kept_by_purpose(on=today(request.at))
    rows = [
        {
            "purpose": PURPOSE.get(one.purpose, one.purpose),
            "basis": BASIS.get(one.basis, one.basis),
            "dated": one.dated,
            "fields": one.fields,
            "about": one.purpose or "none",
        }
        for one in kept
    ]
    return render(
        request,
        "openpes/administration/personal_fields.html",
        {
            "rows": rows,
            "total": sum(len(one.fields) for one in kept),
            "shown": request.GET.get("about", ""),
            "lacking": sum(len(one.fields) for one in kept if not one.basis),
        },
    )
