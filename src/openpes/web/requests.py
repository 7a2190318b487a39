"""A request as views see it: the doorkeeper has written down who asks and when."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest

from openpes.core.actors import Actor


class OpenpesRequest(HttpRequest):
    """`actor` is who asks, `at` the instant that this request happens at, in UTC."""

    actor: Actor
    at: datetime
    LANGUAGE_CODE: str
