"""At the desk: a new PIN for somebody who lost theirs, their phones, and whom the office must ask for a number."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from openpes.jobseekers.queries import open_several, registrations_of
from openpes.journeys.phones import IdentityCheck, recover_at_office
from openpes.people.phones import as_dialled
from openpes.people.queries import account_of, all_phones_of, people_to_ask_for_phone
from openpes.reference.country import country
from openpes.web.audience import Door, audience
from openpes.web.counsellor.person import opened
from openpes.web.counsellor.roles import PEOPLE_DESK
from openpes.web.counsellor.words import WHOSE_PHONE, said
from openpes.web.forms import OpenpesForm
from openpes.web.requests import OpenpesRequest

MOST_SHOWN = 60
CHECKS = {
    IdentityCheck.PAPER: _("I saw a card or paper with name and picture"),
    IdentityCheck.QUESTIONS: _(
        "They answered questions that only they can answer: birth date, last visit, work wanted"
    ),
    IdentityCheck.KNOWN: _("I know them"),
}


class RecoverForm(OpenpesForm):
    """How the office made sure who asks."""

    about_self = False
    checked = forms.ChoiceField(
        label=_("How do you know that it is this person?"), choices=list(CHECKS.items()), widget=forms.RadioSelect
    )


def _phones(person_id: int) -> list[dict[str, Any]]:
    return [
        {
            "number": as_dialled(one.number, country().code),
            "owner": said(WHOSE_PHONE, one.owner),
            "main": one.is_main,
            "proven": one.proven_at,
            "gone": one.gone_at,
        }
        for one in all_phones_of(person_id)
    ]


@audience(Door.ROLES, *PEOPLE_DESK)
@never_cache
def recover(request: OpenpesRequest, ref: str) -> HttpResponse:
    """A new PIN after a check of who asks; shown once, here. A text tells the person that it was changed."""
    jobseeker = opened(request, ref)
    form, given = RecoverForm(request.POST if request.method == "POST" else None), None
    if request.method == "POST" and form.is_valid():
        checked = IdentityCheck(form.cleaned_data["checked"])
        code, pin = recover_at_office(jobseeker=jobseeker, checked=checked, by=request.actor, at=request.at)
        given = {"code": code, "pin": pin}
    account = account_of(jobseeker.person_id)
    return render(
        request,
        "openpes/counsellor/recover.html",
        {
            "jobseeker": jobseeker,
            "form": form,
            "given": given,
            "code": account.username if account else "",
            "phones": _phones(jobseeker.person_id),
        },
        status=422 if form.errors else 200,
    )


@audience(Door.ROLES, *PEOPLE_DESK)
def lost_phones(request: OpenpesRequest) -> HttpResponse:
    """People of the office whose number turned out to be a stranger's and who are not reached on another."""
    lost = people_to_ask_for_phone()
    found = registrations_of({one.person_id for one in lost})
    mine = {pk for pk in (row.pk for row in found.values())}
    seen = open_several(request.actor, mine, thing="lost phones", at=request.at) if mine else {}
    rows = []
    for one in lost:
        registration = found.get(one.person_id)
        if registration is not None and registration.pk in seen:
            rows.append({"jobseeker": seen[registration.pk], "since": one.gone_at})
    return render(request, "openpes/counsellor/lost_phones.html", {"rows": rows[:MOST_SHOWN], "number": len(rows)})
