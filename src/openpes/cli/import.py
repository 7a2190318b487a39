"""`openpes import people|employers|vacancies F --office CODE [--dry-run] [--errors F] [--undo BATCH]`: an old list.
`openpes import vacancies F --employer NUMBER [--whole] [--dry-run]`: a firm's own list, also JSON.
`openpes import registers F --as-of DAY --source WHO [--column number=COMPANY_NO]`: the business register.

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
VERBS = (
    "jobseeker.register",
    "jobseeker.edit",
    "employer.register",
    "employer.view",
    "vacancy.post",
    "vacancy.edit",
    "vacancy.close",
    "vacancy.view",
    "register.load",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("kind", choices=["people", "employers", "vacancies", "registers"], help="what it is a list of")
    parser.add_argument("file", type=Path, nargs="?", help="CSV or XLSX; of a firm's own vacancies JSON too")
    parser.add_argument("--office", default="", help="code of the office (may be left out when there is only one)")
    parser.add_argument("--dry-run", action="store_true", help="read and tell, write nothing")
    parser.add_argument("--errors", type=Path, help="file to write the rows to mend to")
    parser.add_argument("--undo", default="", metavar="BATCH", help="take a whole list back")
    parser.add_argument("--employer", default="", metavar="NUMBER", help="vacancies: the firm whose own list it is")
    parser.add_argument("--whole", action="store_true", help="vacancies of a firm: close those that the list misses")
    parser.add_argument("--as-of", default="", metavar="DAY", help="registers: of which day it speaks, as 2027-12-31")
    parser.add_argument("--source", default="", metavar="WHO", help="registers: who published it")
    parser.add_argument(
        "--column", action="append", default=[], metavar="FIELD=COLUMN", help="registers: name, number, status or date"
    )


def run(args: argparse.Namespace) -> int:
    """0 all rows were taken; 1 some wait for a person; 2 it cannot begin."""
    from openpes.core.actors import system
    from openpes.core.tables import UnreadableTable

    by = system(*VERBS, "staff.end", label="import")
    if bool(args.undo) == bool(args.file):
        print("Name a file to bring in, or --undo with the number of a list.", file=sys.stderr)
        return 2
    try:
        if args.kind == "registers" and not args.undo:
            return _load_register(args, by)
        if args.employer and not args.undo:
            return _bring_adverts(args, by)
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


def _load_register(args: argparse.Namespace, by: Any) -> int:
    from datetime import date

    from openpes.core.clock import now
    from openpes.core.decisions import Refused
    from openpes.journeys.load_businesses import load_businesses
    from openpes.organisations.agency_words import AGENCY_REASON

    try:
        as_of = date.fromisoformat(args.as_of)
        columns = dict(one.split("=", 1) for one in args.column)
    except ValueError:
        print("Write --as-of as 2027-12-31, and each --column as number=COMPANY_NO.", file=sys.stderr)
        return 2
    if not args.source.strip() or as_of > now().date():
        print(
            "Say with --source who published the register, and with --as-of its day, which has come.", file=sys.stderr
        )
        return 2
    try:
        loaded = load_businesses(
            content=args.file.read_bytes(), as_of=as_of, source=args.source, columns=columns, by=by, at=now()
        )
    except Refused as refused:
        for one in refused.decision.reasons:
            print(str(AGENCY_REASON.get(one.code, one.code)) % one.facts, file=sys.stderr)
        return 2
    print(f"Firms on the register: {loaded.made or loaded.already}. {len(loaded.bad)} rows to mend.")
    for bad in loaded.bad:
        print(f"row {bad.line}, {bad.column}: {bad.reason}")
    return 1 if loaded.bad else 0


def _bring_adverts(args: argparse.Namespace, by: Any) -> int:
    from django.conf import settings

    from openpes.core.clock import now
    from openpes.core.decisions import NotFound
    from openpes.journeys.bring_adverts import bring_adverts
    from openpes.organisations.queries import employer_everywhere
    from openpes.vacancies.words import words_of

    try:
        employer = employer_everywhere(by, args.employer)
    except NotFound:
        print(f"There is no firm with the number {args.employer}.", file=sys.stderr)
        return 2
    brought = bring_adverts(
        content=args.file.read_bytes(),
        employer=employer,
        language=settings.LANGUAGE_CODE,
        is_whole=args.whole,
        is_trial=args.dry_run,
        by=by,
        at=now(),
    )
    print(("Trial: " if args.dry_run else "") + "; ".join(f"{what} {n}" for what, n in brought.counts.items()) + ".")
    for row in brought.bad:
        for one in row.problems:
            said = words_of(one["code"], dict(one["facts"]), str(one.get("text", "")))
            print(f"row {row.line}, {one['field'] or row.reference}: {said}")
    return 1 if brought.bad else 0


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
