"""Stipend lists that a second person releases, and claims of firms, at the programme manager's desk."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from openpes.core.decisions import NotFound, Refused
from openpes.core.spreadsheets import XLSX_TYPE, as_xlsx
from openpes.enrolments.models import StipendList
from openpes.enrolments.money import note_payment, prepare_list, release_list
from openpes.enrolments.queries import claim_by_ref, claims_to_decide, course_for, lines_of, list_for, lists_of
from openpes.enrolments.states import ClaimState, ListState, PayState
from openpes.journeys.claim_subsidy import decide_claim
from openpes.reference.country import today
from openpes.web.audience import Door, audience
from openpes.web.forms import OpenpesForm, PlainDateField
from openpes.web.programmes.course_words import CLAIM, PAY, why_not
from openpes.web.programmes.words import PROGRAMMES_DESK
from openpes.web.requests import OpenpesRequest

A_PAGE = 50


class SpanForm(OpenpesForm):
    """The days that a list pays for."""

    about_self = False
    starts_on = PlainDateField(label=gettext_lazy("From"))
    ends_before = PlainDateField(label=gettext_lazy("Until the day before"))


@audience(Door.ROLES, *PROGRAMMES_DESK)
def lists(request: OpenpesRequest, ref: str) -> HttpResponse:
    """The lists of a round, and a new one by attendance."""
    cycle = course_for(request.actor, ref)
    first = today(request.at).replace(day=1)
    usual = {"starts_on": (first - timedelta(days=1)).replace(day=1), "ends_before": first}
    form = SpanForm(request.POST if request.method == "POST" else None, initial=usual)
    if form.is_bound and form.is_valid():
        try:
            made = prepare_list(cycle=cycle, **form.cleaned_data, by=request.actor, at=request.at)
            return HttpResponseRedirect(reverse("programmes:stipends", args=[made.ref]))
        except Refused as refused:
            for one in why_not(refused):
                form.add_error(None, one)
    context = {"cycle": cycle, "version": cycle.version, "lists": lists_of(request.actor, cycle), "form": form}
    return render(request, "openpes/programmes/lists.html", context, status=422 if form.errors else 200)


def _act(request: OpenpesRequest, held: StipendList) -> str:
    act, by, at = request.POST.get("act", ""), request.actor, request.at
    if act == "release":
        release_list(stipends=held, by=by, at=at)
        return _("Released. The payments may go out.")
    chosen = set(request.POST.getlist("line"))
    to = {"paid": PayState.PAID, "returned": PayState.RETURNED}.get(act)
    if to is None or not chosen:
        return ""
    lines = [one for one in lines_of(held) if str(one.pk) in chosen]
    for line in lines:
        note_payment(line=line, to=to, why=request.POST.get("why", ""), by=by, at=at)
    return _("%(n)s payments noted.") % {"n": len(lines)}


@audience(Door.ROLES, *PROGRAMMES_DESK)
def stipends(request: OpenpesRequest, ref: str) -> HttpResponse:
    """One list: a second person releases it; then payments are noted as paid or as come back."""
    held = list_for(request.actor, ref)
    if request.method == "POST":
        try:
            done = _act(request, held)
            if done:
                messages.success(request, done)
        except Refused as refused:
            for one in why_not(refused):
                messages.error(request, one)
        return HttpResponseRedirect(request.get_full_path())
    rows = lines_of(held)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "list": held,
        "cycle": held.cycle,
        "page": page,
        "lines": [(one, PAY[PayState(one.state)]) for one in page],
        "total": sum(one.amount for one in rows),
        "currency": rows[0].currency if rows else "",
        "released": held.state == ListState.RELEASED,
        "own": held.prepared_by_id == request.actor.account_id,
    }
    return render(request, "openpes/programmes/stipends.html", context)


@audience(Door.ROLES, *PROGRAMMES_DESK)
@require_safe
def stipends_file(request: OpenpesRequest, ref: str) -> HttpResponse:
    """The released list for whoever pays, as a workbook in which nothing runs as a formula."""
    held = list_for(request.actor, ref)
    if held.state != ListState.RELEASED:
        raise NotFound("list")
    rows = [
        (
            one.enrolment.jobseeker.person.name_as_given,
            one.payout_account,
            one.days,
            one.amount,
            one.currency,
            str(PAY[PayState(one.state)]),
        )
        for one in lines_of(held)
    ]
    head = ("Name", "Account", "Days", "Amount", "Currency", "Payment")
    answer = HttpResponse(as_xlsx([(f"Stipends {held.starts_on:%Y-%m-%d}", head, rows)]), content_type=XLSX_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="stipends-{held.ref}.xlsx"'
    answer["Cache-Control"] = "no-store"
    return answer


@audience(Door.ROLES, *PROGRAMMES_DESK)
def claims(request: OpenpesRequest) -> HttpResponse:
    """Claims of firms: what the ledger holds, what the worker said, and the decision of a second person."""
    if request.method == "POST":
        claim = claim_by_ref(request.POST.get("claim", ""))
        to, why = request.POST.get("to", ""), request.POST.get("why", "")
        if to in set(ClaimState):
            try:
                decide_claim(claim=claim, to=ClaimState(to), why=why, by=request.actor, at=request.at)
                messages.success(request, _("Decided."))
            except Refused as refused:
                for one in why_not(refused):
                    messages.error(request, one)
        return HttpResponseRedirect(request.path)
    page = Paginator(claims_to_decide(request.actor), A_PAGE).get_page(request.GET.get("page"))
    lines = [(one, CLAIM[ClaimState(one.state)]) for one in page]
    return render(request, "openpes/programmes/claims.html", {"page": page, "lines": lines})
