"""Numbers of the country's mobile plan, counted up from its published example. No text is ever sent to them."""

from __future__ import annotations

import phonenumbers
from phonenumbers import PhoneNumberFormat, PhoneNumberType

from openpes_countries import Country

# Counting in steps of a number without common factors walks through all endings before one comes back.
_STEP = 618_033


class SyntheticNumbers:
    """The numbers of a nation: the n-th one is always the same, and no two of the first `room` are alike."""

    def __init__(self, country: Country, offset: int = 0) -> None:
        example = phonenumbers.example_number_for_type(country.code, PhoneNumberType.MOBILE) or phonenumbers.parse(
            country.phone.mobile_example, country.code
        )
        written = phonenumbers.format_number(example, PhoneNumberFormat.E164)
        national = len(str(example.national_number))
        self._free = next((free for free in (6, 5, 4) if free < national and _all_valid(written, free)), 3)
        self._start = written[: -self._free]
        self.room = 10**self._free
        self._offset = offset

    def number(self, position: int) -> str:
        """The number at a position, in E.164."""
        ending = (self._offset + position * _STEP) % self.room
        return f"{self._start}{ending:0{self._free}d}"


def _all_valid(written: str, free: int) -> bool:
    """Is every hundredth or so of the numbers with these last digits a valid one?"""
    step = max(1, 10**free // 100) | 1
    return all(
        phonenumbers.is_valid_number(phonenumbers.parse(f"{written[:-free]}{ending:0{free}d}"))
        for ending in range(0, 10**free, step)
    )
