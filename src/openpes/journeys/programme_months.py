"""A month of all programmes, or of all providers, in counts: what the one-press reports are made of."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from openpes.core.actors import Actor
from openpes.core.clock import month_bounds
from openpes.enrolments.month_figures import MEASURES, month_of_rounds
from openpes.enrolments.queries import courses, providers_of
from openpes.programmes.models import Cycle
from openpes.reference.country import country

PROGRAMME, PROVIDER = "programme", "provider"


@dataclass(frozen=True)
class Line:
    """One programme or provider: its name, its rounds, and what happened, by measure."""

    name: str
    rounds: int
    counts: dict[str, int | Decimal]


def month_report(*, month: str, by_what: str, by: Actor) -> list[Line]:
    """The lines of a month over the rounds that the actor runs, by name. Raises ValueError for no month."""
    starts_at, ends_before = month_bounds(month, country().timezone)
    cycles = list(courses(by))
    found = month_of_rounds([one.pk for one in cycles], starts_at=starts_at, ends_before=ends_before)
    partners = providers_of([one.pk for one in cycles])

    def name_of(cycle: Cycle) -> str:
        programme = cycle.version.programme
        return partners.get(cycle.pk) or programme.provider or "–" if by_what == PROVIDER else cycle.version.title

    grouped: dict[str, list[int]] = {}
    for one in cycles:
        if any(found[one.pk].values()):
            grouped.setdefault(name_of(one), []).append(one.pk)
    return [
        Line(name, len(keys), {code: sum((found[key][code] for key in keys), start=0) for code in MEASURES})
        for name, keys in sorted(grouped.items())
    ]
