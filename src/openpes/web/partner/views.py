"""The partners' desk: who was sent here, an answer in one press, the steps, the way back. Nothing can be searched."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from openpes.core.access_log import record_search
from openpes.core.decisions import Refused
from openpes.core.spreadsheets import XLSX_TYPE, as_xlsx
from openpes.journeys.refer_to_partner_export import export_own_list
from openpes.organisations.partner_queries import own_partners
from openpes.partnerships import operations as partnerships
from openpes.partnerships.models import PartnerReferral
from openpes.partnerships.queries import (
    live_agreements_of_partners,
    received,
    received_one,
    story_of,
)
from openpes.partnerships.sharing import shared_lines
from openpes.partnerships.states import (
    PartnerAnswer,
    PartnerPurpose,
    PartnerReferralState,
    PartnerResult,
    PartnerStep,
    SharedField,
)
from openpes.partnerships.words import PURPOSE, SHARED
from openpes.people.roles import PartnerStaff
from openpes.reference.country import today
from openpes.web.audience import Door, audience
from openpes.web.forms import OpenpesForm
from openpes.web.partner.forms import CloseForm, NoForm, StepForm, add_reasons
from openpes.web.partner.words import EVENT, REASON, STATE_HERE
from openpes.web.requests import OpenpesRequest

ROLE = PartnerStaff.code
A_PAGE = 20


def _keys(rows: Iterable[PartnerReferral]) -> set[str]:
    return {one.jobseeker.person.log_key for one in rows}


def line_of(one: PartnerReferral, *, request: OpenpesRequest) -> dict[str, Any]:
    """One person in a list: the name only where the person agreed to show it."""
    return {
        "referral": one,
        "named": SharedField.NAME.value in one.shared,
        "purpose": PURPOSE[PartnerPurpose(one.purpose)],
        "state": STATE_HERE[PartnerReferralState(one.state)],
        "waits": one.state == PartnerReferralState.SENT,
        "late": one.state == PartnerReferralState.SENT and today(one.answer_due_at) <= today(request.at),
    }


@audience(Door.ROLES, ROLE)
@require_safe
def home(request: OpenpesRequest) -> HttpResponse:
    """Everybody who was sent here and agrees to it now; what waits for an answer first."""
    actor, on = request.actor, today(request.at)
    page = Paginator(received(actor, at=request.at), A_PAGE).get_page(request.GET.get("page"))
    rows = list(page)
    if rows:
        record_search(by=actor, at=request.at, what="partner list", found=_keys(rows))
    partners = own_partners(actor)
    agreements = live_agreements_of_partners([one.pk for one in partners], on=on)
    return render(
        request,
        "openpes/partner/home.html",
        {
            "partners": partners,
            "page": page,
            "lines": [line_of(one, request=request) for one in rows],
            "ending": [{"agreement": one, "days": (one.ends_before - on).days} for one in agreements if one.warned],
            "no_agreement": not agreements,
        },
    )


@audience(Door.ROLES, ROLE)
def person(request: OpenpesRequest, ref: str) -> HttpResponse:
    """One person: the least that is needed, the steps so far, and what can be said next."""
    referral = received_one(request.actor, ref, at=request.at)
    act = request.POST.get("act", "") if request.method == "POST" else ""
    forms: dict[str, OpenpesForm] = {
        "no": NoForm(request.POST if act == "decline" else None),
        "step": _step_form(referral, request.POST if act == "step" else None, request),
        "close": CloseForm(request.POST if act == "close" else None),
    }
    if act:
        done = _act(request, referral, act, forms)
        if done is not None:
            return done
    return render(
        request,
        "openpes/partner/person.html",
        {
            "referral": referral,
            "line": line_of(referral, request=request),
            "lines": shared_lines(referral, request.LANGUAGE_CODE),
            "story": [(one, EVENT[one.kind]) for one in story_of(referral)],  # type: ignore[index]
            "forms": forms,
            "waits": referral.state == PartnerReferralState.SENT,
        },
        status=422 if any(form.errors for form in forms.values()) else 200,
    )


def _step_form(referral: PartnerReferral, data: Any, request: OpenpesRequest) -> StepForm:
    form = StepForm(data, initial={"on": today(request.at)})
    if referral.state == PartnerReferralState.IN_TOUCH:
        form.after_first_contact()
    else:
        form.first_contact_only()
    return form


def _act(
    request: OpenpesRequest, referral: PartnerReferral, act: str, forms: dict[str, OpenpesForm]
) -> HttpResponse | None:
    """Do what was pressed; None when the page is to be shown again with what is wrong."""
    form = {"step": forms["step"], "close": forms["close"]}.get(act, forms["no"])
    if act in {"step", "close", "decline"} and not form.is_valid():
        return None
    common: dict[str, Any] = {"referral": referral, "by": request.actor, "at": request.at}
    given = form.cleaned_data if form.is_bound else {}
    try:
        if act == "step":
            partnerships.note_step(step=PartnerStep(given["step"]), on=given["on"], words=given["words"], **common)
        elif act == "close":
            partnerships.close(result=PartnerResult(given["result"]), words=given["words"], **common)
        elif act in set(PartnerAnswer):
            partnerships.answer(answer=PartnerAnswer(act), words=given.get("words", ""), **common)
        else:
            return None
    except Refused as refused:
        if not form.is_bound:
            for reason in refused.decision.reasons:
                messages.error(request, str(REASON.get(reason.code, reason.code)))
            return HttpResponseRedirect(reverse("partner:person", args=[referral.ref]))
        add_reasons(form, refused)
        return None
    stays = act in {"accept", "step"}
    messages.success(request, _("Written down. The office sees it now."))
    return HttpResponseRedirect(reverse("partner:person", args=[referral.ref]) if stays else reverse("partner:home"))


@audience(Door.ROLES, ROLE)
@require_POST
def export(request: OpenpesRequest) -> HttpResponse:
    """The own list as a spreadsheet, never more. A POST, because taking it is written down for each person."""
    rows = export_own_list(by=request.actor, at=request.at)
    head = [_("Number"), _("For"), _("State"), _("Sent"), *(str(one) for one in SHARED.values())]
    lines = []
    for one in rows:
        values = {line.field: line.value for line in shared_lines(one, request.LANGUAGE_CODE)}
        lines.append(
            [
                one.ref,
                str(PURPOSE[PartnerPurpose(one.purpose)]),
                str(STATE_HERE[PartnerReferralState(one.state)]),
                today(one.sent_at).isoformat(),
                *(values.get(field, "") for field in SHARED),
            ]
        )
    response = HttpResponse(as_xlsx([(_("People"), head, lines)]), content_type=XLSX_TYPE)
    response["Content-Disposition"] = 'attachment; filename="people.xlsx"'
    return response
