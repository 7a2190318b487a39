"""Employers: waiting to be checked, found by name, and one with a named officer's decision."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from openpes.core.decisions import Refused
from openpes.journeys.register_employer import decide_employer
from openpes.organisations.business_register import newest_business_list, register_says
from openpes.organisations.models import Employer
from openpes.organisations.papers import papers_of
from openpes.organisations.portfolio import contacts_of
from openpes.organisations.queries import (
    decisions_about,
    employer_for,
    employers_like,
    employers_waiting,
    find_employers,
)
from openpes.organisations.states import ALLOWED_MOVES, BusinessStatus, ContactKind, EmployerState
from openpes.organisations.words import EMPLOYER_STATE, SECTOR, SIZE_BAND
from openpes.people.phones import as_dialled
from openpes.reference.country import area_name, country
from openpes.referrals.queries import usual_answer_days
from openpes.vacancies.queries import vacancies_at_employer
from openpes.vacancies.words import STATE
from openpes.web.audience import Door, audience
from openpes.web.counsellor.employer_words import BUSINESS_STATUS, CONTACT, REGISTER, REGISTER_CAREFUL
from openpes.web.counsellor.portfolio import contact_form
from openpes.web.counsellor.roles import JOBS_DESK
from openpes.web.counsellor.words import EMPLOYER_MOVE, habit_in_words, reasons_in_words, said
from openpes.web.date_field import PlainDateField
from openpes.web.employer.papers import shown
from openpes.web.forms import OpenpesForm, with_look
from openpes.web.requests import OpenpesRequest

A_PAGE = 20
ORDER = (EmployerState.VERIFIED, EmployerState.REFUSED, EmployerState.SUSPENDED)
CAREFUL = frozenset({EmployerState.REFUSED, EmployerState.SUSPENDED})


@audience(Door.ROLES, *JOBS_DESK)
@require_safe
def employers(request: OpenpesRequest) -> HttpResponse:
    """Employers that wait to be checked, and finding one."""
    actor, text = request.actor, request.GET.get("text", "").strip()
    found = [(one, said(EMPLOYER_STATE, one.state)) for one in find_employers(actor, text)] if text else None
    waiting = Paginator(employers_waiting(actor), A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "openpes/counsellor/employers.html",
        {"waiting": waiting, "found": found, "text": text, "may_portfolio": actor.holds("employer.contact")},
    )


class EmployerDecisionForm(OpenpesForm):
    """An officer's decision about an employer."""

    about_self = False
    note = with_look(
        forms.CharField(
            label=gettext_lazy("Note"),
            required=False,
            max_length=400,
            widget=forms.Textarea(attrs={"rows": 2}),
            help_text=gettext_lazy("What you looked at: register, permit, visit. Needed when you refuse or suspend."),
        )
    )
    until = PlainDateField(
        label=gettext_lazy("Suspended until"),
        required=False,
        help_text=gettext_lazy("On this day it ends by itself. Empty: until an officer ends it."),
    )


def _beside(request: OpenpesRequest, held: Employer) -> dict[str, Any]:
    """What stands beside a firm for its check: the register's word, its papers, visits and calls."""
    actor = request.actor
    said = register_says(held)
    may_see = actor.may("employer.papers", office_id=held.office_id)
    may_note = actor.may("employer.contact", office_id=held.office_id)
    return {
        "register": REGISTER[said.word],
        "register_careful": said.word in REGISTER_CAREFUL,
        "register_list": newest_business_list(),
        "register_lines": [(one, BUSINESS_STATUS[BusinessStatus(one.status)]) for one in said.lines],
        "papers": shown(papers_of(actor, held), request) if may_see else [],
        "may_see_papers": may_see,
        "contacts": [(one, CONTACT[ContactKind(one.kind)]) for one in contacts_of(actor, held)] if may_note else [],
        "contact_form": contact_form(request) if may_note else None,
    }


@audience(Door.ROLES, *JOBS_DESK)
def employer(request: OpenpesRequest, ref: str) -> HttpResponse:
    """One employer for staff: what is known, likely duplicates, verify, refuse, suspend, restore."""
    actor, language = request.actor, request.LANGUAGE_CODE
    held = employer_for(actor, ref)
    form = EmployerDecisionForm(request.POST if request.method == "POST" else None)
    wanted = request.POST.get("to", "")
    if request.method == "POST" and wanted in set(EmployerState) and form.is_valid():
        try:
            decide_employer(
                employer=held,
                to=EmployerState(wanted),
                note=form.cleaned_data["note"],
                until=form.cleaned_data["until"] if wanted == EmployerState.SUSPENDED else None,
                by=actor,
                at=request.at,
            )
        except Refused as refused:
            for sentence in reasons_in_words(refused):
                form.add_error(None, sentence)
        else:
            messages.success(request, _("Written down."))
            return HttpResponseRedirect(request.path)
    offices = actor.scope_ids("employer.view", "office")
    alike = [
        (one, one.office_id in offices)
        for one in employers_like(name=held.name, registration_number=held.registration_number)
        if one.pk != held.pk
    ]
    moves = [(to, EMPLOYER_MOVE[to], to in CAREFUL) for to in ORDER if to in ALLOWED_MOVES[EmployerState(held.state)]]
    return render(
        request,
        "openpes/counsellor/employer.html",
        {
            "employer": held,
            "form": form,
            "state": said(EMPLOYER_STATE, held.state),
            "sector": said(SECTOR, held.sector),
            "size": said(SIZE_BAND, held.size_band),
            "area": area_name(held.area_code, language),
            "alike": alike,
            "phone": as_dialled(held.contact_phone, country().code),
            "habit": habit_in_words(held),
            "usual_days": usual_answer_days(held.pk, at=request.at),
            "decisions": [
                {"at": one.at, "state": said(EMPLOYER_STATE, one.state), "by": one.label, "words": one.words}
                for one in decisions_about(held)
            ],
            "vacancies": [(one, said(STATE, one.state)) for one in vacancies_at_employer(actor, held.pk)],
            "moves": moves,
            **_beside(request, held),
            "may_suspend": EmployerState.SUSPENDED in ALLOWED_MOVES[EmployerState(held.state)],
            "may_verify": actor.may("employer.verify", office_id=held.office_id),
        },
        status=422 if form.errors else 200,
    )
