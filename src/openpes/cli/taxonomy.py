"""``openpes taxonomy``: check our own reference, load what publishers give out, link the two, and give it back.

import esco|onet|tabiya PATH    a folder or zip as downloaded from its publisher
list, remove                    which versions are loaded; take one away
export SCHEME VERSION           back to CSV
crosswalk                       which skills of a publisher are ours: write the list, or load an expert's
crosswalk-national F            a national classification, tied to ISCO-08
end-national SCHEME VERSION     from which day a version is no longer in force
check                           orphans, duplicates, near-duplicates, impossible codes, thin occupations
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import IO, Any

NAME = "taxonomy"
HELP = "check the reference; load, link and export the taxonomies of publishers and of the country"
NEEDS_DJANGO = True
SHOWN_ROWS = 20


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is not a date; write YYYY-MM-DD") from None


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verbs."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    load = verbs.add_parser("import", help="load a publisher's download")
    load.add_argument("scheme", choices=("esco", "onet", "tabiya"), help="whose format it is")
    load.add_argument("path", metavar="PATH", type=Path, help="the folder or zip as downloaded")
    load.add_argument("--version", metavar="V", help="such as 1.2, where the files do not say")
    load.add_argument("--lang", default="en", metavar="L", help="language of Tabiya's files without a model_info (en)")
    load.add_argument("--replace", action="store_true", help="put it in the place of the same version")
    load.add_argument("--errors", metavar="F", type=Path, help="write every row that was not taken here, as CSV")
    verbs.add_parser("list", help="which versions are loaded, the country's own among them")
    for name, text in (("remove", "take a version away"), ("export", "write a version to CSV")):
        verb = verbs.add_parser(name, help=text)
        verb.add_argument("scheme", help="esco, onet or tabiya")
        verb.add_argument("version", help="such as 1.2")
        if name == "export":
            verb.add_argument("--out", required=True, metavar="FOLDER", type=Path, help="a new or empty folder")
    links = verbs.add_parser("crosswalk", help="links between our skills and the publishers'")
    way = links.add_mutually_exclusive_group(required=True)
    way.add_argument("--out", metavar="F", type=Path, help="write the links, for an expert to edit")
    way.add_argument("--load", metavar="F", type=Path, help="put an expert's file in their place")
    national = verbs.add_parser("crosswalk-national", help="load a national classification: code, title, isco, kind")
    national.add_argument("file", metavar="F", type=Path, help="CSV or XLSX")
    national.add_argument("--scheme", required=True, metavar="S", help="such as PSOC")
    national.add_argument("--version", required=True, metavar="V", help="such as 2012")
    national.add_argument("--from", dest="starts_on", type=_day, required=True, metavar="DATE", help="in force from")
    national.add_argument("--until", dest="ends_before", type=_day, metavar="DATE", help="in force before this day")
    national.add_argument("--replace", action="store_true", help="put it in the place of the same version")
    end = verbs.add_parser("end-national", help="say when a version of a national classification stops being in force")
    end.add_argument("scheme", help="such as PSOC")
    end.add_argument("version", help="such as 2012")
    end.add_argument("--until", type=_day, required=True, metavar="DATE", help="in force before this day")
    check = verbs.add_parser("check", help="find what is wrong with our own reference files")
    check.add_argument("folder", nargs="?", type=Path, metavar="FOLDER", help="another folder of such files")


def run(args: argparse.Namespace) -> int:
    """0: done; 1: done or refused with rows to mend, all reported; 2: cannot start: why, and the mend."""
    from openpes.core.tables import UnreadableTable
    from openpes.reference.publishers.records import TaxonomyTrouble

    verbs: dict[str, Callable[[argparse.Namespace], int]] = {
        "import": _import,
        "list": _list,
        "remove": _remove,
        "export": _export,
        "crosswalk": _crosswalk,
        "crosswalk-national": _national,
        "end-national": _end_national,
        "check": _check,
    }
    try:
        return verbs[args.verb](args)
    except (TaxonomyTrouble, UnreadableTable) as trouble:
        print(trouble, file=sys.stderr)
    except OSError as error:
        print(f"{error.filename or 'A file'} cannot be used: {error.strerror}.", file=sys.stderr)
    return 2


def _who(verb: str) -> dict[str, Any]:
    from openpes.core.actors import system
    from openpes.core.clock import now

    return {"by": system(verb, label="command line"), "at": now()}


class _BadRows:
    """Counts the rows that were not taken, shows the first, and writes all of them where asked."""

    def __init__(self, out: IO[str] | None) -> None:
        import csv

        self.counts: Counter[tuple[str, str]] = Counter()
        self._writer = csv.writer(out) if out else None
        if self._writer:
            self._writer.writerow(["file", "row", "reason"])

    def __call__(self, row: Any) -> None:
        """Take one."""
        if sum(self.counts.values()) < SHOWN_ROWS:
            print(row, file=sys.stderr)
        self.counts[row.file, ""] += 1
        if self._writer:
            self._writer.writerow([row.file, row.row, row.reason])

    def sum_up(self, out: Path | None) -> None:
        """How many there were, by file."""
        total = sum(self.counts.values())
        if not total:
            return
        for (file, _), count in self.counts.items():
            print(f"{file}: {count} rows not taken", file=sys.stderr)
        if out:
            print(f"All of them are in {out}.", file=sys.stderr)
        elif total > SHOWN_ROWS:
            print("Add --errors F to have every one of them in a file.", file=sys.stderr)


def _import(args: argparse.Namespace) -> int:
    from openpes.reference.loading import load_taxonomy

    with args.errors.open("w", encoding="utf-8", newline="") if args.errors else nullcontext() as out:
        bad = _BadRows(out)
        loaded = load_taxonomy(
            path=args.path, scheme=args.scheme, version=args.version, language=args.lang, replace=args.replace,
            tell=lambda line: print(line, file=sys.stderr), report=bad, **_who("taxonomy.load"),
        )  # fmt: skip
    bad.sum_up(args.errors)
    if not loaded.new:
        print(f"{loaded.scheme} {loaded.version} is loaded already, with the same content. Nothing was changed.")
        return 0
    print(f"{loaded.scheme} {loaded.version} loaded: {_said(loaded.counts)}; languages {', '.join(loaded.languages)}.")
    return 1 if bad.counts else 0


def _said(counts: dict[str, int]) -> str:
    names = {"occupation": "occupations", "skill": "skills", "group": "groups", "label": "labels",
             "relation": "relations"}  # fmt: skip
    return ", ".join(f"{counts.get(key, 0):,} {name}" for key, name in names.items())


def _list(args: argparse.Namespace) -> int:
    from openpes.reference import imported, national

    for one in imported.versions():
        print(f"{one.scheme} {one.version}: {_said(one.counts)}; {', '.join(one.languages)}; {one.loaded_at:%Y-%m-%d}")
    for scheme in national.versions():
        until = f"until {scheme.ends_before}" if scheme.ends_before else "until further notice"
        rows = getattr(scheme, "rows")  # noqa: B009  (counted by the query, not a column)
        print(f"{scheme.scheme} {scheme.version}: {rows:,} rows; from {scheme.starts_on} {until}")
    return 0


def _remove(args: argparse.Namespace) -> int:
    from openpes.reference.loading import remove_version

    remove_version(scheme=args.scheme, version=args.version, **_who("taxonomy.load"))
    print(f"{args.scheme} {args.version} is taken away.")
    return 0


def _export(args: argparse.Namespace) -> int:
    from openpes.reference import exporting, imported

    written = exporting.export(imported.version_of(args.scheme, args.version), args.out)
    for name, count in written.items():
        print(f"{args.out / name}: {count} rows")
    return 0


def _crosswalk(args: argparse.Namespace) -> int:
    from openpes.reference import crosswalk

    if args.out:
        text = crosswalk.as_csv()
        args.out.write_text(text, encoding="utf-8")
        print(f"{text.count(chr(10)) - 1} links written to {args.out}", file=sys.stderr)
        return 0
    try:
        changed = crosswalk.load_links(content=args.load.read_bytes(), **_who(crosswalk.VERB))
    except crosswalk.UnfitCrosswalk as unfit:
        return _unfit(args.load, unfit)
    print(f"{changed} links changed.")
    return 0


def _national(args: argparse.Namespace) -> int:
    from openpes.reference import national

    try:
        row, new = national.load_national(
            content=args.file.read_bytes(), scheme=args.scheme, version=args.version, starts_on=args.starts_on,
            ends_before=args.ends_before, replace=args.replace, **_who(national.VERB),
        )  # fmt: skip
    except national.UnfitTable as unfit:
        return _unfit(args.file, unfit)
    print(f"{row.scheme} {row.version}: {row.codes.count()} rows" + ("." if new else ", loaded already."))
    return 0


def _end_national(args: argparse.Namespace) -> int:
    from openpes.reference import national

    row = national.end_national(scheme=args.scheme, version=args.version, ends_before=args.until, **_who(national.VERB))
    print(f"{row.scheme} {row.version} is in force until {row.ends_before}, not on that day.")
    return 0


def _unfit(path: Path, unfit: Any) -> int:
    for row in unfit.rows:
        print(f"{path.name}, row {row.line}, {row.column}: {row.reason}")
    print(unfit, file=sys.stderr)
    return 1


def _check(args: argparse.Namespace) -> int:
    from openpes.reference import check

    return check.main([str(args.folder)] if args.folder else [])
