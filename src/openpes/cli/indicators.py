"""`openpes indicators …`: definitions, freezing and publishing a month, files of it, and figures of others."""

from __future__ import annotations

import argparse
import csv
import gzip
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TextIO, cast

NAME = "indicators"
HELP = "what the figures mean; freeze, publish and export a month; read figures of others"
NEEDS_DJANGO = True
FORMATS = ("csv", "xlsx", "sdmx-csv", "sdmx-csv-1", "sdmx-ml", "sdmx-structure")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    actions.add_parser("list", help="all definitions, as CSV")
    freeze = actions.add_parser("freeze", help="freeze a month")
    freeze.add_argument("--month", required=True, help="YYYY-MM")
    freeze.add_argument("--note", default="", help="why, when the month was frozen before")
    publish = actions.add_parser("publish", help="publish the latest freeze of a month")
    publish.add_argument("--month", required=True, help="YYYY-MM")
    export = actions.add_parser("export", help="a published month as a file")
    export.add_argument("--month", default="", help="YYYY-MM (the latest when left out)")
    export.add_argument("--format", choices=FORMATS, default="csv")
    export.add_argument("--out", type=Path, help="file to write (standard output when left out)")
    reading = actions.add_parser("read", help="figures of others: an SDMX file or address, or a CSV extract")
    reading.add_argument("source", help="file or https address")
    reading.add_argument("--flow", default="", help="the name of the flow, where the file does not say it")
    reading.add_argument("--extract", action="store_true", help="a CSV of another register, not SDMX")
    survey = actions.add_parser("survey", help="shares with their errors from survey microdata (CSV or CSV.gz)")
    survey.add_argument("file", type=Path)
    survey.add_argument("--mapping", type=Path, required=True)


def run(args: argparse.Namespace) -> int:
    """Do it. 2 where it cannot begin, with why and the mend."""
    from openpes.core.decisions import Refused

    actions: dict[str, Callable[[argparse.Namespace], int]] = {
        "list": _list,
        "freeze": _freeze,
        "publish": _publish,
        "export": _export,
        "read": _read,
        "survey": _survey,
    }
    try:
        return actions[args.action](args)
    except Refused as refused:
        from openpes.insights.words import REASONS

        for reason in refused.decision.reasons:
            print(REASONS[reason.code], file=sys.stderr)
        return 2
    except (OSError, ValueError) as wrong:
        print(str(wrong), file=sys.stderr)
        return 2


def _actor():
    from openpes.core.actors import system

    return system("figures.freeze", "figures.publish", label="command")


def _list(args: argparse.Namespace) -> int:
    from openpes_evidence.definitions import registry

    rows = [vars(one) for one in registry().values()]
    writer = csv.DictWriter(sys.stdout, fieldnames=list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return 0


def _freeze(args: argparse.Namespace) -> int:
    from openpes.core.clock import now
    from openpes.insights.freezing import make_freeze

    freeze = make_freeze(month=args.month, note=args.note, by=_actor(), at=now())
    print(f"{freeze.ref}\t{freeze.month}\t{freeze.number}\t{freeze.digest}")
    return 0


def _latest(month: str):
    from openpes.insights.queries import freezes

    found = next((one for one in freezes(_actor()) if one.month == month), None)
    if found is None:
        raise ValueError(f"{month} was not frozen yet. Run: openpes indicators freeze --month {month}")
    return found


def _publish(args: argparse.Namespace) -> int:
    from openpes.core.clock import now
    from openpes.insights.freezing import publish_freeze

    freeze = publish_freeze(freeze=_latest(args.month), by=_actor(), at=now())
    print(f"{freeze.ref}\t{freeze.month}\t{freeze.number}\tpublished")
    return 0


def _export(args: argparse.Namespace) -> int:
    from openpes.core.clock import now
    from openpes.insights.queries import published
    from openpes.insights.release_files import csv_of, xlsx_of
    from openpes.insights.sdmx_files import as_sdmx_csv, as_sdmx_structure, as_sdmx_xml

    freeze = published(month=args.month)
    if freeze is None:
        which = args.month or "any month"
        raise ValueError(f"Nothing is published for {which}. Freeze and publish it first.")
    makers: dict[str, Callable[[], bytes]] = {
        "csv": lambda: csv_of(freeze),
        "xlsx": lambda: xlsx_of(freeze),
        "sdmx-csv": lambda: as_sdmx_csv(freeze).encode(),
        "sdmx-csv-1": lambda: as_sdmx_csv(freeze, edition=1).encode(),
        "sdmx-ml": lambda: as_sdmx_xml(freeze, at=now()).encode(),
        "sdmx-structure": lambda: as_sdmx_structure(at=now()).encode(),
    }
    return _write(makers[args.format](), args.out)


def _write(content: bytes, out: Path | None) -> int:
    if out is None:
        sys.stdout.buffer.write(content)
    else:
        out.write_bytes(content)
        print(f"Wrote {out}.", file=sys.stderr)
    return 0


def _read(args: argparse.Namespace) -> int:
    from openpes.core.clock import now
    from openpes.insights.fetching import content_of
    from openpes.insights.outside import read_extract, read_sdmx

    content = content_of(args.source)
    if args.extract:
        lines = csv.DictReader(content.decode("utf-8-sig").splitlines())
        n = read_extract(rows=lines, source=args.source, by=_actor(), at=now())
    else:
        flow = args.flow or Path(args.source).stem
        n = read_sdmx(content=content, source=args.source, flow=flow, by=_actor(), at=now())
    print(f"Kept {n} figures.")
    return 0


def _opened(path: Path) -> TextIO:
    """The lines of a file, packed with gzip or not."""
    packed = path.suffix == ".gz"
    return cast(TextIO, (gzip.open if packed else open)(path, "rt", encoding="utf-8-sig", newline=""))


def _survey(args: argparse.Namespace) -> int:
    from openpes.core.clock import now
    from openpes.insights.outside import read_survey
    from openpes_evidence.survey_mapping import BadSurvey, load, parse_mapping

    try:
        mapping = parse_mapping(args.mapping.read_text("utf-8"))
        with _opened(args.file) as file:
            rows = csv.DictReader(file)
            people = load(mapping, rows.fieldnames or [], rows)
    except UnicodeDecodeError:
        print(f"{args.file} is not in UTF-8. Save it again as CSV in UTF-8.", file=sys.stderr)
        return 1
    except BadSurvey as bad:
        for mistake in bad.mistakes:
            print(mistake, file=sys.stderr)
        return 1
    n = read_survey(mapping=mapping, people=people, source=args.file.name, by=_actor(), at=now())
    print(f"Kept {n} figures of {len(people.age)} people asked.")
    return 0
