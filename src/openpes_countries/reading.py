"""From the YAML of a pack to dated values; every fault is collected with its file, line, field and mend."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from openpes_countries.errors import Misfit, PackError, PackProblem
from openpes_countries.kinds import KINDS, checked_value
from openpes_countries.lines import Lined, read_yaml
from openpes_countries.schema import CHECKED, CONFIDENCE, DEFAULT_SOURCE, UNKNOWN, Dated, Source

_MUST: Final = ("id", "kind", "unit", "value", "effective_from", "effective_to", "source", "confidence", "checked",
                "verify_before_use", "review_by", "verified_by")  # fmt: skip
_MAY: Final = ("means", "note")
_SOURCE: Final = ("instrument", "article", "url", "read_on")
_FILE: Final = ("about", "defaults", "values")


class Faults:
    """Collects what is wrong in one file."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[PackProblem] = []

    def add(self, line: int, field: str, problem: str, mend: str) -> None:
        self.problems.append(PackProblem(self.file, line, field, problem, mend))


def read_values(path: Path, shown_as: str, layer: str) -> tuple[Dated, ...]:
    """The dated values of one file, keyed `<file>.<id>`. Raises PackError listing every fault of the file."""
    loaded = read_yaml(path, shown_as)
    faults = Faults(shown_as)
    for field in loaded:
        if field not in _FILE:
            faults.add(loaded.line_of(field), field, "is not a field of a pack file.", f"Use: {', '.join(_FILE)}.")
    if not isinstance(loaded.get("about"), str):
        faults.add(loaded.line, "about", "is missing.", "Say in one sentence what this file holds.")
    entries = loaded.get("values")
    if not isinstance(entries, list):
        faults.add(loaded.line_of("values"), "values", "is not a list.", "Begin each value with `- id:`.")
        raise PackError(faults.problems)
    defaults = loaded.get("defaults") or Lined()
    made = [_entry(entry, defaults, path.stem, layer, faults) for entry in entries]
    values = tuple(dated for dated in made if dated is not None)
    _check_periods(values, faults)
    if faults.problems:
        raise PackError(faults.problems)
    return values


def _entry(entry: Any, defaults: Lined, stem: str, layer: str, faults: Faults) -> Dated | None:
    if not isinstance(entry, Lined):
        faults.add(1, "values", f"{entry!r} is not a block.", "Begin each value with `- id:`.")
        return None
    before = len(faults.problems)
    name = str(entry.get("id", "?"))
    merged = {**defaults, **entry}

    def line(field: str) -> int:
        return entry.line_of(field) if field in entry or not defaults else defaults.lines.get(field, entry.line)

    for field in _MUST:
        if field not in merged:
            faults.add(entry.line, f"{name}.{field}", "is missing.", "Write it; what is not known is `unknown`.")
    for field in merged:
        if field not in _MUST + _MAY:
            faults.add(line(field), f"{name}.{field}", "is not a field of a value.", f"Use: {', '.join(_MUST + _MAY)}.")
    if len(faults.problems) > before:
        return None
    kind = merged["kind"]
    if kind not in KINDS:
        faults.add(line("kind"), f"{name}.kind", f"“{kind}” is not a kind.", f"Use one of: {', '.join(KINDS)}.")
        return None
    begins, ends = (
        _date(merged, "effective_from", name, line, faults),
        _date(merged, "effective_to", name, line, faults),
    )
    source = _source(merged["source"], name, line("source"), faults)
    _check_words(merged, name, line, layer, faults)
    try:
        value = UNKNOWN if merged["value"] == "unknown" else checked_value(kind, merged["value"])
    except Misfit as misfit:
        faults.add(line("value"), f"{name}.value", misfit.problem, misfit.mend)
        return None
    review_by = _date(merged, "review_by", name, line, faults)
    if len(faults.problems) > before or source is None:
        return None
    return Dated(
        key=f"{stem}.{name}",
        kind=kind,
        unit=merged["unit"],
        value=value,
        effective_from=begins,
        effective_before=ends + timedelta(days=1) if ends else None,
        source=source,
        confidence=merged["confidence"],
        checked=merged["checked"],
        verify_before_use=merged["verify_before_use"],
        review_by=review_by,
        verified_by=merged["verified_by"],
        layer=layer,
        file=faults.file,
        line=entry.line,
        means=merged.get("means", ""),
        note=merged.get("note", ""),
    )


