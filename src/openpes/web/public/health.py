"""For those who watch the service: is it up, and can it read its database?"""

from __future__ import annotations

from django.db import connection
from django.http import HttpResponse

from openpes.web.audience import Door, audience
from openpes.web.requests import OpenpesRequest


@audience(Door.PUBLIC)
def health(request: OpenpesRequest) -> HttpResponse:
    """Answers "ok" in plain text after one read of the database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")
