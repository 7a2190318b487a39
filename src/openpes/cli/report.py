"""`openpes report monthly|c88|eu-pes --month YYYY-MM [--format csv|xlsx] [--out F]`: reports as files."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

NAME = "report"
HELP = "the month's figures, the ILO's tables or the European benchmarks as a file"
NEEDS_DJANGO = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("kind", choices=["monthly", "c88", "eu-pes"], help="which report")
    parser.add_argument("--month", required=True, help="YYYY-MM")
    parser.add_argument("--format", choices=["csv", "xlsx"], default="csv")
    parser.add_argument("--out", type=Path, help="file to write (standard output when left out)")
    parser.add_argument("--office", default="", help="code of one office; all when left out (monthly only)")
    parser.add_argument("--unprotected", action="store_true", help="show counts under 10 (for the office itself)")


def run(args: argparse.Namespace) -> int:
    """Write the report. 2 when the month or the office is not there."""
    try:
        content = _monthly(args) if args.kind == "monthly" else _of_freeze(args)
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
    maker = as_csv_file if args.format == "csv" else as_xlsx_file
    return maker(figures, place=office.name if office else pack.name)


def _of_freeze(args: argparse.Namespace) -> bytes:
    """From the published freeze of the month, or else the latest that was made: then it says that it is a trial."""
    from openpes.core.actors import system
    from openpes.insights import reports
    from openpes.insights.queries import freezes, published

    freeze = published(month=args.month)
    if freeze is None:
        made = [one for one in freezes(system("figures.freeze", label="command")) if one.month == args.month]
        if not made:
            raise ValueError(
                f"{args.month} is not frozen. Run: openpes indicators freeze --month {args.month}, then publish it."
            )
        freeze = made[0]
        print("This month is frozen and not published yet: a trial, not for sending.", file=sys.stderr)
    makers = {
        ("c88", "csv"): reports.c88_csv,
        ("c88", "xlsx"): reports.c88_xlsx,
        ("eu-pes", "csv"): reports.eu_pes_csv,
        ("eu-pes", "xlsx"): reports.eu_pes_xlsx,
    }
    return makers[args.kind, args.format](freeze)
