"""Processes that belong together: watched, and stopped together, however stubborn."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from openpes.config import children


@pytest.fixture
def family(tmp_path: Path) -> children.Children:
    """Children whose modules are made up by the test, in tmp_path."""
    made = children.Children(os.environ | {"PYTHONPATH": str(tmp_path)})
    yield made
    made.stop()


def write(tmp_path: Path, name: str, code: str) -> str:
    """A module for a child to run."""
    (tmp_path / f"{name}.py").write_text(code)
    return name


def wait_for(condition, seconds: float = 10.0) -> None:
    """Until it holds."""
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.02)


def test_a_child_that_ends_is_noticed(tmp_path: Path, family: children.Children) -> None:
    """One that crashed; and one that should have gone on."""
    child = family.start("the crash", write(tmp_path, "crash", "raise SystemExit(3)"))
    wait_for(lambda: family.first_that_stopped() is child)
    assert child.process.returncode == 3


def test_a_child_that_is_meant_to_end_may_end_well(tmp_path: Path, family: children.Children) -> None:
    """It is let go; ending badly is still noticed."""
    good = family.start("a task", write(tmp_path, "good", ""), ends=True)
    good.process.wait()
    assert family.first_that_stopped() is None and family.running == []
    bad = family.start("a task", write(tmp_path, "bad", "raise SystemExit(1)"), ends=True)
    bad.process.wait()
    assert family.first_that_stopped() is bad


def test_all_are_stopped_even_the_stubborn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, family) -> None:
    """Asked first; what will not listen is ended."""
    monkeypatch.setattr(children, "PATIENCE_SECONDS", 0.5)
    stubborn = "import signal, time, pathlib; signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
    stubborn += f"pathlib.Path({str(tmp_path)!r}, 'up').touch()\ntime.sleep(60)"
    polite = family.start("polite", write(tmp_path, "polite", "import time; time.sleep(60)"))
    deaf = family.start("deaf", write(tmp_path, "deaf", stubborn))
    wait_for((tmp_path / "up").exists)
    family.stop()
    assert polite.process.returncode == -15 and deaf.process.returncode == -9
    assert family.running == []


def test_children_do_not_outlive_a_parent_that_is_killed(tmp_path: Path) -> None:
    """Even when the parent has no time to say goodbye."""
    import signal
    import subprocess
    import sys

    if sys.platform != "linux":
        pytest.skip("the system must offer it")
    write(
        tmp_path,
        "sleeper",
        f"import os, pathlib, time; pathlib.Path({str(tmp_path)!r}, 'pid').write_text(str(os.getpid()))\n"
        "time.sleep(60)",
    )
    parent_code = (
        "import os, time\nfrom openpes.config.children import Children\n"
        "Children(os.environ).start('sleeper', 'sleeper')\ntime.sleep(60)"
    )
    source = Path(children.__file__).parents[2]
    environment = os.environ | {"PYTHONPATH": f"{source}{os.pathsep}{tmp_path}"}
    parent = subprocess.Popen([sys.executable, "-c", parent_code], env=environment)
    told = tmp_path / "pid"
    wait_for(lambda: told.exists() and told.read_text() != "")
    pid = int(told.read_text())
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    wait_for(lambda: not _is_alive(pid))


def _is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state not in {"Z", "X"}
