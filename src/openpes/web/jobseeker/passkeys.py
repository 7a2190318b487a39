"""Signing in with the lock of one's own phone. Offered only after the person said that the phone is theirs alone."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from openpes.core.decisions import NotFound, Refused
from openpes.people.models import Account
from openpes.people.passkeys import LONGEST_NAME, add_passkey, ask_to_add, keys_of, remove_passkey
from openpes.people.queries import account_of
from openpes.people.words import REASON
from openpes.web.audience import Door, audience
from openpes.web.forms import OpenpesForm, with_look
from openpes.web.jobseeker.offline import KEEPS
from openpes.web.jobseeker.own_pages import own
from openpes.web.jobseeker.phones import pin_field
from openpes.web.jobseeker.profile import WRONG_PIN, is_own_pin
from openpes.web.passkey_questions import asked, keep_question
from openpes.web.requests import OpenpesRequest

ADD = "add"
LONGEST_ANSWER = 8_000


class PasskeyForm(OpenpesForm):
    """What to call the phone, the PIN, and what the phone answered (filled in by the page's script)."""

    name = with_look(
        forms.CharField(label=gettext_lazy("What do you call this phone?"), max_length=LONGEST_NAME, required=False),
        width=20,
    )
    pin = pin_field()
    answer = forms.CharField(max_length=LONGEST_ANSWER, required=False, widget=forms.HiddenInput)


def _account(request: OpenpesRequest) -> Account:
    account = account_of(own(request).person_id)
    if account is None:
        raise NotFound("account")
    return account


@audience(Door.ROLES, "jobseeker")
@never_cache
def passkeys(request: OpenpesRequest) -> HttpResponse:
    """The phones that sign in by themselves; this one too, when it is hers alone."""
    account, alone = _account(request), bool(request.session.get(KEEPS))
    form = PasskeyForm(request.POST if request.method == "POST" and alone else None)
    if form.is_bound and form.is_valid() and _added(request, account, form):
        messages.success(request, _("Done. This phone signs you in. Your PIN goes on working."))
        return HttpResponseRedirect(reverse("jobseeker:passkeys"))
    return render(
        request,
        "openpes/jobseeker/passkeys.html",
        {
            "rows": keys_of(account),
            "alone": alone,
            "form": form,
            "options": keep_question(request, ask_to_add(account), purpose=ADD) if alone else "",
        },
        status=422 if form.errors else 200,
    )


def _added(request: OpenpesRequest, account: Account, form: PasskeyForm) -> bool:
    challenge = asked(request, purpose=ADD)
    if not is_own_pin(request, form.cleaned_data["pin"]):
        form.add_error("pin", str(WRONG_PIN))
        return False
    try:
        add_passkey(
            account=account,
            answer=form.cleaned_data["answer"],
            challenge=challenge,
            name=form.cleaned_data["name"],
            by=request.actor,
            at=request.at,
        )
    except Refused as refused:
        for reason in refused.decision.reasons:
            form.add_error(None, str(REASON[reason.code]) % reason.facts)
        return False
    return True


@audience(Door.ROLES, "jobseeker")
@require_POST
def passkey_remove(request: OpenpesRequest, key: int) -> HttpResponse:
    """A phone signs in no more. Asked for no PIN: it takes nothing away that cannot be given again."""
    remove_passkey(account=_account(request), key=key, by=request.actor, at=request.at)
    messages.success(request, _("Dropped."))
    return HttpResponseRedirect(reverse("jobseeker:passkeys"))
