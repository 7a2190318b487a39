"""Serves openpes: prepares the data, starts the web server, the worker and the demonstration, and watches them.

Called by script/run. `--check` serves, waits for the nation, fetches pages, prints seconds and stops.
"""

from __future__ import annotations

import argparse
import http.client
import os
import signal
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from openpes.config import preflight
from openpes.config.children import Child, Children
from openpes.config.terminal import Bar
from openpes.core import progress

FIRST_PAGE_PATIENCE = 60.0
NATION_PATIENCE = 600.0
GUNICORN_CONFIG = Path(__file__).with_name("gunicorn_config.py")


class Broke(Exception):
    """Something that ran has stopped or gone wrong; the sentence says what."""


class Asked(Exception):
    """Somebody asked the service to stop."""


@dataclass(frozen=True)
class Answer:
    """What a page answered."""

    status: int
    body: bytes
    seconds: float


def main(arguments: list[str] | None = None) -> int:
    """Serve until asked to stop. 0: stopped when asked, or the check passed; 1: it broke; 2: it cannot start."""
    parser = argparse.ArgumentParser(prog="script/run", description="Set up openpes and serve it.")
    parser.add_argument("--check", action="store_true", help="serve, wait for the nation, fetch, print seconds, stop")
    args = parser.parse_args(arguments)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop_when_asked)
    service = Service()
    try:
        preflight.check_all(os.environ)
        service.prepare()
        service.serve(check=args.check)
    except preflight.CannotStart as error:
        print(error, file=sys.stderr)
        return 2
    except Broke as error:
        print(error, file=sys.stderr)
        return 1
    except Asked:
        say("Stopping ...")
        return 1 if args.check else 0
    finally:
        # A second Ctrl-C must not interrupt the tidying.
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        service.children.stop()
    return 0


def _stop_when_asked(number: int, frame: FrameType | None) -> None:
    raise Asked


def say(text: str) -> None:
    """Tell the person at the terminal."""
    print(text, file=sys.stderr, flush=True)


class Service:
    """One run of the service."""

    def __init__(self) -> None:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openpes.config.settings")
        self.began = float(os.environ.get("OPENPES_STARTED", "") or time.time())
        self.demo = os.environ.get("OPENPES_DEMO", "1") == "1"
        self.country = os.environ.get("OPENPES_COUNTRY", "PH").strip().upper()
        self.data = Path(os.environ.get("OPENPES_DATA", "") or "var").absolute()
        self.host, self.port = preflight.host_of(os.environ), 0
        self.progress_file = progress.place_of(self.data, self.country)
        self.children = Children(os.environ | {"PYTHONUNBUFFERED": "1"})

    def prepare(self) -> None:
        """Tables, country, catalogues, static files; and whether the nation must still be built."""
        import django

        self.port = preflight.port_of(os.environ)
        django.setup()
        from openpes.config import nation
        from openpes.config.prepare import prepare

        prepare(say)
        ready = not self.demo or nation.is_there()
        progress.write(self.progress_file, progress.Progress(100, is_ready=True) if ready else progress.NOT_BEGUN)
        from django.db import connections

        connections.close_all()

    def serve(self, *, check: bool) -> None:
        """Start everything; return when a check is done, else stay until asked to stop."""
        web = self.children.start("the web server", "gunicorn", "--config", str(GUNICORN_CONFIG))
        self._wait_for_first_page(web)
        first_page = time.time() - self.began
        self.children.start("the worker", "openpes.cli", "worker")
        self._greet(first_page)
        nation = self._wait_for_nation()
        if check:
            self._check(first_page, nation)
            return
        while True:
            self._look_after_children()
            time.sleep(0.5)

    def address(self) -> str:
        """Where a browser finds the service."""
        host = {"0.0.0.0": "localhost", "::": "localhost"}.get(self.host, self.host)
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}/"

    def fetch(self, path: str) -> Answer:
        """One page. Raises OSError when nobody answers."""
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)
        connection = http.client.HTTPConnection(host, self.port, timeout=30)
        started = time.monotonic()
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return Answer(answer.status, answer.read(), time.monotonic() - started)
        except http.client.HTTPException as error:
            raise OSError(str(error)) from error
        finally:
            connection.close()

    def _wait_for_first_page(self, web: Child) -> None:
        until = time.monotonic() + FIRST_PAGE_PATIENCE
        while time.monotonic() < until:
            self._look_after_children()
            try:
                answer = self.fetch("/")
            except OSError:
                time.sleep(0.05)
                continue
            if answer.status >= 500 and answer.status != 503:
                raise Broke(f"The front page answered with error {answer.status}. The lines above say why.")
            return
        raise Broke(
            f"The web server did not answer within {FIRST_PAGE_PATIENCE:.0f} seconds. Look at the lines above, "
            "or start again with OPENPES_LOG=INFO."
        )

    def _greet(self, first_page: float) -> None:
        say(f"\n  openpes is at  {self.address()}   (first page after {first_page:.1f} s; Ctrl-C stops)\n")

    def _wait_for_nation(self) -> float:
        """Build the demonstration if it is not there; returns the seconds since it was begun (0: it was there)."""
        told = progress.read(self.progress_file)
        if told is not None and told.is_ready:
            self._show_sign_ins()
            return 0.0
        began = time.monotonic()
        builder = self.children.start("the making of the demonstration", "openpes.config.nation", ends=True)
        bar = Bar("A demonstration with invented people is being made")
        while builder.process.poll() is None:
            self._look_after_children()
            bar.show(progress.read(self.progress_file) or progress.NOT_BEGUN)
            if time.monotonic() - began > NATION_PATIENCE:
                raise Broke(
                    f"The demonstration was not ready after {NATION_PATIENCE:.0f} seconds. Remove "
                    f"{self.data} and start again, or serve without it: OPENPES_DEMO=0 script/run"
                )
            time.sleep(0.2)
        self._look_after_children()
        seconds = time.monotonic() - began
        bar.finish(f"The demonstration is ready ({seconds:.0f} s).")
        self._show_sign_ins()
        return seconds

    def _show_sign_ins(self) -> None:
        if not self.demo:
            return
        from openpes.config import nation

        for line in nation.sign_in_lines(self.address()):
            say(line)

    def _look_after_children(self) -> None:
        stopped = self.children.first_that_stopped()
        if stopped is None:
            return
        if stopped.ends:
            told = progress.read(self.progress_file)
            why = f": {told.failure}" if told and told.failure else " (the lines above say why)"
            raise Broke(f"Stopped: {stopped.purpose} failed{why}. Everything else was stopped too.")
        raise Broke(
            f"Stopped: {stopped.purpose} ended by itself (code {stopped.process.returncode}; the lines above "
            "say why). Everything else was stopped too; start again with script/run."
        )

    def _check(self, first_page: float, nation: float) -> None:
        """Fetch what must answer now, and print the seconds."""
        wrong = []
        for path in ("/health", "/"):
            answer = self.fetch(path)
            print(f"GET {path}: {answer.status}, {len(answer.body)} bytes, {answer.seconds * 1000:.0f} ms")
            if answer.status != 200 or not answer.body.strip():
                wrong.append(path)
        print(f"first page after {first_page:.1f} s")
        print(
            f"nation ready after {nation:.1f} s more"
            if nation
            else "nation: was there already"
            if self.demo
            else "nation: none (OPENPES_DEMO=0)"
        )
        if wrong:
            raise Broke(f"The check failed: {', '.join(wrong)} did not answer as it should.")
        print("The check passed.")


if __name__ == "__main__":
    raise SystemExit(main())
