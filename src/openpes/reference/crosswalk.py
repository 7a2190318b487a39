"""The crosswalk between our skills and the publishers': proposed by labels, kept by experts in a CSV file.

A label that is the same, word for word, as a publisher's preferred label is an exact link. The same word stems in any
order, or the same words as an alternative label, make a close one: worth an expert's look, and never used by the
matching. Whatever an expert's file says stands above every rule.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from openpes.core.actors import Actor
from openpes.core.change_log import record_change
from openpes.core.decisions import NotPermitted
from openpes.core.tables import BadRow, read_table
from openpes.reference import imported, taxonomy
from openpes.reference.check import label_tokens
from openpes.reference.models import SkillLink, TaxonomyVersion
from openpes.reference.titles import normalise

VERB = "taxonomy.crosswalk"
COLUMNS = ("skill_id", "our_label", "ref", "their_label", "kind", "how")
KINDS = ("exact", "close", "none")
BY_EXPERT = "expert"


@dataclass(frozen=True)
class Link:
    """Our skill, theirs, how near they are and who says so."""

    skill_id: str
    ref: str
    kind: str
    how: str


class UnfitCrosswalk(ValueError):
    """A file of links that was not taken, with every row to mend."""

    def __init__(self, rows: list[BadRow]) -> None:
        super().__init__(f"{len(rows)} rows cannot be taken; nothing was changed.")
        self.rows = rows


def proposals(version: TaxonomyVersion) -> list[Link]:
    """The links that labels alone suggest between our skills and a version's, best kind first for each pair."""
    by_label: dict[str, list[tuple[str, str, str]]] = {}
    by_stems: dict[frozenset[str], list[str]] = {}
    for ref, texts in imported.labels_of(version, kind="skill", language="en").items():
        for place, text in enumerate(texts):
            kind, how = ("exact", "same label") if place == 0 else ("close", "alternative label")
            by_label.setdefault(normalise(text), []).append((ref, kind, how))
        by_stems.setdefault(label_tokens(texts[0]), []).append(ref)
    found: dict[tuple[str, str], Link] = {}
    for skill in taxonomy.skills().values():
        for ref, kind, how in sorted(by_label.get(normalise(skill.label_en), ()), key=lambda one: one[1] != "exact"):
            found.setdefault((skill.id, ref), Link(skill.id, ref, kind, how))
        for ref in by_stems.get(label_tokens(skill.label_en), ()):
            found.setdefault((skill.id, ref), Link(skill.id, ref, "close", "same word stems"))
    return list(found.values())


def store_proposals(version: TaxonomyVersion, *, at: datetime) -> int:
    """Keep what the rules suggest and no link speaks of yet; returns how many. Call inside a transaction."""
    pairs = set(SkillLink.objects.values_list("skill_id", "ref"))
    exact = set(SkillLink.objects.filter(kind="exact").values_list("ref", flat=True))
    new = []
    for link in proposals(version):
        if (link.skill_id, link.ref) in pairs or (link.kind == "exact" and link.ref in exact):
            continue
        if link.kind == "exact":
            exact.add(link.ref)
        new.append(SkillLink(skill_id=link.skill_id, ref=link.ref, kind=link.kind, how=link.how, changed_at=at))
    SkillLink.objects.bulk_create(new, batch_size=500)
    return len(new)


def as_csv() -> str:
    """Every link as a table that an expert can edit, sorted, with the labels of both sides."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    ours = taxonomy.skills()
    for link in SkillLink.objects.order_by("skill_id", "ref"):
        label = ours[link.skill_id].label_en if link.skill_id in ours else ""
        their = imported.name_of_ref(link.ref, "en") or ""
        writer.writerow([link.skill_id, label, link.ref, their, link.kind, link.how])
    return out.getvalue()


def _links_of(content: bytes) -> Iterator[Link | BadRow]:
    rows = read_table(content, needed=("skill_id", "ref", "kind"))
    known = imported.known_refs(row.cells["ref"] for row in rows)
    seen: set[tuple[str, str]] = set()
    exact: dict[str, int] = {}
    for row in rows:
        skill_id, ref, kind = row.cells["skill_id"], row.cells["ref"], row.cells["kind"].lower()
        if skill_id not in taxonomy.skills():
            yield BadRow(row.line, "skill_id", f"{skill_id} is not a skill of our vocabulary")
        elif ref not in known:
            yield BadRow(row.line, "ref", f"{ref} is not a skill of a loaded taxonomy")
        elif kind not in KINDS:
            yield BadRow(row.line, "kind", f"“{kind}” is not one of {', '.join(KINDS)}")
        elif (skill_id, ref) in seen:
            yield BadRow(row.line, "ref", f"{skill_id} and {ref} are there twice")
        elif kind == "exact" and ref in exact:
            yield BadRow(row.line, "kind", f"{ref} is exact in row {exact[ref]} already; make one of them close")
        else:
            seen.add((skill_id, ref))
            if kind == "exact":
                exact[ref] = row.line
            yield Link(skill_id, ref, kind, row.cells.get("how", ""))


def load_links(*, content: bytes, by: Actor, at: datetime) -> int:
    """Put an expert's file in the place of all links; what it leaves out or marks "none" is no link any more.

    Returns how many pairs the expert changed. Raises UnreadableTable, or UnfitCrosswalk with every bad row; then
    nothing was changed.
    """
    if not by.may(VERB):
        raise NotPermitted(VERB)
    taken = list(_links_of(content))
    if bad := [one for one in taken if isinstance(one, BadRow)]:
        raise UnfitCrosswalk(bad)
    links = [one for one in taken if isinstance(one, Link)]
    with transaction.atomic():
        before = {(one.skill_id, one.ref): one for one in SkillLink.objects.all()}
        after = {(one.skill_id, one.ref): one.kind for one in links}
        after |= {pair: "none" for pair in before if pair not in after}
        rows, changed = [], 0
        for (skill_id, ref), kind in sorted(after.items()):
            old = before.get((skill_id, ref))
            same = old is not None and old.kind == kind
            changed += not same
            how, when = (old.how, old.changed_at) if old is not None and same else (BY_EXPERT, at)
            rows.append(SkillLink(skill_id=skill_id, ref=ref, kind=kind, how=how, changed_at=when))
        SkillLink.objects.all().delete()
        SkillLink.objects.bulk_create(rows, batch_size=500)
        detail = {"changed": changed, "links": len(rows)}
        record_change(by=by, at=at, verb=VERB, thing="taxonomy:crosswalk", detail=detail)
    imported.forget()
    return changed
