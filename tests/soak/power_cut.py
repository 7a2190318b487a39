"""Cut the power under a writing service and count what it had promised and lost.

A killed process proves nothing: what it wrote is still in the system's cache. Here only bytes that were fsynced survive
(`only_synced_bytes.c`), as on a machine whose power goes. The service's own settings (synchronous=FULL) must lose no
acknowledged change; the same run with synchronous=NORMAL is the control, and must lose some, or the cut proves nothing.

What is assumed: a file's name survives once its content was synced, and no sync lies about itself.

    script/soak power_cut [--rounds 20] [--seconds 2]
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src"
PREPARE = """
import django; django.setup()
from openpes.config.prepare import prepare; prepare(lambda text: None)
"""
# Says each number only after its transaction was committed: from then on it is promised.
WRITE = """
import sys
import django; django.setup()
from django.db import connection, transaction
from openpes.core import change_log, clock
from openpes.core.actors import system
if sys.argv[1] != "as-set":
    connection.cursor().execute(f"PRAGMA synchronous={sys.argv[1]}")
by, number = system(label="power cut"), 0
while True:
    with transaction.atomic():
        change_log.record_change(by=by, at=clock.now(), verb="promise", thing=f"promise:{number}")
    sys.stdout.write(f"{number}\\n")
    sys.stdout.flush()
    number += 1
"""


@dataclass(frozen=True)
class Cut:
    """One cut: how many changes were promised, how many of them are gone, and whether the database is whole."""

    promised: int
    lost: int
    is_whole: bool


def compiler() -> str | None:
    """A C compiler, if there is one."""
    return shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")


def build_disk(folder: Path) -> Path:
    """Compile the disk that forgets."""
    made = folder / "only_synced_bytes.so"
    source = Path(__file__).with_name("only_synced_bytes.c")
    subprocess.run([compiler() or "cc", "-O2", "-shared", "-fPIC", "-o", made, source, "-ldl"], check=True)
    return made


def environment(data: Path, **more: str) -> dict[str, str]:
    """The environment of a service on a data folder."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("OPENPES_", "DATABASE_URL"))}
    fixed = {"DJANGO_SETTINGS_MODULE": "openpes.config.settings", "OPENPES_COUNTRY": "PH"}
    return {**kept, **fixed, "PYTHONPATH": str(SOURCE), "OPENPES_DATA": str(data), **more}


def prepare(data: Path) -> None:
    """Tables and country."""
    subprocess.run([sys.executable, "-c", PREPARE], env=environment(data), check=True, capture_output=True)


def cut_once(prepared: Path, disk: Path, work: Path, *, synchronous: str, seconds: float) -> Cut:
    """Write for a while, cut, look at what survived. `synchronous`: "as-set" (the settings), or another level."""
    watch, kept = work / "live", work / "survived"
    shutil.copytree(prepared, watch)
    # What stood before the run was on the disk already.
    shutil.copytree(prepared, kept)
    more = {"LD_PRELOAD": str(disk), "SYNCED_WATCH": str(watch), "SYNCED_KEEP": str(kept)}
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITE, synchronous], env=environment(watch, **more), stdout=subprocess.PIPE, text=True
    )
    assert writer.stdout is not None
    promised = []
    until = None
    for line in writer.stdout:
        promised.append(int(line))
        until = until or time.monotonic() + seconds
        if time.monotonic() >= until:
            writer.send_signal(signal.SIGKILL)
            break
    # Promises that were made before the cut and not yet read count as well.
    promised += [int(line) for line in writer.stdout.read().splitlines() if line.isdigit()]
    writer.wait()
    return _look(kept, promised)


def _look(kept: Path, promised: list[int]) -> Cut:
    for leftover in kept.glob("*.part"):
        leftover.unlink()
    with closing(sqlite3.connect(kept / "openpes-ph.sqlite3")) as database:
        whole = database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        rows = database.execute("SELECT thing FROM core_changeentry WHERE verb = 'promise'").fetchall()
    there = {int(row[0].partition(":")[2]) for row in rows}
    return Cut(len(promised), len(set(promised) - there), whole)


def main(arguments: list[str] | None = None) -> int:
    """0: nothing promised was lost, and the control lost some; 1: otherwise; 2: no compiler here."""
    parser = argparse.ArgumentParser(prog="script/soak power_cut", description=__doc__)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=2.0)
    args = parser.parse_args(arguments)
    if compiler() is None:
        print("There is no C compiler here. Install one: sudo apt install gcc libc6-dev", file=sys.stderr)
        return 2
    totals: dict[str, list[Cut]] = {"as-set": [], "NORMAL": []}
    chance = random.Random(1)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        disk = build_disk(folder)
        prepare(folder / "prepared")
        for number in range(args.rounds):
            for synchronous, cuts in totals.items():
                work = folder / f"{synchronous}-{number}"
                seconds = args.seconds * (0.25 + chance.random())
                cuts.append(cut_once(folder / "prepared", disk, work, synchronous=synchronous, seconds=seconds))
                shutil.rmtree(work)
            print(f"round {number + 1} of {args.rounds}", file=sys.stderr)
    for synchronous, cuts in totals.items():
        promised, lost = sum(cut.promised for cut in cuts), sum(cut.lost for cut in cuts)
        broken = sum(not cut.is_whole for cut in cuts)
        print(f"synchronous {synchronous}: {lost} of {promised} promised changes lost, {broken} files broken")
    good = all(cut.lost == 0 and cut.is_whole for cut in totals["as-set"])
    control = any(cut.lost for cut in totals["NORMAL"])
    if not control:
        print("The control lost nothing: this run proves nothing.", file=sys.stderr)
    return 0 if good and control else 1


if __name__ == "__main__":
    raise SystemExit(main())
