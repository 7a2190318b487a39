"""The people whom a firm hired through the service, and the checks that follow."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openpes.people.roles import EMPLOYER_ROLES
from openpes.placements.check_queries import check_for_firm, hired_by
from openpes.placements.checking import words_of
from openpes.placements.models import HireCheck, Outcome
from openpes.placements.states import CheckChannel, CheckState, Side
from openpes.reference.country import today
from openpes.vacancies.states import ContractType
from openpes.vacancies.words import CONTRACT_TYPE
from openpes.web.audience import Door, audience
from openpes.web.public.hire_checks import show_check
from openpes.web.requests import OpenpesRequest

A_PAGE = 20


def _check_row(check: HireCheck, *, due: bool) -> dict[str, Any]:
    """One check as the firm sees it: its own word only, never what the person said."""
    said = words_of(check.answers.all()).get(Side.EMPLOYER)
    words = {True: _("You said: yes"), False: _("You said: no"), None: _("Not answered") if due else _("Asked later")}
    may = due and check.state != CheckState.NOT_NEEDED
    return {"check": check, "words": words[said], "asks": may and said is None, "may": may}


def _row(outcome: Outcome, on: Any) -> dict[str, Any]:
    checks = [_check_row(one, due=one.due_on <= on) for one in outcome.checks.all()]
    contract = CONTRACT_TYPE[ContractType(outcome.contract_type)] if outcome.contract_type else ""
    return {"outcome": outcome, "contract": contract, "checks": checks, "asks": any(one["asks"] for one in checks)}


@audience(Door.ROLES, *EMPLOYER_ROLES)
@require_safe
def hired(request: OpenpesRequest) -> HttpResponse:
    """Everybody hired, the latest first, with their checks."""
    page = Paginator(hired_by(request.actor), A_PAGE).get_page(request.GET.get("page"))
    rows = [_row(one, today(request.at)) for one in page]
    return render(request, "openpes/employer/hired.html", {"page": page, "rows": rows})


@audience(Door.ROLES, *EMPLOYER_ROLES)
def hired_check(request: OpenpesRequest, ref: str) -> HttpResponse:
    """One check: one tap."""
    check = check_for_firm(request.actor, ref, at=request.at)
    back = reverse("employer:hired")
    return show_check(request, check, Side.EMPLOYER, by=request.actor, way=CheckChannel.WEB, back=back)
