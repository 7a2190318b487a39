"""The processes that the service consists of: started together, watched, stopped together."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

PATIENCE_SECONDS = 12.0
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG


def _die_with_parent() -> None:
    """Ask the system to stop this child when the parent is gone, however it went. Linux only; elsewhere nothing."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGTERM)


@dataclass
class Child:
    """One process, and what it is for in plain words. `ends` is True when it is meant to finish."""

    purpose: str
    process: subprocess.Popen[bytes]
    ends: bool = False


@dataclass
class Children:
    """All processes of one service."""

    environment: Mapping[str, str]
    running: list[Child] = field(default_factory=list)

    def start(self, purpose: str, *arguments: str, ends: bool = False) -> Child:
        """Start `python -m ...`. The child has a session of its own, so that Ctrl-C reaches only the parent."""
        process = subprocess.Popen(
            [sys.executable, "-m", *arguments],
            env=dict(self.environment),
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=_die_with_parent,
        )
        child = Child(purpose, process, ends)
        self.running.append(child)
        return child

    def first_that_stopped(self) -> Child | None:
        """The first child that ended without being meant to, or ended badly; one that finished well is let go."""
        for child in list(self.running):
            code = child.process.poll()
            if code is None:
                continue
            if code or not child.ends:
                return child
            self.running.remove(child)
        return None

    def stop(self) -> None:
        """Ask all to stop, wait, and end those that will not."""
        for child in self.running:
            _signal_group(child, signal.SIGTERM)
        until = time.monotonic() + PATIENCE_SECONDS
        for child in self.running:
            try:
                child.process.wait(max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                _signal_group(child, signal.SIGKILL)
                child.process.wait()
        self.running.clear()


def _signal_group(child: Child, number: signal.Signals) -> None:
    if child.process.poll() is None:
        with contextlib.suppress(ProcessLookupError):
            # Only the leader is asked: gunicorn tells its own workers. Force goes to the whole family.
            if number == signal.SIGTERM:
                child.process.terminate()
            else:
                os.killpg(child.process.pid, number)
