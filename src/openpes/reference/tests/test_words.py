"""What it takes to cross, dangers and licences, in words."""

from __future__ import annotations

import pytest

from openpes.reference import country_licences, hazards, taxonomy, words
from openpes.reference.relatedness import crossing
from openpes_countries import hazardous_work, known_countries


def test_a_crossing_says_what_one_brings_and_what_is_new():
    found, said = crossing("5131", "5120"), words.crossing_words("5131", "5120", language="en")
    assert str(len(found.shared)) in said.brings and found.shared[0].label_en in said.brings
    assert found.missing_essential[0].label_en in said.learns
    assert said.headline.startswith("From ")


def test_a_crossing_to_itself_asks_for_nothing():
    said = words.crossing_words("5131", "5131", language="en")
    assert "already" in said.headline and (said.learns, said.helps, said.licences) == ("", "", "")


def test_every_crossing_from_a_waiter_can_be_said():
    for isco in taxonomy.unit_codes():
        said = words.crossing_words("5131", isco, language="en")
        assert said.headline and "%(" not in "".join(
            [said.headline, said.brings, said.learns, said.helps, said.licences]
        )
    with pytest.raises(taxonomy.UnknownCode):
        words.crossing_words("5131", "9999", language="en")


def test_dangers_are_those_of_the_law_by_kind():
    for isco in taxonomy.unit_codes():
        answer, found = hazardous_work(isco), hazards.hazard_of(isco)
        assert (found is None) is answer.is_no
        assert found is None or found.always is answer.is_yes
    assert "8111" in hazards.hazard_kinds()["underground, in quarries or in wells"]
    assert words.hazard_words("8111").startswith("Dangerous work, for adults only: underground")
    assert words.hazard_words("2411") == ""


def test_licences_are_named_where_a_source_says_so():
    assert "Land Transportation Office" in words.licence_name("car-licence", country_code="ph", language="en")
    assert words.licence_name("car-licence", country_code="KH", language="en") == "Car driving licence"
    for row in country_licences.country_licences().values():
        assert row.country in known_countries() and row.instrument and row.authority
        assert row.licence_id in taxonomy.licences() and row.checked in ("recall", "source_read")


@pytest.mark.parametrize("path", sorted(taxonomy.DATA_FOLDER.glob("*_names_*.csv")), ids=lambda path: path.name)
def test_names_in_other_languages_name_only_what_exists(path):
    kind, _names, language = path.stem.split("_")
    known = taxonomy.skills() if kind == "skill" else taxonomy.licences()
    named = taxonomy.labels_in(kind, language)
    assert named and set(named) <= set(known)
    assert taxonomy.labels_in(kind, "xx") == {} == taxonomy.labels_in(kind, "../x")
