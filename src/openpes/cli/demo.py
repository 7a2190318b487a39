"""Builds the demonstration nation: synthetic people, employers, vacancies and nine months of history, then matches it.

The same country, sizes and seed give the same nation. Where a nation stands already, nothing is changed.
"""

from __future__ import annotations

import argparse
import os
import sys
import time

NAME = "demo"
HELP = "build the demonstration nation of a country (synthetic, seeded) and match it"
PEOPLE, EMPLOYERS, VACANCIES, OFFICES, SEED = 5_000, 600, 1_500, 12, 2026
STEPS = {
    "offices": "offices and staff",
    "employers": "employers",
    "vacancies": "vacancies",
    "people": "people and their history",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The country and, if wanted, sizes and seed."""
    parser.add_argument(
        "--country",
        metavar="CC",
        default=os.environ.get("OPENPES_COUNTRY", "PH"),
        help="two-letter code of the country pack (OPENPES_COUNTRY, else PH)",
    )
    parser.add_argument("--people", type=int, default=PEOPLE, metavar="N", help=f"jobseekers ({PEOPLE})")
    parser.add_argument(
        "--employers",
        type=int,
        default=None,
        metavar="N",
        help=f"employers ({EMPLOYERS}, or in proportion to the vacancies)",
    )
    parser.add_argument(
        "--vacancies",
        type=int,
        default=None,
        metavar="N",
        help=f"live vacancies ({VACANCIES}, or in proportion to the people)",
    )
    parser.add_argument("--offices", type=int, default=OFFICES, metavar="N", help=f"local offices ({OFFICES})")
    parser.add_argument("--seed", type=int, default=SEED, metavar="S", help=f"another seed, another nation ({SEED})")
    parser.add_argument("--no-match", action="store_true", help="build only; match later")


def run(args: argparse.Namespace) -> int:
    """0: the nation stands and is matched; 2: the country or the sizes are impossible."""
    os.environ["OPENPES_COUNTRY"] = args.country.strip().upper()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openpes.config.settings")
    import django

    from openpes_countries import UnknownCountry, load_country

    try:
        load_country(args.country)
    except UnknownCountry as error:
        print(error, file=sys.stderr)
        return 2
    django.setup()
    from openpes.core.clock import now
    from openpes.demo.building import build_nation
    from openpes.demo.nation import ImpossibleNation

    at, begun = now(), time.monotonic()
    vacancies = args.vacancies if args.vacancies is not None else max(12, round(args.people * VACANCIES / PEOPLE))
    employers = args.employers if args.employers is not None else max(4, round(vacancies * EMPLOYERS / VACANCIES))
    try:
        report = build_nation(
            country_code=args.country,
            people=args.people,
            employers=employers,
            vacancies=vacancies,
            offices=args.offices,
            seed=args.seed,
            at=at,
            progress=show,
        )
    except ImpossibleNation as error:
        print(error, file=sys.stderr)
        return 2
    if report.was_there:
        print(
            f"A nation of {report.people} synthetic people is there already; nothing was changed. "
            "For another one, choose another folder in OPENPES_DATA.",
            file=sys.stderr,
        )
        return 0
    print(
        f"Built in {time.monotonic() - begun:.1f} s, all synthetic: {report.people} people, {report.employers} "
        f"employers, {report.live_vacancies} live vacancies of {report.vacancies}, {report.referrals} referrals, "
        f"{report.placements} placements, {len(report.duplicates)} people registered twice.",
        file=sys.stderr,
    )
    return 0 if args.no_match else match()


def match() -> int:
    """Run the national match over what was built."""
    from openpes.core.actors import system
    from openpes.core.clock import now
    from openpes.journeys.run_match import run_national_match

    begun = time.monotonic()
    made = run_national_match(by=system("match.run", label="demo"), at=now(), progress=show)
    print(f"Matched in {time.monotonic() - begun:.1f} s: {made.suggestions} suggestions.", file=sys.stderr)
    return 0


def show(step: str, done: int, total: int) -> None:
    """One line that renews itself on a terminal; elsewhere a line for each finished step."""
    name, share = STEPS.get(step, step), done / total if total else 1.0
    if sys.stderr.isatty():
        bar = "#" * round(share * 24)
        print(
            f"\r\033[K{name:<26} [{bar:<24}] {share:4.0%}",
            end="\n" if done >= total else "",
            file=sys.stderr,
            flush=True,
        )
    elif done >= total:
        print(f"{name}: {total}", file=sys.stderr, flush=True)
