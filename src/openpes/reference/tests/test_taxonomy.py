"""The classification is whole, and the vocabulary keeps what it promises."""

import csv
import io
import os
import zipfile
from collections import Counter
from pathlib import Path

import pytest

from openpes.reference import taxonomy


def test_isco_has_every_group_at_every_level():
    levels = Counter(group.level for group in taxonomy.occupations().values())
    assert levels == {1: 10, 2: 43, 3: 130, 4: 436}
    assert len(taxonomy.unit_codes()) == 436
    assert list(taxonomy.unit_codes()) == sorted(taxonomy.unit_codes())


def test_every_group_hangs_below_its_parent():
    for code, group in taxonomy.occupations().items():
        assert group.level == len(code)
        assert group.parent == code[:-1]
        if group.parent:
            assert group in taxonomy.children_of(group.parent)
    assert [group.code for group in taxonomy.ancestors_of("5131")] == ["5", "51", "513"]


@pytest.mark.parametrize(
    ("code", "levels"),
    [
        ("0", (1, 2, 4)), ("01", (4,)), ("0210", (2,)), ("0310", (1,)),
        ("1", (3, 4)), ("1120", (4,)), ("1411", (3,)), ("2221", (4,)), ("3221", (3,)),
        ("4110", (2,)), ("5131", (2,)), ("6111", (2,)), ("7411", (2,)), ("8153", (2,)), ("9111", (1,)),
    ],
)  # fmt: skip
def test_skill_levels_follow_the_ilo(code, levels):
    assert taxonomy.occupation(code).skill_levels == levels


def test_a_mixed_major_group_has_no_single_skill_level():
    assert taxonomy.occupation("1").skill_level is None
    assert taxonomy.occupation("5131").skill_level == 2


def test_isco_codes_equal_the_published_list():
    folder = os.environ.get("OPENPES_SHARED_DATA")
    archive = Path(folder or ".") / "taxonomies" / "esco-1.2-en.zip"
    if not folder or not archive.exists():
        pytest.skip("OPENPES_SHARED_DATA does not point to a folder with taxonomies/esco-1.2-en.zip")
    with zipfile.ZipFile(archive) as published:
        name = next(name for name in published.namelist() if name.endswith("ISCOGroups_en.csv"))
        rows = csv.DictReader(io.StringIO(published.read(name).decode("utf-8")))
        assert {row["code"] for row in rows} == set(taxonomy.occupations())


def test_isced_has_nine_levels():
    assert list(taxonomy.education_levels()) == list(range(9))
    assert taxonomy.education_levels()[3].plain_en


def test_vocabulary_is_large_and_typed():
    skills = taxonomy.skills().values()
    assert len(skills) >= 1500
    assert {skill.type for skill in skills} == set(taxonomy.SKILL_TYPES)


def test_essential_skills_come_first():
    kinds = [link.kind for link in taxonomy.skills_of("5131")]
    assert kinds == sorted(kinds) and set(kinds) == {"essential", "useful"}


def test_a_skill_knows_its_occupations():
    assert "5131" in taxonomy.occupations_with("serve-customers")
    for link in taxonomy.skills_of("7212"):
        assert "7212" in taxonomy.occupations_with(link.skill.id)


def test_unknown_codes_are_refused_with_a_sentence():
    with pytest.raises(taxonomy.UnknownCode, match="9999"):
        taxonomy.skills_of("9999")
    with pytest.raises(taxonomy.UnknownCode, match="no-such-skill"):
        taxonomy.occupations_with("no-such-skill")
    with pytest.raises(taxonomy.UnknownCode):
        taxonomy.name_of("51311")


def test_youth_entry_is_ranked_without_gaps_and_explained():
    entries = taxonomy.youth_entry()
    assert len(entries) >= 150
    assert [entry.rank for entry in entries] == list(range(1, len(entries) + 1))
    assert all(entry.reason_en for entry in entries)


def test_groups_that_young_people_enter_have_names_and_titles():
    english = Counter(title.isco for title in taxonomy.titles() if title.language == "en")
    for entry in taxonomy.youth_entry():
        assert english[entry.isco] >= 4, entry
    for entry in taxonomy.youth_entry()[:80]:
        for language in ("fil", "km", "vi"):
            assert entry.isco in taxonomy.names_in(language), (entry, language)


def test_every_unit_group_has_an_everyday_english_name():
    assert set(taxonomy.unit_codes()) <= set(taxonomy.names_in("en"))


def test_names_fall_back_to_english_and_then_to_the_official_title():
    assert taxonomy.name_of("5131", "vi-VN") == taxonomy.name_of("5131", "vi")
    assert taxonomy.name_of("5131", "xx") == taxonomy.name_of("5131", "en") == "Waiter or waitress"
    assert taxonomy.name_of("513", "vi") == taxonomy.occupation("513").title_en


def test_licences_gate_the_work_they_should():
    assert [link.licence.id for link in taxonomy.licences_of("8332") if link.need == "needed"] == ["truck-licence"]
    assert taxonomy.licences_of("9321") == ()


def test_what_is_read_cannot_be_changed():
    with pytest.raises(TypeError):
        taxonomy.skills()["new"] = None  # type: ignore[index]
    with pytest.raises(AttributeError):
        taxonomy.occupation("5131").title_en = "x"  # type: ignore[misc]
