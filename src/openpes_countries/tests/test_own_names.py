"""Programmes and levels of offices are called by their names in the country's own languages."""

from __future__ import annotations

import pytest

from openpes_countries import known_countries, load_country
from openpes_countries.errors import Misfit
from openpes_countries.kinds import checked_value

# The official names of Fiji's service are English.
ENGLISH_NAMES = {"FJ"}


@pytest.mark.parametrize("code", sorted(set(known_countries()) - ENGLISH_NAMES))
def test_every_programme_and_level_has_a_name_in_the_main_language(code: str) -> None:
    pack = load_country(code)
    tags = {language.tag.casefold() for language in pack.languages}
    spoken = {tag.casefold() for one in (*pack.programmes, *pack.service.levels) for tag in one.own_names}
    assert spoken and spoken <= tags
    for one in (*pack.programmes, *pack.service.levels):
        assert pack.main_language.tag in one.own_names, one.code
        assert set(one.drafts) <= set(one.own_names)


def test_the_name_follows_the_reader_and_falls_back_to_english() -> None:
    level = load_country("TH").service.levels[0]
    assert level.name_in("th") == "กรมการจัดหางาน" and level.name_in("en") == level.name_in("de") == level.name
    chinese = load_country("CN").service.levels[0]
    assert chinese.name_in("zh-hans") == "人力资源和社会保障部"


@pytest.mark.parametrize("faulty", [{"own_names": {"en": "X"}}, {"own_names": {}, "drafts": ["th"]}, {"own_names": []}])
def test_faulty_names_are_told(faulty: dict[str, object]) -> None:
    level = {"code": "local", "name": "Local", "owner": "a", "supervisor": "b", **faulty}
    if faulty == {"own_names": []}:
        faulty["own_names"] = ["th"]
        level |= faulty
    with pytest.raises(Misfit):
        checked_value("office_levels", [level])
