"""What is shown when something went wrong: plain words and a way on."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The browser sent something that cannot be understood."""
    return render(request, "openpes/errors/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """A form was too old, or cookies are off."""
    return render(request, "openpes/errors/403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """There is no such page, or not for this person: the two look the same."""
    return render(request, "openpes/errors/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Our fault. Rendered without anything that could fail again."""
    return render(request, "openpes/errors/500.html", status=500)
