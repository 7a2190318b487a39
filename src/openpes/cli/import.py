"""`openpes import people|employers|vacancies F --office CODE [--dry-run] [--errors F] [--undo BATCH]`: an old list.

Columns are read by their names; what is ready is written, what is wrong is told by row and column, and can be written
to a file to be mended and brought again. The same file, or the same rows, change nothing. On the screen, doubtful rows
and people who may be known already are decided one by one; here they are only told.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

NAME = "import"
HELP = "an office's old list of people, employers or vacancies"
NEEDS_DJANGO = True
VERBS = ("jobseeker.register", "jobseeker.edit", "employer.register", "employer.view", "vacancy.post", "vacancy.view")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("kind", choices=["people", "employers", "vacancies"], help="what it is a list of")
    parser.add_argument("file", type=Path, nargs="?", help="CSV or XLSX")
    parser.add_argument("--office", default="", help="code of the office (may be left out when there is only one)")
    parser.add_argument("--dry-run", action="store_true", help="read and tell, write nothing")
    parser.add_argument("--errors", type=Path, help="file to write the rows to mend to")
    parser.add_argument("--undo", default="", metavar="BATCH", help="take a whole list back")


def run(args: argparse.Namespace) -> int:
    """0 all rows were taken; 1 some wait for a person; 2 it cannot begin."""
    from openpes.core.actors import system
    from openpes.core.tables import UnreadableTable

    by = system(*VERBS, "staff.end", label="import")
    if bool(args.undo) == bool(args.file):
        print("Name a file to bring in, or --undo with the number of a list.", file=sys.stderr)
        return 2
    try:
        return _undo(args, by) if args.undo else _bring(args, by)
    except (UnreadableTable, OSError) as error:
        print(str(error), file=sys.stderr)
        return 2


def _undo(args: argparse.Namespace, by: Any) -> int:
    from openpes.core.clock import now
    from openpes.core.decisions import NotFound, Refused
    from openpes.imports.queries import batch_for
    from openpes.journeys.import_list import undo_list

    try:
        done = undo_list(batch=batch_for(by, args.undo), by=by, at=now())
    except (NotFound, Refused):
        print(f"There is no list {args.undo} that can be taken back.", file=sys.stderr)
        return 2
    print(f"Taken back: {done['undone']}. Kept, because something was built on them: {done['kept']}.")
    return 1 if done["kept"] else 0


def _bring(args: argparse.Namespace, by: Any) -> int:
    from django.conf import settings

    from openpes.core.clock import now
    from openpes.core.decisions import Refused
    from openpes.imports.states import ListKind
    from openpes.imports.words import refusal_in_words
    from openpes.journeys.import_list import bring_list
    from openpes.organisations.queries import open_offices

    offices = list(open_offices())
    office = next((one for one in offices if one.code == args.office or (len(offices) == 1 and not args.office)), None)
    if office is None:
        print("Say which office with --office CODE. See the offices page for the codes.", file=sys.stderr)
        return 2
    try:
        brought = bring_list(
            kind=ListKind(args.kind),
            office_ref=office.ref,
            content=args.file.read_bytes(),
            file_name=args.file.name,
            language=settings.LANGUAGE_CODE,
            is_trial=args.dry_run,
            by=by,
            at=now(),
        )
    except Refused as refused:
        for one in refused.decision.reasons:
            print(refusal_in_words(one.code, one.facts), file=sys.stderr)
        return 2
    if not brought.is_new:
        print(f"This very file is here already, as list {brought.batch.ref}. Nothing was written.")
        return 0
    return _tell(brought, args)


def _tell(brought: Any, args: argparse.Namespace) -> int:
    from django.conf import settings

    from openpes.core.spreadsheets import as_csv
    from openpes.imports.states import RowState
    from openpes.imports.words import ROW, error_table, field_name, said_of

    language = settings.LANGUAGE_CODE
    told = "; ".join(f"{ROW[RowState(state)]} {n}" for state, n in brought.counts.items())
    print(f"{'Trial' if args.dry_run else 'List ' + brought.batch.ref}: {told}.")
    for row in brought.waiting:
        for one in (*row.problems, *row.doubts):
            print(f"row {row.line}, {field_name(one['field'])}: {said_of(one, language)}")
        if not row.problems and not row.doubts:
            print(f"row {row.line}: {ROW[RowState(row.state)]}")
    if args.errors:
        args.errors.write_bytes(as_csv(*error_table(brought.batch.header, brought.waiting, language)))
        print(f"Wrote {args.errors}.", file=sys.stderr)
    return 1 if brought.waiting else 0
