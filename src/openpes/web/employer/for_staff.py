"""A counsellor writes a vacancy down while the employer is on the phone. Somebody else approves it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from openpes.core.decisions import NotFound
from openpes.organisations.models import Employer
from openpes.organisations.queries import employer_for
from openpes.people.roles import Counsellor, EmployerAdviser, OfficeManager
from openpes.vacancies.operations import Offered, submit_vacancy
from openpes.web.audience import Door, audience
from openpes.web.employer.posting import Writing, check_page, copied, just_sent, write
from openpes.web.requests import OpenpesRequest

ROLES = (Counsellor.code, OfficeManager.code, EmployerAdviser.code)


def _employer(request: OpenpesRequest, employer_ref: str) -> Employer:
    """An employer of the actor's office for which they may write vacancies. Raises NotFound."""
    actor = request.actor
    employer = employer_for(actor, employer_ref)
    if not actor.may("vacancy.post", office_id=employer.office_id, employer_id=employer.pk):
        raise NotFound("employer")
    return employer


@audience(Door.ROLES, *ROLES)
def post_for(request: OpenpesRequest, employer_ref: str) -> HttpResponse:
    """A new vacancy for an employer of the office."""
    actor, at = request.actor, request.at
    employer = _employer(request, employer_ref)

    def save(offered: Offered) -> str:
        vacancy = just_sent(request, employer, offered) or submit_vacancy(
            offered=offered, employer=employer, by=actor, at=at, synthetic=employer.synthetic
        )
        messages.success(
            request,
            _("Sent: %(title)s, number %(ref)s. A colleague approves it: somebody else than you.")
            % {"title": vacancy.title, "ref": vacancy.ref},
        )
        return reverse("counsellor:vacancies")

    return write(
        request,
        Writing(
            employer=employer,
            check_url=reverse("employer:check_for", args=[employer.ref]),
            back_url=reverse("counsellor:employers"),
            heading=_("A vacancy for %(firm)s") % {"firm": employer.name},
            save=save,
            held=copied(request, employer),
            by_staff=True,
        ),
    )


@audience(Door.ROLES, *ROLES)
@require_POST
def check_for(request: OpenpesRequest, employer_ref: str) -> HttpResponse:
    """The check as they type, for an employer of the office."""
    employer = _employer(request, employer_ref)
    return check_page(request, employer, copied(request, employer))
