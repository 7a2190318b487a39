"""A person's own card: shown, made or renewed in one tap, taken along as PDF, picture or text."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from openpes.core.decisions import NotFound, Refused
from openpes.jobseekers.card import CardFacts, card_pdf, card_png, card_text
from openpes.jobseekers.card_operations import renew_card
from openpes.jobseekers.card_queries import card_of
from openpes.jobseekers.models import Jobseeker, JobseekerCard
from openpes.jobseekers.rules import card_is_valid
from openpes.reference.country import country, today
from openpes.web.audience import Door, audience
from openpes.web.jobseeker.own_pages import own, refusal_words
from openpes.web.requests import OpenpesRequest
from openpes.web.templatetags.openpes import plain_date

RENEW_SOON = timedelta(days=30)
TYPES = {"pdf": "application/pdf", "png": "image/png", "txt": "text/plain; charset=utf-8"}


def facts_of(jobseeker: Jobseeker, held: JobseekerCard, language: str) -> CardFacts:
    """What stands on the card."""
    return CardFacts(
        name=jobseeker.person.name_as_given,
        number=jobseeker.ref,
        office=jobseeker.office.name,
        office_phone=jobseeker.office.phone,
        valid_until=plain_date(held.valid_before - timedelta(days=1)),
        address=settings.BASE_URL + reverse("web:card_check", args=[jobseeker.ref]),
        country=country().own_name,
        language=language,
    )


@audience(Door.ROLES, "jobseeker")
def card(request: OpenpesRequest) -> HttpResponse:
    """The card, how long it is valid, and the button that renews it."""
    jobseeker, on = own(request), today(request.at)
    held = card_of(jobseeker.pk)
    return render(
        request,
        "openpes/jobseeker/card.html",
        {
            "jobseeker": jobseeker,
            "card": held,
            "until": held.valid_before - timedelta(days=1) if held else None,
            "valid": card_is_valid(valid_before=held.valid_before if held else None, on=on),
            "soon": held is not None and held.valid_before - on <= RENEW_SOON,
            "lines": card_text(facts_of(jobseeker, held, request.LANGUAGE_CODE)).splitlines() if held else [],
        },
    )


@audience(Door.ROLES, "jobseeker")
@require_POST
def card_renew(request: OpenpesRequest) -> HttpResponse:
    """Make the card, or make it valid for longer."""
    try:
        made = renew_card(jobseeker=own(request), by=request.actor, at=request.at)
    except Refused as refused:
        for reason in refused.decision.reasons:
            messages.error(request, refusal_words(reason.code, reason.facts, reason.text))
    else:
        day = plain_date(made.valid_before - timedelta(days=1))
        messages.success(request, _("Your card is valid until %(day)s.") % {"day": day})
    return HttpResponseRedirect(reverse("jobseeker:card"))


@audience(Door.ROLES, "jobseeker")
def card_file(request: OpenpesRequest, form: str) -> HttpResponse:
    """The card as a file."""
    jobseeker = own(request)
    held = card_of(jobseeker.pk)
    if held is None or form not in TYPES:
        raise NotFound("card")
    facts = facts_of(jobseeker, held, request.LANGUAGE_CODE)
    if form == "txt":
        content: bytes | str = card_text(facts)
    else:
        content = card_pdf(facts) if form == "pdf" else card_png(facts)
    answer = HttpResponse(content, content_type=TYPES[form])
    answer["Content-Disposition"] = f'attachment; filename="card.{form}"'
    return answer
