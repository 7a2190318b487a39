"""One person of a course at the desk: details, completed or left, the certificate, a claim taken in on paper."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from openpes.core.decisions import NotFound, Refused
from openpes.enrolments.models import Enrolment
from openpes.enrolments.money import Asked
from openpes.enrolments.operations import (
    Details,
    complete,
    issue_certificate,
    leave,
    note_details,
    revoke_certificate,
)
from openpes.enrolments.papers import CertificateFacts, certificate_pdf
from openpes.enrolments.photos import NotAPhoto, photo_mark
from openpes.enrolments.queries import certificate_of, enrolment_for
from openpes.enrolments.states import EnrolmentState, LeftWhy
from openpes.journeys.claim_subsidy import file_claim
from openpes.organisations.queries import employer_everywhere
from openpes.reference.country import country, today
from openpes.web.audience import Door, audience
from openpes.web.forms import OpenpesForm, PlainDateField
from openpes.web.programmes.course_words import LEFT, STATE, why_not
from openpes.web.programmes.words import COURSE_DESK, PROGRAMMES_DESK
from openpes.web.requests import OpenpesRequest
from openpes.web.templatetags.openpes import plain_date


class DetailsForm(OpenpesForm):
    """What money and the checks need."""

    about_self = False
    payout_account = forms.CharField(
        label=gettext_lazy("Bank account or wallet for payments"), max_length=40, required=False
    )
    email = forms.EmailField(label=gettext_lazy("E-mail"), max_length=160, required=False)
    document_number = forms.CharField(
        label=gettext_lazy("Number of the document shown"),
        help_text=gettext_lazy("Only a mark is kept, enough to see the same one twice."),
        max_length=60,
        required=False,
    )
    photo = forms.FileField(
        label=gettext_lazy("Photo of the person (JPEG or PNG)"),
        help_text=gettext_lazy("The photo is not kept, only a mark, enough to see the same one twice."),
        required=False,
    )
    employer = forms.CharField(label=gettext_lazy("Firm where they work: its reference"), max_length=12, required=False)


class ClaimForm(OpenpesForm):
    """A claim of the firm, as its paper says."""

    about_self = False
    starts_on = PlainDateField(label=gettext_lazy("From"))
    ends_before = PlainDateField(label=gettext_lazy("Until the day before"))
    amount = forms.DecimalField(label=gettext_lazy("Amount"), min_value=0, decimal_places=2, max_digits=14)


def _details(request: OpenpesRequest, held: Enrolment, form: DetailsForm) -> str:
    told = form.cleaned_data
    firm = None
    if told["employer"]:
        try:
            firm = employer_everywhere(request.actor, told["employer"])
        except NotFound:
            form.add_error("employer", _("No firm has this reference."))
            return ""
    mark = ""
    if told["photo"]:
        try:
            mark = photo_mark(told["photo"].read(), settings.SECRET_KEY)
        except NotAPhoto:
            form.add_error("photo", _("This is no JPEG or PNG photo of at most 8 MB."))
            return ""
    note_details(
        enrolment=held,
        details=Details(told["payout_account"], told["email"], told["document_number"], mark),
        employer=firm,
        by=request.actor,
        at=request.at,
        secret=settings.SECRET_KEY,
    )
    return _("Kept.")


def _act(request: OpenpesRequest, held: Enrolment, form: Any, claim: Any) -> str:
    """Do what was pressed; what to say of it, or "" when a form has the reason."""
    act, by, at = request.POST.get("act", ""), request.actor, request.at
    if act == "details" and form.is_valid():
        return _details(request, held, form)
    if act == "claim" and claim.is_valid() and held.employer is not None:
        file_claim(enrolment=held, employer=held.employer, asked=Asked(**claim.cleaned_data), by=by, at=at)
        return _("Taken in. The worker is asked.")
    if act == "complete":
        complete(enrolment=held, by=by, at=at)
        return _("Completed. They are asked after 3, 6 and 12 months.")
    if act == "leave" and request.POST.get("why", "") in set(LeftWhy):
        leave(enrolment=held, why=LeftWhy(request.POST["why"]), by=by, at=at)
        return _("Noted.")
    if act == "certify":
        issue_certificate(enrolment=held, by=by, at=at)
        return _("The certificate is there.")
    paper = certificate_of(held)
    if act == "revoke" and paper is not None:
        revoke_certificate(certificate=paper, why=request.POST.get("words", ""), by=by, at=at)
        return _("Taken back. Whoever checks it sees so from now.")
    return ""


@audience(Door.ROLES, *COURSE_DESK)
def person(request: OpenpesRequest, ref: str) -> HttpResponse:
    """One enrolment. A look is logged and shown to the person."""
    held = enrolment_for(request.actor, ref, at=request.at)
    act = request.POST.get("act", "")
    initial = {
        "payout_account": held.payout_account,
        "email": held.email,
        "employer": held.employer.ref if held.employer else "",
    }
    form = DetailsForm(request.POST if act == "details" else None, request.FILES or None, initial=initial)
    claim = ClaimForm(request.POST if act == "claim" else None)
    wrong = False
    if act:
        try:
            done = _act(request, held, form, claim)
            if done:
                messages.success(request, done)
                return HttpResponseRedirect(request.path)
        except Refused as refused:
            bound = claim if act == "claim" else form
            for one in why_not(refused):
                if bound.is_bound:
                    bound.add_error(None, one)
                else:
                    messages.error(request, one)
            wrong = True
    context = {
        "enrolment": held,
        "cycle": held.cycle,
        "state": STATE[EnrolmentState(held.state)],
        "form": form,
        "claim": claim,
        "manages": request.actor.everywhere("course.enrol"),
        "in_course": held.state == EnrolmentState.ENROLLED,
        "completed": held.state == EnrolmentState.COMPLETED,
        "reasons": list(LEFT.items()),
        "left_why": LEFT[LeftWhy(held.left_why)] if held.left_why else "",
        "certificate": certificate_of(held),
        "words": request.POST.get("words", ""),
    }
    status = 422 if wrong or form.errors or claim.errors else 200
    return render(request, "openpes/programmes/enrolment.html", context, status=status)


@audience(Door.ROLES, *PROGRAMMES_DESK)
@require_safe
def certificate(request: OpenpesRequest, ref: str) -> HttpResponse:
    """The certificate as a paper, in the person's language."""
    held = enrolment_for(request.actor, ref, at=request.at)
    paper = certificate_of(held)
    if paper is None or paper.revoked_at is not None:
        raise NotFound("certificate")
    person, cycle = held.jobseeker.person, held.cycle
    pdf = certificate_pdf(
        CertificateFacts(
            country=country().own_name,
            name=person.name_as_given,
            course=cycle.version.title,
            days=f"{plain_date(cycle.starts_on)} – {plain_date(cycle.ends_before)}",
            hours=paper.minutes // 60,
            issued=plain_date(today(paper.issued_at)),
            number=paper.ref,
            address=settings.BASE_URL + reverse("web:certificate", args=[paper.ref]),
            language=person.language,
        )
    )
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="certificate-{paper.ref}.pdf"'
    return answer
