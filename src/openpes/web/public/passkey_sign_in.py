"""Signing in with a key that one's own phone keeps, in place of typing code and PIN. Both go on working."""

from __future__ import annotations

from django.contrib.auth import login
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from openpes.people.passkeys import account_by_passkey, ask_to_sign_in
from openpes.web.audience import Door, audience
from openpes.web.doorkeeper import SIGNED_IN_BY_DEMO
from openpes.web.passkey_questions import asked, keep_question
from openpes.web.public.signing_in import home_of, safe_next
from openpes.web.requests import OpenpesRequest

SIGN_IN, LONGEST_ANSWER = "sign_in", 8_000


@audience(Door.PUBLIC)
@never_cache
def passkey_sign_in(request: OpenpesRequest) -> HttpResponse:
    """One button; the phone asks for its own lock. A key that is not known says no more than that."""
    wrong = False
    if request.method == "POST":
        challenge, answer = asked(request, purpose=SIGN_IN), request.POST.get("answer", "")[:LONGEST_ANSWER]
        account = account_by_passkey(answer=answer, challenge=challenge, at=request.at) if challenge else None
        if account is not None:
            login(request, account, backend="django.contrib.auth.backends.ModelBackend")
            request.session.pop(SIGNED_IN_BY_DEMO, None)
            return HttpResponseRedirect(safe_next(request, home_of(request)))
        wrong = True
    return render(
        request,
        "openpes/signing/passkey.html",
        {
            "wrong": wrong,
            "options": keep_question(request, ask_to_sign_in(), purpose=SIGN_IN),
            "next": request.POST.get("next") or request.GET.get("next", ""),
        },
        status=422 if wrong else 200,
    )
