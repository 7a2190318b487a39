"""The manager's page, and evening out caseloads: proposed by a published rule, ticked and confirmed by the manager."""

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
from django.views.decorators.http import require_safe

from openpes.casework.queries import policy_number
from openpes.casework.rules import Share
from openpes.core.decisions import NotPermitted, Refused
from openpes.desks.caseload import left_people
from openpes.desks.sampled_hires import sampled_hires
from openpes.desks.supervising import VERB, Proposed, read_proposals, supervise
from openpes.journeys.hand_over import even_out
from openpes.organisations.queries import people_desk_of
from openpes.reference.country import today
from openpes.web.audience import Door, audience
from openpes.web.counsellor.queue import own_office
from openpes.web.counsellor.supervising_words import ALARM, PAGE
from openpes.web.counsellor.words import reasons_in_words
from openpes.web.forms import OpenpesForm
from openpes.web.requests import OpenpesRequest

MANAGER = "office_manager"
WIDEST = 100


@audience(Door.ROLES, MANAGER)
@require_safe
def supervising(request: OpenpesRequest) -> HttpResponse:
    """Exceptions first, then caseloads beside each other, then waiting times."""
    if not request.actor.holds(VERB):
        raise NotPermitted(VERB)
    found = supervise(request.actor, at=request.at)
    exceptions = []
    for one in found.exceptions:
        query = f"?{urlencode({'whose': one.whose})}" if one.whose else ""
        words = str(ALARM[one.alarm]) % {"n": one.number, "of": one.of}
        exceptions.append((words, reverse(f"counsellor:{PAGE[one.alarm]}") + query))
    return render(
        request,
        "openpes/counsellor/supervising.html",
        {
            "found": found,
            "exceptions": exceptions,
            "sampled": sampled_hires(request.actor, month=today(request.at).isoformat()[:7], at=request.at),
            "loads": [(one, round(WIDEST * one.people / found.most) if found.most else 0) for one in found.loads],
        },
    )


class EvenForm(OpenpesForm):
    """The word that each of the people finds in their notes."""

    about_self = False
    note = forms.CharField(
        label=gettext_lazy("A note for each of them"),
        help_text=gettext_lazy("Why. They may read this."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


def _ticked(request: OpenpesRequest, proposals: list[Proposed]) -> list[Share]:
    """Those of the moves on the page that were ticked. What the rule no longer proposes is left out."""
    ticked = set(request.POST.getlist("move"))
    return [one.share for one in proposals if move_key(one) in ticked]


def move_key(one: Proposed) -> str:
    """A move in a form: whom, from whom, to whom. Another proposal for the same person is another move."""
    return f"{one.jobseeker.ref}-{one.share.from_account or 0}-{one.share.to_account}"


@audience(Door.ROLES, MANAGER)
def evening_out(request: OpenpesRequest) -> HttpResponse:
    """Who could be moved, each with a tick; on sending, the ticked ones are moved together or not at all."""
    office = own_office(request, VERB)
    accounts = {row.account_id: row.account for row in people_desk_of([office], on=today(request.at))}
    names = {0: _("Nobody"), **{pk: one.name for pk, one in accounts.items()}}
    for pk, name, _n in left_people(request.actor, at=request.at):
        names.setdefault(pk, name)
    proposals = read_proposals(request.actor, office, names, at=request.at)
    sent = request.method == "POST"
    form = EvenForm(request.POST if sent else None)
    moves = _ticked(request, proposals) if sent else []
    if sent and form.is_valid():
        if not moves:
            form.add_error(None, _("Tick at least one person who can still be moved."))
        elif (moved := _moved(request, form, moves, office=office, accounts=accounts)) is not None:
            said = ngettext("%(n)s person is moved.", "%(n)s people are moved.", moved) % {"n": moved}
            messages.success(request, said)
            return HttpResponseRedirect(reverse("counsellor:supervising"))
    ticked = {(one.jobseeker_id, one.to_account) for one in moves}
    rows = [
        (one, move_key(one), not sent or (one.share.jobseeker_id, one.share.to_account) in ticked) for one in proposals
    ]
    return render(
        request,
        "openpes/counsellor/evening_out.html",
        {
            "form": form,
            "rows": rows,
            "office": office,
            "percent": policy_number("rebalance_over_percent", on=today(request.at)),
        },
        status=422 if form.errors else 200,
    )


def _moved(request: OpenpesRequest, form: EvenForm, moves: list[Share], **where: Any) -> int | None:
    """How many were moved; None, with the reason in the form, where it was refused."""
    try:
        done = even_out(moves=moves, note=form.cleaned_data["note"], by=request.actor, at=request.at, **where)
    except Refused as refused:
        for sentence in reasons_in_words(refused):
            form.add_error(None, sentence)
        return None
    return len(done)
