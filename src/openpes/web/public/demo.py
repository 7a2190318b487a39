"""On a demonstration anybody may walk in as any role. Elsewhere these pages do not exist."""

from __future__ import annotations

from itertools import groupby

from django.contrib.auth import login
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST

from openpes.demo.signing_in import demo_accounts
from openpes.messaging.queries import latest_messages
from openpes.people.queries import account_by_username
from openpes.people.words import ROLE
from openpes.web.audience import Door, audience
from openpes.web.doorkeeper import SIGNED_IN_BY_DEMO
from openpes.web.public.signing_in import home_of, safe_next
from openpes.web.requests import OpenpesRequest


@audience(Door.DEMO)
def demo(request: OpenpesRequest) -> HttpResponse:
    """Who one can be, by role, and the texts that would have gone out."""
    entries: list[dict[str, str]] = [
        {
            "username": one.username,
            "label": one.label,
            "place": one.place,
            "role": str(ROLE[one.role]),
            "role_code": one.role,
        }
        for one in demo_accounts()
    ]
    order: list[str] = list(ROLE)
    entries.sort(key=lambda one: order.index(one["role_code"]))
    groups = [(role, list(members)) for role, members in groupby(entries, key=lambda one: one["role"])]
    return render(request, "openpes/signing/demo.html", {"groups": groups})


@audience(Door.DEMO)
def demo_messages(request: OpenpesRequest) -> HttpResponse:
    """The latest text messages, as the phones of invented people would show them."""
    return render(request, "openpes/signing/demo_messages.html", {"texts": latest_messages()})


@audience(Door.DEMO)
@require_POST
def demo_sign_in(request: OpenpesRequest) -> HttpResponse:
    """Walk in as one of the listed synthetic accounts; no other can be entered this way."""
    username = request.POST.get("username", "")
    account = account_by_username(username) if username in {one.username for one in demo_accounts()} else None
    if account is None or not account.synthetic or not account.is_active:
        raise Http404
    login(request, account, backend="django.contrib.auth.backends.ModelBackend")
    request.session[SIGNED_IN_BY_DEMO] = True
    return HttpResponseRedirect(safe_next(request, home_of(request)))
