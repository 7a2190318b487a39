"""Measure sharing out: places filled, certified gap, and time against an exact solver; and lists with a cap.

    python tests/bench/allocation.py [--people 100000] [--vacancies 10000] [--write]

OR-tools is the exact peer when it is installed (requirements/bench.in). --write keeps the result in docs/benchmarks.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

import numpy as np  # noqa: E402

from openpes_matching import allocate, capped_lists, warm_up  # noqa: E402
from tests.bench._matching_nation import Nation, build  # noqa: E402

CANDIDATES, LENGTH = 50, 10
DOCS = ROOT / "docs" / "benchmarks"


def say(text: str) -> None:
    """One line now."""
    print(text, flush=True)


def edges(people: int, vacancies: int) -> tuple[Nation, Any, Any, Any]:
    """person, vacancy, score of the best candidates of everybody, by person and falling score."""
    nation = build(people, vacancies, seed=11)
    wider = dataclasses.replace(nation.people, max_km=np.maximum(nation.people.max_km, 40.0))
    nation = dataclasses.replace(nation, people=wider)
    found = nation.matcher().match_people(CANDIDATES)
    listed = found.id >= 0
    person = np.broadcast_to(found.query[:, None], found.id.shape)[listed]
    return nation, person, found.id[listed], found.score[listed]


def rank_in_list(person: Any) -> Any:
    """0 for the best candidate of each person, then 1, 2 ..."""
    first = np.flatnonzero(np.r_[True, person[1:] != person[:-1]])
    return np.arange(len(person)) - np.repeat(first, np.diff(np.r_[first, len(person)]))


def timed(work: Any) -> tuple[float, Any]:
    """Seconds of the second of two calls, so that compiling is not counted."""
    work()
    began = time.perf_counter()
    result = work()
    return time.perf_counter() - began, result


def by_flow(person: Any, vacancy: Any, score: Any, people: int, places: Any) -> tuple[float, int] | None:
    """Seconds and total of the exact minimum-cost flow of OR-tools."""
    try:
        from ortools.graph.python import min_cost_flow
    except ImportError:
        return None
    vacancies = len(places)
    sink = people + vacancies
    began = time.perf_counter()
    flow = min_cost_flow.SimpleMinCostFlow()
    everybody, everything = np.arange(people), np.arange(vacancies)
    flow.add_arcs_with_capacity_and_unit_cost(
        np.r_[person, everything + people, everybody].astype(np.int32),
        np.r_[vacancy + people, np.full(vacancies, sink), np.full(people, sink)].astype(np.int32),
        np.r_[np.ones(len(person)), places, np.ones(people)].astype(np.int64),
        np.r_[-score.astype(np.int64), np.zeros(vacancies + people, np.int64)],
    )
    supplies = np.r_[np.ones(people), np.zeros(vacancies), -people].astype(np.int64)
    flow.set_nodes_supplies(np.arange(sink + 1).astype(np.int32), supplies)
    if flow.solve() != flow.OPTIMAL:
        raise RuntimeError("the exact solver found no optimum")
    return time.perf_counter() - began, -flow.optimal_cost()


def assignment(nation: Nation, person: Any, vacancy: Any, score: Any) -> list[dict[str, Any]]:
    """One vacancy a person: everybody to the first choice, the auction at several gaps, the exact solver."""
    places, people = nation.vacancies.places.astype(np.int64), len(nation.people)
    first = rank_in_list(person) == 0
    load = np.bincount(vacancy[first], minlength=len(places))
    filled = int(np.minimum(load, places).sum())
    say(f"{len(person):,} candidates, {int(places.sum()):,} places")
    say(f"everybody to the first choice: {filled:,} places filled, worst {int((load / places).max())} people a place")
    rows: list[dict[str, Any]] = [{"method": "everybody to the first choice", "filled": filled}]
    for within in (0.02, 0.005, 0.001):
        seconds, result = timed(lambda w=within: allocate(person, vacancy, score, places, people=people, within=w))
        rows.append(
            {
                "method": f"auction, within {within:.1%}",
                "seconds": seconds,
                "filled": int(result.chosen.sum()),
                "gap": result.gap,
                "total": result.total,
            }
        )
        say(
            f"auction within {within:.1%}: {seconds:6.3f} s, {int(result.chosen.sum()):,} filled, "
            f"certified gap {result.gap:.3%}, {result.bids:,} bids"
        )
    exact = by_flow(person, vacancy, score, people, places)
    if exact is None:
        say("OR-tools is not installed; install requirements/bench.in to compare with it")
        return rows
    seconds, total = exact
    ratio, true_gap = seconds / rows[-1]["seconds"], 1 - rows[-1]["total"] / total
    say(f"OR-tools, exact: {seconds:6.2f} s = {ratio:.1f} x the auction, whose true gap is {true_gap:.3%}")
    rows.append({"method": "OR-tools, exact", "seconds": seconds, "total": total, "ratio": ratio, "true_gap": true_gap})
    return rows


def lists(nation: Nation, person: Any, vacancy: Any, score: Any) -> list[dict[str, Any]]:
    """Lists of ten: as they are, and with a cap on how many lists may name a vacancy."""
    places, people = nation.vacancies.places.astype(np.int64), len(nation.people)
    plain = rank_in_list(person) < LENGTH
    load = np.bincount(vacancy[plain], minlength=len(places)) / places
    kept_at_best, mean = int(plain.sum()), float(score[plain].mean())
    say(f"lists of ten: {kept_at_best:,} entries, mean score {mean:,.0f}, worst {load.max():.0f} lists a place")
    rows: list[dict[str, Any]] = [{"method": "plain", "entries": kept_at_best, "mean": mean, "load": float(load.max())}]
    for cap in (60, 50):
        seconds, result = timed(
            lambda c=cap: capped_lists(person, vacancy, score, c * places, people=people, length=LENGTH)
        )
        chosen = result.chosen
        load = np.bincount(vacancy[chosen], minlength=len(places)) / places
        row = {
            "method": f"at most {cap} lists a place",
            "seconds": seconds,
            "entries": int(chosen.sum()),
            "kept": float(chosen.sum() / kept_at_best),
            "mean": float(score[chosen].mean()),
            "loss": float(1 - score[chosen].mean() / mean),
            "load": float(load.max()),
            "gap": result.gap,
            "with_one": float(len(np.unique(person[chosen])) / len(np.unique(person))),
        }
        rows.append(row)
        say(
            f"at most {cap} a place: {seconds:5.2f} s, {row['kept']:.1%} of entries kept, "
            f"mean score {-row['loss']:+.2%}, worst {row['load']:.0f}, "
            f"{row['with_one']:.1%} of people keep a list, gap {result.gap:.2%}"
        )
    return rows


def write(result: dict[str, Any]) -> None:
    """docs/benchmarks/allocation.json and .md."""
    DOCS.mkdir(parents=True, exist_ok=True)
    (DOCS / "allocation.json").write_text(json.dumps(result, indent=1) + "\n")

    def cell(value: Any, form: str) -> str:
        return "–" if value is None else format(value, form)

    lines = [
        "# Sharing out, measured",
        "",
        f"{result['people']:,} people x {result['vacancies']:,} vacancies of a synthetic nation, "
        f"{result['edges']:,} candidates. Made by `script/bench allocation --write`. "
        "One run on a shared machine; read the ratios.",
        "",
        "| one vacancy a person | seconds | places filled | certified gap |",
        "|---|---|---|---|",
        *[
            f"| {r['method']} | {cell(r.get('seconds'), '.3f')} | {cell(r.get('filled'), ',')} | "
            f"{cell(r.get('gap'), '.3%')} |"
            for r in result["assignment"]
        ],
        "",
        *[
            f"The exact solver takes {r['ratio']:.1f} times as long as the auction within 0.1 %, whose true gap is "
            f"{r['true_gap']:.3%}.\n"
            for r in result["assignment"]
            if "ratio" in r
        ],
        "| lists of ten | seconds | entries | kept | mean score | worst load a place |",
        "|---|---|---|---|---|---|",
        *[
            f"| {r['method']} | {cell(r.get('seconds'), '.2f')} | {r['entries']:,} | {cell(r.get('kept'), '.1%')} | "
            f"{r['mean']:,.0f} | {r['load']:.0f} |"
            for r in result["lists"]
        ],
        "",
    ]
    (DOCS / "allocation.md").write_text("\n".join(lines))


def main(argv: list[str] | None = None) -> int:
    """Run the benchmark; 1 if the auction misses its certified gap."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--vacancies", type=int, default=10_000)
    parser.add_argument("--write", action="store_true", help="write docs/benchmarks/allocation.*")
    args = parser.parse_args(argv)
    warm_up()
    nation, person, vacancy, score = edges(args.people, args.vacancies)
    result = {
        "people": args.people,
        "vacancies": args.vacancies,
        "edges": len(person),
        "assignment": assignment(nation, person, vacancy, score),
        "lists": lists(nation, person, vacancy, score),
    }
    if args.write:
        write(result)
    return 0 if result["assignment"][3]["gap"] <= 0.001 else 1


if __name__ == "__main__":
    sys.exit(main())
