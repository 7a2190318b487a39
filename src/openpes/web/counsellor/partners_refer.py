"""Send a person to a partner, follow each step, take it back; and the people who came back without help."""

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
from django.views.decorators.http import require_POST, require_safe

from openpes.core.access_log import record_search, record_view
from openpes.core.decisions import Refused
from openpes.jobseekers.models import Jobseeker
from openpes.jobseekers.rules import needs_guardian
from openpes.journeys.refer_to_partner import Sending, refer_to_partner, take_back_from_partner
from openpes.partnerships.models import PartnerReferral
from openpes.partnerships.operations import seen_by_office
from openpes.partnerships.queries import (
    agreement_for,
    fields_for,
    offers,
    returned,
    sent_for,
    sent_one,
    story_of,
)
from openpes.partnerships.rules import LONGEST_WORDS
from openpes.partnerships.states import (
    OPEN_STATES,
    RETURNED,
    PartnerEnding,
    PartnerPurpose,
    PartnerReferralState,
    PartnerResult,
)
from openpes.partnerships.words import PURPOSE, SHARED
from openpes.reference.country import country, today
from openpes.web.audience import Door, audience
from openpes.web.counsellor.partners import offer_line
from openpes.web.counsellor.person import opened
from openpes.web.counsellor.roles import PEOPLE_DESK
from openpes.web.forms import OpenpesForm, PhoneField, with_look
from openpes.web.partner.forms import add_reasons
from openpes.web.partner.words import ENDING, EVENT, RESULT, STATE
from openpes.web.requests import OpenpesRequest

A_PAGE = 20
MOST_OFFERS = 20


def sent_line(one: PartnerReferral) -> dict[str, Any]:
    """A referral to a partner in a list of the office."""
    return {
        "referral": one,
        "partner": one.agreement.partner,
        "purpose": PURPOSE[PartnerPurpose(one.purpose)],
        "state": ENDING[PartnerEnding(one.ending)] if one.ending else STATE[PartnerReferralState(one.state)],
        "result": RESULT[PartnerResult(one.result)] if one.result else "",
        "is_open": one.state in OPEN_STATES,
        "waits": one.state == PartnerReferralState.SENT,
    }


@audience(Door.ROLES, *PEOPLE_DESK)
@require_safe
def for_person(request: OpenpesRequest, ref: str) -> HttpResponse:
    """Where a person was sent, and which partners could help them, those with places first."""
    jobseeker, on = opened(request, ref), today(request.at)
    purpose = request.GET.get("purpose", "")
    found = offers(request.actor, on=on, purpose=purpose, area_code=jobseeker.area_code)
    return render(
        request,
        "openpes/counsellor/partners_for_person.html",
        {
            "jobseeker": jobseeker,
            "sent": [sent_line(one) for one in sent_for(request.actor, jobseeker.pk)],
            "lines": [offer_line(one, request.LANGUAGE_CODE, on=on) for one in found[:MOST_OFFERS]],
            "purposes": list(PURPOSE.items()),
            "purpose": purpose,
        },
    )


class SendForm(OpenpesForm):
    """For what, a note, and the person's word for this partner and this purpose."""

    about_self = False
    purpose = with_look(
        forms.ChoiceField(label=gettext_lazy("For what?"), choices=list(PURPOSE.items()), widget=forms.RadioSelect),
        small=True,
    )
    note = with_look(
        forms.CharField(
            label=gettext_lazy("A note to the partner"),
            required=False,
            max_length=LONGEST_WORDS,
            help_text=gettext_lazy("Only what helps the partner to begin. Nothing about health, family or money."),
            widget=forms.Textarea(attrs={"rows": 2}),
        )
    )
    guardian_name = with_look(
        forms.CharField(label=gettext_lazy("Parent or guardian who agrees"), required=False, max_length=120), width=20
    )
    guardian_phone = with_look(PhoneField(label=gettext_lazy("Their phone"), required=False), width=20)
    agreed = forms.BooleanField(
        label=gettext_lazy("I have read aloud what the partner will see, and the person agrees"),
        error_messages={"required": gettext_lazy("Ask the person. Tick the box when they agree.")},
    )


def _send_form(request: OpenpesRequest, jobseeker: Jobseeker, purposes: list[str]) -> SendForm:
    form = SendForm(request.POST if request.method == "POST" else None)
    offered = [(code, PURPOSE[PartnerPurpose(code)]) for code in purposes]
    form.fields["purpose"].choices = offered  # type: ignore[attr-defined]
    if len(offered) == 1:
        form.fields["purpose"].initial = offered[0][0]
    if not needs_guardian(country(), born_on=jobseeker.person.born_on, on=today(request.at)):
        del form.fields["guardian_name"], form.fields["guardian_phone"]
    return form


