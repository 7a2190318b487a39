"""A CV behind the link that its person gave somebody: to read and to print, until a day, and counted for them."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from openpes.core.decisions import NotFound
from openpes.documents.cv import CvLines, cv_lines, cv_pdf
from openpes.documents.links import link_token, ref_in_token
from openpes.documents.models import CvLink
from openpes.documents.operations import count_view
from openpes.documents.queries import live_link
from openpes.web.audience import Door, audience
from openpes.web.jobseeker.cv import facts_of, pdf_answer
from openpes.web.requests import OpenpesRequest


def _shown(link: CvLink) -> CvLines:
    return cv_lines(facts_of(link.jobseeker), language=link.language, second=link.second_language)


def _private(answer: HttpResponse) -> HttpResponse:
    """Search engines keep out, and the next site does not learn the address."""
    answer["X-Robots-Tag"] = "noindex, nofollow"
    answer["Referrer-Policy"] = "no-referrer"
    return answer


@audience(Door.SIGNED_LINK)
@never_cache
def cv_shared(request: OpenpesRequest, token: str) -> HttpResponse:
    """The CV. An altered link does not exist; one that has ended says so. The own look at it is not counted."""
    ref = ref_in_token(token)
    try:
        link = live_link(ref, at=request.at)
    except NotFound:
        return _private(render(request, "openpes/public/cv_ended.html", status=410))
    if request.method == "GET" and request.actor.person_id != link.jobseeker.person_id:
        count_view(link=link, at=request.at)
    context = {"cv": _shown(link), "ends_at": link.ends_at, "token": link_token(link.ref)}
    return _private(render(request, "openpes/public/cv_shared.html", context))


@audience(Door.SIGNED_LINK)
@never_cache
def cv_shared_paper(request: OpenpesRequest, token: str) -> HttpResponse:
    """The same on paper; it counts as part of the look before it."""
    link = live_link(ref_in_token(token), at=request.at)
    return _private(pdf_answer(cv_pdf(_shown(link))))
