"""One contract over every pack, and every worked example."""

from __future__ import annotations

from datetime import date
from math import asin, cos, radians, sin, sqrt

import pytest

from openpes_countries import UNKNOWN, load_country, minimum_age
from openpes_countries.advert_lexicon import languages_read
from openpes_countries.checking import LEAST_EXAMPLES, check_pack
from openpes_countries.contract import GROUNDS, REQUIRED
from openpes_countries.country import known_countries
from openpes_countries.examples import load_examples, run_example
from openpes_countries.rules import hazardous_age
from openpes_countries.rules_adverts import advert_ground, fee_allowed

ON = date(2026, 11, 24)
CODES = known_countries()
EXAMPLES = [(code, example) for code in CODES for example in load_examples(code)]
# The longest way from the middle of an area to one of its towns, in kilometres: wide provinces get more room.
FAR = {"PH": 300, "CN": 2500, "IN": 900, "ID": 900, "MN": 500, "MY": 700}


@pytest.mark.parametrize(("code", "example"), EXAMPLES, ids=[f"{code}: {one.name}" for code, one in EXAMPLES])
def test_example(code: str, example) -> None:
    assert run_example(load_country(code), example) is None


@pytest.mark.parametrize("code", CODES)
class TestContract:
    def test_is_sound(self, code: str) -> None:
        report = check_pack(code, on=ON)
        assert report.sound, "\n".join(map(str, report.problems))
        assert report.examples >= LEAST_EXAMPLES

    def test_holds_every_key(self, code: str) -> None:
        assert set(REQUIRED) <= set(load_country(code).keys)

    def test_each_value_has_a_source_and_recall_waits_for_an_officer(self, code: str) -> None:
        country = load_country(code)
        for dated in (dated for key in country.keys for dated in country.history(key)):
            assert dated.source.instrument, dated.key
            if dated.checked == "recall":
                assert dated.verify_before_use and dated.confidence != "high", dated.key
            if dated.layer == "policy":
                assert dated.checked == "default", dated.key
            else:
                assert dated.checked != "default", dated.key

    def test_floors_hold(self, code: str) -> None:
        country = load_country(code)
        assert minimum_age(country, on=ON).value >= (16 if code == "CN" else 15)
        assert hazardous_age(country, on=ON).value >= 18
        for road in ("public_service", "domestic", "overseas"):
            assert fee_allowed(country, on=ON, road=road).is_no
        for ground in GROUNDS:
            assert not advert_ground(country, ground, on=ON).is_yes

    def test_main_language_leads_and_its_words_are_listed(self, code: str) -> None:
        country = load_country(code)
        assert country.languages[0].official
        assert country.languages[0].tag.split("-")[0] in languages_read()
        assert len({language.tag for language in country.languages}) == len(country.languages)

    def test_areas_make_a_tree_with_names_in_the_main_language(self, code: str) -> None:
        country = load_country(code)
        codes = {area.code for area in country.areas}
        for area in country.areas:
            assert area.code.startswith(f"{code}-")
            assert area.parent is None or area.parent in codes
            assert (area.parent is None) == (area.level == 1)
            assert (area.latitude is None) == (area.coordinates_source == "unknown")

    def test_towns_lie_near_their_area(self, code: str) -> None:
        for area in load_country(code).areas:
            for town in area.towns:
                assert area.latitude is not None
                away = kilometres(area.latitude, area.longitude, town.latitude, town.longitude)
                assert away < FAR.get(code, 250), f"{area.code} {town.name} {away:.0f} km"

    def test_nearly_every_area_has_a_place(self, code: str) -> None:
        areas = load_country(code).areas
        unplaced = [area.code for area in areas if area.latitude is None]
        assert len(unplaced) <= max(1, len(areas) // 20), unplaced

    def test_school_ladder_climbs(self, code: str) -> None:
        levels = [step.isced for step in load_country(code).education_levels]
        assert levels == sorted(levels) and levels[0] <= 1 and levels[-1] == 8

    def test_demo_shares_add_up(self, code: str) -> None:
        demo = load_country(code).demo
        assert 99 <= sum(demo[f"{sector}_share"].value for sector in ("agriculture", "industry", "services")) <= 101
        assert demo["population_15_24"].value < demo["population_15_29"].value < demo["population_total"].value

    def test_phone_and_currency(self, code: str) -> None:
        import phonenumbers

        country = load_country(code)
        parsed = phonenumbers.parse(country.phone.mobile_example)
        assert phonenumbers.is_valid_number(parsed) and phonenumbers.region_code_for_number(parsed) == code
        assert parsed.country_code == country.phone.country_code

    def test_a_day_long_ago_is_answered_without_fault(self, code: str) -> None:
        country = load_country(code)
        assert all(
            dated.value is UNKNOWN or dated.in_force(date(1950, 1, 1))
            for dated in country.values(on=date(1950, 1, 1)).values()
        )


def kilometres(lat_a: float, lon_a: float, lat_b: float, lon_b: float) -> float:
    half = sin(radians(lat_b - lat_a) / 2) ** 2
    half += cos(radians(lat_a)) * cos(radians(lat_b)) * sin(radians(lon_b - lon_a) / 2) ** 2
    return 12742 * asin(sqrt(half))
