"""Reads of the taxonomies that were loaded: which are there, their skills, names and titles. Only whole loads count.

What screens ask again and again is kept in memory and read anew when another process has loaded something: it is
looked for on a miss, never on a hit.
"""

from __future__ import annotations

import logging
import threading
from collections import Counter
from collections.abc import Iterable, Mapping

from django.db import connection
from django.db.models import Count, Max

from openpes.reference.models import (
    Concept,
    ConceptLabel,
    ConceptRelation,
    LoadState,
    SkillLink,
    TaxonomyLoad,
    TaxonomyVersion,
)
from openpes.reference.publishers.records import TaxonomyTrouble

log = logging.getLogger(__name__)


def version_key(version: str) -> tuple[int, ...]:
    """Versions in the order of their numbers: 1.10 after 1.9."""
    return tuple(int(part) if part.isdigit() else 0 for part in version.split("."))


def versions() -> list[TaxonomyVersion]:
    """What is loaded, by scheme, oldest version first."""
    found = TaxonomyVersion.objects.filter(state=LoadState.READY)
    return sorted(found, key=lambda one: (one.scheme, version_key(one.version)))


def version_of(scheme: str, version: str) -> TaxonomyVersion:
    """One loaded version. Raises TaxonomyTrouble with what there is instead."""
    there = versions()
    for one in there:
        if (one.scheme, one.version) == (scheme, version):
            return one
    names = ", ".join(f"{one.scheme} {one.version}" for one in there) or "nothing yet"
    raise TaxonomyTrouble(f"{scheme} {version} is not loaded. Loaded: {names}.")


def ready_loads(scheme: str | None = None) -> list[int]:
    """Keys of the whole loads, oldest version first."""
    found = TaxonomyLoad.objects.filter(state=LoadState.READY, version__state=LoadState.READY)
    if scheme is not None:
        found = found.filter(version__scheme=scheme)
    return [one.pk for one in sorted(found.select_related("version"), key=lambda one: version_key(one.version.version))]


def known_refs(refs: Iterable[str]) -> set[str]:
    """Those of the publishers' skills that a loaded taxonomy has. One query."""
    return set(
        Concept.objects.filter(
            ref__in=set(refs), kind="skill", load__state=LoadState.READY, version__state=LoadState.READY
        ).values_list("ref", flat=True)
    )


def needs_of(isco: str) -> list[tuple[str, str, int]]:
    """(ref, essential or optional, in how many occupations) of the skills that loaded taxonomies give a unit group.

    The newest version of each publisher that says anything; what most occupations of the group need comes first. One
    query: a skill that several publishers share is there once.
    """
    rows = ConceptRelation.objects.filter(
        source__isco=isco, source__kind="occupation", target__kind="skill", kind__in=("essential", "optional"),
        load__state=LoadState.READY, load__version__state=LoadState.READY,
    ).values_list("load__version__scheme", "load__version__version", "target__ref", "kind")  # fmt: skip
    by_version: dict[str, dict[tuple[int, ...], Counter[tuple[str, str]]]] = {}
    for scheme, version, ref, kind in rows:
        by_version.setdefault(scheme, {}).setdefault(version_key(version), Counter())[ref, kind] += 1
    found: dict[str, tuple[str, str, int]] = {}
    for _, versions_of in sorted(by_version.items()):
        newest = versions_of[max(versions_of)]
        for (ref, kind), count in sorted(newest.items(), key=lambda one: (one[0][1], -one[1], one[0][0])):
            found.setdefault(ref, (ref, kind, count))
    return sorted(found.values(), key=lambda one: (one[1] != "essential", -one[2], one[0]))


def exact_links() -> dict[str, str]:
    """Their ref -> our skill, of every exact link."""
    return dict(SkillLink.objects.filter(kind="exact").values_list("ref", "skill_id"))


def links_stamp() -> str:
    """Changes whenever a link between their skills and ours was made, changed or taken away."""
    told = SkillLink.objects.aggregate(number=Count("pk"), latest=Max("changed_at"))
    return f"{told['number']}:{told['latest']}"


def stamp() -> str:
    """Changes whenever something was loaded or taken away."""
    return ",".join(map(str, ready_loads()))


class _Names:
    """Names of the publishers' skills by language, read once for each language."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._stamp = ""
        self._by_language: dict[str, dict[str, str]] = {}

    def get(self, ref: str, language: str) -> str | None:
        """The name of a skill in a language, or None when that language has none."""
        names = self._by_language.get(language)
        if names is not None and ref in names:
            return names[ref]
        with self._lock:
            now = stamp()
            if now != self._stamp:
                self._stamp, self._by_language = now, {}
            if language not in self._by_language:
                self._by_language[language] = self._read(language)
            return self._by_language[language].get(ref)

    @staticmethod
    def _read(language: str) -> dict[str, str]:
        names: dict[str, str] = {}
        for load in ready_loads():
            names.update(
                ConceptLabel.objects.filter(
                    load_id=load, language=language, kind="preferred", concept__kind="skill"
                ).values_list("concept__ref", "text")
            )
        return names

    def clear(self) -> None:
        """Forget what was read."""
        with self._lock:
            self._stamp, self._by_language = "", {}


_names = _Names()


def name_of_ref(ref: str, language: str) -> str | None:
    """What a publisher's skill is called, in the language, its base language, or English; None when not known."""
    for tongue in dict.fromkeys((language, language.split("-")[0], "en")):
        if name := _names.get(ref, tongue.lower()):
            return name
    return None


def forget() -> None:
    """Forget what this process remembers of the taxonomies; other processes notice by themselves."""
    _names.clear()


def titles_in(language: str) -> list[tuple[str, str]]:
    """(title, unit group) of the occupations that loaded taxonomies name in a language, newest version of each."""
    titles: dict[tuple[str, str], None] = {}
    for load in _newest_loads(language):
        rows = ConceptLabel.objects.filter(
            load_id=load, language=language, kind__in=("preferred", "alternative"), concept__kind="occupation"
        ).exclude(concept__isco="")
        titles.update(dict.fromkeys(rows.values_list("text", "concept__isco")))
    return list(titles)


def title_languages() -> list[str]:
    """Languages in which loaded taxonomies name occupations."""
    return sorted({language for one in versions() for language in one.languages})


def _newest_loads(language: str) -> list[int]:
    newest: dict[str, TaxonomyVersion] = {}
    for one in versions():
        if language in one.languages:
            newest[one.scheme] = one
    return [load.pk for one in newest.values() for load in one.loads.filter(state=LoadState.READY)]


class TitlesFromTables:
    """The loaded taxonomies as a source of titles for the search. Used in a thread of its own."""

    def stamp(self) -> str:
        """Changes whenever something was loaded."""
        return stamp()

    def titles(self, language: str) -> list[tuple[str, str]]:
        """(title, unit group) of a language."""
        return titles_in(language)

    def close(self) -> None:
        """Give the thread's connection back."""
        connection.close()


def labels_of(version: TaxonomyVersion, *, kind: str, language: str) -> Mapping[str, list[str]]:
    """ref -> its texts (preferred first, then alternative) of one kind of concept."""
    rows = ConceptLabel.objects.filter(
        load__version=version, load__state=LoadState.READY, concept__kind=kind, language=language,
        kind__in=("preferred", "alternative"),
    ).order_by("pk")  # fmt: skip
    labels: dict[str, list[str]] = {}
    for ref, text, label_kind in rows.values_list("concept__ref", "text", "kind"):
        texts = labels.setdefault(ref, [])
        texts.insert(0, text) if label_kind == "preferred" else texts.append(text)
    return labels
