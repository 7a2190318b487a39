"""A phone on the screen of a demonstration: choose whose, type as she would, see what she sees."""

from __future__ import annotations

from uuid import uuid4

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache

from openpes.demo.signing_in import EMPLOYER, demo_accounts
from openpes.messaging.operations import take_in_text
from openpes.messaging.queries import conversation, number_from_gateway
from openpes.organisations.public_lookup import employers_at, firm_of_username
from openpes.people.phones import NotAPhone
from openpes.people.queries import account_by_username, are_synthetic, main_phone_of, people_at
from openpes.reference.country import country
from openpes.web.audience import Door, audience
from openpes.web.requests import OpenpesRequest

LONGEST = 480


def _phones() -> list[dict[str, str]]:
    """The phones of the jobseekers and of the firm that a visitor can be, and one that nobody has given yet."""
    found = []
    for one in demo_accounts():
        account = account_by_username(one.username) if one.role == "jobseeker" else None
        phone = main_phone_of(account.person_id) if account is not None and account.person_id is not None else None
        if phone is not None:
            found.append({"number": phone.number, "label": one.label})
    firm = firm_of_username(EMPLOYER)
    if firm is not None and firm.contact_phone:
        found.append({"number": firm.contact_phone, "label": firm.name})
    found.append({"number": country().phone.mobile_example, "label": "Not given yet"})
    return found


def _is_synthetic(number: str) -> bool:
    """Only phones of invented people and firms, and the country's example number, may be played with."""
    known, firms = [one.person_id for one in people_at(number)], employers_at(number)
    if not known and not firms:
        return number == country().phone.mobile_example
    return all(one.synthetic for one in firms) and (not known or are_synthetic(known))


@audience(Door.DEMO)
@never_cache
def phone(request: OpenpesRequest) -> HttpResponse:
    """The phone, and what was written on it; a new text is taken in as if a gateway had brought it."""
    if settings.MESSAGING_PROVIDER != "screen":
        raise Http404
    phones = _phones()
    typed = (request.POST.get("number") or request.GET.get("number") or phones[0]["number"]).strip()
    try:
        number = number_from_gateway(typed)
    except NotAPhone as error:
        raise Http404 from error
    if not _is_synthetic(number):
        raise Http404
    text = request.POST.get("text", "").strip()[:LONGEST].replace("\x00", "")
    if request.method == "POST" and text:
        take_in_text(
            provider="screen",
            provider_ref=uuid4().hex,
            number=number,
            text=text,
            sent_at=request.at,
            at=request.at,
        )
    if request.method == "POST":
        return HttpResponseRedirect(f"{reverse('web:phone_simulator')}?{urlencode({'number': number})}#end")
    bubbles = conversation(number)
    return render(
        request,
        "openpes/signing/demo_phone.html",
        {
            "phones": phones,
            "number": number,
            "bubbles": bubbles,
            # Without scripts the page looks again by itself, as long as something is on its way.
            "waits": any(one.waits and (request.at - one.at).total_seconds() < 30 for one in bubbles),
            "longest": LONGEST,
        },
    )
