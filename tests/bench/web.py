"""How fast do the pages of the demonstration answer one person? Walks every page that each role can reach.

Serves a demonstration of its own (or takes the one at --url), walks in as each person of the demo door, follows the
links breadth first, and asks a few addresses of every kind of page again and again. Prints the 50th and 95th percentile
of each page and of all, against the target, and how much longer a page takes than a static file of the same server.

    script/bench web [--url http://127.0.0.1:8000] [--repeat 5] [--addresses 4] [--target 150]

Exits 0 when the 95th percentile of all pages is under the target, 1 when it is not or a page is broken.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from tests.bench._visitor import STYLE, Page, Visitor

PATIENCE_SECONDS = 300.0
MOST_STEPS = 400
NOT_FOLLOWED = ("/static/", "/sign-out", "/language")


@dataclass
class Walk:
    """What one person found: addresses by kind of page, and pages that broke."""

    label: str
    addresses: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    broken: list[str] = field(default_factory=list)


def main(arguments: list[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="script/bench web", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)  # fmt: skip
    parser.add_argument("--url", default="", help="a demonstration that is already served")
    parser.add_argument("--repeat", type=int, default=5, help="times each address is asked")
    parser.add_argument("--addresses", type=int, default=4, help="addresses of each kind of page")
    parser.add_argument("--target", type=float, default=150.0, help="milliseconds, 95th percentile of all pages")
    args = parser.parse_args(arguments)
    with contextlib.ExitStack() as stack:
        host, port = stack.enter_context(served()) if not args.url else _of_url(args.url)
        return measure(host, port, args)


def _of_url(url: str) -> tuple[str, int]:
    parts = urlsplit(url)
    return parts.hostname or "127.0.0.1", parts.port or 80


def measure(host: str, port: int, args: argparse.Namespace) -> int:
    """All roles, then the table."""
    wake_django()
    # Several people of one role see the same kinds of pages; the slowest of them counts.
    times: dict[tuple[str, str], list[float]] = defaultdict(list)
    sizes: dict[tuple[str, str], int] = {}
    broken: list[str] = []
    reached: set[str] = set()
    for username in ("", *Visitor(host, port).people_at_the_door()):
        visitor, label = Visitor(host, port), username or "visitor"
        first = visitor.walk_in(username) if username else visitor.get("/")
        walk = explore(visitor, first, label, args.addresses)
        broken += walk.broken
        reached |= walk.addresses.keys()
        for kind, addresses in walk.addresses.items():
            for page in (visitor.get(address) for address in addresses for _ in range(args.repeat)):
                times[kind, label].append(page.milliseconds)
                sizes[kind, label] = max(sizes.get((kind, label), 0), len(page.body))
        print(f"{label}: {len(walk.addresses)} kinds of pages", file=sys.stderr)
    static = sorted(_static_times(host, port))
    return report(times, sizes, broken, static, not_reached(reached), args.target)


def wake_django() -> None:
    """The addresses are read from the service's own list; the database is not touched."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openpes.config.settings")
    os.environ.setdefault("OPENPES_SECRET", "a key for measuring only")
    import django

    django.setup()


def explore(visitor: Visitor, first: Page, label: str, most_addresses: int) -> Walk:
    """Follow links breadth first, a few addresses of each kind of page."""
    walk, waiting, seen = Walk(label), [first.path, *_without_parameters()], set()
    while waiting and len(seen) < MOST_STEPS:
        path = waiting.pop(0)
        kind = kind_of(path)
        if path in seen or not kind or path.startswith(NOT_FOLLOWED) or len(walk.addresses[kind]) >= most_addresses:
            continue
        seen.add(path)
        page = visitor.get(path)
        if page.status in {301, 302, 303}:
            waiting.append(page.location)
        elif page.status == 200:
            walk.addresses[kind].append(path)
            waiting += page.links()
        elif page.status >= 500:
            walk.broken.append(f"{path} as {label}: {page.status}")
    walk.addresses = {kind: found for kind, found in walk.addresses.items() if found}
    return walk


def kind_of(path: str) -> str:
    """The name of the page that answers an address; "" for none of ours."""
    from django.urls import Resolver404, resolve

    try:
        return resolve(urlsplit(path).path).view_name
    except Resolver404:
        return ""


