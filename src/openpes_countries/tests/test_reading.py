"""A badly written pack is told where it is wrong and how to mend it."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from openpes_countries import PackError, UnknownCountry, UnknownKey, load_country, minimum_age
from openpes_countries.contract import REQUIRED
from openpes_countries.country import PACKS, read_pack
from openpes_countries.differences import differences
from openpes_countries.lines import read_yaml
from openpes_countries.reading import read_values

GOOD = """about: Ages.
values:
- id: minimum
  kind: age
  unit: years
  value: 15
  effective_from: 2000-01-01
  effective_to: 2019-12-31
  source: {instrument: Act One, article: s. 2}
  confidence: high
  checked: source_read
  verify_before_use: false
  review_by: null
  verified_by: null
- id: minimum
  kind: age
  unit: years
  value: 16
  effective_from: 2020-01-01
  effective_to: null
  source: {instrument: Act Two}
  confidence: high
  checked: source_read
  verify_before_use: false
  review_by: null
  verified_by: null
"""


def read(tmp_path: Path, text: str, layer: str = "law"):
    path = tmp_path / "ages.yaml"
    path.write_text(text, encoding="utf-8")
    return read_values(path, "packs/xx/law/ages.yaml", layer)


def fault(tmp_path: Path, text: str, layer: str = "law") -> str:
    with pytest.raises(PackError) as caught:
        read(tmp_path, text, layer)
    return str(caught.value)


def test_inclusive_dates_become_half_open(tmp_path: Path) -> None:
    old, new = read(tmp_path, GOOD)
    assert old.effective_before == date(2020, 1, 1) == new.effective_from
    assert old.in_force(date(2019, 12, 31)) and not old.in_force(date(2020, 1, 1))
    assert new.in_force(date(2020, 1, 1)) and not new.in_force(date(2019, 12, 31))
    assert old.source.cite() == "Act One, s. 2"


@pytest.mark.parametrize(
    ("wrong", "right", "line", "words"),
    [
        ("value: 15", "value: fifteen", 6, "not a whole number"),
        ("value: 15", "value: 150", 6, "not an age"),
        ("kind: age", "kind: aeg", 4, "Use one of"),
        ("confidence: high", "confidence: sure", 10, "high, medium, low"),
        ("checked: source_read", "checked: guessed", 11, "recall"),
        ("effective_from: 2000-01-01", "effective_from: 1 Jan 2000", 7, "YYYY-MM-DD"),
        ("effective_to: 2019-12-31", "effective_to: 2020-06-30", 15, "begins before the earlier value ends"),
        ("effective_to: 2019-12-31", "effective_to: null", 15, "effective_to"),
        ("effective_from: 2000-01-01", "effective_from: 2019-12-31x", 7, "YYYY-MM-DD"),
        ("  source: {instrument: Act One, article: s. 2}\n", "", 3, "is missing"),
        ("article: s. 2}", "artikel: s. 2}", 9, "artikel"),
        ("unit: years", "unit: years\n  units: years", 6, "not a field of a value"),
        ("value: 15", "value: 15\n  value: 16", 7, "written twice"),
        ("checked: source_read", "checked: recall", 10, "high for a recalled value"),
        ("{instrument: Act One, article: s. 2}", "openpes default", 9, "not law"),
    ],
)
def test_an_error_names_file_line_field_and_mend(tmp_path: Path, wrong: str, right: str, line: int, words: str) -> None:
    told = fault(tmp_path, GOOD.replace(wrong, right, 1))
    assert f"packs/xx/law/ages.yaml:{line}:" in told
    assert words in told


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    told = fault(
        tmp_path, GOOD.replace("kind: age", "kind: aeg").replace("value: 16", "value: 16").replace("about", "abut")
    )
    assert len(told.splitlines()) == 4


def test_a_policy_is_a_choice_of_the_platform(tmp_path: Path) -> None:
    told = fault(tmp_path, GOOD.replace("checked: source_read", "checked: default"), "policy")
    assert "disagree" in told


def test_words_that_yaml_would_twist_stay_words(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("on: NO\ncode: 010\nyes: off\nexact: 0.1\n", encoding="utf-8")
    loaded = read_yaml(path, "a.yaml")
    assert dict(loaded) == {"on": "NO", "code": "010", "yes": "off", "exact": loaded["exact"]}
    assert str(loaded["exact"]) == "0.1" and loaded.line_of("yes") == 3


def test_unknown_country_lists_the_known() -> None:
    with pytest.raises(UnknownCountry, match=r"Choose one of: .*KH.*PH.*VN"):
        load_country("XX")
    assert load_country("ph") is load_country("PH")


def test_unknown_key_proposes_the_nearest() -> None:
    with pytest.raises(UnknownKey, match=r"ages\.minimum"):
        load_country("PH").value("ages.minimun", on=date(2026, 1, 1))


def test_hash_follows_every_file_that_answers_rest_on(tmp_path: Path) -> None:
    folder = tmp_path / "ph"
    shutil.copytree(PACKS / "ph", folder)
    same = read_pack(folder, "PH")
    examples = folder / "examples.yaml"
    examples.write_text(examples.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert read_pack(folder, "PH").hash == same.hash
    wages = folder / "law" / "minimum_wage.yaml"
    wages.write_text(wages.read_text(encoding="utf-8").replace("amount: 695", "amount: 696"), encoding="utf-8")
    changed = read_pack(folder, "PH")
    assert changed.hash != same.hash and len(changed.hash) == 64


def test_a_missing_key_names_the_file_to_add_it_to(tmp_path: Path) -> None:
    folder = tmp_path / "ph"
    shutil.copytree(PACKS / "ph", folder)
    (folder / "law" / "probation.yaml").unlink()
    with pytest.raises(PackError, match=r"probation\.yaml.*probation\.longest: is missing"):
        read_pack(folder, "PH")


def test_a_country_may_make_its_own_policy(tmp_path: Path) -> None:
    folder = tmp_path / "ph"
    shutil.copytree(PACKS / "ph", folder)
    (folder / "policy").mkdir(exist_ok=True)
    shared = (PACKS / "_shared" / "policy" / "clocks.yaml").read_text(encoding="utf-8")
    (folder / "policy" / "clocks.yaml").write_text(shared.replace("value: 7\n", "value: 5\n"), encoding="utf-8")
    own = read_pack(folder, "PH").value("clocks.referral_answer_days", on=date(2026, 1, 1))
    assert own.value == 5 and load_country("PH").value("clocks.referral_answer_days", on=date(2026, 1, 1)).value == 7


def test_nothing_in_a_country_can_be_changed() -> None:
    country = load_country("PH")
    with pytest.raises(AttributeError):
        country.code = "XX"  # type: ignore[misc]
    with pytest.raises(TypeError):
        country.histories["ages.minimum"] = ()  # type: ignore[index]
    with pytest.raises(TypeError):
        country.value("advert_rules.age", on=date(2026, 1, 1)).value["rule"] = "allowed"


def test_difference_is_told_in_words() -> None:
    changes = differences(load_country("PH"), since=date(2025, 7, 17), until=date(2025, 7, 18))
    told = [str(change) for change in changes]
    assert any("amount from 645 to 695 (Wage Order NCR-26)" in line for line in told)
    assert not differences(load_country("PH"), since=date(2026, 1, 1), until=date(2026, 1, 1))


def test_the_template_is_a_whole_pack() -> None:
    template = read_pack(PACKS / "_template", "XX")
    assert set(REQUIRED) <= set(template.keys)
    assert minimum_age(template, on=date(2026, 1, 1)).value == 15
    assert all(
        dated.checked == "recall" or dated.layer == "policy" for key in template.keys for dated in template.history(key)
    )
