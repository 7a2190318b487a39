"""Who has my data: the partners I was sent to, what each of them sees, and a button that ends it at once."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from openpes.core.decisions import Refused
from openpes.journeys.refer_to_partner import take_back_from_partner
from openpes.partnerships.models import PartnerReferral
from openpes.partnerships.queries import own_one, own_referrals, who_sees
from openpes.partnerships.states import PartnerPurpose
from openpes.partnerships.words import PURPOSE, SHARED
from openpes.web.audience import Door, audience
from openpes.web.jobseeker.own_pages import own
from openpes.web.requests import OpenpesRequest

MOST_SHOWN = 40


def _line(one: PartnerReferral, *, sees: bool) -> dict[str, Any]:
    return {
        "referral": one,
        "partner": one.agreement.partner,
        "purpose": PURPOSE[PartnerPurpose(one.purpose)],
        "shared": [SHARED[code] for code in one.shared],
        "sees": sees,
    }


@audience(Door.ROLES, "jobseeker")
@require_safe
def partners(request: OpenpesRequest) -> HttpResponse:
    """Every partner, those that see something now first."""
    jobseeker = own(request)
    seeing = who_sees(jobseeker.person_id, at=request.at)
    rows = own_referrals(request.actor)[:MOST_SHOWN]
    lines = [_line(one, sees=one.pk in seeing) for one in rows]
    return render(
        request,
        "openpes/jobseeker/partners.html",
        {"now": [one for one in lines if one["sees"]], "before": [one for one in lines if not one["sees"]]},
    )


@audience(Door.ROLES, "jobseeker")
@require_POST
def take_back(request: OpenpesRequest, ref: str) -> HttpResponse:
    """Take the yes back; it counts at the partner's next click."""
    referral = own_one(request.actor, ref)
    # Where it has ended meanwhile, it is as was wanted.
    with suppress(Refused):
        take_back_from_partner(referral=referral, by=request.actor, at=request.at)
    name = referral.agreement.partner.name
    messages.success(request, _("Done. %(name)s cannot see anything about you here any more.") % {"name": name})
    return HttpResponseRedirect(reverse("jobseeker:partners"))
