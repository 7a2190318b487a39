"""Does the work that follows changes (messages, notices), and each minute whatever is due.

Run one or more beside the web server. It stops cleanly when asked: the message in hand is finished first.
"""

from __future__ import annotations

import argparse
import importlib
import logging
import signal
import sys
import threading
import time
from collections.abc import Callable

from openpes.cli.tick import tick

NAME = "worker"
HELP = "do waiting work, and what is due each minute"
NEEDS_DJANGO = True

PAUSE_SECONDS = 1.0
TICK_SECONDS = 60.0
# After trouble with the database the worker waits, ever longer, and goes on: it must outlive a restart of PostgreSQL.
LONGEST_PAUSE_SECONDS = 60.0

log = logging.getLogger(__name__)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`--once` for timers and tests."""
    parser.add_argument("--once", action="store_true", help="do what waits now and what is due now, then stop")


def run(args: argparse.Namespace) -> int:
    """0: stopped when asked, or (with --once) nothing waits any more."""
    load_handlers()
    if args.once:
        tick()
        print(f"{work_until_nothing_waits()} pieces of work done.", file=sys.stderr)
        return 0
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    work_until(stop)
    return 0


def load_handlers() -> None:
    """The roof says who does which work; settings name the module, as they name the one with the addresses."""
    from django.conf import settings

    importlib.import_module(getattr(settings, "OUTBOX_HANDLERS", "openpes.config.outbox_handlers"))


def work_until_nothing_waits() -> int:
    """Handle messages until none is due; returns how many."""
    from openpes.core import outbox
    from openpes.core.clock import now

    done = 0
    while handled := outbox.work_once(at=now()):
        done += handled
    return done


def work_until(stop: threading.Event, *, clock: Callable[[], float] = time.monotonic) -> None:
    """Work and tick until `stop` is set."""
    from django.db import DatabaseError, close_old_connections, connections

    from openpes.core import outbox
    from openpes.core.clock import now
    from openpes.reference import in_force

    next_tick, pause = clock(), PAUSE_SECONDS
    while not stop.is_set():
        try:
            in_force.refresh()
            handled = outbox.work_once(at=now())
            if clock() >= next_tick:
                next_tick = clock() + TICK_SECONDS
                tick()
            pause = 0.0 if handled else PAUSE_SECONDS
        except DatabaseError:
            pause = min(LONGEST_PAUSE_SECONDS, max(PAUSE_SECONDS, pause * 2))
            log.exception("The database is in trouble; the worker tries again in %.0f seconds", pause)
            connections.close_all()
        except Exception:  # one clock that stumbles must not stop the messages
            log.exception("What was due could not all be done; the next minute tries again")
        close_old_connections()
        if pause:
            stop.wait(pause)
