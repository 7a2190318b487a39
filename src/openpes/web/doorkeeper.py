"""The doorkeeper: who asks, may they have this page, and what a refusal looks like (as if there were no page)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers, patch_cache_control
from django.utils.http import urlencode

from openpes.core.actors import VISITOR, Actor
from openpes.core.clock import now
from openpes.core.decisions import NotFound, NotPermitted
from openpes.organisations.queries import actor_for
from openpes.people.roles import needs_second_factor
from openpes.reference import in_force
from openpes.reference.country import country, today
from openpes.web.audience import Audience, Door

SEEN = "seen_at"
# Writing "seen" on each request would take the write lock for every page; once a minute is enough.
SEEN_EVERY = timedelta(minutes=1)
SIGNED_IN_BY_DEMO = "signed_in_by_demo"


class Doorkeeper:
    """Sets `request.at` and `request.actor`, then lets the view run only for its audience."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # What an officer changed in another process is in force from here on.
        in_force.refresh()
        timezone.activate(country().timezone)
        request.at = now()  # type: ignore[attr-defined]
        request.actor = self._actor(request)  # type: ignore[attr-defined]
        response = self.get_response(request)
        if request.user.is_authenticated:
            # After signing out, the back button of a shared phone must show nothing.
            add_never_cache_headers(response)
            patch_cache_control(response, no_store=True, private=True)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Open the door, send to sign-in, or answer as if there were no such page."""
        declared: Audience | None = getattr(view, "audience", None)
        if declared is None:
            raise Http404
        if declared.door == Door.DEMO and not settings.DEMO:
            raise Http404
        if declared.door in {Door.PUBLIC, Door.SIGNED_LINK, Door.DEMO}:
            return None
        if not request.user.is_authenticated:
            return HttpResponseRedirect(f"{reverse('web:sign_in')}?{urlencode({'next': request.get_full_path()})}")
        if declared.door == Door.SIGNED_IN:
            return None
        return self._for_roles(request, declared)

    @staticmethod
    def _for_roles(request: HttpRequest, declared: Audience) -> HttpResponse | None:
        actor: Actor = request.actor  # type: ignore[attr-defined]
        by_demo = settings.DEMO and request.session.get(SIGNED_IN_BY_DEMO, False)
        if getattr(request.user, "must_change_secret", False) and not by_demo:
            return HttpResponseRedirect(reverse("web:change_secret"))
        roles = tuple(grant.role for grant in actor.grants)
        proven = by_demo or request.user.is_verified()  # type: ignore[union-attr]
        if needs_second_factor(roles) and not proven:
            return HttpResponseRedirect(
                f"{reverse('web:second_factor')}?{urlencode({'next': request.get_full_path()})}"
            )
        if not actor.has_role(*declared.roles):
            raise Http404
        return None

    @staticmethod
    def process_exception(request: HttpRequest, error: Exception) -> HttpResponse | None:
        """What does not exist for this actor and what does not exist at all look the same."""
        if isinstance(error, NotFound | NotPermitted):
            return render(request, "openpes/errors/404.html", status=404)
        return None

    @staticmethod
    def _actor(request: HttpRequest) -> Actor:
        if not request.user.is_authenticated:
            return VISITOR
        at: datetime = request.at  # type: ignore[attr-defined]
        seen = request.session.get(SEEN)
        if seen is not None and at - datetime.fromtimestamp(seen, UTC) > timedelta(minutes=settings.IDLE_MINUTES):
            logout(request)
            return VISITOR
        if seen is None or at - datetime.fromtimestamp(seen, UTC) > SEEN_EVERY:
            request.session[SEEN] = at.timestamp()
        return actor_for(request.user, on=today(at))


def locked_out(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """After too many wrong tries: say so, and when to try again."""
    return render(request, "openpes/signing/locked_out.html", status=429)
