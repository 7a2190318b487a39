"""``openpes pack``: check the law of a country, read one value of it, or see what changed between two dates."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, date, datetime
from typing import Any

from openpes_countries import Dated, UnknownCountry, UnknownKey, known_countries, load_country
from openpes_countries.checking import check_pack
from openpes_countries.differences import differences, in_words
from openpes_countries.errors import PackError

NAME = "pack"
HELP = "check, show and compare the law and institutions of a country"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add ``check``, ``show`` and ``diff`` to the parser."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="check|show|diff")
    check = verbs.add_parser("check", help="read packs strictly and run their worked examples")
    check.add_argument("countries", nargs="*", metavar="CC", help="such as PH KH (none: all)")
    check.add_argument("--on", type=_day, metavar="DATE", help="the day to check for (today)")
    show = verbs.add_parser("show", help="one value with its source; without KEY, every key with its value")
    show.add_argument("country", metavar="CC", help="country code, such as PH")
    show.add_argument("key", nargs="?", metavar="KEY", help="such as ages.minimum, or a file such as ages")
    show.add_argument("--on", type=_day, metavar="DATE", help="the day (today)")
    diff = verbs.add_parser("diff", help="what changed between two days, in words")
    diff.add_argument("country", metavar="CC", help="country code, such as PH")
    diff.add_argument("--from", dest="since", type=_day, required=True, metavar="DATE", help="the earlier day")
    diff.add_argument("--to", dest="until", type=_day, required=True, metavar="DATE", help="the later day")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is not a date; write YYYY-MM-DD") from None


def _today() -> date:
    return datetime.now(UTC).date()


def run(args: argparse.Namespace) -> int:
    """0: sound; 1: faults were found, all printed; 2: no such country, key or period."""
    try:
        return {"check": _check, "show": _show, "diff": _diff}[args.verb](args)
    except (UnknownCountry, UnknownKey) as fault:
        print(fault, file=sys.stderr)
        return 2
    except PackError as fault:
        print(fault, file=sys.stderr)
        return 1


def _check(args: argparse.Namespace) -> int:
    codes = args.countries or list(known_countries())
    reports = [check_pack(code, on=args.on or _today()) for code in codes]
    for report in reports:
        if report.sound:
            print(
                f"{report.code}: sound. {report.values} values, {report.unknown} unknown, "
                f"{report.unverified} to verify, "
                f"{report.due} due for review, {report.examples} worked examples."
            )
        else:
            print(f"{report.code}: {len(report.problems)} to mend.")
            for problem in report.problems:
                print(f"  {problem}")
    return 0 if all(report.sound for report in reports) else 1


def _show(args: argparse.Namespace) -> int:
    country, on = load_country(args.country), args.on or _today()
    if args.key and args.key in country.keys:
        print(_described(country.value(args.key, on=on)))
        return 0
    keys = [key for key in country.keys if not args.key or key.startswith(f"{args.key}.")]
    if not keys:
        country.history(args.key)
    for key in keys:
        dated = country.value(key, on=on)
        mark = (
            "" if dated.checked in ("library", "source_read", "default") else f"  [{dated.checked.replace('_', ' ')}]"
        )
        print(f"{key}: {in_words(dated.value)}{mark}")
    return 0


def _described(dated: Dated) -> str:
    rows: list[tuple[str, Any]] = [
        (dated.key, in_words(dated.value) + (f" {dated.unit}" if dated.known and dated.unit else "")),
        ("means", dated.means),
        ("in force from", dated.effective_from or "unknown"),
        ("until", f"before {dated.effective_before}" if dated.effective_before else "further notice"),
        ("source", dated.source.cite()),
        ("address", dated.source.url),
        ("read on", dated.source.read_on),
        ("checked", f"{dated.checked.replace('_', ' ')}, confidence {dated.confidence}"),
        ("verify before use", "yes" if dated.verify_before_use else "no"),
        ("verified by", dated.verified_by or "nobody yet"),
        ("review by", dated.review_by),
        ("note", dated.note),
        ("written in", f"{dated.file}:{dated.line}"),
    ]
    return "\n".join(f"{name}: {shown}" for name, shown in rows if shown)


def _diff(args: argparse.Namespace) -> int:
    country = load_country(args.country)
    if args.until < args.since:
        print("--to is before --from. Give the earlier day first.", file=sys.stderr)
        return 2
    changes = differences(country, since=args.since, until=args.until)
    for change in changes:
        print(change)
    if not changes:
        print(f"{country.name}: this pack knows of no change between {args.since} and {args.until}.")
    return 0
