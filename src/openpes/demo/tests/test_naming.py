"""Names in the right script and order, and the ways in which they are misspelt."""

from __future__ import annotations

import unicodedata

import pytest

from openpes.demo.chance import stream
from openpes.demo.naming import FOLDER, firm_name, misspelt, name_list, person_name, read_name_list
from openpes.people.names import as_given


def drawn(country: str, sex: str, many: int = 300) -> list[str]:
    return [person_name(stream(1, country, sex, number), name_list(country), sex).text for number in range(many)]


def test_cambodian_names_are_written_in_khmer():
    letters = {letter for sex in ("female", "male") for name in drawn("KH", sex) for letter in name if letter != " "}
    assert letters
    assert all(unicodedata.name(letter).startswith("KHMER") for letter in letters)


def test_vietnamese_names_put_the_family_first_and_keep_their_marks():
    names, listed = drawn("VN", "female"), name_list("VN")
    assert all(name.split()[0] in listed.family for name in names)
    assert all(name.split()[1] in listed.middle["female"] for name in names)
    assert sum(any(ord(letter) > 127 for letter in name) for name in names) > 250


def test_philippine_names_put_the_family_last():
    listed = name_list("PH")
    whole = [name for name in drawn("PH", "male") if len(name.split()) > 1]
    assert whole and all(any(name.endswith(f" {family}") for family in listed.family) for name in whole)


def test_a_country_without_a_list_gets_romanised_names_and_some_people_have_one_name():
    names = drawn("XX", "female", 1_000)
    assert all(name.isascii() for name in names)
    assert 0 < sum(len(name.split()) == 1 for name in names) < 60


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.txt")), ids=lambda path: path.stem)
def test_every_list_is_whole_and_stored_as_it_is_shown(path):
    names = read_name_list(path)
    assert min(len(names.given["female"]), len(names.given["male"]), len(names.family)) >= 30
    assert "other" in names.firms and names.adverts
    listed = [*names.given["female"], *names.given["male"], *names.family, *names.adverts]
    assert all(as_given(one) == one for one in listed)
    for sector in names.firms:
        assert "{" not in firm_name(stream(1, sector), names, sector, "Town")


def test_misspelt_names_differ_from_the_name():
    for text in ("Maria Santos Cruz", "សុខ សុភា", "Suharto"):
        found = misspelt(stream(3, text), text)
        assert found and text not in found
