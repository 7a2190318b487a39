"""What of a freeze may be seen outside the house: tables protected, figures computed from protected counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from openpes.insights.models import Freeze, FrozenCount, FrozenFigure
from openpes.insights.tables import BY_ID, TABLES, UNKNOWN, Table, joined, parted
from openpes_evidence.cells import Cell, Status
from openpes_evidence.definitions import Definition, Kind, registry
from openpes_evidence.disclosure import SMALLEST, in_steps, protect, shown_count, with_totals


@dataclass(frozen=True)
class ReleasedTable:
    """A table as everybody may see it. `cells`: key of codes ("_T" for a total) to a count or None where hidden.

    `left_out`: people of unknown sex, age and the like who are too few for cells of their own, in steps of ten; the
    totals of this table are without them. None: fewer than ten.
    """

    table: Table
    freeze: Freeze
    cells: Mapping[tuple[str, ...], int | None]
    hidden: int
    left_out: int | None = 0

    def codes(self, dimension: int) -> list[str]:
        """The codes of one dimension without the total, as they come."""
        return sorted({key[dimension] for key in self.cells if key[dimension] != "_T"})


def released_table(freeze: Freeze, table_id: str) -> ReleasedTable:
    """One protected table. Raises KeyError for a table that is not there."""
    return _released(freeze, BY_ID[table_id], FrozenCount.objects.filter(freeze=freeze, table=table_id))


def released_tables(freeze: Freeze) -> list[ReleasedTable]:
    """All protected tables of a freeze. One query."""
    by_table: dict[str, list[FrozenCount]] = {one.id: [] for one in TABLES}
    for row in FrozenCount.objects.filter(freeze=freeze).order_by("table", "key"):
        by_table.setdefault(row.table, []).append(row)
    return [_released(freeze, one, by_table[one.id]) for one in TABLES]


def _released(freeze: Freeze, table: Table, rows: Iterable[FrozenCount]) -> ReleasedTable:
    counts = {parted(row.key): row.n for row in rows}
    if not table.about_people:
        return ReleasedTable(table, freeze, with_totals(counts, len(table.dimensions)), 0)
    kept = without_small_unknowns(counts)
    made = protect(kept, table.dimensions)
    out = sum(counts.values()) - sum(kept.values())
    hidden = len(made.hidden_first) + len(made.hidden_second)
    return ReleasedTable(table, freeze, made.shown, hidden, shown_count(out))


# Codes that say only that something is not known. Too few of them would hide a known neighbour in every line.
UNKNOWNS = frozenset({"not_said", "other", "unknown", "under_15", UNKNOWN})


def without_small_unknowns(counts: Mapping[tuple[str, ...], int]) -> dict[tuple[str, ...], int]:
    """The table without those of its unknown codes that have a small cell; they are told as one number beside it."""
    small = {
        (at, code) for key, n in counts.items() for at, code in enumerate(key) if code in UNKNOWNS and 0 < n < SMALLEST
    }
    return {key: n for key, n in counts.items() if not any((at, code) in small for at, code in enumerate(key))}


def table_cells(released: ReleasedTable) -> list[Cell]:
    """The table as tidy cells."""
    about = registry()[released.table.indicator]
    vintage = vintage_of(released.freeze)
    return [
        Cell(
            about.id,
            about.version,
            dict(zip(released.table.dimensions, key, strict=True)),
            None if n is None else float(n),
            n=n,
            status=Status.HIDDEN if n is None else Status.NORMAL,
            vintage=vintage,
            sources=(about.source,),
        )
        for key, n in sorted(released.cells.items())
    ]


def vintage_of(freeze: Freeze) -> str:
    """How a published number names its freeze: month, number of the freeze, first signs of its seal."""
    return f"{freeze.month}.{freeze.number}-{freeze.digest[:8]}"


def released_figures(freeze: Freeze, *, place: str | None = None) -> list[Cell]:
    """The indicators of a freeze as everybody may see them. `place`: None all, "" the country, "A:…" or "O:…"."""
    rows = [row for row in FrozenFigure.objects.filter(freeze=freeze).order_by("pk") if row.indicator in registry()]
    beside = hidden_beside(rows)
    wanted = (row for row in rows if place is None or row.place == place)
    return [released_figure(row, freeze, beside=beside) for row in wanted]


Place = tuple[int, str, str]


def hidden_beside(rows: Iterable[FrozenFigure]) -> frozenset[Place]:
    """(freeze, figure, place) of counts that would give a small neighbour away: the total is shown beside them.

    As in a table of one line. `rows`: all places of the figures, with the country's own; where that lacks, the places
    are taken to be all there are.
    """
    lines: dict[tuple[int, str, str], dict[str, int]] = {}
    totals: dict[tuple[int, str], int] = {}
    for row in rows:
        if row.n is None or row.indicator not in registry() or not _is_count_of_people(registry()[row.indicator]):
            continue
        kind, _, code = row.place.partition(":")
        if code:
            lines.setdefault((row.freeze_id, row.indicator, kind), {})[code] = row.n
        else:
            totals[row.freeze_id, row.indicator] = row.n
    found: set[Place] = set()
    for (freeze, indicator, kind), counts in lines.items():
        if not any(0 < n < SMALLEST for n in counts.values()):
            continue
        elsewhere = max(totals.get((freeze, indicator), 0) - sum(counts.values()), 0)
        line: dict[tuple[str, ...], int] = {(code,): n for code, n in counts.items()}
        if elsewhere:
            line[(UNKNOWN,)] = elsewhere
        second = protect(line, (kind,)).hidden_second
        found |= {(freeze, indicator, f"{kind}:{code}") for (code,) in second if code != UNKNOWN}
    return frozenset(found)


def _is_count_of_people(about: Definition) -> bool:
    return bool(about.smallest_cell) and about.kind in (Kind.STOCK, Kind.FLOW)


def released_figure(row: FrozenFigure, freeze: Freeze, *, beside: frozenset[Place] = frozenset()) -> Cell:
    """One indicator, protected by what its definition says about small cells. `beside`: from `hidden_beside`."""
    about = registry()[row.indicator]
    cell = Cell(
        row.indicator,
        row.version,
        _place(row.place),
        row.value,
        row.lower,
        row.upper,
        row.n,
        Status(row.status),
        vintage_of(freeze),
        (about.source,),
    )
    if (row.freeze_id, row.indicator, row.place) in beside:
        return cell.hidden()
    return _rounded(cell, about) if not about.smallest_cell or row.n is None else _protected(cell, row, about)


def _rounded(cell: Cell, about: Definition) -> Cell:
    """Rates and days with one decimal, indices with three below one: more would pretend to be known."""
    if cell.value is None or about.kind in (Kind.STOCK, Kind.FLOW):
        return cell
    digits = 3 if about.kind is Kind.INDEX and cell.value < 1 else 1
    lower, upper = (None if end is None else round(end, digits) for end in (cell.lower, cell.upper))
    return replace(cell, value=round(cell.value, digits), lower=lower, upper=upper)


def _place(place: str) -> dict[str, str]:
    kind, _, code = place.partition(":")
    return {} if not code else {"AREA" if kind == "A" else "OFFICE": code}


def _protected(cell: Cell, row: FrozenFigure, about: Definition) -> Cell:
    n, part = row.n or 0, row.numerator
    if cell.value is None:
        return replace(cell, n=None)
    if 0 < n < SMALLEST:
        return cell.hidden()
    if about.kind in (Kind.STOCK, Kind.FLOW):
        shown = in_steps(n)
        return replace(cell, value=float(shown), lower=None, upper=None, n=shown)
    if about.kind is Kind.RATE and part is not None and (0 < part < SMALLEST or 0 < n - part < SMALLEST):
        return cell.hidden()
    value = cell.value
    if about.kind is Kind.RATE and part is not None and about.id not in COHORTS:
        # From the stepped counts: a rate of six digits would give the true ones away.
        value = 100 * in_steps(part) / in_steps(n)
    return _rounded(replace(cell, value=value, n=in_steps(n)), about)


# Read off a curve, not divided out of two counts.
COHORTS = frozenset({"in_work_3", "in_work_6", "in_work_12"})


def cell_of(released: ReleasedTable, *codes: str) -> int | None:
    """One count of a protected table, nought where nobody is. Codes in the order of its dimensions."""
    return released.cells.get(parted(joined(codes)), 0)
