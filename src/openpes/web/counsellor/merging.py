"""Two records of one person at the desk: side by side, proposed by one, agreed to by a second, taken apart again."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from openpes.core.decisions import NotFound, Refused
from openpes.jobseekers.models import Jobseeker
from openpes.jobseekers.queries import jobseeker_for, registration_of, registrations_of
from openpes.journeys.merge_people import merge_people, propose_merge, refuse_merge, unmerge_people
from openpes.people.merge_operations import VALUES
from openpes.people.merge_queries import all_open_merges, merge_by_ref
from openpes.people.models import PersonMerge
from openpes.people.states import MergeState
from openpes.web.audience import Door, audience
from openpes.web.counsellor.person import facts_of
from openpes.web.counsellor.roles import PEOPLE_DESK
from openpes.web.counsellor.words import SEX_SAID, reasons_in_words, said
from openpes.web.forms import OpenpesForm, with_look
from openpes.web.requests import OpenpesRequest

STATE = {
    MergeState.PROPOSED: gettext_lazy("Waits for a second person"),
    MergeState.DONE: gettext_lazy("One record"),
    MergeState.REFUSED: gettext_lazy("They are two people"),
    MergeState.UNDONE: gettext_lazy("Taken apart again"),
}
VALUE = {
    "name": gettext_lazy("Name"),
    "born_on": gettext_lazy("Birth date"),
    "sex": gettext_lazy("Sex"),
    "language": gettext_lazy("Language"),
    "national_number": gettext_lazy("National number"),
}
FIRST, SECOND = "first", "second"


class MergeForm(OpenpesForm):
    """Which record stays, and what comes from the other."""

    about_self = False
    stays = with_look(
        forms.ChoiceField(label=gettext_lazy("Which record stays?"), choices=(), widget=forms.RadioSelect), small=True
    )
    taken = with_look(
        forms.MultipleChoiceField(
            label=gettext_lazy("Take these values from the other record"),
            choices=(),
            required=False,
            widget=forms.CheckboxSelectMultiple,
            help_text=gettext_lazy("Phones, consents, introductions, notes and appointments all go over anyway."),
        ),
        small=True,
    )
    note = with_look(
        forms.CharField(label=gettext_lazy("How do you know that they are one person?"), max_length=400), width=30
    )


def _open(request: OpenpesRequest, merge: PersonMerge) -> tuple[Jobseeker, Jobseeker]:
    """Both registrations, when the actor's office serves both; else as if there were no such proposal."""
    both = (registration_of(merge.kept_id), registration_of(merge.gone_id))
    kept, gone = both
    if kept is None or gone is None:
        raise NotFound("merge")
    if not all(request.actor.may("person.merge", office_id=one.office_id) for one in (kept, gone)):
        raise NotFound("merge")
    return kept, gone


def _value(jobseeker: Jobseeker, name: str) -> str:
    person = jobseeker.person
    if name == "national_number":
        return _("given") if person.national_number_hash else _("not given")
    value = {"name": person.name_as_given, "born_on": person.born_on, "language": person.language}.get(name)
    return said(SEX_SAID, person.sex) if name == "sex" else str(value or _("not known"))


def _side_by_side(one: Jobseeker, other: Jobseeker, request: OpenpesRequest) -> list[tuple[Any, str, str]]:
    """(what, the one's, the other's) of all that tells two people apart."""
    lines: list[tuple[Any, str, str]] = [(VALUE[name], _value(one, name), _value(other, name)) for name in VALUES]
    facts = [facts_of(jobseeker, request) for jobseeker in (one, other)]
    phones = [", ".join(number for number, _owner in held["phones"]) for held in facts]
    work = [", ".join(name for name, _words in held["wanted"]) for held in facts]
    lines += [
        (_("Number"), one.ref, other.ref),
        (_("Phone"), phones[0], phones[1]),
        (_("Area"), facts[0]["area"], facts[1]["area"]),
        (_("Work wanted"), work[0], work[1]),
        (_("State"), facts[0]["state"], facts[1]["state"]),
    ]
    return lines


