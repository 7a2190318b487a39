"""What stands in a person's way, what they need at work, and the groups they say they belong to, each with its yes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from openpes.circumstances.operations import agree, note_barriers, set_groups, set_needs, take_back
from openpes.circumstances.queries import circumstances_of
from openpes.circumstances.states import Accommodation, GivenHow, UsedFor
from openpes.circumstances.words import CONSENT, NEED, USED_FOR
from openpes.core.decisions import Refused
from openpes.jobseekers.models import Jobseeker
from openpes.reference.country import country
from openpes.web.audience import Door, audience
from openpes.web.counsellor.interview_forms import barrier_lines, given_barriers
from openpes.web.counsellor.person import opened
from openpes.web.counsellor.roles import PEOPLE_DESK
from openpes.web.counsellor.words import reasons_in_words
from openpes.web.requests import OpenpesRequest


def _act(request: OpenpesRequest, jobseeker: Jobseeker, held: dict[str, Any]) -> None:
    """Do the one thing that was asked. Raises Refused."""
    act, by, at, data = request.POST.get("act", ""), request.actor, request.at, request.POST
    if act == "agree":
        purposes = [one for one in UsedFor if one in data.getlist("purposes")]
        agree(jobseeker=jobseeker, purposes=purposes, way=GivenHow.READ_ALOUD, by=by, at=at)
    elif act.startswith("take_back:") and act.partition(":")[2] in set(UsedFor):
        take_back(jobseeker=jobseeker, purpose=UsedFor(act.partition(":")[2]), by=by, at=at)
    elif act == "barriers":
        note_barriers(jobseeker=jobseeker, said=given_barriers(data, held), by=by, at=at)
    elif act == "needs":
        needs = {one: data.get(f"need.{one}", "") for one in data.getlist("needs")}
        set_needs(jobseeker=jobseeker, needs=needs, by=by, at=at)
    elif act == "groups":
        set_groups(jobseeker=jobseeker, codes=data.getlist("groups"), by=by, at=at)


@audience(Door.ROLES, *PEOPLE_DESK)
def circumstances(request: OpenpesRequest, ref: str) -> HttpResponse:
    """All of it on one page; each part is saved by itself."""
    jobseeker = opened(request, ref)
    told = circumstances_of(request.actor, jobseeker, purpose=UsedFor.GUIDANCE, at=request.at)
    held = {one.kind: one for one in told.barriers}
    problems: list[str] = []
    if request.method == "POST":
        try:
            _act(request, jobseeker, held)
            messages.success(request, _("Saved."))
            return HttpResponseRedirect(request.path)
        except Refused as refused:
            problems = reasons_in_words(refused)
    # For programmes alone the groups may be read, and nothing else.
    if UsedFor.GUIDANCE not in told.agreed and UsedFor.PROGRAMMES in told.agreed:
        groups = circumstances_of(request.actor, jobseeker, purpose=UsedFor.PROGRAMMES, at=request.at).groups
    else:
        groups = told.groups
    failed = request.POST if problems else None
    needs = {one.kind: one.words for one in told.needs}
    ticked = set(failed.getlist("groups")) if failed is not None else groups
    return render(
        request,
        "openpes/counsellor/circumstances.html",
        {
            "jobseeker": jobseeker,
            "consent": CONSENT,
            "uses": [{"code": code, "words": words, "agreed": code in told.agreed} for code, words in USED_FOR.items()],
            "agreed": told.agreed,
            "for_guidance": UsedFor.GUIDANCE in told.agreed,
            "barriers": barrier_lines(held, failed if failed and failed.get("act") == "barriers" else None),
            "needs": [
                {"code": one, "words": NEED[one], "ticked": one in needs, "more": needs.get(one, "")}
                for one in Accommodation
            ],
            "groups": [
                {"code": one.code, "name": one.name(request.LANGUAGE_CODE), "ticked": one.code in ticked}
                for one in country().priority_groups
            ],
            "problems": problems,
        },
        status=422 if problems else 200,
    )
