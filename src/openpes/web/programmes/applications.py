"""Applications at the desk: papers, submit, and the second person's yes or why not."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openpes.core.decisions import Refused
from openpes.journeys.place_in_programme import approve_application, decline_offer, withdraw_application
from openpes.programmes.models import Application
from openpes.programmes.operations import accept_offer, note_documents, return_application, submit_application
from openpes.programmes.queries import application_for, position_of, to_approve
from openpes.programmes.rules import missing_documents, priority_score
from openpes.programmes.states import OPEN_STATES, ApplicationState
from openpes.programmes.words import STATE
from openpes.web.audience import Door, audience
from openpes.web.programmes.words import APPLICATIONS_DESK, sentences
from openpes.web.requests import OpenpesRequest

A_PAGE = 20


@audience(Door.ROLES, *APPLICATIONS_DESK)
@require_safe
def applications(request: OpenpesRequest) -> HttpResponse:
    """What waits for a second person, the oldest first."""
    page = Paginator(to_approve(request.actor), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "openpes/programmes/applications.html", {"page": page})


ACTS = {
    "submit": submit_application,
    "approve": approve_application,
    "accept": accept_offer,
    "decline": decline_offer,
    "withdraw": withdraw_application,
}


def _act(request: OpenpesRequest, held: Application) -> list[str]:
    """Do what was asked; why not, where it is refused."""
    act, by, at = request.POST.get("act", ""), request.actor, request.at
    try:
        if act == "papers":
            note_documents(application=held, received=request.POST.getlist("paper"), by=by, at=at)
        elif act == "return":
            return_application(application=held, why=request.POST.get("why", ""), by=by, at=at)
        elif act in ACTS:
            ACTS[act](application=held, by=by, at=at)
    except Refused as refused:
        return sentences(refused)
    messages.success(request, _("Done."))
    return []


@audience(Door.ROLES, *APPLICATIONS_DESK)
def application(request: OpenpesRequest, ref: str) -> HttpResponse:
    """One application: the answer to the rule, the papers, and the acts that are open to this officer."""
    held = application_for(request.actor, ref, at=request.at)
    errors = _act(request, held) if request.method == "POST" else []
    if request.method == "POST" and not errors:
        return HttpResponseRedirect(request.path)
    office = held.jobseeker.office_id
    version = held.cycle.version
    nominates = request.actor.may("programme.nominate", office_id=office)
    return render(
        request,
        "openpes/programmes/application.html",
        {
            "application": held,
            "version": version,
            "state": STATE[held.state],  # type: ignore[index]
            "papers": [(one, one in held.documents) for one in version.documents],
            "missing": missing_documents(version.documents, held.documents),
            "conditions": held.eligibility.get("conditions", []),
            "points": priority_score(held.groups, version.points)[1],
            "position": position_of(held) if held.state == ApplicationState.WAITING else None,
            "nominates": nominates and held.state in OPEN_STATES,
            "decides": request.actor.may("programme.approve_application", office_id=office)
            and held.state == ApplicationState.SUBMITTED,
            "errors": errors,
            "why": request.POST.get("why", ""),
        },
        status=422 if errors else 200,
    )
