"""Writes a loaded taxonomy back to CSV, in the layout of ESCO's download, whichever publisher it came from.

A folder of occupations_<language>.csv, skills_<language>.csv and their groups, relations and collections. What ESCO
wrote comes back so that it can be imported again; what others know beyond that has columns and files of its own
(jobZone, relatedOccupations.csv, a weight beside a relation).
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from openpes.reference.models import Concept, ConceptLabel, ConceptRelation, LoadState, TaxonomyVersion
from openpes.reference.publishers.records import TaxonomyTrouble

_TYPES = {
    "occupations": "Occupation",
    "ISCOGroups": "ISCOGroup",
    "skills": "KnowledgeSkillCompetence",
    "skillGroups": "SkillGroup",
}
_WORDS = ("conceptType", "conceptUri", "preferredLabel", "altLabels", "hiddenLabels", "status", "description", "code")
_MORE = {
    "occupations": ("iscoGroup", "jobZone"),
    "ISCOGroups": (),
    "skills": ("skillType", "reuseLevel"),
    "skillGroups": (),
}
Texts = dict[int, dict[str, list[str]]]


def export(version: TaxonomyVersion, folder: Path) -> dict[str, int]:
    """Write a version into a new or empty folder; rows by file. Raises TaxonomyTrouble when the folder is not empty."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise TaxonomyTrouble(f"{folder} is not an empty folder. Choose another --out; nothing was written.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise TaxonomyTrouble(f"Cannot write to {folder}: {error.strerror}. Choose another --out.") from error
    concepts = list(Concept.objects.filter(version=version, load__state=LoadState.READY).order_by("uri"))
    written: dict[str, int] = {}
    for language in version.languages:
        texts = _texts(version, language)
        for name in _TYPES:
            rows = [_row(name, one, texts.get(one.pk, {})) for one in concepts if _file_of(one) == name]
            if rows:
                file = f"{name}_{language}.csv"
                written[file] = _write(folder / file, [*_WORDS, *_MORE[name]], rows)
    return written | _relations(version, concepts, folder)


def _file_of(concept: Concept) -> str:
    if concept.ref.startswith("esco:collection/"):
        return ""
    if concept.kind == "group":
        return "ISCOGroups" if concept.ref.startswith("esco:isco/") else "skillGroups"
    return "occupations" if concept.kind == "occupation" else "skills"


def _texts(version: TaxonomyVersion, language: str) -> Texts:
    rows = ConceptLabel.objects.filter(load__version=version, load__state=LoadState.READY, language=language)
    texts: Texts = defaultdict(lambda: defaultdict(list))
    for concept, kind, text in rows.order_by("pk").values_list("concept_id", "kind", "text"):
        texts[concept][kind].append(text)
    return texts


def _row(name: str, concept: Concept, texts: dict[str, list[str]]) -> list[str]:
    more = {
        "iscoGroup": concept.isco,
        "jobZone": "" if concept.level is None else str(concept.level),
        "skillType": concept.skill_type,
        "reuseLevel": concept.reuse_level,
    }
    preferred, description = ("".join(texts.get(kind, [])[:1]) for kind in ("preferred", "description"))
    others, hidden = ("\n".join(texts.get(kind, [])) for kind in ("alternative", "hidden"))
    own = [more[column] for column in _MORE[name]]
    return [_TYPES[name], concept.uri, preferred, others, hidden, "released", description, concept.code, *own]


def _relations(version: TaxonomyVersion, concepts: list[Concept], folder: Path) -> dict[str, int]:
    known = {one.pk: one for one in concepts}
    files: dict[str, list[list[str]]] = defaultdict(list)
    rows = ConceptRelation.objects.filter(load__version=version, load__state=LoadState.READY).order_by("pk")
    for source_id, target_id, kind, weight in rows.values_list("source_id", "target_id", "kind", "weight"):
        source, target = known[source_id], known[target_id]
        mark = "" if weight is None else str(weight)
        if kind == "broader":
            pillar = "Skill" if _file_of(source) in ("skills", "skillGroups") else "Occ"
            ends = [_TYPES[_file_of(source)], source.uri, _TYPES[_file_of(target)], target.uri]
            files[f"broaderRelations{pillar}Pillar.csv"].append(ends)
        elif kind == "related":
            files["relatedOccupations.csv"].append([source.uri, target.uri, mark])
        elif kind == "collection":
            pillar = "Occupations" if source.kind == "occupation" else "Skills"
            files[f"{target.code}{pillar}Collection.csv"].append([_TYPES[_file_of(source)], source.uri, ""])
        elif source.kind == "occupation":
            files["occupationSkillRelations.csv"].append([source.uri, kind, target.skill_type, target.uri, mark])
        else:
            ends = [source.uri, source.skill_type, kind, target.skill_type, target.uri, mark]
            files["skillSkillRelations.csv"].append(ends)
    return {name: _write(folder / name, _columns(name), lines) for name, lines in sorted(files.items())}


def _columns(name: str) -> list[str]:
    if name.startswith("broader"):
        return ["conceptType", "conceptUri", "broaderType", "broaderUri"]
    if name.startswith("related"):
        return ["occupationUri", "relatedOccupationUri", "weight"]
    if name.startswith("occupationSkill"):
        return ["occupationUri", "relationType", "skillType", "skillUri", "weight"]
    if name.startswith("skillSkill"):
        ends = ["originalSkillUri", "originalSkillType", "relationType", "relatedSkillType", "relatedSkillUri"]
        return [*ends, "weight"]
    return ["conceptType", "conceptUri", "preferredLabel"]


def _write(path: Path, columns: list[str], lines: Iterable[list[str]]) -> int:
    count = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        for line in lines:
            writer.writerow(line)
            count += 1
    return count
