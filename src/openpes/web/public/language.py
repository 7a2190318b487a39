"""The language of the pages: a choice that the browser keeps."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from openpes.web.audience import Door, audience
from openpes.web.public.signing_in import safe_next
from openpes.web.requests import OpenpesRequest

ONE_YEAR = 365 * 24 * 60 * 60


@audience(Door.PUBLIC)
@never_cache
@require_safe
def language(request: OpenpesRequest) -> HttpResponse:
    """Remember a language that the pages speak and go back to where one was, within this service only."""
    response = HttpResponseRedirect(safe_next(request, reverse("web:home")))
    wanted = request.GET.get("lang", "")
    if wanted in {code for code, _name in settings.LANGUAGES}:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            wanted,
            max_age=ONE_YEAR,
            samesite="Lax",
            httponly=True,
            secure=settings.HTTPS,
        )
    return response
