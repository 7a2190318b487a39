"""``openpes occupation``: free words to ISCO-08 codes, one at a time or a whole list."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from openpes.reference import titles

NAME = "occupation"
HELP = "find the occupation code (ISCO-08) for a job in free words"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add ``search`` and ``code`` to the parser."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="search|code")
    one = verbs.add_parser("search", help="one job in free words; prints a JSON list, best first")
    one.add_argument("text", metavar="TEXT", help="the job as a person would say it")
    many = verbs.add_parser("code", help="a job a line on standard input; writes a line of JSON for each")
    many.add_argument("--out", metavar="F", type=Path, help="write here and not to standard output")
    for verb in (one, many):
        verb.add_argument("--lang", default="en", metavar="L", help="language of the words, such as en, fil, km, vi")
        verb.add_argument("--limit", type=int, default=10, metavar="N", help="most codes for one job (10)")


def run(args: argparse.Namespace) -> int:
    """0: every job was coded; 1: for some, nothing fits (an empty list says which); 2: cannot start."""
    if args.limit < 1:
        print("--limit must be 1 or more.", file=sys.stderr)
        return 2
    if args.verb == "search":
        found = titles.search(args.text, args.lang, args.limit)
        print(json.dumps([_as_json(proposal) for proposal in found], ensure_ascii=False, indent=1))
        return 0 if found else 1
    return _code_lines(args.lang, args.limit, args.out)


def _as_json(proposal: titles.Proposal) -> dict[str, Any]:
    return {
        "isco": proposal.isco,
        "title": proposal.title,
        "label": proposal.label,
        "score": proposal.score,
        "confidence": proposal.confidence,
    }


def _code_lines(language: str, limit: int, out: Path | None) -> int:
    try:
        target = out.open("w", encoding="utf-8") if out else sys.stdout
    except OSError as error:
        print(f"Cannot write to {out}: {error.strerror}. Choose another --out.", file=sys.stderr)
        return 2
    done = uncoded = 0
    try:
        for line in sys.stdin:
            text = line.rstrip("\r\n")
            found = titles.search(text, language, limit)
            done += 1
            uncoded += not found
            answer = {
                "text": text,
                "confidence": titles.confidence(found),
                "codes": [_as_json(proposal) for proposal in found],
            }
            print(json.dumps(answer, ensure_ascii=False), file=target)
    except UnicodeDecodeError:
        print(f"Line {done + 1} is not UTF-8 text. Save the list as UTF-8 and try again.", file=sys.stderr)
        return 2
    finally:
        if out:
            target.close()
    print(f"{done} jobs, {uncoded} without a code", file=sys.stderr)
    return 1 if uncoded else 0
