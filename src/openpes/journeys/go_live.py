"""Going live: everything that must be so before real people are served, and the signature when it is.

A demonstration runs with values that nobody has verified, and says so. A live service does not begin before each value
is verified or waived by name, each personal field has a legal basis, the texts on consent and safety were read by
somebody who speaks the language, nothing invented is left in the tables, and strangers are kept out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from importlib import import_module

from django.conf import settings
from django.db import transaction

from openpes.core.access_log import check_access_log
from openpes.core.actors import Actor
from openpes.core.change_log import check_change_log
from openpes.core.decisions import Reason, Refused, no
from openpes.organisations.queries import count_synthetic_organisations, officers_without_second_factor
from openpes.people.seeding import count_synthetic
from openpes.reference import in_force
from openpes.reference.country import today
from openpes.reference.law_models import ServiceMode
from openpes.reference.law_queries import altered_entries, lapsed_entries, unverified_values, waiting_for_second
from openpes.reference.mode_operations import set_live
from openpes.reference.personal_fields import without_basis

SHORTEST_KEY = 40


class About(StrEnum):
    """What an obstacle is about, in the order in which a service is usually made ready."""

    VALUE = "value"
    BASIS = "basis"
    TEXT = "text"
    DEMO = "demo"
    KEYS = "keys"
    LOGS = "logs"


@dataclass(frozen=True)
class Obstacle:
    """One thing in the way of going live. `code` has its words; `thing` is the value, field or account."""

    about: About
    code: str
    thing: str = ""
    count: int = 0


def obstacles(*, at: datetime) -> list[Obstacle]:
    """Everything that keeps the service from going live today; empty when it may."""
    in_force.refresh()
    on = today(at)
    return [*_law(on), *_bases(on), *_texts(), *_invented(), *_keys(on), *_logs()]


def _law(on: date) -> Iterator[Obstacle]:
    for dated in unverified_values(on=on):
        yield Obstacle(About.VALUE, "value_unverified" if dated.known else "value_unknown", dated.key)
    for lapsed in lapsed_entries():
        yield Obstacle(About.VALUE, "signature_lapsed", lapsed.entry.key)
    for entry in waiting_for_second():
        yield Obstacle(About.VALUE, "second_officer_waited_for", entry.key)


def _bases(on: date) -> Iterator[Obstacle]:
    for kept in without_basis(on=on):
        code = "basis_missing" if kept.purpose else "purpose_missing"
        for field in kept.fields:
            yield Obstacle(About.BASIS, code, f"{field.model}.{field.name}")


def _texts() -> Iterator[Obstacle]:
    """The roof knows the catalogues; settings name the module, as they name the one with the addresses."""
    reviews = import_module(getattr(settings, "REVIEWS", "openpes.config.reviews"))
    waiting: dict[str, int] = {}
    for text in reviews.unreviewed_texts([code for code, _name in settings.LANGUAGES]):
        waiting[text.language] = waiting.get(text.language, 0) + 1
    for language, count in waiting.items():
        yield Obstacle(About.TEXT, "texts_unreviewed", language, count)


def _invented() -> Iterator[Obstacle]:
    if settings.DEMO:
        yield Obstacle(About.DEMO, "demo_is_on")
    people, organisations = count_synthetic(), count_synthetic_organisations()
    if people:
        yield Obstacle(About.DEMO, "synthetic_people", count=people)
    if organisations:
        yield Obstacle(About.DEMO, "synthetic_organisations", count=organisations)


def _keys(on: date) -> Iterator[Obstacle]:
    if len(settings.SECRET_KEY) < SHORTEST_KEY:
        yield Obstacle(About.KEYS, "key_short", count=SHORTEST_KEY)
    if not settings.HTTPS:
        yield Obstacle(About.KEYS, "https_off")
    if "*" in settings.ALLOWED_HOSTS:
        yield Obstacle(About.KEYS, "hosts_open")
    if settings.BASE_URL.startswith("http://"):
        yield Obstacle(About.KEYS, "address_without_https")
    if settings.MESSAGING_PROVIDER == "screen":
        yield Obstacle(About.KEYS, "texts_go_nowhere")
    for name in officers_without_second_factor(on=on):
        yield Obstacle(About.KEYS, "second_factor_missing", name)


def _logs() -> Iterator[Obstacle]:
    if not check_change_log().whole:
        yield Obstacle(About.LOGS, "change_log_broken")
    if not check_access_log().whole:
        yield Obstacle(About.LOGS, "access_log_broken")
    for ref in altered_entries():
        yield Obstacle(About.LOGS, "law_entry_altered", ref)


@transaction.atomic
def go_live(*, note: str, by: Actor, at: datetime) -> ServiceMode:
    """Begin to serve real people, under a name. Raises Refused with every obstacle, NotPermitted."""
    in_the_way = obstacles(at=at)
    if in_the_way:
        raise Refused(no(*(Reason(one.code, {"thing": one.thing, "count": one.count}) for one in in_the_way)))
    return set_live(live=True, note=note, by=by, at=at)


@transaction.atomic
def leave_live(*, why: str, by: Actor, at: datetime) -> ServiceMode:
    """Say that the service is no longer live, with the reason. Nothing is switched off by it but the promise."""
    return set_live(live=False, note=why, by=by, at=at)
