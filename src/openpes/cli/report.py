"""`openpes report monthly --month YYYY-MM [--format csv|xlsx] [--out F]`: the month's figures as a file."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

NAME = "report"
HELP = "the month's figures as a file"
NEEDS_DJANGO = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("kind", choices=["monthly"], help="which report")
    parser.add_argument("--month", required=True, help="YYYY-MM")
    parser.add_argument("--format", choices=["csv", "xlsx"], default="csv")
    parser.add_argument("--out", type=Path, help="file to write (standard output when left out)")
    parser.add_argument("--office", default="", help="code of one office; all when left out")
    parser.add_argument("--unprotected", action="store_true", help="show counts under 10 (for the office itself)")


def run(args: argparse.Namespace) -> int:
    """Write the report. 2 when the month or the office is not there."""
    from openpes.core.clock import now
    from openpes.insights.files import as_csv_file, as_xlsx_file
    from openpes.insights.monthly import month_figures
    from openpes.organisations.queries import open_offices
    from openpes.reference.country import country

    pack = country()
    office = next((one for one in open_offices() if one.code == args.office), None)
    if args.office and office is None:
        print(
            f"There is no open office with the code {args.office}. See the offices page for the codes.", file=sys.stderr
        )
        return 2
    try:
        figures = month_figures(
            month=args.month,
            zone=pack.timezone,
            at=now(),
            protected=not args.unprotected,
            office_ids=[office.pk] if office else None,
        )
    except ValueError as error:
        print(str(error), file=sys.stderr)
        return 2
    maker = as_csv_file if args.format == "csv" else as_xlsx_file
    content = maker(figures, place=office.name if office else pack.name)
    if args.out is None:
        sys.stdout.buffer.write(content)
    else:
        args.out.write_bytes(content)
        print(f"Wrote {args.out}.", file=sys.stderr)
    return 0
