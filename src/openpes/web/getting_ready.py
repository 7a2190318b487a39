"""While the demonstration's nation is being made, every page says how far it is, and looks again by itself."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext_lazy

from openpes.core import progress

LOOKS_AGAIN_AFTER_SECONDS = 2
# How the steps of the building are told to a visitor. Steps of the match come after them.
STEPS = (
    ("offices", gettext_lazy("Offices and their staff")),
    ("employers", gettext_lazy("Employers")),
    ("vacancies", gettext_lazy("Job adverts")),
    ("people", gettext_lazy("People and what has happened to them")),
    ("match", gettext_lazy("Matching everybody with every job")),
)
OPEN_ANYWAY = ("/health", "/static/", "/language/", "/about/", "/accessibility/")


class GettingReady:
    """Answers with the progress page until the nation is there. A real service is never held up by it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.is_ready = not settings.DEMO
        self.place = progress.place_of(Path(settings.DATA), settings.COUNTRY)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if self.is_ready or request.path.startswith(OPEN_ANYWAY):
            return self.get_response(request)
        told = progress.read(self.place)
        if told is None or told.is_ready:
            # Once ready, never asked again by this process.
            self.is_ready = told is not None
            return self.get_response(request)
        return self._page(request, told)

    def _page(self, request: HttpRequest, told: progress.Progress) -> HttpResponse:
        still = "still" in request.GET or bool(told.failure)
        response = render(
            request,
            "openpes/getting_ready.html",
            {
                "steps": steps_of(told),
                "percent": told.percent,
                "failure": told.failure,
                "refresh_seconds": 0 if still else LOOKS_AGAIN_AFTER_SECONDS,
            },
            status=503,
        )
        response["Retry-After"] = str(LOOKS_AGAIN_AFTER_SECONDS)
        add_never_cache_headers(response)
        return response


def steps_of(told: progress.Progress) -> list[dict[str, object]]:
    """The steps with their states: done, running or failed, waiting. An unknown step belongs to the match."""
    here_is = "failed" if told.failure else "running"
    names = [name for name, _words in STEPS]
    here = names.index(told.step) if told.step in names else (len(names) - 1 if told.step else 0)
    return [
        {"label": words, "state": "done" if place < here else here_is if place == here else "waiting"}
        for place, (_name, words) in enumerate(STEPS)
    ]
