"""A person's own meetings with employers, and the checks after a hire: one tap each."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse

from openpes.core.decisions import NotFound
from openpes.placements.check_queries import own_check
from openpes.placements.states import CheckChannel, Side
from openpes.referrals.meeting_queries import interview_of
from openpes.web.audience import Door, audience
from openpes.web.jobseeker.referrals import own_referral
from openpes.web.public.hire_checks import show_check
from openpes.web.public.meetings import show_meeting
from openpes.web.requests import OpenpesRequest


@audience(Door.ROLES, "jobseeker")
def interview(request: OpenpesRequest, ref: str) -> HttpResponse:
    """The meeting of one application: choose, move, say who came."""
    held = own_referral(request, ref)
    found = interview_of(held)
    if found is None:
        raise NotFound("interview")
    back = reverse("jobseeker:referral", args=[held.ref])
    return show_meeting(request, found, by=request.actor, back=back)


@audience(Door.ROLES, "jobseeker")
def check(request: OpenpesRequest, ref: str) -> HttpResponse:
    """How the new job goes."""
    held = own_check(request.actor, ref)
    back = reverse("jobseeker:home")
    return show_check(request, held, Side.WORKER, by=request.actor, way=CheckChannel.WEB, back=back)
