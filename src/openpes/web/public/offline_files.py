"""What a browser needs to keep a person's pages without a signal: the same for all, and nothing of anybody."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.templatetags.static import static
from django.urls import reverse

from openpes.web.audience import Door, audience
from openpes.web.requests import OpenpesRequest

WORKER = Path(__file__).parent / "offline_worker.js"


@audience(Door.PUBLIC)
def worker(request: OpenpesRequest) -> HttpResponse:
    """The program in the browser that keeps pages. It holds nothing about anybody; its place sets its reach."""
    answer = HttpResponse(WORKER.read_text(encoding="utf-8"), content_type="text/javascript; charset=utf-8")
    answer["Cache-Control"] = "no-cache"
    return answer


@audience(Door.PUBLIC)
def manifest(request: OpenpesRequest) -> HttpResponse:
    """What the phone needs to put the page among its apps."""
    home = reverse("jobseeker:home")
    told = {
        "name": settings.SERVICE_NAME,
        "short_name": "openpes",
        "start_url": home,
        "scope": home,
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": "#0d5c63",
        "lang": request.LANGUAGE_CODE,
        "icons": [{"src": static("openpes/icon.svg"), "sizes": "any", "type": "image/svg+xml"}],
    }
    return JsonResponse(told, content_type="application/manifest+json")
