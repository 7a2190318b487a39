"""The registry of indicators can be trusted, and says what is wrong with one that cannot."""

from __future__ import annotations

import pytest

from openpes_evidence.definitions import BadRegistry, Origin, parse, registry


def test_every_definition_says_what_it_must() -> None:
    found = registry()
    assert len(found) >= 40
    assert 20 <= sum(one.mini_dataset for one in found.values()) <= 30
    for one in found.values():
        assert one.title and one.definition.endswith(".") and one.owner
        assert one.kind.value != "rate" or one.denominator != "none"
        # A figure about people hides small cells; only figures about vacancies or curves may go without.
        assert one.smallest_cell in (0, 10)
        assert one.origin is not Origin.SURVEY or "ICLS" in one.reference or "SDG" in one.reference


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: 1", "list of entries"),
        ("- title: x", "no id"),
        ("- {id: a, colour: red}", "colour is no field"),
        ("- {id: a, version: '1'}", "is missing"),
    ],
)
def test_a_bad_registry_names_the_entry_and_the_mend(text: str, said: str) -> None:
    with pytest.raises(BadRegistry, match=said):
        parse(text)


def test_an_id_is_used_once() -> None:
    one = (
        "- {id: a, version: '1', title: t, definition: d., numerator: n, denominator: none, unit: PS, kind: stock, "
        "origin: register, source: s, reference: r, smallest_cell: 10, owner: o}\n"
    )
    with pytest.raises(BadRegistry, match="used twice"):
        parse(one * 2)
