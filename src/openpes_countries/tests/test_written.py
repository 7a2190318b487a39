"""One value as text and back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from openpes_countries import known_countries, load_country
from openpes_countries.errors import Misfit
from openpes_countries.kinds import checked_value
from openpes_countries.written import as_written, from_writing


@pytest.mark.parametrize("code", known_countries())
def test_every_value_of_a_pack_comes_back_as_it_was(code: str) -> None:
    for history in load_country(code).histories.values():
        for dated in history:
            back = from_writing(dated.kind, as_written(dated.value))
            assert (checked_value(dated.kind, back) if dated.known else back) == (
                dated.value if dated.known else "unknown"
            ), dated.key


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("age", "16", 16),
        ("boolean", "true", True),
        ("decimal", "7.5", Decimal("7.5")),
        ("date", "2027-01-01", date(2027, 1, 1)),
        ("text", "yes: it is", "yes: it is"),
        ("age", "unknown", "unknown"),
    ],
)
def test_a_value_is_read(kind: str, text: str, value: object) -> None:
    assert from_writing(kind, text) == value


@pytest.mark.parametrize(
    ("kind", "text", "words"),
    [
        ("age", "", "Nothing"),
        ("age", "sixteen", "not a whole number"),
        ("ground", "{rule: perhaps}", "not a rule"),
        ("ground", "{rule: [", "cannot be read"),
        ("texts", "[&a x, *a]", "points back"),
        ("text", "x" * 20_001, "too long"),
        ("wage", "{scope: a, amount: !!python/object:os.system x}", "cannot be read"),
    ],
)
def test_bad_writing_is_refused_with_the_mend(kind: str, text: str, words: str) -> None:
    with pytest.raises(Misfit, match=words) as fault:
        from_writing(kind, text)
    assert fault.value.mend
