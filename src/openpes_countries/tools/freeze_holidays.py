"""Freeze public holidays into packs/<cc>/facts/holidays.yaml.

    python -m openpes_countries.tools.freeze_holidays 2026 2027 PH KH VN

Takes the days from the package `holidays`, in English. Days that depend on the sight of the moon are marked as
estimated. Every year asks to be verified, for governments proclaim and move days late. Running it twice gives the same
file.
"""

from __future__ import annotations

import re
import sys
from importlib.metadata import version
from pathlib import Path

PACKS = Path(__file__).parent.parent / "packs"
ESTIMATED = " (estimated)"
NAMES = {
    "BD": "Bangladesh", "CN": "China", "FJ": "Fiji", "ID": "Indonesia", "IN": "India", "KH": "Cambodia",
    "KR": "the Republic of Korea", "LA": "Lao PDR", "MN": "Mongolia", "MY": "Malaysia", "NP": "Nepal",
    "PH": "the Philippines", "TH": "Thailand", "TL": "Timor-Leste", "VN": "Viet Nam",
}  # fmt: skip


def year_of(code: str, year: int) -> list[str]:
    """The lines of one year; empty when the package knows no day of it."""
    import holidays

    days = holidays.country_holidays(code, years=year, language="en_US" if code != "IN" else "en_IN", observed=True)
    lines = []
    for on, name in sorted(days.items()):
        estimated = ESTIMATED in name
        plain = re.sub(r"\s+", " ", name.replace(ESTIMATED, "")).replace('"', "'").strip()
        tail = ", estimated: true" if estimated else ""
        lines.append(f'  - {{on: {on.isoformat()}, name: "{plain}"{tail}}}')
    return lines


def frozen(code: str, years: list[int]) -> str:
    """The file of one country."""
    head = [
        f'about: "Public holidays of {NAMES.get(code, code)}, year by year."',
        "defaults:",
        f"  source: {{instrument: package holidays {version('holidays')}}}",
        "  confidence: medium",
        "  checked: library",
        "  verify_before_use: true",
        "  verified_by: null",
        "  note: Governments proclaim and move days late; compare with the official calendar of the year.",
        "values:",
    ]
    for year in years:
        lines = year_of(code, year)
        head += [
            "- id: days",
            "  kind: holidays",
            "  unit: null",
            f"  effective_from: {year}-01-01",
            f"  effective_to: {year}-12-31",
            f"  review_by: {year - 1}-12-31" if year > years[0] else f"  review_by: {year}-12-31",
            *(["  value:", *lines] if lines else ["  value: unknown"]),
        ]
    return "\n".join(head) + "\n"


def main(arguments: list[str]) -> int:
    """Write the files. 2 when no year or no country was named."""
    years = sorted(int(one) for one in arguments if one.isdigit())
    codes = [one.upper() for one in arguments if not one.isdigit()]
    if not years or not codes:
        print(__doc__, file=sys.stderr)
        return 2
    for code in codes:
        target = PACKS / code.lower() / "facts" / "holidays.yaml"
        target.write_text(frozen(code, years), encoding="utf-8")
        print(target.relative_to(PACKS), file=sys.stderr)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
