"""Notes on a person, one note on many, and who else helps. The person reads the notes in their own download."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from openpes.appointments.queue import roster_of, session_for
from openpes.appointments.states import AppointmentState
from openpes.casework.operations import SaidHelper, change_helper, correct_note, name_helper, pin_note, write_note
from openpes.casework.queries import helper_for, helpers_of, note_for, notes_of
from openpes.casework.states import WRITTEN_KINDS, NoteKind
from openpes.casework.words import KIND, ROLE
from openpes.core.decisions import NotFound, Refused
from openpes.jobseekers.models import Jobseeker
from openpes.jobseekers.queries import jobseeker_for
from openpes.reference.country import today
from openpes.web.audience import Door, audience
from openpes.web.counsellor.handover import chosen_query
from openpes.web.counsellor.person import opened
from openpes.web.counsellor.roles import PEOPLE_DESK
from openpes.web.counsellor.words import reasons_in_words, said
from openpes.web.forms import OpenpesForm, PlainDateField, with_look
from openpes.web.requests import OpenpesRequest

MOST_AT_ONCE = 60
# Under each box in which a note is written.
MAY_READ = gettext_lazy("They may read this. No employer and no partner sees it.")


class NoteForm(OpenpesForm):
    """A new note."""

    about_self = False
    mark_optional = False
    kind = forms.ChoiceField(
        label=gettext_lazy("What kind of note?"), choices=[(one.value, KIND[one]) for one in WRITTEN_KINDS]
    )
    words = forms.CharField(
        label=gettext_lazy("The note"),
        help_text=MAY_READ,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    pinned = forms.BooleanField(label=gettext_lazy("Keep it on top"), required=False)


class HelperForm(OpenpesForm):
    """Somebody else who helps, as the person says."""

    about_self = False
    role = forms.ChoiceField(label=gettext_lazy("Who are they?"), choices=list(ROLE.items()))
    name = with_look(forms.CharField(label=gettext_lazy("Name"), max_length=120), width=20)
    reached_by = with_look(
        forms.CharField(label=gettext_lazy("How to reach them"), max_length=120, required=False), width=20
    )
    since = PlainDateField(label=gettext_lazy("Since"), required=False)


@audience(Door.ROLES, *PEOPLE_DESK)
def notes(request: OpenpesRequest, ref: str) -> HttpResponse:
    """The notes on a person, a new one, and who else helps."""
    jobseeker = opened(request, ref)
    act = request.POST.get("act", "")
    note = NoteForm(request.POST if act == "note" else None)
    helper = HelperForm(request.POST if act == "helper" else None)
    form: OpenpesForm | None = {"note": note, "helper": helper}.get(act)
    problems: list[str] = []
    try:
        if (form is None or form.is_valid()) and request.method == "POST" and _do(request, jobseeker, act, form):
            messages.success(request, _("Saved."))
            return HttpResponseRedirect(request.path)
    except Refused as refused:
        problems = reasons_in_words(refused)
    return render(
        request,
        "openpes/counsellor/notes.html",
        {
            "jobseeker": jobseeker,
            "notes": [
                {"note": one, "kind": said(KIND, one.kind), "corrected": hasattr(one, "corrected_by")}
                for one in notes_of(request.actor, jobseeker)
            ],
            "helpers": [{"helper": one, "role": said(ROLE, one.role)} for one in helpers_of(request.actor, jobseeker)],
            "note_form": note,
            "helper_form": helper,
            "wrong": form if form is not None and form.errors else None,
            "errors": problems,
            "typed": request.POST if act == "correct" else None,
            "may_read": MAY_READ,
        },
        status=422 if problems or (form is not None and form.errors) else 200,
    )


def _do(request: OpenpesRequest, jobseeker: Jobseeker, act: str, form: Any) -> bool:
    """One act by one operation; False for an act that is not known. Raises Refused."""
    by, at = request.actor, request.at
    if act == "note":
        given = form.cleaned_data
        write_note(
            people=[jobseeker], words=given["words"], kind=NoteKind(given["kind"]), pinned=given["pinned"], by=by, at=at
        )
    elif act == "helper":
        given = form.cleaned_data
        helper = SaidHelper(given["role"], given["name"], given["reached_by"], given["since"])
        name_helper(jobseeker=jobseeker, said=helper, by=by, at=at)
    elif act in {"correct", "pin", "unpin"}:
        held = note_for(by, jobseeker, request.POST.get("note", ""))
        if act == "correct":
            correct_note(note=held, jobseeker=jobseeker, words=request.POST.get("words", ""), by=by, at=at)
        else:
            pin_note(note=held, jobseeker=jobseeker, pinned=act == "pin", by=by, at=at)
    elif act in {"spoke", "ended"}:
        row, on = helper_for(by, jobseeker, request.POST.get("helper", "")), today(at)
        if act == "spoke":
            change_helper(helper=row, jobseeker=jobseeker, last_contact_on=on, by=by, at=at)
        else:
            change_helper(helper=row, jobseeker=jobseeker, until=on, by=by, at=at)
    else:
        return False
    return True


def _chosen(request: OpenpesRequest) -> list[Jobseeker]:
    """The people of the address: ticked in a list, or those who came to a group session. Each view is logged."""
    refs = request.GET.getlist("person")[:MOST_AT_ONCE]
    if request.GET.get("session"):
        roster = roster_of(session_for(request.actor, request.GET["session"]))
        refs = [one.jobseeker.ref for one in roster if one.state == AppointmentState.SEEN]
    return [jobseeker_for(request.actor, ref, at=request.at) for ref in dict.fromkeys(refs)]


@audience(Door.ROLES, *PEOPLE_DESK)
def note_many(request: OpenpesRequest) -> HttpResponse:
    """One note on many people: each of them gets it, and reads nothing of the others."""
    if request.method == "POST" and "words" not in request.POST:
        return HttpResponseRedirect(f"{request.path}?{chosen_query(request)}")
    people = _chosen(request)
    if not people and not (request.GET.get("session") or "person" in request.GET):
        messages.error(request, _("Tick the people first."))
        return HttpResponseRedirect(reverse("counsellor:caseload"))
    if not people:
        raise NotFound("people")
    form = NoteForm(request.POST if request.method == "POST" else None)
    form.fields.pop("kind")
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = write_note(
                people=people,
                words=given["words"],
                kind=NoteKind.GROUP,
                pinned=given["pinned"],
                by=request.actor,
                at=request.at,
            )
        except Refused as refused:
            for sentence in reasons_in_words(refused):
                form.add_error(None, sentence)
        else:
            told = ngettext("The note is on %(number)s person.", "The note is on %(number)s people.", len(made))
            messages.success(request, told % {"number": len(made)})
            return HttpResponseRedirect(reverse("counsellor:caseload"))
    return render(
        request,
        "openpes/counsellor/desk_form.html",
        {
            "form": form,
            "title": _("One note on several people"),
            "hint": ", ".join(one.person.name_as_given for one in people),
            "back": reverse("counsellor:caseload"),
            "button": _("Write the note"),
        },
        status=422 if form.errors else 200,
    )
