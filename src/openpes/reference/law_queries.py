"""Reads of the law in force as its officers keep it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import Q, QuerySet

from openpes.core.actors import Actor
from openpes.core.change_log import cuts_of
from openpes.core.decisions import NotFound
from openpes.core.models import ChangeEntry
from openpes.reference import in_force
from openpes.reference.country import country
from openpes.reference.law_models import LawAnswer, LawEntry, ServiceMode
from openpes_countries import Dated, Lapsed, UnknownKey, load_country


@dataclass(frozen=True)
class Topic:
    """The values of one file of the pack: `law.ages` has the name `ages` in the layer `law`."""

    layer: str
    name: str
    total: int
    unverified: int

    @property
    def done(self) -> int:
        return self.total - self.unverified


def topics(*, on: date) -> list[Topic]:
    """Each file of the pack with how many of its values wait; what waits most comes first."""
    counted: dict[tuple[str, str], list[int]] = {}
    for key, dated in country().values(on=on).items():
        numbers = counted.setdefault((dated.layer, key.partition(".")[0]), [0, 0])
        numbers[0] += 1
        numbers[1] += not dated.usable_on(on)
    made = [Topic(layer, name, *numbers) for (layer, name), numbers in counted.items()]
    return sorted(made, key=lambda one: (-one.unverified, one.layer, one.name))


def values_of_topic(layer: str, name: str, *, on: date) -> list[Dated]:
    """The values of one file in force on a day; those that wait first. Raises NotFound."""
    found = [
        dated
        for key, dated in country().values(on=on).items()
        if dated.layer == layer and key.partition(".")[0] == name
    ]
    if not found:
        raise NotFound(f"topic:{layer}/{name}")
    return sorted(found, key=lambda one: (one.usable_on(on), one.key))


def unverified_values(*, on: date) -> tuple[Dated, ...]:
    """What keeps the service from going live: neither verified nor waived by name."""
    return country().unverified(on=on)


def due_for_review(*, on: date) -> list[Dated]:
    """Values in force whose review day has come, the oldest first, and waivers that have run out."""
    held = country().values(on=on).values()
    due = [one for one in held if _due_on(one) is not None and _due_on(one) <= on]  # type: ignore[operator]
    return sorted(due, key=lambda one: (_due_on(one), one.key))


def _due_on(dated: Dated) -> date | None:
    days = [day for day in (dated.review_by, dated.waived_before) if day is not None]
    return min(days) if days else None


def value_or_404(key: str, *, on: date) -> Dated:
    """The value of a key on a day. Raises NotFound."""
    try:
        return country().value(key, on=on)
    except UnknownKey as error:
        raise NotFound(f"value:{key}") from error


def shipped_value(key: str, *, on: date) -> Dated:
    """The value as the pack on disk has it, without what officers did."""
    return load_country(settings.COUNTRY).value(key, on=on)


def _entries() -> QuerySet[LawEntry]:
    return LawEntry.objects.filter(country=settings.COUNTRY).select_related("answer", "supersedes")


def history_of(key: str) -> list[LawEntry]:
    """Every act on a value, the newest first."""
    return list(_entries().filter(key=key).order_by("-made_at", "-pk"))


def withdrawn_ids(entries: Iterable[LawEntry]) -> set[int]:
    """Those of these entries that a later one has taken back."""
    rows = LawEntry.objects.filter(supersedes__in=[one.pk for one in entries]).select_related("answer")
    return {row.supersedes_id for row in rows if in_force.counts(row) and row.supersedes_id is not None}


def changed_lately(*, on: date, at: datetime) -> tuple[list[LawEntry], list[Dated]]:
    """What officers signed lately, and what values of the pack began lately or begin soon, the newest first."""
    days = int(country().value("law_keeping.changed_lately_days", on=on).value)
    since, until = on - timedelta(days=days), on + timedelta(days=days)
    signed = _entries().filter(made_at__gte=at - timedelta(days=days)).order_by("-made_at", "-pk")[:200]
    begun = [
        dated
        for history in country().histories.values()
        for dated in history
        if dated.effective_from is not None and since <= dated.effective_from <= until
    ]
    return list(signed), sorted(begun, key=lambda one: (one.effective_from, one.key), reverse=True)


def waiting_for_second() -> list[LawEntry]:
    """What another officer has to agree to, the oldest first."""
    return list(_entries().filter(needs_second=True, answer=None).order_by("made_at", "pk"))


def entry_by_ref(ref: str) -> LawEntry:
    """An entry of this country. Raises NotFound."""
    found = _entries().filter(ref=ref).first()
    if found is None:
        raise NotFound("law")
    return found


def lapsed_entries() -> tuple[Lapsed, ...]:
    """What officers signed about values that the pack no longer has so: a person has to look again."""
    return in_force.country_in_force(settings.COUNTRY).lapsed


def altered_entries() -> list[str]:
    """References of entries and answers that are not as the change log saw them; empty when all is whole.

    What is older than the first line that the log still keeps cannot be compared any more, and is left out.
    """
    first_line = ChangeEntry.objects.order_by("pk").first() if cuts_of("change") else None
    compared = Q(made_at__gte=first_line.at) if first_line else Q()
    answers_compared = Q(answered_at__gte=first_line.at) if first_line else Q()
    rows = ChangeEntry.objects.filter(Q(verb__startswith="law."), thing__startswith="law:")
    logged: dict[str, set[str]] = {}
    for thing, detail in rows.values_list("thing", "detail"):
        logged.setdefault(thing.removeprefix("law:"), set()).add(str(detail.get("sha256", "")))
    seen = {ref: 0 for ref in logged}
    wrong = []
    for entry in LawEntry.objects.filter(compared).select_related("supersedes").order_by("pk"):
        seen.pop(entry.ref, None)
        if entry.fingerprint() not in logged.get(entry.ref, set()):
            wrong.append(entry.ref)
    for answer in LawAnswer.objects.filter(answers_compared).select_related("entry").order_by("pk"):
        if answer.fingerprint() not in logged.get(answer.entry.ref, set()):
            wrong.append(answer.entry.ref)
    # What the log tells of and the table lacks was taken away.
    return [*wrong, *seen]


def service_mode() -> ServiceMode | None:
    """The newest line on whether the service is live; None when it never was."""
    return ServiceMode.objects.order_by("-pk").first()


def is_live() -> bool:
    """Is the service live? One query."""
    mode = service_mode()
    return mode is not None and mode.live


def may_agree(actor: Actor, entry: LawEntry) -> bool:
    """For the page: is this the second officer for this entry?"""
    return actor.everywhere("law.agree") and actor.log_key != entry.officer_key
