"""Names in the right script and order, and the ways in which they are misspelt."""

from __future__ import annotations

import unicodedata

import pytest

from openpes.demo.chance import stream
from openpes.demo.naming import FOLDER, firm_name, misspelt, name_list, person_name, read_name_list
from openpes.people.names import as_given
from openpes_countries import known_countries


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


SCRIPTS = {
    "BD": "BENGALI", "CN": "CJK", "IN": "DEVANAGARI", "KH": "KHMER", "KR": "HANGUL", "LA": "LAO", "MN": "CYRILLIC",
    "NP": "DEVANAGARI", "TH": "THAI",
}  # fmt: skip


@pytest.mark.parametrize("country", sorted(SCRIPTS))
def test_names_are_written_in_the_script_of_the_country(country):
    names = [name for sex in ("female", "male") for name in drawn(country, sex)]
    letters = {letter for name in names for letter in name if letter not in " -\u200c\u200d"}
    assert letters
    assert {letter for letter in letters if not unicodedata.name(letter).startswith(SCRIPTS[country])} <= {"ः"}


@pytest.mark.parametrize("country", known_countries())
def test_every_country_has_a_list_long_enough(country):
    listed = name_list(country)
    assert (FOLDER / f"{country.lower()}.txt").exists()
    given = {sex: {one for part in (listed, *listed.peoples) for one in part.given[sex]} for sex in ("female", "male")}
    assert len(given["female"] | given["male"]) >= 60
    assert len({one for part in (listed, *listed.peoples) for one in part.family}) >= 40
    assert sum(part.share for part in (listed, *listed.peoples)) == pytest.approx(1)


def test_peoples_of_one_country_name_in_their_own_ways():
    malaysian = drawn("MY", "male", 900)
    assert 0.5 < sum(" bin " in name for name in malaysian) / 900 < 0.8
    assert any(" a/l " in name for name in malaysian)
    chinese = name_list("MY").peoples[0]
    assert sum(name.split()[0] in chinese.family for name in malaysian) > 100
    fijian = drawn("FJ", "female", 300)
    assert any(" Devi " in name for name in fijian) and any("Adi" in name for name in fijian)
    child = person_name(stream(1, "child"), name_list("MY"), "female", family="Krishnan")
    assert " a/p Krishnan" in child.text, "a family stays with its people"


def test_some_indonesians_have_one_name_and_chinese_and_koreans_write_names_together():
    singles = sum(len(name.split()) == 1 for name in drawn("ID", "male", 1_000))
    assert 80 < singles < 300
    assert all(" " not in name and len(name) >= 2 for name in drawn("KR", "female") + drawn("CN", "male"))


def test_a_country_without_a_list_gets_romanised_names_and_some_people_have_one_name():
    names = drawn("XX", "female", 1_000)
    assert all(name.isascii() for name in names)
    assert 0 < sum(len(name.split()) == 1 for name in names) < 60


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.txt")), ids=lambda path: path.stem)
def test_every_list_is_whole_and_stored_as_it_is_shown(path):
    names = read_name_list(path)
    assert min(len(names.given["female"]), len(names.given["male"]), len(names.family)) >= 30
    assert "other" in names.firms and names.adverts and 0 < names.share <= 1
    listed = [*names.given["female"], *names.given["male"], *names.family, *names.adverts]
    assert all(as_given(one) == one for one in listed)
    for sector in names.firms:
        assert "{" not in firm_name(stream(1, sector), names, sector, "Town")


def test_misspelt_names_differ_from_the_name():
    for text in ("Maria Santos Cruz", "សុខ សុភា", "Suharto"):
        found = misspelt(stream(3, text), text)
        assert found and text not in found