@audience(Door.ROLES, *PEOPLE_DESK)
def send(request: OpenpesRequest, ref: str, agreement_ref: str) -> HttpResponse:
    """Send one person to one partner: what it will see is on the page, to be read aloud."""
    jobseeker, offer, on = opened(request, ref), agreement_for(request.actor, agreement_ref), today(request.at)
    form = _send_form(request, jobseeker, offer.agreement.purposes)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        sending = Sending(
            PartnerPurpose(given["purpose"]),
            given["agreed"],
            given["note"],
            given.get("guardian_name", ""),
            given.get("guardian_phone", ""),
        )
        try:
            made = refer_to_partner(
                jobseeker=jobseeker, agreement=offer.agreement, sending=sending, by=request.actor, at=request.at
            )
        except Refused as refused:
            add_reasons(form, refused)
        else:
            messages.success(request, _("Sent. The partner answers by %(day)s.") % {"day": today(made.answer_due_at)})
            return HttpResponseRedirect(reverse("counsellor:partner_referral", args=[made.ref]))
    seen = [
        (PURPOSE[purpose], [SHARED[one] for one in fields_for(purpose, on=on)])
        for purpose in map(PartnerPurpose, offer.agreement.purposes)
    ]
    return render(
        request,
        "openpes/counsellor/partners_send.html",
        {
            "jobseeker": jobseeker,
            "line": offer_line(offer, request.LANGUAGE_CODE, on=on),
            "form": form,
            "seen": seen,
            "months": int(country().value("consent.share_with_partner_months", on=on).value),
        },
        status=422 if form.errors else 200,
    )


@audience(Door.ROLES, *PEOPLE_DESK)
@require_safe
def referral(request: OpenpesRequest, ref: str) -> HttpResponse:
    """One referral to a partner with every step. The look is logged: the page names a person."""
    one = sent_one(request.actor, ref)
    person = one.jobseeker.person
    record_view(by=request.actor, at=request.at, subject=person.log_key, thing=f"partner_referral:{one.ref}")
    return render(
        request,
        "openpes/counsellor/partner_referral.html",
        {
            "line": sent_line(one),
            "person": person,
            "jobseeker": one.jobseeker,
            "shared": [SHARED[code] for code in one.shared],
            "story": [(step, EVENT[step.kind]) for step in story_of(one)],  # type: ignore[index]
            "came_back": one.ending in RETURNED and one.seen_by_office_at is None,
        },
    )


@audience(Door.ROLES, *PEOPLE_DESK)
@require_POST
def take_back(request: OpenpesRequest, ref: str) -> HttpResponse:
    """The office takes a person back, or writes down that the person took their yes back."""
    one = sent_one(request.actor, ref)
    try:
        take_back_from_partner(referral=one, by=request.actor, at=request.at)
    except Refused:
        messages.error(request, _("This has ended already."))
    else:
        messages.success(request, _("Taken back. The partner cannot see this person any more."))
    return HttpResponseRedirect(reverse("counsellor:partner_referral", args=[one.ref]))


@audience(Door.ROLES, *PEOPLE_DESK)
@require_safe
def came_back(request: OpenpesRequest) -> HttpResponse:
    """Everybody who came back from a partner without help, the longest ago first."""
    page = Paginator(returned(request.actor), A_PAGE).get_page(request.GET.get("page"))
    rows = list(page)
    if rows:
        keys = {one.jobseeker.person.log_key for one in rows}
        record_search(by=request.actor, at=request.at, what="came back from partners", found=keys)
    return render(
        request,
        "openpes/counsellor/partners_returned.html",
        {"page": page, "lines": [sent_line(one) for one in rows]},
    )


@audience(Door.ROLES, *PEOPLE_DESK)
@require_POST
def seen(request: OpenpesRequest, ref: str) -> HttpResponse:
    """The task is done: the office looks for another way with the person."""
    one = sent_one(request.actor, ref)
    try:
        seen_by_office(referral=one, by=request.actor, at=request.at)
    except Refused:
        messages.error(request, _("There is nothing left to do here."))
    return HttpResponseRedirect(reverse("counsellor:partners_for_person", args=[one.jobseeker.ref]))
