"""Writes the rows of a load in batches while nobody can see them, and takes them away again when it fails.

Each batch is a transaction of its own, so that a service in use waits for milliseconds and not for the whole load.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable

from django.db import connection, transaction

from openpes.reference import taxonomy
from openpes.reference.models import Concept, ConceptLabel, ConceptRelation, TaxonomyLoad, TaxonomyVersion
from openpes.reference.publishers.parts import Part, Publisher
from openpes.reference.publishers.records import (
    BadRow,
    ConceptRecord,
    LabelRecord,
    LevelRecord,
    RelationRecord,
    TaxonomyTrouble,
)
from openpes.reference.skill_ids import ref_of

BATCH = 20_000
MOST_STRANGE_PERCENT = 2
_LABELS = "INSERT INTO reference_conceptlabel (load_id, concept_id, language, kind, text) VALUES (%s, %s, %s, %s, %s)"
_RELATIONS = (
    "INSERT INTO reference_conceptrelation (load_id, source_id, target_id, kind, weight) VALUES (%s, %s, %s, %s, %s)"
)
Report = Callable[[BadRow], None]


class Stage:
    """One load being written. `report` is told every row that is not taken."""

    def __init__(self, load: TaxonomyLoad, publisher: Publisher, roles: set[str], report: Report) -> None:
        self.load, self.publisher, self.roles, self.report = load, publisher, roles, report
        self.counts: Counter[str] = Counter()
        self.languages: set[str] = set()
        existing = Concept.objects.filter(version_id=load.version_id).values_list("uri", "id", "isco", "code")
        self._ids = {uri: (key, isco, code) for uri, key, isco, code in existing}
        self._worded: set[tuple[int, str]] = set(
            ConceptLabel.objects.filter(
                concept__version_id=load.version_id, concept__kind="skill", kind="preferred"
            ).values_list("concept_id", "language")
        )
        self._units = frozenset(taxonomy.unit_codes())
        self._new: list[Concept] = []
        self._labels: list[tuple[int, int, str, str, str]] = []
        self._waiting: list[LabelRecord] = []
        self._relations: list[tuple[int, int, int, str, int | None]] = []
        self._levels: dict[int, list[int]] = defaultdict(list)

    def write(self, part: Part) -> None:
        """Read one part and write what it says. Raises TaxonomyTrouble when it belongs to another version."""
        rows = strange = differing = 0
        for said in self.publisher.records(part):
            if isinstance(said, BadRow):
                self.report(said)
                self.counts["bad"] += 1
                continue
            number, record = said
            if isinstance(record, ConceptRecord):
                rows += 1
                differing += self._concept(record, part, number)
            elif isinstance(record, LabelRecord):
                self._label(record, part, number)
            else:
                rows += 1
                strange += self._pointer(record, part, number)
            if len(self._waiting) + len(self._relations) >= BATCH:
                self.flush()
        self.flush()
        self._judge(part, rows, strange, differing)

    def _judge(self, part: Part, rows: int, strange: int, differing: int) -> None:
        """Do the rows fit the rest of the version? A few slips are a publisher's; many are another version's."""
        ends = self.publisher.ends_of.get(part.role, ())
        if set(ends) <= self.roles and ends and strange * 100 > rows * MOST_STRANGE_PERCENT:
            raise TaxonomyTrouble(
                f"{part.file.place} points {strange} times of {rows} at concepts that the other files do not hold: two "
                "versions are mixed. Keep each version in a folder of its own; nothing was changed."
            )
        if differing * 100 > rows * MOST_STRANGE_PERCENT:
            raise TaxonomyTrouble(
                f"{part.file.place} gives {differing} of {rows} concepts another code than the other files: two "
                "versions are mixed. Keep each version in a folder of its own; nothing was changed."
            )

    def _bad(self, part: Part, number: int, reason: str) -> None:
        self.counts["bad"] += 1
        self.report(BadRow(part.file.place, number, reason))

    def _concept(self, record: ConceptRecord, part: Part, number: int) -> bool:
        """Take a concept; True when it is known with another code."""
        isco = record.isco
        if isco and isco not in self._units:
            self._bad(part, number, f"“{isco}” is not a unit group of ISCO-08")
            isco = ""
        known = self._ids.get(record.uri)
        if known is not None:
            _, known_isco, known_code = known
            return bool((isco and known_isco != isco) or (record.code and known_code and known_code != record.code))
        if len(record.uri) > 250 or len(record.code) > 40:
            self._bad(part, number, "the address or the code is too long to be one")
            return False
        self._ids[record.uri] = (0, isco, record.code)
        self._new.append(
            Concept(
                version_id=self.load.version_id, load=self.load, uri=record.uri, ref=ref_of(record.uri)[:120],
                kind=record.kind, code=record.code, isco=isco, skill_type=record.skill_type[:24],
                reuse_level=record.reuse_level[:24], level=record.level,
            )
        )  # fmt: skip
        self.counts[record.kind] += 1
        return False

    def _label(self, record: LabelRecord, part: Part, number: int) -> None:
        known = self._ids.get(record.uri)
        if known is None:
            if record.kind != "description":
                self._bad(part, number, f"{ref_of(record.uri)} is not in these files")
            return
        if part.role.startswith("collection") and (known[0], record.language) in self._worded:
            return
        self.languages.add(record.language)
        self._waiting.append(record)

    def _pointer(self, record: RelationRecord | LevelRecord, part: Part, number: int) -> bool:
        """Take a relation or a level; True when it points at what is not there."""
        if self._new:
            self.flush()
        ends = (record.uri,) if isinstance(record, LevelRecord) else (record.source, record.target)
        lost = [uri for uri in ends if uri not in self._ids]
        if lost:
            self._bad(part, number, f"{ref_of(lost[0])} is not in these files")
            return True
        if isinstance(record, LevelRecord):
            self._levels[record.level].append(self._ids[record.uri][0])
        else:
            source, target = self._ids[record.source][0], self._ids[record.target][0]
            self._relations.append((self.load.pk, source, target, record.kind, record.weight))
        return False

    @transaction.atomic
    def flush(self) -> None:
        """Write what waits."""
        for concept in Concept.objects.bulk_create(self._new, batch_size=500):
            self._ids[concept.uri] = (concept.pk, concept.isco, concept.code)
        labels = [(self.load.pk, self._ids[one.uri][0], one.language, one.kind, one.text) for one in self._waiting]
        with connection.cursor() as cursor:
            if labels:
                cursor.executemany(_LABELS, labels)
            if self._relations:
                cursor.executemany(_RELATIONS, self._relations)
        for level, keys in self._levels.items():
            Concept.objects.filter(pk__in=keys).update(level=level)
        self._worded.update((key, language) for _, key, language, kind, _ in labels if kind == "preferred")
        self.counts["label"] += sum(kind != "description" for _, _, _, kind, _ in labels)
        self.counts["relation"] += len(self._relations)
        self._new, self._waiting, self._relations = [], [], []
        self._levels.clear()


def remove_load(load_id: int) -> None:
    """Take away every row of a load, some at a time, and its version when nothing else is in it."""
    for table in (ConceptRelation, ConceptLabel, Concept):
        while keys := list(table.objects.filter(load_id=load_id).order_by("pk").values_list("pk", flat=True)[:BATCH]):
            with transaction.atomic():
                doomed = table.objects.filter(load_id=load_id, pk__lte=keys[-1])
                doomed._raw_delete(doomed.db)
    load = TaxonomyLoad.objects.filter(pk=load_id).first()
    if load is not None:
        load.delete()
        TaxonomyVersion.objects.filter(pk=load.version_id, loads=None).delete()