@audience(Door.ROLES, *PEOPLE_DESK)
@never_cache
def propose(request: OpenpesRequest, ref: str, other_ref: str) -> HttpResponse:
    """Both records side by side, and the proposal. Opening both is logged."""
    one = jobseeker_for(request.actor, ref, at=request.at)
    other = jobseeker_for(request.actor, other_ref, at=request.at)
    form = MergeForm(request.POST if request.method == "POST" else None, initial={"stays": FIRST})
    form.fields["stays"].choices = [  # type: ignore[attr-defined]
        (FIRST, f"{one.person.name_as_given} · {one.ref}"),
        (SECOND, f"{other.person.name_as_given} · {other.ref}"),
    ]
    differing = [name for name in VALUES if _value(one, name) != _value(other, name)]
    form.fields["taken"].choices = [(name, VALUE[name]) for name in differing]  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        kept, gone = (one, other) if given["stays"] == FIRST else (other, one)
        try:
            merge = propose_merge(
                kept=kept, gone=gone, taken=tuple(given["taken"]), note=given["note"], by=request.actor, at=request.at
            )
        except Refused as refused:
            for sentence in reasons_in_words(refused):
                form.add_error(None, sentence)
        else:
            messages.success(request, _("Proposed. A colleague has to agree before anything changes."))
            return HttpResponseRedirect(reverse("counsellor:merge", args=[merge.ref]))
    return render(
        request,
        "openpes/counsellor/merge_propose.html",
        {"form": form, "one": one, "other": other, "lines": _side_by_side(one, other, request)},
        status=422 if form.errors else 200,
    )


@audience(Door.ROLES, *PEOPLE_DESK)
@never_cache
def merge(request: OpenpesRequest, ref: str) -> HttpResponse:
    """One proposal: agree, say that they are two, or take apart what was made one."""
    held = merge_by_ref(ref)
    kept, gone = _open(request, held)
    if request.method == "POST":
        act = {"agree": merge_people, "refuse": refuse_merge, "apart": unmerge_people}.get(request.POST.get("act", ""))
        if act is None:
            raise NotFound("act")
        try:
            act(merge=held, by=request.actor, at=request.at)
            messages.success(request, _("Saved."))
        except Refused as refused:
            for sentence in reasons_in_words(refused):
                messages.error(request, sentence)
        return HttpResponseRedirect(reverse("counsellor:merge", args=[held.ref]))
    # Whoever decides looks at both records: as logged as opening them.
    if held.state == MergeState.PROPOSED:
        for one in (kept, gone):
            jobseeker_for(request.actor, one.ref, at=request.at)
    return render(
        request,
        "openpes/counsellor/merge.html",
        {
            "merge": held,
            "kept": kept,
            "gone": gone,
            "state": STATE[MergeState(held.state)],
            "taken": [VALUE[name] for name in held.taken],
            "lines": _side_by_side(kept, gone, request) if held.state == MergeState.PROPOSED else [],
            "moved": sum(len(keys) for keys in held.moved.values()),
            "is_own": held.proposed_by_id == request.actor.account_id,
        },
    )


@audience(Door.ROLES, *PEOPLE_DESK)
def merges(request: OpenpesRequest) -> HttpResponse:
    """Proposals of the office that wait for a second person."""
    offices = request.actor.scope_ids("person.merge", "office")
    rows = proposals_at(offices)
    return render(request, "openpes/counsellor/merges.html", {"rows": rows, "me": request.actor.account_id})


def proposals_at(offices: frozenset[int]) -> list[PersonMerge]:
    """Waiting proposals whose records both belong to these offices, in two queries."""
    rows = all_open_merges()
    held = registrations_of({key for one in rows for key in (one.kept_id, one.gone_id)})
    return [
        one for one in rows if all(key in held and held[key].office_id in offices for key in (one.kept_id, one.gone_id))
    ]
