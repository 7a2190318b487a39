"""Single jobs that somebody saves: found again on one page, also without a signal on a phone that is theirs alone."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from openpes.core.decisions import Refused
from openpes.core.ids import fold_ref
from openpes.dialogues.models import SavedJob
from openpes.dialogues.saving import save_vacancy, saved_by, unsave_vacancy
from openpes.vacancies.queries import public_vacancy, still_public
from openpes.web.audience import Door, audience
from openpes.web.jobseeker.own_pages import own
from openpes.web.public.adverts import line_of
from openpes.web.requests import OpenpesRequest


def saved_rows(request: OpenpesRequest, person_id: int) -> list[dict[str, Any]]:
    """The saved jobs as lines to read; one that is closed says so and leads nowhere."""
    held = saved_by(person_id)
    public = still_public([one.vacancy_id for one in held])
    return [_line(one, request, is_open=one.vacancy_id in public) for one in held]


def _line(one: SavedJob, request: OpenpesRequest, *, is_open: bool) -> dict[str, Any]:
    return {**line_of(one.vacancy, request.LANGUAGE_CODE, request.at), "open": is_open}


@audience(Door.ROLES, "jobseeker")
@require_POST
def save(request: OpenpesRequest, ref: str) -> HttpResponse:
    """Put a public job on the list."""
    jobseeker, vacancy = own(request), public_vacancy(ref)
    try:
        save_vacancy(person_id=jobseeker.person_id, vacancy_id=vacancy.pk, at=request.at)
    except Refused:
        messages.error(request, _("Your list is full. Drop a job first."))
        return HttpResponseRedirect(reverse("jobseeker:searches"))
    messages.success(request, _("Saved."))
    return HttpResponseRedirect(reverse("jobseeker:suggestion", args=[vacancy.ref]))


@audience(Door.ROLES, "jobseeker")
@require_POST
def drop(request: OpenpesRequest, ref: str) -> HttpResponse:
    """Take a job off the list, also one that is closed by now. What is not on it is as if it were not there."""
    person_id = own(request).person_id
    row = next((one for one in saved_by(person_id) if one.vacancy.ref == fold_ref(ref)), None)
    if row is not None:
        unsave_vacancy(person_id=person_id, vacancy_id=row.vacancy_id)
    messages.success(request, _("Dropped."))
    return HttpResponseRedirect(reverse("jobseeker:searches"))
