"""A list that a firm's system hands in acts for whoever set it up: when they leave the firm, it stops that day."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction

from openpes.core.actors import system
from openpes.core.decisions import NotFound
from openpes.journeys.telling import tell_firm
from openpes.reference.country import today
from openpes.vacancies import feed_operations as feeds
from openpes.vacancies.feed_models import VacancyFeed

CLOCK = system(label="feed clock")
AT_ONCE = 2_000


def pause_if_left(feed: VacancyFeed, *, at: datetime) -> bool:
    """Pause a list whose maker may not act for the firm any more, and tell those who still do. True: it is paused."""
    if feed.paused_at is not None:
        return True
    if feeds.maker_is_here(feed, on=today(at)):
        return False
    with transaction.atomic():
        feeds.pause_feed(feed=feed, by=CLOCK, at=at)
        tell_firm(feed.employer, "feed_paused", {}, at=at)
    return True


def pause_orphans(*, at: datetime) -> int:
    """Pause every list whose maker has left. Returns how many; a second run finds none."""
    return sum(pause_if_left(feed, at=at) for feed in feeds.feeds_running(limit=AT_ONCE))


def feed_that_sends(ref: str, key: str, *, at: datetime) -> VacancyFeed:
    """The list with this key, whose maker still acts for the firm. Raises NotFound."""
    feed = feeds.feed_by_key(ref, key, secret=settings.SECRET_KEY)
    if pause_if_left(feed, at=at):
        raise NotFound("feed")
    return feed
