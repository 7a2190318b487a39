"""Repeat a draw: python repeat_draw.py LIST VALUE PLACES [GROUP=N ...]. Needs nothing but Python.

Prints the SHA-256 of the list (compare it with the one published beforehand) and the tickets that have a place.
"""

import hashlib
import sys


def repeat(text: str, value: str, places: int, quotas: dict[str, int]) -> list[str]:
    """Tickets with a place: what each quota wants first (in order of code), then by SHA-256 of value, colon and ticket."""
    groups = dict(line.split("\t") for line in text.splitlines())
    order = sorted(groups, key=lambda ticket: hashlib.sha256((value + ":" + ticket).encode()).digest())
    chosen: list[str] = []
    for code, number in sorted(quotas.items()):
        members = [t for t in order if code in groups[t].split(",") and t not in chosen]
        chosen += members[: min(number, places - len(chosen))]
    chosen += [ticket for ticket in order if ticket not in chosen][: places - len(chosen)]
    return [ticket for ticket in order if ticket in set(chosen)]


if __name__ == "__main__":
    content = open(sys.argv[1], encoding="utf-8", newline="").read()
    print("SHA-256", hashlib.sha256(content.encode()).hexdigest())
    wanted = {code: int(number) for code, number in (one.split("=") for one in sys.argv[4:])}
    print("\n".join(repeat(content, sys.argv[2], int(sys.argv[3]), wanted)))
