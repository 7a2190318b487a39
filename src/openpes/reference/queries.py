"""Reads of the reference room that need the database. What lies in files is in taxonomy.py and its neighbours."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from openpes.reference import imported, taxonomy
from openpes.reference.skill_ids import canonical, is_imported

MOST_LOADED_SKILLS = 30
_KIND = {"essential": "essential", "optional": "useful"}


@dataclass(frozen=True)
class SkillOfWork:
    """A skill that work of a unit group uses, ours or a publisher's. `kind` is essential or useful."""

    skill_id: str
    kind: str


def skills_of_work(isco: str) -> list[SkillOfWork]:
    """The skills to offer for a unit group: ours first, then those of loaded taxonomies that are not the same as ours.

    At most MOST_LOADED_SKILLS of theirs, what most occupations need first. Two queries. Raises UnknownCode.
    """
    ours = [SkillOfWork(link.skill.id, link.kind) for link in taxonomy.skills_of(isco)]
    theirs = imported.needs_of(isco)
    linked = imported.exact_links() if theirs else {}
    more = [SkillOfWork(ref, _KIND[kind]) for ref, kind, _ in theirs if ref not in linked]
    return ours + more[:MOST_LOADED_SKILLS]


def known_skill_ids(ids: Iterable[str]) -> set[str]:
    """Those of these skills that exist, ours or a loaded taxonomy's. At most one query, none for our own."""
    wanted = set(ids)
    theirs = {one for one in wanted if is_imported(one)}
    known = (wanted - theirs) & taxonomy.skills().keys()
    return known | (imported.known_refs(theirs) if theirs else set())


def canonical_skills(lists: Iterable[Iterable[str] | None]) -> list[list[str] | None]:
    """Lists of skills with the publishers' replaced by ours where they are linked exactly; None stays None.

    At most one query for all of them, none when nobody carries a publisher's skill.
    """
    held = [None if one is None else list(one) for one in lists]
    links = imported.exact_links() if any(is_imported(skill) for one in held if one for skill in one) else {}
    return [None if one is None else canonical(one, links) for one in held]
