"""Too often from one place: who asks, by address on the net, and the page that says so."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http.response import HttpResponseBase
from django.shortcuts import render

from openpes.core.limits import is_over
from openpes.reference.country import country, today
from openpes.web.requests import OpenpesRequest

View = Callable[..., HttpResponseBase]


def from_where(request: OpenpesRequest, more: str = "") -> str:
    """The address that the request comes from, as the server in front of us tells it last; only ever hashed.

    Without https there is no server in front, and the header would be anybody's to invent.
    """
    said = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")[-1].strip() if settings.HTTPS else ""
    return f"{said or request.META.get('REMOTE_ADDR', '')}|{more}"


def limited(what: str, policy: str, *, methods: tuple[str, ...] = ("GET", "POST")) -> Callable[[View], View]:
    """Answer with 429 when one address asks for more than the policy's number in an hour."""

    def wrap(view: View) -> View:
        @wraps(view)
        def inner(request: OpenpesRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method in methods:
                most = int(country().value(policy, on=today(request.at)).value)
                if is_over(what, from_where(request), most=most, at=request.at):
                    answer = render(request, "openpes/errors/429.html", status=429)
                    answer["Retry-After"] = "3600"
                    return answer
            return view(request, *args, **kwargs)

        return inner

    return wrap
