"""Each rule of law and each choice of policy stands on the page of the rules in force."""

from __future__ import annotations

import pytest
from django.utils import translation
from tests.factories import NOW

from openpes.web.public.rules_in_force import FACTS_BESIDE_LAW, LAW, POLICY, sections_of
from openpes_countries import known_countries, load_country

ON = NOW.date()


@pytest.mark.parametrize("code", known_countries())
def test_no_rule_of_a_pack_is_left_out(code: str) -> None:
    pack = load_country(code)
    shown = {layer: sum(len(one["rules"]) for one in sections_of(pack, layer, ON)) for layer in (LAW, POLICY)}
    held = {LAW: 0, POLICY: 0}
    for dated in pack.values(on=ON).values():
        if dated.layer == LAW or dated.key.partition(".")[0] in FACTS_BESIDE_LAW:
            held[LAW] += 1
        held[POLICY] += dated.layer == POLICY
    assert shown == held


def test_who_runs_the_offices_stands_under_the_law_in_the_readers_language(settings) -> None:
    settings.COUNTRY = "TH"
    with translation.override("th"):
        sections = {one["id"]: one["rules"] for one in sections_of(load_country("TH"), LAW, ON)}
        levels = next(rule for rule in sections["pes"] if "กรมการจัดหางาน" in rule.value)
        assert "สำนักงานจัดหางานจังหวัด" in levels.value
