"""Two officers at one person's circumstances: what each changed stands; where both changed one box, both are told.

A page carries, signed, what its boxes held when it was opened (`carried`). `barriers_of`, `needs_of` and `groups_of`
take what was sent and give what is to be saved, with a sentence for each box that a colleague changed too.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.http import QueryDict

from openpes.circumstances.models import Barrier
from openpes.circumstances.states import Accommodation, BarrierKind
from openpes.circumstances.words import BARRIER, NEED, SEVERITY
from openpes.web.counsellor.two_at_once import changed_meanwhile, seen_now, settle_values

BARRIERS_SEEN, NEEDS_SEEN, GROUPS_SEEN = "barriers_seen", "needs_seen", "groups_seen"
YES = "yes"


def _barrier_values(held: Mapping[str, Barrier]) -> dict[str, str]:
    values = {}
    for kind in BarrierKind:
        row = held.get(kind)
        values[f"barrier.{kind}.severity"] = row.severity if row else ""
        values[f"barrier.{kind}.words"] = row.words if row else ""
        values[f"barrier.{kind}.help"] = row.would_help if row else ""
    return values


def _need_values(needs: Mapping[str, str]) -> dict[str, str]:
    ticks = {one.value: YES if one in needs else "" for one in Accommodation}
    return ticks | {f"need.{one}": needs.get(one, "") for one in Accommodation}


def _group_values(groups: Collection[str], codes: Collection[str]) -> dict[str, str]:
    return {code: YES if code in groups else "" for code in codes}


def barriers_carried(held: Mapping[str, Barrier]) -> str:
    """What a page with the lines on barriers carries."""
    return seen_now(_barrier_values(held))


def carried(
    *, barriers: Mapping[str, Barrier], needs: Mapping[str, str], groups: Collection[str], codes: Collection[str]
) -> dict[str, str]:
    """What a page carries, by the name of the hidden box."""
    return {
        BARRIERS_SEEN: barriers_carried(barriers),
        NEEDS_SEEN: seen_now(_need_values(needs)),
        GROUPS_SEEN: seen_now(_group_values(groups, codes)),
    }


def _told(name: str, value: str) -> str:
    """A clash of a barrier in words: which line, and what stands there now."""
    _barrier, kind, part = name.split(".")
    words = str(SEVERITY.get(value, value)) if part == "severity" else value  # type: ignore[call-overload]
    return f"{BARRIER[BarrierKind(kind)]}: {changed_meanwhile(words)}"


def barriers_of(data: QueryDict, held: Mapping[str, Barrier]) -> tuple[QueryDict, list[str]]:
    """(what was sent, with what a colleague wrote in boxes that were left alone or that both changed; the clashes)."""
    now = _barrier_values(held)
    typed = {name: str(data[name]).strip() for name in now if name in data}
    settled, clashing = settle_values(data.get(BARRIERS_SEEN, ""), now=now, typed=typed)
    merged = data.copy()
    for name, value in (settled | clashing).items():
        merged[name] = value
    return merged, [_told(name, value) for name, value in clashing.items()]


def needs_of(data: QueryDict, held: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """(kind -> words, the clashes)."""
    now, ticked = _need_values(held), set(data.getlist("needs"))
    typed = {one.value: YES if one in ticked else "" for one in Accommodation}
    typed |= {f"need.{one}": str(data[f"need.{one}"]).strip() for one in Accommodation if f"need.{one}" in data}
    settled, clashing = settle_values(data.get(NEEDS_SEEN, ""), now=now, typed=typed)
    found = {one.value: settled.get(f"need.{one}", now[f"need.{one}"]) for one in Accommodation if settled[one]}
    told = [
        f"{NEED[Accommodation(name.removeprefix('need.'))]}: {changed_meanwhile(value)}"
        for name, value in clashing.items()
    ]
    return found, told


def groups_of(data: QueryDict, held: Collection[str], codes: Collection[str]) -> list[str]:
    """The codes to be saved. A tick has two states: whoever changed it, there is nothing to clash."""
    ticked = set(data.getlist("groups"))
    typed = {code: YES if code in ticked else "" for code in {*codes, *ticked}}
    now = _group_values(held, {*codes, *ticked})
    settled, _clashing = settle_values(data.get(GROUPS_SEEN, ""), now=now, typed=typed)
    return [code for code, value in settled.items() if value]
