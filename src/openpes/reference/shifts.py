"""Times of work: 21 weekly slots, seven days by day, evening and night, as one integer mask."""

from __future__ import annotations

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
PARTS_OF_DAY = ("day", "evening", "night")
SHIFT_SLOTS = tuple(f"{day}-{part}" for day in DAYS for part in PARTS_OF_DAY)
ANY_SHIFT = (1 << len(SHIFT_SLOTS)) - 1


def mask_of(slots: list[str] | tuple[str, ...]) -> int:
    """The mask of named slots such as "mon-day"; "any" is all of them. Raises ValueError naming the odd one."""
    if "any" in slots:
        return ANY_SHIFT
    mask = 0
    for slot in slots:
        if slot not in SHIFT_SLOTS:
            raise ValueError(f"There is no time of work called {slot!r}. Write day-part, such as mon-evening, or any.")
        mask |= 1 << SHIFT_SLOTS.index(slot)
    return mask


def slots_of(mask: int) -> tuple[str, ...]:
    """The named slots of a mask, in the order of the week."""
    return tuple(slot for index, slot in enumerate(SHIFT_SLOTS) if mask >> index & 1)
