"""The secret address of a counsellor's calendar, for the calendar of a phone. References and kinds only."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from openpes.appointments.feed import calendar_feed
from openpes.appointments.queries import calendar_of, feed_by_key
from openpes.web.audience import Door, audience
from openpes.web.requests import OpenpesRequest

DAYS_BACK = 30


@audience(Door.SIGNED_LINK)
@never_cache
@require_safe
def calendar(request: OpenpesRequest, key: str) -> HttpResponse:
    """The calendar behind a key; a key that was renewed does not exist."""
    feed = feed_by_key(key, secret=settings.SECRET_KEY)
    rows = calendar_of(feed.account_id, since=request.at - timedelta(days=DAYS_BACK))
    body = calendar_feed(rows, name=str(settings.SERVICE_NAME), host=request.get_host(), at=request.at)
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="openpes.ics"'
    return response