def all_kinds() -> dict[str, str]:
    """The address of each page by its name; "" when it takes parameters."""
    from django.urls import URLResolver, get_resolver

    found: dict[str, str] = {}

    def visit(patterns: list, before: str, spaces: tuple[str, ...]) -> None:
        for pattern in patterns:
            address = before + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                inner = (*spaces, pattern.namespace) if pattern.namespace else spaces
                visit(pattern.url_patterns, address, inner)
            elif pattern.name:
                name = ":".join((*spaces, pattern.name))
                found[name] = "" if "<" in address else f"/{address}"

    visit(get_resolver().url_patterns, "", ())
    return found


def _without_parameters() -> list[str]:
    """Pages that need no parameter: also those that no page links to. Those of other roles answer 404 and are left."""
    return [address for address in all_kinds().values() if address]


def not_reached(reached: set[str]) -> list[str]:
    """Pages that nobody came to: forms that only take a POST, signed links, or dead ends."""
    return sorted(all_kinds().keys() - reached)


def _static_times(host: str, port: int) -> list[float]:
    visitor = Visitor(host, port)
    style = STYLE.search(visitor.get("/").text)
    return [visitor.get(style.group(1)).milliseconds for _ in range(50)] if style else []


def percentile(values: list[float], part: float) -> float:
    """The nearest-rank percentile."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, -(-int(part * len(ordered) * 1000) // 1000) - 1))]


def report(times: dict[tuple[str, str], list[float]], sizes: dict[tuple[str, str], int], broken: list[str],
           static: list[float], unreached: list[str], target: float) -> int:  # fmt: skip
    """The table, slowest first; returns the exit code."""
    print(f"{'page':<44} {'as':<18} {'asked':>5} {'p50 ms':>8} {'p95 ms':>8} {'kB':>7}")
    for (kind, label), taken in sorted(times.items(), key=lambda item: -percentile(item[1], 0.95)):
        print(f"{kind:<44} {label:<18} {len(taken):>5} {percentile(taken, 0.5):>8.1f} {percentile(taken, 0.95):>8.1f} "
              f"{sizes[kind, label] / 1000:>7.1f}")  # fmt: skip
    everything = [value for taken in times.values() for value in taken]
    p50, p95 = percentile(everything, 0.5), percentile(everything, 0.95)
    if unreached:
        print(f"not asked (POST only, signed link or empty list): {', '.join(unreached)}")
    for line in broken:
        print(f"BROKEN {line}")
    print(f"all pages: p50 {p50:.1f} ms, p95 {p95:.1f} ms over {len(everything)} answers; target p95 {target:.0f} ms, "
          f"ratio {p95 / target:.2f}")  # fmt: skip
    if static:
        base = percentile(static, 0.5)
        print(
            f"static file: p50 {base:.2f} ms; a page takes {p50 / base:.1f} times as long (p50), {p95 / base:.1f} (p95)"
        )
    return 1 if broken or p95 > target else 0


@contextlib.contextmanager
def served() -> Iterator[tuple[str, int]]:
    """A demonstration in a folder and on a port of its own (OPENPES_DATA: a folder that is kept for the next time)."""
    with socket.socket() as probe, tempfile.TemporaryDirectory(prefix="openpes-bench-") as folder:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        data = os.environ.get("OPENPES_DATA") or folder
        environment = {
            **os.environ,
            "OPENPES_DATA": data,
            "OPENPES_PORT": str(port),
            "OPENPES_DEMO": "1",
            "OPENPES_LOG": "ERROR",
        }
        environment.pop("OPENPES_STARTED", None)
        service = subprocess.Popen([sys.executable, "-m", "openpes.config.service"], env=environment, stdout=sys.stderr)
        try:
            _wait_until_ready(service, Path(data))
            yield "127.0.0.1", port
        finally:
            service.send_signal(signal.SIGTERM)
            service.wait(timeout=30)


def _wait_until_ready(service: subprocess.Popen[bytes], data: Path) -> None:
    from openpes.core import progress

    place = progress.place_of(data, os.environ.get("OPENPES_COUNTRY", "PH"))
    place.unlink(missing_ok=True)
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        told = progress.read(place)
        if told is not None and told.is_ready:
            time.sleep(3)  # let the server and the worker settle
            return
        if service.poll() is not None:
            raise SystemExit("The service did not start; the lines above say why.")
        time.sleep(0.3)
    raise SystemExit(f"The demonstration was not ready after {PATIENCE_SECONDS:.0f} seconds.")


if __name__ == "__main__":
    raise SystemExit(main())
