"""What a round cost and what became of its people, for the desk and the report: gross counts, not the effect."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from openpes.core.actors import Actor
from openpes.enrolments import figures
from openpes.enrolments.queries import course_for, provider_of
from openpes.enrolments.states import EnrolmentState
from openpes.placements.queries import graded_work
from openpes.programmes.models import Cycle
from openpes.reference.country import currency

CENT = Decimal("0.01")


@dataclass(frozen=True)
class Results:
    """A round in numbers. Money in `currency`; `each_…` is None where nobody counts yet. Gross, not the effect."""

    cycle: Cycle
    provider: str
    entered: int
    running: int
    completed: int
    left: int
    committed: Decimal
    spent: Decimal
    currency: str
    each_completion: Decimal | None
    work: dict[str, int]
    each_placement: Decimal | None
    follow_ups: dict[int, dict[str, int]]

    @property
    def placements(self) -> int:
        """People with graded work since the round began."""
        return sum(self.work.values())


def _each(money: Decimal, people: int) -> Decimal | None:
    return (money / people).quantize(CENT, rounding=ROUND_HALF_UP) if people else None


def results_of(*, ref: str, by: Actor) -> Results:
    """Add up one round that the actor runs. Raises NotFound."""
    cycle = course_for(by, ref)
    states = figures.states_of([cycle.pk]).get(cycle.pk, {})
    completed, spent = states.get(EnrolmentState.COMPLETED, 0), figures.spent_on(cycle.pk)
    work = graded_work(figures.people_of(cycle.pk), since=cycle.starts_on)
    provider = provider_of(cycle)
    return Results(
        cycle=cycle,
        provider=provider.name if provider else cycle.version.programme.provider,
        entered=sum(states.values()),
        running=states.get(EnrolmentState.ENROLLED, 0),
        completed=completed,
        left=states.get(EnrolmentState.LEFT, 0),
        committed=cycle.cost_per_place * cycle.places_taken,
        spent=spent,
        currency=cycle.fund.currency if cycle.fund else (cycle.version.stipend_currency or currency()),
        each_completion=_each(spent, completed),
        work=work,
        each_placement=_each(spent, sum(work.values())),
        follow_ups=figures.followed(cycle.pk),
    )
