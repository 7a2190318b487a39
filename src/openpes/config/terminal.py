"""A progress bar for a person at a terminal, and plain lines for a log."""

from __future__ import annotations

import sys
import time
from typing import TextIO

from openpes.core.progress import Progress

WIDTH = 30
LINE_EVERY_PERCENT = 20


class Bar:
    """Shows how far a long piece of work has come: one line that moves at a terminal, a few lines in a log."""

    def __init__(self, title: str, stream: TextIO | None = None) -> None:
        self.stream = stream or sys.stderr
        self.moves = self.stream.isatty()
        self.began = time.monotonic()
        self.shown = -1
        self.stream.write(f"{title} ...\n")
        self.stream.flush()

    def show(self, told: Progress) -> None:
        """Draw anew when something changed."""
        percent = max(0, min(100, told.percent))
        if self.moves:
            full = WIDTH * percent // 100
            seconds = time.monotonic() - self.began
            line = f"[{'#' * full}{'.' * (WIDTH - full)}] {percent:3d} %  {seconds:3.0f} s  {told.step[:36]}"
            self.stream.write(f"\r\033[K{line}")
        elif percent // LINE_EVERY_PERCENT > self.shown // LINE_EVERY_PERCENT or self.shown < 0:
            self.stream.write(f"  {percent} % {told.step}\n")
        else:
            return
        self.shown = percent
        self.stream.flush()

    def finish(self, sentence: str) -> None:
        """Replace the bar by a sentence."""
        start = "\r\033[K" if self.moves else ""
        self.stream.write(f"{start}{sentence}\n")
        self.stream.flush()
