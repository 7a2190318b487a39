"""Synthetic programmes for a demonstration, and taking them away again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from random import Random

from openpes.programmes.models import Application, Cycle, Draw, FundStream, Programme, ProgrammeVersion
from openpes.programmes.rules import Line, by_draw, frozen_list, list_hash
from openpes.programmes.states import ApplicationState, DrawState, PlaceRule, ProgrammeKind, VersionState
from openpes.reference.country import today

PLACES, APPLIED, SENT = 5, 14, 3
VALUE = "07-11-23-31-38-42"
RULE = {
    "all": [{"field": "age", "op": "between", "value": [15, 29]}, {"field": "employed", "op": "is", "value": False}]
}


def write_programmes(*, jobseeker_ids: Sequence[int], rng: Random, at: datetime) -> int:
    """Two programmes in force: one that takes applications now, one whose places were drawn and can be drawn again."""
    on = today(at)
    days = {"apply_from": -20, "apply_until": 20, "starts_on": 40, "ends_before": 130}
    first = _cycle("Work experience with a firm (demonstration)", ProgrammeKind.INTERNSHIP, at, on, days)
    past = {"apply_from": -60, "apply_until": -20, "starts_on": 15, "ends_before": 100}
    second = _cycle("Skills for a first job (demonstration)", ProgrammeKind.TRAINING, at, on, past, PlaceRule.LOTTERY)
    people = list(jobseeker_ids)
    for jobseeker in people[:SENT]:
        _apply(first, jobseeker, ApplicationState.SUBMITTED, at - timedelta(days=2), rng)
    drawn = []
    for one in people[SENT : SENT + APPLIED]:
        ticket = f"{rng.getrandbits(64):016x}"
        drawn.append(_apply(second, one, ApplicationState.WAITING, at - timedelta(days=30), rng, ticket=ticket))
    if drawn:
        _draw(second, drawn, at)
    return len(drawn)


def _cycle(
    title: str,
    kind: ProgrammeKind,
    at: datetime,
    on: date,
    days: dict[str, int],
    rule: PlaceRule = PlaceRule.FIRST_COME,
) -> Cycle:
    programme = Programme.objects.create(kind=kind, created_at=at, synthetic=True)
    version = ProgrammeVersion.objects.create(
        programme=programme,
        number=1,
        state=VersionState.APPROVED,
        starts_on=on - timedelta(days=90),
        title=title,
        rule=RULE,
        documents=["School certificate"],
        source="openpes default: synthetic, for demonstration",
        approved_at=at - timedelta(days=90),
    )
    dates = {name: on + timedelta(days=number) for name, number in days.items()}
    return Cycle.objects.create(version=version, places=PLACES, place_rule=rule, **dates)


def _apply(
    cycle: Cycle, jobseeker: int, state: ApplicationState, at: datetime, rng: Random, ticket: str = ""
) -> Application:
    sent = at - timedelta(minutes=rng.randrange(2000))
    return Application.objects.create(
        cycle=cycle, jobseeker_id=jobseeker, state=state, created_at=sent, submitted_at=sent, ticket=ticket
    )


def _draw(cycle: Cycle, rows: list[Application], at: datetime) -> None:
    """As the operations draw: the frozen list, its hash, and the order by the value."""
    lines = [Line(one.pk, one.created_at, frozenset(), one.ticket) for one in rows]
    text, order = frozen_list(lines, []), [line.ticket for line in by_draw(lines, VALUE)]
    Draw.objects.create(
        cycle=cycle,
        state=DrawState.DRAWN,
        frozen_at=at - timedelta(days=15),
        frozen_list=text,
        list_hash=list_hash(text),
        places=PLACES,
        value_source="Numbers of a demonstration, drawn by nobody",
        value_read_at=at - timedelta(days=10),
        value=VALUE,
        drawn_at=at - timedelta(days=10),
        result=order,
        chosen=order[:PLACES],
    )
    for one in rows:
        one.rank = order.index(one.ticket) + 1
        if one.rank <= PLACES:
            one.state, one.offered_at = ApplicationState.OFFERED, at - timedelta(days=1)
            one.answer_by = at + timedelta(days=6)
    Application.objects.bulk_update(rows, ["rank", "state", "offered_at", "answer_by"])
    Cycle.objects.filter(pk=cycle.pk).update(places_taken=min(PLACES, len(rows)))


def wipe_synthetic() -> int:
    """Take away applications of synthetic people, then the synthetic programmes. Returns the rows touched."""
    rows = Application.objects.filter(jobseeker__person__synthetic=True).delete()[0]
    mine = ProgrammeVersion.objects.filter(programme__synthetic=True)
    rows += Draw.objects.filter(cycle__version__in=mine).delete()[0]
    funds = list(FundStream.objects.filter(cycles__version__in=mine).values_list("pk", flat=True))
    rows += Cycle.objects.filter(version__in=mine).delete()[0]
    rows += FundStream.objects.filter(pk__in=funds, cycles=None).delete()[0]
    return rows + Programme.objects.filter(synthetic=True).delete()[0]
