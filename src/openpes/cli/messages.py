"""`openpes messages extract|compile|check|sheet|take|reviewed|unreviewed`: the message catalogues of the pages."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path

NAME = "messages"
HELP = "collect, compile and check translations"
NEEDS_DJANGO = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("act", choices=["extract", "compile", "check", "sheet", "take", "reviewed", "unreviewed"])
    parser.add_argument("--lang", action="append", default=[], help="only this language (can be repeated)")
    parser.add_argument(
        "--file", metavar="PATH", type=Path, help="sheet: where to write; take: what to read (CSV, XLSX)"
    )
    parser.add_argument("--whole", action="store_true", help="sheet: every sentence, not only those that are missing")
    parser.add_argument("--by", default="", help="reviewed: who has read it, name and office")
    parser.add_argument("--on", metavar="DATE", type=date.fromisoformat, help="reviewed: the day (2027-01-31)")


def run(args: argparse.Namespace) -> int:
    """1 when a check finds sentences that a language lacks, or texts on consent and safety that nobody has read."""
    from openpes.config import catalogues
    from openpes.config.locale_info import folder_of

    if args.act == "compile":
        done = catalogues.compile_all(only_stale=False)
        print(f"Compiled: {', '.join(done) or 'nothing to compile'}.", file=sys.stderr)
        return 0
    if args.act == "reviewed":
        return _reviewed(args)
    if args.act == "unreviewed":
        return _unreviewed(args)
    if args.act in ("sheet", "take"):
        return _sheet(args)
    template = catalogues.collect()
    chosen = [folder_of(code) for code in args.lang] or catalogues.languages()
    if args.act == "extract":
        for language in chosen:
            catalogues.update(language, template)
        print(f"{len(template)} sentences in {', '.join(chosen)}.", file=sys.stderr)
        return 0
    found = [gap for language in chosen for gap in catalogues.gaps(language, template)]
    for gap in found:
        print(f"{gap.language}: {gap.problem}: {gap.sentence}")
    print(f"{len(template)} sentences, {len(found)} gaps in {', '.join(chosen)}.", file=sys.stderr)
    return 1 if found else 0


def _sheet(args: argparse.Namespace) -> int:
    from openpes.config import catalogues, translation_sheets
    from openpes.config.locale_info import folder_of
    from openpes.core.tables import UnreadableTable

    if len(args.lang) != 1 or not args.file:
        print(f"Say which one and which file: messages {args.act} --lang ne --file nepali.csv.", file=sys.stderr)
        return 2
    language, template = folder_of(args.lang[0]), catalogues.collect()
    try:
        if args.act == "sheet":
            args.file.write_bytes(translation_sheets.sheet(language, template, whole=args.whole))
            return 0
        done = translation_sheets.take(language, template, args.file.read_bytes())
    except (OSError, UnreadableTable) as error:
        print(f"{args.file}: {error}", file=sys.stderr)
        return 2
    for one in done.bad:
        print(f"line {one.line}, {one.column}: {one.reason}")
    left = len(catalogues.gaps(language, template))
    print(f"{done.taken} sentences taken, {len(done.bad)} rows not; {left} still missing.", file=sys.stderr)
    return 1 if done.bad else 0


def _reviewed(args: argparse.Namespace) -> int:
    from openpes.config import reviews

    if len(args.lang) != 1 or not args.on:
        print("Say which one, by whom and when: messages reviewed --lang ne --by NAME --on DATE.", file=sys.stderr)
        return 2
    try:
        review = reviews.sign(args.lang[0], reviewer=args.by, on=args.on)
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2
    print(f"{review.language}: read by {review.reviewer} on {review.on}.", file=sys.stderr)
    return 0


def _unreviewed(args: argparse.Namespace) -> int:
    from django.conf import settings

    from openpes.config import reviews

    found = reviews.unreviewed_texts(args.lang or [code for code, _name in settings.LANGUAGES])
    for one in found:
        print(f"{one.language}\t{one.place}\t{one.sentence}\t{one.translation}")
    print(f"{len(found)} texts on consent and safety wait for a reader.", file=sys.stderr)
    return 1 if found else 0
