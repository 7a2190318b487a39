"""`openpes report monthly|c88|eu-pes|bulletin --month YYYY-MM [--format F] [--out F]`: reports as files."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

NAME = "report"
HELP = "the month's figures, the ILO's tables or the European benchmarks as a file"
NEEDS_DJANGO = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("kind", choices=["monthly", "c88", "eu-pes", "bulletin"], help="which report")
    parser.add_argument("--month", required=True, help="YYYY-MM")
    parser.add_argument(
        "--format", choices=["csv", "xlsx", "pdf", "html"], default="", help="csv; the bulletin: pdf, html or xlsx"
    )
    parser.add_argument("--lang", default="en", help="language of the bulletin")
    parser.add_argument("--out", type=Path, help="file to write (standard output when left out)")
    parser.add_argument("--office", default="", help="code of one office; all when left out (monthly only)")
    parser.add_argument("--unprotected", action="store_true", help="show counts under 10 (for the office itself)")


def run(args: argparse.Namespace) -> int:
    """Write the report. 2 when the month or the office is not there."""
    try:
        content = {"monthly": _monthly, "bulletin": _bulletin}.get(args.kind, _of_freeze)(args)
    except ValueError as error:
        print(str(error), file=sys.stderr)
        return 2
    if args.out is None:
        sys.stdout.buffer.write(content)
    else:
        args.out.write_bytes(content)
        print(f"Wrote {args.out}.", file=sys.stderr)
    return 0


def _monthly(args: argparse.Namespace) -> bytes:
    from openpes.core.clock import now
    from openpes.insights.files import as_csv_file, as_xlsx_file
    from openpes.insights.monthly import month_figures
    from openpes.organisations.queries import open_offices
    from openpes.reference.country import country

    pack = country()
    office = next((one for one in open_offices() if one.code == args.office), None)
    if args.office and office is None:
        raise ValueError(f"There is no open office with the code {args.office}. See the offices page for the codes.")
    figures = month_figures(
        month=args.month,
        zone=pack.timezone,
        at=now(),
        protected=not args.unprotected,
        office_ids=[office.pk] if office else None,
    )
    maker = _maker({"csv": as_csv_file, "xlsx": as_xlsx_file}, args.format or "csv")
    return maker(figures, place=office.name if office else pack.name)


def _maker(makers: dict[str, Any], kind: str) -> Any:
    if kind not in makers:
        raise ValueError(f"This report is made as {' or '.join(makers)}, not as {kind}.")
    return makers[kind]


def _bulletin(args: argparse.Namespace) -> bytes:
    from django.template.loader import render_to_string

    from openpes.insights.bulletin import as_pdf, as_workbook, bulletin_of, words_of
    from openpes.reference.country import pages_language

    made = bulletin_of(_frozen(args.month), language=pages_language(args.lang))
    makers = {
        "pdf": as_pdf,
        "xlsx": as_workbook,
        "html": lambda one: render_to_string("openpes/figures/bulletin_alone.html", {"words": words_of(one)}).encode(),
    }
    content: bytes = _maker(makers, args.format or "pdf")(made)
    return content


def _frozen(month: str) -> Any:
    """The published freeze of the month, or else the latest that was made: then it is said to be a trial."""
    from openpes.core.actors import system
    from openpes.insights.queries import freezes, published

    freeze = published(month=month)
    if freeze is not None:
        return freeze
    made = [one for one in freezes(system("figures.freeze", label="command")) if one.month == month]
    if not made:
        raise ValueError(f"{month} is not frozen. Run: openpes indicators freeze --month {month}, then publish it.")
    print("This month is frozen and not published yet: a trial, not for sending.", file=sys.stderr)
    return made[0]


def _of_freeze(args: argparse.Namespace) -> bytes:
    from openpes.insights import reports

    makers = {
        "c88": {"csv": reports.c88_csv, "xlsx": reports.c88_xlsx},
        "eu-pes": {"csv": reports.eu_pes_csv, "xlsx": reports.eu_pes_xlsx},
    }
    content: bytes = _maker(makers[args.kind], args.format or "csv")(_frozen(args.month))
    return content
