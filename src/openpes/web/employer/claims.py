"""A firm asks for help with a wage: people who are in a programme with it, and its own claims."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openpes.core.access_log import record_search
from openpes.core.decisions import NotFound, Refused
from openpes.enrolments.models import Enrolment
from openpes.enrolments.money import Asked
from openpes.enrolments.queries import claims_of_employer, enrolments_of_employer
from openpes.enrolments.states import ClaimState
from openpes.journeys.claim_subsidy import file_claim
from openpes.reference.country import currency
from openpes.web.audience import Door, audience
from openpes.web.forms import OpenpesForm, PlainDateField
from openpes.web.programmes.course_words import CLAIM, why_not
from openpes.web.requests import OpenpesRequest

ROLES = ("employer_staff", "employer_administrator")
A_PAGE = 20


class ClaimForm(OpenpesForm):
    """For whom, for which days, how much."""

    about_self = False
    person = forms.ChoiceField(label=gettext_lazy("Person"))
    starts_on = PlainDateField(label=gettext_lazy("From"))
    ends_before = PlainDateField(label=gettext_lazy("Until the day before"))
    amount = forms.DecimalField(label=gettext_lazy("Amount"), min_value=1, decimal_places=2, max_digits=14)

    def __init__(self, data: object, *, people: list[Enrolment]) -> None:
        super().__init__(data)
        choices = [(one.ref, f"{one.jobseeker.person.name_as_given}, {one.cycle.version.title}") for one in people]
        self.fields["person"].choices = choices  # type: ignore[attr-defined]
        self.fields["amount"].label = f"{_('Amount')} ({currency()})"


def _file(request: OpenpesRequest, form: ClaimForm, people: list[Enrolment]) -> bool:
    told = dict(form.cleaned_data)
    ref = told.pop("person")
    held = next((one for one in people if one.ref == ref), None)
    if held is None or held.employer is None:
        raise NotFound("enrolment")
    try:
        file_claim(enrolment=held, employer=held.employer, asked=Asked(**told), by=request.actor, at=request.at)
    except Refused as refused:
        for one in why_not(refused):
            form.add_error(None, one)
        return False
    return True


@audience(Door.ROLES, *ROLES)
def claims(request: OpenpesRequest) -> HttpResponse:
    """The own claims, and a new one. The worker is asked by text; a second person of the service decides."""
    people = list(enrolments_of_employer(request.actor))
    if people:
        keys = {one.jobseeker.person.log_key for one in people}
        record_search(by=request.actor, at=request.at, what="people in programmes with the firm", found=keys)
    form = ClaimForm(request.POST if request.method == "POST" else None, people=people)
    if request.method == "POST" and form.is_valid() and _file(request, form, people):
        messages.success(request, _("Sent. We ask the worker, then somebody looks at it."))
        return HttpResponseRedirect(request.path)
    page = Paginator(claims_of_employer(request.actor), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "people": people,
        "page": page,
        "lines": [(one, CLAIM[ClaimState(one.state)]) for one in page],
    }
    return render(request, "openpes/employer/claims.html", context, status=422 if form.errors else 200)
