"""Lists that are handed over: a school's leavers before they leave, the people of a closed factory or a flood."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openpes.core.decisions import NotFound, Refused
from openpes.core.tables import UnreadableTable
from openpes.desks.handed_lists import progress_of
from openpes.imports.words import ROW
from openpes.journeys.hand_over_leavers import hand_over_list
from openpes.journeys.open_emergency import put_forward
from openpes.organisations.partner_queries import partners_of
from openpes.organisations.queries import offices_of
from openpes.partnerships.list_operations import SaidList
from openpes.partnerships.list_queries import handed_list, handed_lists
from openpes.partnerships.models import HandedList
from openpes.partnerships.rules import LONGEST_LABEL, LONGEST_WORDS
from openpes.partnerships.states import HandedKind
from openpes.people.roles import OfficeManager
from openpes.placements.words import KIND as OUTCOME
from openpes.programmes.models import Cycle
from openpes.programmes.queries import open_for_public
from openpes.reference.country import today
from openpes.web.audience import Door, audience
from openpes.web.counsellor.partner_words import HANDED
from openpes.web.counsellor.roles import PEOPLE_DESK
from openpes.web.date_field import PlainDateField
from openpes.web.forms import OpenpesForm, with_look
from openpes.web.partner.forms import add_reasons
from openpes.web.programmes.words import REASON as NOT_SENT
from openpes.web.requests import OpenpesRequest

A_PAGE = 20


class HandedForm(OpenpesForm):
    """Why a list comes, and the file."""

    about_self = False
    kind = with_look(
        forms.ChoiceField(
            label=gettext_lazy("Why does this list come?"), choices=list(HANDED.items()), widget=forms.RadioSelect
        ),
        small=True,
    )
    label = with_look(
        forms.CharField(
            label=gettext_lazy("A name for it"),
            max_length=LONGEST_LABEL,
            help_text=gettext_lazy("For example: Leavers of June, or Sunrise Garments closed."),
        ),
        width=30,
    )
    day = PlainDateField(label=gettext_lazy("Last day of school, or the day it happened"))
    school = forms.ChoiceField(label=gettext_lazy("The school"), required=False)
    how_agreed = with_look(
        forms.CharField(
            label=gettext_lazy("How did the leavers agree to be handed over?"),
            required=False,
            max_length=LONGEST_WORDS,
            help_text=gettext_lazy("For a school only. For example: signed sheet of 3 March, parents for minors."),
        ),
        width=30,
    )
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("CSV or XLSX with a name, a phone and a birth date. The least is enough."),
    )


def _write(request: OpenpesRequest, form: HandedForm, schools: list[Any]) -> HttpResponse | None:
    given = form.cleaned_data
    office = offices_of(request.actor, "shock.batch").first()
    if office is None:
        raise NotFound("office")
    said = SaidList(HandedKind(given["kind"]), given["label"], given["day"], given["how_agreed"])
    try:
        made = hand_over_list(
            said=said,
            school=next((one for one in schools if one.ref == given["school"]), None),
            office=office,
            content=given["file"].read(),
            file_name=given["file"].name or "",
            language=request.LANGUAGE_CODE,
            by=request.actor,
            at=request.at,
        )
    except UnreadableTable as error:
        form.add_error("file", str(error))
        return None
    except Refused as refused:
        add_reasons(form, refused)
        return None
    messages.success(request, _("The file is here. Say what its columns hold; nothing is written down yet."))
    return HttpResponseRedirect(reverse("counsellor:import_list", args=[made.batch.ref]))


@audience(Door.ROLES, *PEOPLE_DESK)
def lists(request: OpenpesRequest) -> HttpResponse:
    """All handed lists of the office; a manager hands over another."""
    may_hand_over = request.actor.has_role(OfficeManager.code)
    if request.method == "POST" and not may_hand_over:
        raise NotFound("page")
    schools = list(partners_of(request.actor).filter(is_open=True))
    form = HandedForm(request.POST if request.method == "POST" else None, request.FILES or None)
    form.fields["school"].choices = [("", _("No school")), *((one.ref, one.name) for one in schools)]  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        done = _write(request, form, schools)
        if done is not None:
            return done
    page = Paginator(handed_lists(request.actor), A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "openpes/counsellor/handed_lists.html",
        {
            "form": form,
            "may_hand_over": may_hand_over,
            "page": page,
            "lines": [{"held": one, "kind": HANDED[HandedKind(one.kind)]} for one in page],
        },
        status=422 if form.errors else 200,
    )


def _put_forward(request: OpenpesRequest, held: HandedList, rounds: list[Cycle]) -> HttpResponse:
    """Everybody of the list who has agreed is put forward to one open round; what stood in the way is counted."""
    cycle = next((one for one in rounds if one.ref == request.POST.get("round")), None)
    if cycle is None:
        raise NotFound("round")
    told = put_forward(handed=held, cycle=cycle, by=request.actor, at=request.at)
    messages.success(
        request, _("%(n)s people put forward. A second person agrees to them.") % {"n": told.pop("sent", 0)}
    )
    waiting = told.pop("not_agreed_yet", 0)
    if waiting:
        messages.info(request, _("%(n)s people have not agreed to be registered yet.") % {"n": waiting})
    for code, number in sorted(told.items()):
        messages.info(request, f"{number}: {NOT_SENT.get(code, NOT_SENT['not_from_here'])}")
    return HttpResponseRedirect(request.path)


@audience(Door.ROLES, *PEOPLE_DESK)
def one_list(request: OpenpesRequest, ref: str) -> HttpResponse:
    """How far the people of one list are, in counts; and after a year where they went."""
    held = handed_list(request.actor, ref)
    rounds = list(open_for_public(on=today(request.at)))
    if request.method == "POST":
        return _put_forward(request, held, rounds)
    progress = progress_of(held, at=request.at)
    went = [
        (str(OUTCOME.get(kind, _("nothing known"))), number)  # type: ignore[call-overload]
        for kind, number in sorted(progress.went.items(), key=lambda one: -(one[1] or 0))
    ]
    return render(
        request,
        "openpes/counsellor/handed_list.html",
        {
            "held": held,
            "kind": HANDED[HandedKind(held.kind)],
            "is_school": held.kind == HandedKind.LEAVERS,
            "progress": progress,
            "rounds": rounds,
            "rows": [(ROW.get(state, state), number) for state, number in progress.rows.items()],  # type: ignore[call-overload]
            "went": went,
        },
    )
