"""A job is not for somebody: one tap says so and why; it is not shown again, and employers learn totals only."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from openpes.dialogues.declining import BY_DIGIT, decline_vacancy
from openpes.vacancies.queries import public_vacancy
from openpes.web.audience import Door, audience
from openpes.web.declined_words import WHY_NOT
from openpes.web.jobseeker.own_pages import own
from openpes.web.requests import OpenpesRequest

CHOICES = [(digit, WHY_NOT[why]) for digit, why in BY_DIGIT.items()]


@audience(Door.ROLES, "jobseeker")
@require_POST
def not_for_me(request: OpenpesRequest, ref: str) -> HttpResponse:
    """Write down that a job is not for the person, and show the next ones."""
    jobseeker, vacancy = own(request), public_vacancy(ref)
    digit = request.POST.get("why", "")
    if digit in BY_DIGIT:
        decline_vacancy(person_id=jobseeker.person_id, vacancy_id=vacancy.pk, digit=digit, at=request.at)
        messages.success(request, _("Thank you. This job is not shown to you again."))
    return HttpResponseRedirect(reverse("jobseeker:suggestions"))
