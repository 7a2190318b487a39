"""Scripts as data: those of the service are sound, and every mistake is told with its line."""

from __future__ import annotations

import pytest

from openpes.guidance.lists import activities, choices_of, leading_themes, skills_shown_by, statements, themes
from openpes.guidance.scripts import LENGTHS, as_data, as_yaml, read_script, script_from, shipped_scripts
from openpes.guidance.states import ForWhom, PartKind
from openpes.reference import taxonomy
from openpes_countries.errors import PackError

GOOD = """code: mine
title: Our own talk
for_whom: graduate
minutes: 10
parts:
- code: one
  title: The only part
  minutes: 10
  kind: talk
  questions:
  - code: why
    ask: What brings you here?
"""


def test_each_length_exists_for_each_kind_of_person():
    held = {(one.for_whom, one.minutes) for one in shipped_scripts().values()}
    assert held == {(who, length) for who in ForWhom if who != ForWhom.ANYBODY for length in LENGTHS}


@pytest.mark.parametrize("code", sorted(shipped_scripts()))
def test_a_script_survives_its_file_and_its_column(code):
    script = shipped_scripts()[code]
    assert script.code == code and sum(part.minutes for part in script.parts) == script.minutes
    assert read_script(as_yaml(script), "again") == script
    assert script_from(as_data(script), "again") == script
    assert any(part.kind == PartKind.BARRIERS for part in script.parts)


@pytest.mark.parametrize("code", sorted(shipped_scripts()))
def test_questions_are_open(code):
    """A question that can be answered by yes is not how a talk begins."""
    first = shipped_scripts()[code].parts[0].questions[0].ask
    assert first.split()[0].casefold() not in {"do", "are", "is", "have", "can", "did"}, first


@pytest.mark.parametrize(
    ("old", "new", "line", "field"),
    [
        ("code: mine", "code: My own", 1, "code"),
        ("for_whom: graduate", "for_whom: everybody", 3, "for_whom"),
        ("minutes: 10\nparts", "minutes: 15\nparts", 4, "minutes"),
        ("  minutes: 10\n  kind", "  minutes: 9\n  kind", 4, "minutes"),
        ("  kind: talk", "  kind: chat", 9, "parts[1].kind"),
        ("    ask: What brings you here?", "    asks: What brings you here?", 12, "parts[1].questions[1].asks"),
        ("    ask: What brings you here?", "    ask: 7", 12, "parts[1].questions[1].ask"),
        ("title: Our own talk", "titel: Our own talk", 2, "titel"),
        ("    ask: What brings you here?", "    ask: Why?\n    ask_local: Bakit?", 1, "language"),
    ],
)
def test_a_mistake_is_told_with_its_line(old, new, line, field):
    assert old in GOOD
    with pytest.raises(PackError) as wrong:
        read_script(GOOD.replace(old, new), "mine.yaml")
    assert (line, field) in [(one.line, one.field) for one in wrong.value.problems], wrong.value
    assert all(one.file == "mine.yaml" and one.mend for one in wrong.value.problems)


def test_a_file_that_is_no_script_is_told():
    for text in ("", "just words", "code: [", "- a\n- b\n", "x" * 70_000, "\x00"):
        with pytest.raises(PackError):
            read_script(text, "mine.yaml")


def test_activities_point_at_skills_that_exist():
    assert len(activities()) >= 20
    known = taxonomy.skills()
    assert not [skill for one in activities().values() for skill in one.skills if skill not in known]
    assert skills_shown_by(["fishes", "nobody knows", "fishes"]) == list(activities()["fishes"].skills)


def test_interests_lead_to_kinds_of_work_that_exist():
    codes = set(taxonomy.unit_codes())
    assert all(isco in codes for theme in themes().values() for isco in theme.look_at)
    assert {one.theme for one in statements().values()} == set(themes())
    assert [one.code for one in leading_themes(["care", "teach", "sell"])] == ["people", "selling"]
    assert leading_themes([]) == []


def test_the_short_lists_are_short():
    for kind in ("diagnoses", "strategies"):
        found = choices_of(kind)
        assert 5 <= len(found) <= 10 and len(dict(found)) == len(found)
