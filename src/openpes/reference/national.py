"""National classifications of occupations, tied to ISCO-08 by crosswalk tables that a statistical office gives out.

A table has a row for each pair: code, title, isco, kind. `kind` says what the national code is to the ISCO unit group:
exact, broader, narrower, or an overlap of neither. One code may have several groups and one group several codes; nobody
is put into the first of them. A figure is split into equal shares (the table knows no better), or shown as several.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from django.db import OperationalError, ProgrammingError, transaction
from django.db.models import Count, Q, QuerySet

from openpes.core.actors import Actor
from openpes.core.change_log import record_change
from openpes.core.decisions import NotPermitted
from openpes.core.tables import BadRow, Row, read_table
from openpes.reference import imported, taxonomy
from openpes.reference.models import NationalCode, NationalScheme
from openpes.reference.placing import OF_ONET, place_by_soc
from openpes.reference.publishers.records import TaxonomyTrouble

VERB = "taxonomy.national"
KINDS = ("exact", "broader", "narrower", "overlap")
SEVERAL = "several"
WITHOUT_CODE = ""


class UnfitTable(ValueError):
    """A crosswalk that was not taken, with every row to mend."""

    def __init__(self, rows: list[BadRow]) -> None:
        super().__init__(f"{len(rows)} rows cannot be taken; nothing was changed.")
        self.rows = rows


@dataclass(frozen=True)
class NationalMatch:
    """A national code that an ISCO unit group corresponds to."""

    scheme: str
    version: str
    code: str
    title: str
    kind: str


@dataclass(frozen=True)
class IscoMatch:
    """A unit group that a national code corresponds to; the shares of one code add up to 1."""

    isco: str
    kind: str
    share: Fraction


def _checked(rows: list[Row]) -> Iterator[NationalCode | BadRow]:
    units = set(taxonomy.unit_codes())
    groups: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        groups[row.cells["code"]].add(row.cells["isco"])
    titles: dict[str, str] = {}
    seen: set[tuple[str, str]] = set()
    for row in rows:
        code, title, isco = row.cells["code"], row.cells["title"], row.cells["isco"]
        kind = row.cells["kind"].lower()
        if not code or len(code) > 24:
            yield BadRow(row.line, "code", "the code is empty or too long")
        elif not title or len(title) > 250:
            yield BadRow(row.line, "title", "the title is empty or longer than 250 characters")
        elif isco not in units:
            yield BadRow(row.line, "isco", f"“{isco}” is not a unit group of ISCO-08; give all four digits")
        elif kind not in KINDS:
            yield BadRow(row.line, "kind", f"“{kind}” is not one of {', '.join(KINDS)}")
        elif kind == "exact" and len(groups[code]) > 1:
            yield BadRow(row.line, "kind", f"{code} has {len(groups[code])} unit groups, so none of them is exact")
        elif titles.setdefault(code, title) != title:
            yield BadRow(row.line, "title", f"{code} has another title in a row above")
        elif (code, isco) in seen:
            yield BadRow(row.line, "isco", f"{code} and {isco} are there twice")
        else:
            seen.add((code, isco))
            yield NationalCode(code=code, title=title, isco=isco, kind=kind)


def load_national(
    *, content: bytes, scheme: str, version: str, starts_on: date, ends_before: date | None = None,
    replace: bool = False, by: Actor, at: datetime,
) -> tuple[NationalScheme, bool]:  # fmt: skip
    """Load one version of a national classification; (its row, whether anything was new).

    Raises UnreadableTable, UnfitTable with every bad row, or TaxonomyTrouble; then nothing was changed.
    """
    if not by.may(VERB):
        raise NotPermitted(VERB)
    if ends_before is not None and ends_before <= starts_on:
        raise TaxonomyTrouble(f"{scheme} {version} would end before it begins. Turn the two dates round.")
    content_hash = hashlib.sha256(content).hexdigest()
    period = {"starts_on": starts_on, "ends_before": ends_before}
    held = NationalScheme.objects.filter(scheme=scheme, version=version).first()
    if held and (held.sha256, held.starts_on, held.ends_before) == (content_hash, starts_on, ends_before):
        return held, False
    if held and not replace:
        raise TaxonomyTrouble(f"{scheme} {version} is loaded already, with other content. Add --replace to change it.")
    for other in NationalScheme.objects.filter(scheme=scheme).exclude(version=version):
        if (other.ends_before is None or other.ends_before > starts_on) and (
            ends_before is None or ends_before > other.starts_on
        ):
            raise TaxonomyTrouble(
                f"{scheme} {other.version} is in force from {other.starts_on} to "
                f"{other.ends_before or 'further notice'}, at the same time. End it first (`taxonomy end-national "
                f"{scheme} {other.version} --until DATE`), or say --from and --until so that one follows the other."
            )
    taken = list(_checked(read_table(content, needed=("code", "title", "isco", "kind"))))
    if bad := [one for one in taken if isinstance(one, BadRow)]:
        raise UnfitTable(bad)
    codes = [one for one in taken if isinstance(one, NationalCode)]
    with transaction.atomic():
        NationalScheme.objects.filter(scheme=scheme, version=version).delete()
        row = NationalScheme.objects.create(scheme=scheme, version=version, sha256=content_hash, loaded_at=at, **period)
        for one in codes:
            one.scheme = row
        NationalCode.objects.bulk_create(codes, batch_size=500)
        record_change(
            by=by, at=at, verb=VERB, thing=f"national:{scheme}:{version}",
            detail={"sha256": content_hash, "codes": len(codes)},
        )  # fmt: skip
    if scheme.upper() in OF_ONET:
        place_by_soc()
        imported.forget()
    return row, True


def end_national(*, scheme: str, version: str, ends_before: date, by: Actor, at: datetime) -> NationalScheme:
    """Say when a version stopped being in force, so that the next can follow. Raises TaxonomyTrouble."""
    if not by.may(VERB):
        raise NotPermitted(VERB)
    row = NationalScheme.objects.filter(scheme=scheme, version=version).first()
    if row is None:
        raise TaxonomyTrouble(f"{scheme} {version} is not loaded. `openpes taxonomy list` names what is.")
    if ends_before <= row.starts_on:
        raise TaxonomyTrouble(f"{scheme} {version} begins on {row.starts_on}. Choose a later day for its end.")
    later = NationalScheme.objects.filter(scheme=scheme, starts_on__gt=row.starts_on).order_by("starts_on").first()
    if later is not None and ends_before > later.starts_on:
        raise TaxonomyTrouble(
            f"{scheme} {later.version} begins on {later.starts_on}. Choose that day or one before it."
        )
    with transaction.atomic():
        row.ends_before = ends_before
        row.save(update_fields=["ends_before"])
        record_change(by=by, at=at, verb=VERB, thing=f"national:{scheme}:{version}", detail={"ends": str(ends_before)})
    return row


def versions() -> list[NationalScheme]:
    """Every version that is loaded, by name and first day, each with its number of `rows`."""
    return list(NationalScheme.objects.annotate(rows=Count("codes")).order_by("scheme", "starts_on"))


def _in_force(on: date) -> QuerySet[NationalCode]:
    return NationalCode.objects.filter(
        Q(scheme__ends_before=None) | Q(scheme__ends_before__gt=on), scheme__starts_on__lte=on
    )


def national_codes_of(isco: str, on: date) -> tuple[NationalMatch, ...]:
    """Every national code that a unit group corresponds to on a day, exact ones first."""
    rows = _in_force(on).filter(isco=isco).select_related("scheme")
    found = [NationalMatch(row.scheme.scheme, row.scheme.version, row.code, row.title, row.kind) for row in rows]
    return tuple(sorted(found, key=lambda one: (one.scheme, KINDS.index(one.kind), one.code)))


def by_code(code: str) -> list[tuple[str, str]]:
    """(unit group, "title (scheme version code)") of each unit group of a code, by the newest version that has it.

    Codes of versions that are out of force are understood too: they still stand on papers.
    """
    rows = NationalCode.objects.filter(code__iexact=code).select_related("scheme")
    found: dict[str, str] = {}
    try:
        for row in rows.order_by("scheme__scheme", "-scheme__starts_on", "isco"):
            found.setdefault(row.isco, f"{row.title} ({row.scheme.scheme} {row.scheme.version} {row.code})")
    except (OperationalError, ProgrammingError):
        # The search of titles also answers from the command line, where no database was ever set up.
        return []
    return list(found.items())


def schemes_in_force(on: date) -> list[str]:
    """The names of the national classifications in force on a day."""
    return sorted(set(_in_force(on).order_by().values_list("scheme__scheme", flat=True)))


def titles_of(scheme: str, on: date) -> dict[str, str]:
    """Code -> title of a scheme on a day."""
    return dict(_in_force(on).filter(scheme__scheme=scheme).order_by("code").values_list("code", "title"))


def isco_of(scheme: str, code: str, on: date) -> tuple[IscoMatch, ...]:
    """Every unit group that a national code corresponds to on a day, in equal shares; () for an unknown code."""
    rows = list(_in_force(on).filter(scheme__scheme=scheme, code=code).order_by("isco"))
    return tuple(IscoMatch(row.isco, row.kind, Fraction(1, len(rows))) for row in rows)


def one_or_several(matches: tuple[IscoMatch, ...] | tuple[NationalMatch, ...]) -> str:
    """The one code, "several" where there are more, "" where there is none: for a cell that has room for one."""
    codes = {one.isco if isinstance(one, IscoMatch) else one.code for one in matches}
    return codes.pop() if len(codes) == 1 else (SEVERAL if codes else WITHOUT_CODE)


def in_national_codes(counts: Mapping[str, int], scheme: str, on: date) -> dict[str, Fraction]:
    """Figures by unit group as figures by national code; what has several codes is split into equal shares.

    The sum stays exactly the same: what has no code is under "". One query.
    """
    codes: dict[str, list[str]] = defaultdict(list)
    for isco, code in _in_force(on).filter(scheme__scheme=scheme).order_by("code").values_list("isco", "code"):
        codes[isco].append(code)
    shares: dict[str, Fraction] = defaultdict(Fraction)
    for isco, count in counts.items():
        theirs = codes.get(isco, [WITHOUT_CODE])
        for code in theirs:
            shares[code] += Fraction(count, len(theirs))
    return dict(shares)
