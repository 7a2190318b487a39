"""What stands in a person's way, what they need at work, and the groups they say they belong to, each with its yes."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from openpes.circumstances.models import Barrier
from openpes.circumstances.operations import agree, note_barriers, set_groups, set_needs, take_back
from openpes.circumstances.queries import circumstances_of
from openpes.circumstances.states import Accommodation, GivenHow, UsedFor
from openpes.circumstances.words import CONSENT, NEED, USED_FOR
from openpes.core.decisions import Refused
from openpes.jobseekers.models import Jobseeker
from openpes.reference.country import country
from openpes.web.audience import Door, audience
from openpes.web.counsellor.circumstances_together import barriers_of, carried, groups_of, needs_of
from openpes.web.counsellor.interview_forms import barrier_lines, given_barriers
from openpes.web.counsellor.person import opened
from openpes.web.counsellor.roles import PEOPLE_DESK
from openpes.web.counsellor.words import reasons_in_words
from openpes.web.requests import OpenpesRequest
from openpes.web.typed_before import typed_before


class _Clash(Exception):
    """A colleague changed the same boxes meanwhile; nothing is written."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__()
        self.sentences = sentences


@dataclass(frozen=True)
class _Held:
    """What stands of the person's circumstances."""

    barriers: dict[str, Barrier]
    needs: dict[str, str]
    groups: Collection[str]

    def carried(self) -> dict[str, str]:
        """What the page carries of it."""
        return carried(barriers=self.barriers, needs=self.needs, groups=self.groups, codes=_codes())


def _codes() -> list[str]:
    return [one.code for one in country().priority_groups]


def _act(request: OpenpesRequest, jobseeker: Jobseeker, held: _Held) -> None:
    """Do the one thing that was asked. Raises Refused, and _Clash."""
    act, by, at, data = request.POST.get("act", ""), request.actor, request.at, request.POST
    clashes: list[str] = []
    if act == "agree":
        purposes = [one for one in UsedFor if one in data.getlist("purposes")]
        agree(jobseeker=jobseeker, purposes=purposes, way=GivenHow.READ_ALOUD, by=by, at=at)
    elif act.startswith("take_back:") and act.partition(":")[2] in set(UsedFor):
        take_back(jobseeker=jobseeker, purpose=UsedFor(act.partition(":")[2]), by=by, at=at)
    elif act == "barriers":
        settled, clashes = barriers_of(data, held.barriers)
        if not clashes:
            note_barriers(jobseeker=jobseeker, said=given_barriers(settled, held.barriers), by=by, at=at)
    elif act == "needs":
        needs, clashes = needs_of(data, held.needs)
        if not clashes:
            set_needs(jobseeker=jobseeker, needs=needs, by=by, at=at)
    elif act == "groups":
        set_groups(jobseeker=jobseeker, codes=groups_of(data, held.groups, _codes()), by=by, at=at)
    if clashes:
        raise _Clash(clashes)


def _carried(held: _Held) -> dict[str, str]:
    """What the page carries; a form that is gone on with carries what stood when it was begun."""
    now, before = held.carried(), typed_before()
    return now if before is None else {name: before.get(name, value) for name, value in now.items()}


def _barriers_typed(typed: QueryDict | None) -> QueryDict | None:
    """What was typed, where it was the part on what stands in the way."""
    return typed if typed and any(name.startswith("barrier.") for name in typed) else None


@audience(Door.ROLES, *PEOPLE_DESK)
def circumstances(request: OpenpesRequest, ref: str) -> HttpResponse:
    """All of it on one page; each part is saved by itself."""
    jobseeker = opened(request, ref)
    told = circumstances_of(request.actor, jobseeker, purpose=UsedFor.GUIDANCE, at=request.at)
    # For programmes alone the groups may be read, and nothing else.
    if UsedFor.GUIDANCE not in told.agreed and UsedFor.PROGRAMMES in told.agreed:
        groups = circumstances_of(request.actor, jobseeker, purpose=UsedFor.PROGRAMMES, at=request.at).groups
    else:
        groups = told.groups
    held = _Held({one.kind: one for one in told.barriers}, {one.kind: one.words for one in told.needs}, groups)
    problems: list[str] = []
    if request.method == "POST":
        try:
            _act(request, jobseeker, held)
            messages.success(request, _("Saved."))
            return HttpResponseRedirect(request.path)
        except Refused as refused:
            problems = reasons_in_words(refused)
        except _Clash as clash:
            problems = clash.sentences
    failed = request.POST if problems else typed_before()
    needs = held.needs
    if failed is not None and failed.get("act") == "needs":
        needs = {one: failed.get(f"need.{one}", needs.get(one, "")) for one in failed.getlist("needs")}
    ticked = set(failed.getlist("groups")) if failed is not None and failed.get("act") == "groups" else groups
    return render(
        request,
        "openpes/counsellor/circumstances.html",
        {
            "jobseeker": jobseeker,
            "consent": CONSENT,
            "uses": [{"code": code, "words": words, "agreed": code in told.agreed} for code, words in USED_FOR.items()],
            "agreed": told.agreed,
            "for_guidance": UsedFor.GUIDANCE in told.agreed,
            "barriers": barrier_lines(held.barriers, _barriers_typed(failed)),
            "needs": [
                {"code": one, "words": NEED[one], "ticked": one in needs, "more": needs.get(one, "")}
                for one in Accommodation
            ],
            "groups": [
                {"code": one.code, "name": one.name(request.LANGUAGE_CODE), "ticked": one.code in ticked}
                for one in country().priority_groups
            ],
            "problems": problems,
            **_carried(held),
        },
        status=422 if problems else 200,
    )
