"""The page behind the square code of a certificate: which course, and whether it stands. A name only as initials."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from openpes.core.decisions import NotFound
from openpes.enrolments.queries import certificate_by_ref
from openpes.enrolments.rules import initials
from openpes.web.audience import Door, audience
from openpes.web.requests import OpenpesRequest


@audience(Door.PUBLIC)
@never_cache
@require_safe
def certificate(request: OpenpesRequest, ref: str) -> HttpResponse:
    """What the paper says, without the name; the holder, signed in, sees their name."""
    context: dict[str, object] = {"number": ref[:10].upper()}
    try:
        found = certificate_by_ref(ref)
        person, cycle = found.enrolment.jobseeker.person, found.enrolment.cycle
        own = request.actor.may("enrolment.own", person_id=person.pk)
        context |= {
            "certificate": found,
            "name": person.name_as_given if own else initials(person.name_as_given),
            "title": cycle.version.title,
            "cycle": cycle,
            "hours": found.minutes // 60,
        }
    except NotFound:
        context |= {"certificate": None}
    answer = render(request, "openpes/public/certificate.html", context)
    answer["X-Robots-Tag"] = "noindex, nofollow"
    return answer
