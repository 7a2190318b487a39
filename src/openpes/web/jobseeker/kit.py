"""The papers for a first job as a checklist, and the letter that spares fees where a law gives one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from openpes.core.decisions import NotFound
from openpes.documents.kit import kit_is_verified, letter, papers
from openpes.documents.letter import LetterFacts, letter_pdf
from openpes.documents.operations import note_letter, tick_papers
from openpes.documents.queries import papers_in_hand
from openpes.documents.words import WAIVER
from openpes.reference.country import today
from openpes.web.audience import Door, audience
from openpes.web.jobseeker.cv import pdf_answer
from openpes.web.jobseeker.own_pages import own
from openpes.web.requests import OpenpesRequest
from openpes.web.templatetags.openpes import plain_date


@audience(Door.ROLES, "jobseeker")
def kit(request: OpenpesRequest) -> HttpResponse:
    """Which papers, where, at what cost; she ticks what she has."""
    jobseeker, on, language = own(request), today(request.at), request.LANGUAGE_CODE
    if request.method == "POST":
        tick_papers(jobseeker=jobseeker, codes=request.POST.getlist("have"), by=request.actor, at=request.at)
        messages.success(request, _("Saved."))
        return HttpResponseRedirect(reverse("jobseeker:kit"))
    listed, has = papers(on), papers_in_hand(jobseeker.pk)
    return render(
        request,
        "openpes/jobseeker/kit.html",
        {
            "rows": [
                {"paper": one, "name": one.name(language), "fee": WAIVER[one.waiver], "has": one.code in has}
                for one in listed
            ],
            "number": len(listed),
            "have": sum(one.code in has for one in listed),
            "letter": letter(on),
            "verified": kit_is_verified(on),
            "office": jobseeker.office,
        },
    )


@audience(Door.ROLES, "jobseeker")
@require_POST
def kit_letter(request: OpenpesRequest) -> HttpResponse:
    """The letter, once she has said that she looks for her first job."""
    jobseeker, on = own(request), today(request.at)
    given = letter(on)
    if given is None:
        raise NotFound("letter")
    if request.POST.get("first") != "yes":
        messages.error(request, _("The letter is for a first job only. Tick the box if this is yours."))
        return HttpResponseRedirect(reverse("jobseeker:kit") + "#letter")
    note_letter(jobseeker=jobseeker, by=request.actor, at=request.at)
    facts = LetterFacts(
        name=jobseeker.person.name_as_given,
        number=jobseeker.ref,
        office=jobseeker.office.name,
        office_address=jobseeker.office.address,
        day=plain_date(on),
    )
    return pdf_answer(letter_pdf(facts, given, papers(on), language=request.LANGUAGE_CODE), name="letter.pdf")
