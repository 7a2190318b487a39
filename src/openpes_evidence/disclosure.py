"""What may leave the house: small counts hidden, what would give them away hidden too, the rest in steps of ten. Pure.

Three rules, applied in this order to every table that is published:

1. A count from 1 to 9 is hidden; so is a sum (pay, hours) that one or two contributors make up (`dominated`).
2. In every line of the table whose total is known, at least two cells are hidden or none, and the hidden ones together
   count at least ten; repeated over all dimensions until nothing more has to be hidden.
3. Counts are shown in steps of ten. Two published numbers of one freeze, its revisions, or any sum or difference of
   them, are therefore equal or at least ten apart: no pair of tables can single out fewer than ten people.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

SMALLEST = 10
STEP = 10
Key = tuple[str, ...]
TOTAL = "_T"


@dataclass(frozen=True)
class Protected:
    """A table ready to leave: `shown` holds a count in steps of ten or None (hidden), a cell a key with all totals."""

    dimensions: tuple[str, ...]
    shown: Mapping[Key, int | None]
    hidden_first: frozenset[Key]
    hidden_second: frozenset[Key]


def in_steps(count: int, *, step: int = STEP) -> int:
    """A count in steps; halves go up. The same count is always shown as the same number."""
    return (count + step // 2) // step * step


def shown_count(count: int) -> int | None:
    """A single count as it may be shown: None from 1 to 9, else in steps of ten."""
    return None if 0 < count < SMALLEST else in_steps(count)


def dominated(contributions: Sequence[float], *, share_of_first: float = 0.85, share_of_two: float = 0.95) -> bool:
    """Whether one contributor makes up so much of a sum that the sum tells what it gave (or one of two the other's)."""
    whole = float(sum(contributions))
    if whole <= 0:
        return False
    first, *rest = sorted(contributions, reverse=True)
    second = rest[0] if rest else 0.0
    return first > share_of_first * whole or first + second > share_of_two * whole


def with_totals(counts: Mapping[Key, int], dimensions: int) -> dict[Key, int]:
    """The table with every total: each inner cell is added to all keys in which some codes are replaced by `_T`."""
    table: dict[Key, int] = defaultdict(int)
    places = range(dimensions)
    subsets = [set(chosen) for size in range(dimensions + 1) for chosen in combinations(places, size)]
    for key, count in counts.items():
        if len(key) != dimensions or TOTAL in key:
            raise ValueError(f"The cell {key} does not have {dimensions} codes, or is itself a total.")
        for subset in subsets:
            table[tuple(TOTAL if at in subset else code for at, code in enumerate(key))] += count
    return dict(table)


def protect(counts: Mapping[Key, int], dimensions: Sequence[str], *, also: Iterable[Key] = ()) -> Protected:
    """Protect a table of counts of people. `counts`: inner cells only, keyed by one code a dimension.

    `also`: inner cells to hide for another reason (`dominated`). Noughts are shown: they are about nobody, unless a
    nought would have to be hidden to protect a neighbour, which never helps.
    """
    table = with_totals(counts, len(dimensions))
    first = {key for key, count in table.items() if 0 < count < SMALLEST} | {key for key in also if table.get(key)}
    second: set[Key] = set()
    lines = _lines(table)
    waiting = list(lines)
    by_cell: dict[Key, list[tuple[Key, int]]] = defaultdict(list)
    for line, members in lines.items():
        for member in members:
            by_cell[member].append(line)
    while waiting:
        line = waiting.pop()
        for key in _needed(table, lines[line], first | second):
            second.add(key)
            waiting += by_cell[key]
    hidden = first | second
    shown = {key: None if key in hidden else in_steps(count) for key, count in table.items()}
    return Protected(tuple(dimensions), shown, frozenset(first), frozenset(second))


def _lines(table: Mapping[Key, int]) -> dict[tuple[Key, int], list[Key]]:
    """Every sum of the table: (its total, the dimension summed) to all cells of the equation, total included."""
    lines: dict[tuple[Key, int], list[Key]] = defaultdict(list)
    for key in table:
        for at, code in enumerate(key):
            total = (*key[:at], TOTAL, *key[at + 1 :])
            if code != TOTAL:
                lines[total, at].append(key)
    return {line: [*sorted(members), line[0]] for line, members in lines.items()}


def _needed(table: Mapping[Key, int], members: list[Key], hidden: set[Key]) -> list[Key]:
    """Cells to hide so that this equation gives nothing away: two unknowns or none, ten people behind them."""
    unknown = [key for key in members if key in hidden]
    more: list[Key] = []
    while unknown and (len(unknown) == 1 or sum(table[key] for key in unknown) < SMALLEST):
        others = [key for key in members if key not in hidden and key not in more and table[key] > 0]
        if not others:
            break
        # The smallest neighbour costs the reader least; a total is taken last.
        chosen = min(others, key=lambda key: (key.count(TOTAL), table[key], key))
        more.append(chosen)
        unknown.append(chosen)
    return more


BANDS = ((0, "0"), (10, "1-9"), (25, "10-24"), (50, "25-49"), (100, "50-99"), (250, "100-249"), (500, "250-499"))


def band(count: int) -> str:
    """A live public count as a band. From 500 on in steps of a hundred downwards, with "+"."""
    if count < 0:
        raise ValueError("A count below nought is no count.")
    if count == 0:
        return "0"
    for below, name in BANDS[1:]:
        if count < below:
            return name
    return f"{count // 100 * 100}+"
