"""A ministry loads a publisher's skills: a firm asks for one, a young woman has it, and her match says so."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from openpes.core.actors import system
from openpes.matching.queries import explain, fresh_matches
from openpes.reference import crosswalk, imported, loading
from openpes.reference.queries import skills_of_work
from openpes.reference.tests import publishers_files as files
from tests.factories import NOW, JobseekerFactory, VacancyFactory, actor_with

BY = system("taxonomy.load", "taxonomy.crosswalk", label="test")


@pytest.fixture
def loaded(db: None, settings: Any, tmp_path: Path) -> None:
    """A small ESCO stands beside our own skills."""
    settings.DATA = tmp_path / "data"
    imported.forget()
    loading.load_taxonomy(path=files.esco(tmp_path / "esco"), scheme="esco", version="1.2", by=BY, at=NOW)


def _skill_term(jobseeker: Any, vacancy: Any) -> tuple[int, tuple[str, ...]]:
    counsellor = actor_with("counsellor", scope_id=jobseeker.office_id)
    facts = explain(counsellor, jobseeker, vacancy.pk, at=NOW)
    term = next(one for one in facts.terms if one.term == "skills")
    return term.points, tuple(str(value) for value in term.facts["matched_skills"])


def test_a_loaded_skill_is_offered_and_counts_in_the_match(loaded: None) -> None:
    offered = {one.skill_id for one in skills_of_work("5131")}
    assert files.SERVE_REF in offered
    vacancy = VacancyFactory(skill_ids=[files.SERVE_REF, "serve_food_drinks"])
    able = JobseekerFactory(skill_ids=[files.SERVE_REF], office=vacancy.office, skills_confirmed_at=NOW)
    other = JobseekerFactory(skill_ids=[files.ADAPT_REF], office=vacancy.office, skills_confirmed_at=NOW)
    with_it, named = _skill_term(able, vacancy)
    without, _none = _skill_term(other, vacancy)
    assert with_it > without and files.SERVE_REF in named
    counsellor = actor_with("counsellor", scope_id=vacancy.office_id)
    assert [one.vacancy.pk for one in fresh_matches(counsellor, able, at=NOW)] == [vacancy.pk]


def test_a_linked_skill_of_a_publisher_is_the_same_as_ours(loaded: None) -> None:
    """The firm ticks the publisher's, she ticks ours: an exact link makes them one."""
    ours = next(one.skill_id for one in skills_of_work("5131") if not one.skill_id.startswith("esco:"))
    vacancy = VacancyFactory(skill_ids=[files.SERVE_REF])
    able = JobseekerFactory(skill_ids=[ours], office=vacancy.office, skills_confirmed_at=NOW)
    before, _none = _skill_term(able, vacancy)
    table = f"skill_id,ref,kind\n{ours},{files.SERVE_REF},exact\n".encode()
    crosswalk.load_links(content=table, by=BY, at=NOW)
    after, named = _skill_term(able, vacancy)
    assert after > before and ours in named