def _date(merged: dict[str, Any], field: str, name: str, line: Any, faults: Faults) -> date | None:
    found = merged[field]
    if found is None or found == "unknown":
        return None
    if isinstance(found, date):
        return found
    faults.add(line(field), f"{name}.{field}", f"{found!r} is not a date.", "Write YYYY-MM-DD, `unknown` or null.")
    return None


def _source(found: Any, name: str, line: int, faults: Faults) -> Source | None:
    if isinstance(found, str):
        return Source(instrument=found)
    if not isinstance(found, Lined) or not found.get("instrument"):
        faults.add(line, f"{name}.source", "names no instrument.", "Write {instrument: ..., article: ..., url: ...}.")
        return None
    for field in found:
        if field not in _SOURCE:
            faults.add(
                found.line_of(field), f"{name}.source.{field}", "is not known here.", f"Use: {', '.join(_SOURCE)}."
            )
    read_on = found.get("read_on")
    if read_on is not None and not isinstance(read_on, date):
        faults.add(
            found.line_of("read_on"), f"{name}.source.read_on", f"{read_on!r} is not a date.", "Write YYYY-MM-DD."
        )
        read_on = None
    return Source(found["instrument"], found.get("article"), found.get("url"), read_on)


def _check_words(merged: dict[str, Any], name: str, line: Any, layer: str, faults: Faults) -> None:
    for field, words in (("confidence", CONFIDENCE), ("checked", CHECKED)):
        if merged[field] not in words:
            faults.add(line(field), f"{name}.{field}", f"“{merged[field]}” is not known.", f"Use: {', '.join(words)}.")
    if not isinstance(merged["verify_before_use"], bool):
        faults.add(
            line("verify_before_use"), f"{name}.verify_before_use", "is not true or false.", "Write true or false."
        )
    source = merged["source"]
    instrument = source.get("instrument") if isinstance(source, Lined) else source
    default = merged["checked"] == "default" or instrument == DEFAULT_SOURCE
    if (merged["checked"] == "default") != (instrument == DEFAULT_SOURCE):
        faults.add(
            line("source"), f"{name}.source", "and `checked` disagree.", f"Only “{DEFAULT_SOURCE}” is `default`."
        )
    if layer == "law" and default:
        faults.add(line("source"), f"{name}.source", "is the platform's choice, not law.", "Move it to policy/.")
    if layer != "policy" and merged["checked"] == "recall" and merged["confidence"] == "high":
        faults.add(line("confidence"), f"{name}.confidence", "is high for a recalled value.", "Write medium or low.")
    if merged["checked"] == "recall" and merged["verified_by"] is None and merged["verify_before_use"] is False:
        faults.add(line("checked"), f"{name}.verify_before_use", "is false for a recalled value.", "Write true.")


def _check_periods(values: Iterable[Dated], faults: Faults) -> None:
    by_key: dict[str, list[Dated]] = {}
    for dated in values:
        by_key.setdefault(dated.key, []).append(dated)
    for key, history in by_key.items():
        ordered = sorted(history, key=lambda dated: dated.effective_from or date.min)
        for earlier, later in pairwise(ordered):
            if earlier.effective_before is None or earlier.effective_before > (later.effective_from or date.min):
                mend = f"End the value on line {earlier.line} the day before, with effective_to."
                faults.add(later.line, key, "begins before the earlier value ends.", mend)
        for dated in ordered:
            if dated.effective_from and dated.effective_before and dated.effective_before <= dated.effective_from:
                faults.add(dated.line, key, "ends before it begins.", "Check effective_from and effective_to.")
