"""Writes about the lists that a firm's own system hands in, and finding them."""

from __future__ import annotations

import secrets
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from openpes.core.actors import Actor, ActorKind, Grant
from openpes.core.change_log import record_change
from openpes.core.decisions import NotFound, Reason, Refused, no
from openpes.core.ids import keyed_hash
from openpes.organisations.firm_operations import living_members
from openpes.organisations.models import Employer
from openpes.people.roles import ROLES
from openpes.vacancies.access import require_may
from openpes.vacancies.feed_models import VacancyFeed
from openpes.vacancies.models import Vacancy
from openpes.vacancies.states import VacancyState

SOURCE = "file"
VERBS = frozenset({"vacancy.post", "vacancy.edit", "vacancy.close", "vacancy.view"})


def feed_of(actor: Actor, employer: Employer) -> VacancyFeed | None:
    """The way by which a firm's system hands in its list, if there is one. Raises NotPermitted."""
    require_may("vacancy.post", actor, employer_id=employer.pk, office_id=employer.office_id)
    return VacancyFeed.objects.filter(employer=employer).first()


def list_is_paused(actor: Actor, employer: Employer) -> bool:
    """Does the firm's list stand still, and may this actor set it up again?"""
    if not actor.may("vacancy.post", employer_id=employer.pk, office_id=employer.office_id):
        return False
    return VacancyFeed.objects.filter(employer=employer).exclude(paused_at=None).exists()


@transaction.atomic
def set_feed(*, employer: Employer, address: str, is_whole: bool, by: Actor, at: datetime) -> VacancyFeed:
    """From where the firm's list is read ("" for nowhere). Raises Refused for an address without https."""
    require_may("vacancy.post", by, employer_id=employer.pk, office_id=employer.office_id)
    if address and not address.lower().startswith("https://"):
        raise Refused(no(Reason("feed_https")))
    feed, _made = VacancyFeed.objects.get_or_create(employer=employer, defaults={"made_at": at})
    if address != feed.address:
        feed.tried_at = None
    feed.address, feed.is_whole, feed.made_by_id, feed.made_at = address[:500], is_whole, by.account_id, at
    feed.paused_at = None
    feed.save()
    record_change(by=by, at=at, verb="vacancy.feed_set", thing=f"employer:{employer.ref}")
    return feed


@transaction.atomic
def new_feed_key(*, employer: Employer, by: Actor, at: datetime, secret: str) -> tuple[VacancyFeed, str]:
    """A new key with which the firm's system sends its list; the old one ends. Shown once and not kept."""
    require_may("vacancy.post", by, employer_id=employer.pk, office_id=employer.office_id)
    feed, _made = VacancyFeed.objects.get_or_create(employer=employer, defaults={"made_at": at})
    key = secrets.token_urlsafe(24)
    feed.key_hash, feed.made_by_id, feed.paused_at = keyed_hash(key, secret), by.account_id, None
    feed.save(update_fields=["key_hash", "made_by", "paused_at"])
    record_change(by=by, at=at, verb="vacancy.feed_key", thing=f"employer:{employer.ref}")
    return feed, key


def feed_by_key(ref: str, key: str, *, secret: str) -> VacancyFeed:
    """The feed with this reference and key. Raises NotFound, whatever of them is wrong."""
    feed = VacancyFeed.objects.filter(ref=ref).select_related("employer__office", "made_by").first()
    if feed is None or not feed.key_hash or not secrets.compare_digest(feed.key_hash, keyed_hash(key, secret)):
        raise NotFound("feed")
    return feed


def feeds_due(*, tried_before: datetime, limit: int) -> list[VacancyFeed]:
    """Feeds with an address that nobody has read since an instant, of firms that may offer work."""
    rows = VacancyFeed.objects.exclude(address="").filter(paused_at=None)
    rows = rows.filter(Q(tried_at=None) | Q(tried_at__lte=tried_before))
    rows = rows.filter(employer__state__in=["submitted", "verified"])
    return list(rows.select_related("employer__office", "made_by").order_by("tried_at", "pk")[:limit])


def note_feed(*, feed: VacancyFeed, told: dict[str, Any], is_taken: bool, at: datetime) -> None:
    """What became of the latest try."""
    feed.tried_at, feed.told = at, told
    feed.taken_at = at if is_taken else feed.taken_at
    feed.save(update_fields=["tried_at", "taken_at", "told"])


def maker_is_here(feed: VacancyFeed, *, on: date) -> bool:
    """May whoever set the list up still write vacancies for this firm on a day?"""
    held = living_members(feed.employer, on=on)
    return any(
        one.account_id == feed.made_by_id and one.account.is_active and "vacancy.post" in ROLES[one.role].verbs
        for one in held
    )


def feeds_running(*, limit: int) -> list[VacancyFeed]:
    """Lists that are read or can be sent now."""
    rows = VacancyFeed.objects.filter(paused_at=None).exclude(address="", key_hash="")
    return list(rows.select_related("employer__office", "made_by").order_by("pk")[:limit])


@transaction.atomic
def pause_feed(*, feed: VacancyFeed, by: Actor, at: datetime) -> None:
    """Read it no more, and let its key open nothing: whoever left knows the key."""
    feed.paused_at, feed.key_hash = at, ""
    feed.save(update_fields=["paused_at", "key_hash"])
    record_change(by=by, at=at, verb="vacancy.feed_pause", thing=f"employer:{feed.employer.ref}")


def on_behalf_of(feed: VacancyFeed) -> Actor:
    """A list that comes by itself acts for whoever set it up: that person may not approve it, as if they wrote it."""
    account = feed.made_by
    return Actor(
        ActorKind.SYSTEM,
        account.log_key if account else "system:feed",
        (Grant("system", VERBS, "employer", feed.employer_id),),
        account_id=account.pk if account else None,
        label=account.name if account else "feed",
    )


def vacancy_of_key(employer: Employer, key: str) -> Vacancy | None:
    """The vacancy of a firm with the firm's own key."""
    return Vacancy.objects.filter(employer=employer, external_id=key).select_related("employer", "office").first()


def open_from_lists(employer: Employer, *, apart_from: set[str]) -> list[Vacancy]:
    """Vacancies of a firm that came by a list and have not ended, without those with these keys."""
    rows = Vacancy.objects.filter(employer=employer, source=SOURCE).exclude(state=VacancyState.CLOSED)
    return [one for one in rows.select_related("employer", "office") if one.external_id not in apart_from]
