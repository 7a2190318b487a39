"""Handing over: for a leave (a stand-in from a day to a day), or for good (all or some people, to anybody)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from openpes.casework.operations import end_stand_in, stand_in
from openpes.casework.queries import stand_in_for, stand_ins_at
from openpes.core.access_log import record_search
from openpes.core.decisions import NotFound, Refused
from openpes.core.ids import fold_ref
from openpes.jobseekers.caseload import caseload
from openpes.jobseekers.models import Jobseeker
from openpes.journeys.hand_over import hand_over
from openpes.organisations.models import Office
from openpes.organisations.queries import people_desk_of
from openpes.people.models import Account
from openpes.people.queries import account_by_id
from openpes.reference.country import today
from openpes.web.audience import Door, audience
from openpes.web.counsellor.queue import own_office
from openpes.web.counsellor.roles import PEOPLE_DESK
from openpes.web.counsellor.words import reasons_in_words
from openpes.web.forms import OpenpesForm, PlainDateField, with_look
from openpes.web.requests import OpenpesRequest

MOST_AT_ONCE = 1500
TO_NOBODY = "nobody"


class LeaveForm(OpenpesForm):
    """Who stands in, from when until when."""

    about_self = False
    deputy = forms.ChoiceField(label=gettext_lazy("Who stands in?"))
    first_day = PlainDateField(label=gettext_lazy("First day"))
    last_day = PlainDateField(label=gettext_lazy("Last day"))
    note = with_look(
        forms.CharField(label=gettext_lazy("What should they know?"), required=False, max_length=400), width=30
    )


class GoodForm(OpenpesForm):
    """To whom, and a word of why."""

    about_self = False
    to = forms.ChoiceField(label=gettext_lazy("To whom?"))
    note = forms.CharField(
        label=gettext_lazy("A note for each of them"),
        help_text=gettext_lazy("Why, and what waits. They may read this."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    tell = forms.BooleanField(
        label=gettext_lazy("Text them whom to ask for from now on"),
        help_text=gettext_lazy(
            "Times they booked go along. Where your colleague is not free, they are asked to choose a new time."
        ),
        required=False,
    )


def _from(request: OpenpesRequest, office: Office) -> int | None:
    """Whose caseload is handed over: one's own, or for the manager the one named in the address."""
    named = request.GET.get("from", "")
    if not named or not request.actor.may("caseload.oversee", office_id=office.pk):
        return request.actor.account_id
    if named == TO_NOBODY:
        return None
    if not named.isdecimal():
        raise NotFound("caseload")
    return int(named)


def _people(request: OpenpesRequest, office: Office, whose: int | None) -> list[Jobseeker]:
    """All people of the caseload, or those of them that the address names."""
    rows = caseload(request.actor, [whose] if whose else (), nobody=whose is None, limit=MOST_AT_ONCE)
    named = {fold_ref(ref) for ref in request.GET.getlist("person")}
    found = [one for one in rows if one.office_id == office.pk and (not named or one.ref in named)]
    if found:
        record_search(by=request.actor, at=request.at, what="handover", found={one.person.log_key for one in found})
    return found


@audience(Door.ROLES, *PEOPLE_DESK)
def handover(request: OpenpesRequest) -> HttpResponse:
    """Both ways of handing over, and the stand-ins that run."""
    if request.method == "POST" and "act" not in request.POST:
        return HttpResponseRedirect(f"{request.path}?{chosen_query(request)}")
    office = own_office(request, "caseload.own")
    whose = _from(request, office)
    desk = [row.account for row in people_desk_of([office], on=today(request.at))]
    others = [one for one in desk if one.pk != whose]
    people = _people(request, office, whose)
    act = request.POST.get("act", "")
    leave, good = _forms(request, act, others)
    form: Any = {"leave": leave, "good": good}.get(act)
    if act == "end":
        end_stand_in(row=stand_in_for(office, request.POST.get("stand_in", "")), by=request.actor, at=request.at)
        messages.success(request, _("The stand-in has ended."))
        return HttpResponseRedirect(request.get_full_path())
    if form is not None and form.is_valid():
        try:
            said = _save(request, act, form, office, whose, {str(one.pk): one for one in others}, people)
        except Refused as refused:
            for sentence in reasons_in_words(refused):
                form.add_error(None, sentence)
        else:
            messages.success(request, said)
            return HttpResponseRedirect(reverse("counsellor:caseload"))
    held = account_by_id(whose) if whose is not None else None
    return render(
        request,
        "openpes/counsellor/handover.html",
        {
            "leave": leave if whose is not None and not request.GET.getlist("person") else None,
            "good": good if people else None,
            "wrong": form if form is not None and form.errors else None,
            "whose": held,
            "is_own": whose == request.actor.account_id,
            "number": len(people),
            "chosen": people if request.GET.getlist("person") else [],
            "running": stand_ins_at([office], on=today(request.at)),
        },
        status=422 if form is not None and form.errors else 200,
    )


def chosen_query(request: OpenpesRequest) -> str:
    """The people ticked on another page, for an address that a reload does not send again."""
    more = {"from": whose} if (whose := request.POST.get("whose", "")) else {}
    return urlencode({"person": request.POST.getlist("person"), **more}, doseq=True)


def _forms(request: OpenpesRequest, act: str, others: list[Account]) -> tuple[LeaveForm, GoodForm]:
    leave = LeaveForm(request.POST if act == "leave" else None, prefix="leave")
    good = GoodForm(request.POST if act == "good" else None, prefix="good")
    colleagues = [(str(one.pk), one.name) for one in others]
    leave.fields["deputy"].choices = [("", _("Choose a colleague")), *colleagues]  # type: ignore[attr-defined]
    good.fields["to"].choices = [  # type: ignore[attr-defined]
        ("", _("Choose a colleague")),
        *colleagues,
        (TO_NOBODY, _("Nobody yet: the manager decides")),
    ]
    return leave, good


def _save(
    request: OpenpesRequest,
    act: str,
    form: OpenpesForm,
    office: Office,
    whose: int | None,
    others: dict[str, Account],
    people: list[Jobseeker],
) -> str:
    """Do what the form says by one call; the sentence that tells what was done. Raises Refused."""
    given = form.cleaned_data
    if act == "leave":
        absent = account_by_id(whose) if whose is not None else None
        if absent is None:
            raise NotFound("account")
        row = stand_in(
            office=office,
            absent=absent,
            deputy=others[given["deputy"]],
            first_day=given["first_day"],
            last_day=given["last_day"],
            note=given["note"],
            by=request.actor,
            at=request.at,
        )
        return _("%(name)s stands in. It ends by itself.") % {"name": row.deputy.name}
    moved = hand_over(
        office=office,
        keys=[one.pk for one in people],
        from_account=whose,
        to=others.get(given["to"]),
        note=given["note"],
        tell=given["tell"],
        by=request.actor,
        at=request.at,
    )
    return ngettext("%(number)s person is handed over.", "%(number)s people are handed over.", len(moved)) % {
        "number": len(moved)
    }
