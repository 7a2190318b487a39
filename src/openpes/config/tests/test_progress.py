"""Progress is told whole or not at all, and the bar only moves forward."""

from __future__ import annotations

import io
import threading
from pathlib import Path

import pytest

from openpes.config.nation import on_the_bar
from openpes.config.terminal import Bar
from openpes.core import progress
from openpes.core.progress import Progress


def test_what_is_told_is_read(tmp_path: Path) -> None:
    """In any script."""
    place = progress.place_of(tmp_path / "not" / "yet", "KH")
    told = Progress(42, "កំពុងធ្វើ", False, "")
    progress.write(place, told)
    assert progress.read(place) == told
    assert [path.name for path in place.parent.iterdir()] == ["progress-kh.json"]


@pytest.mark.parametrize("content", ["", "{", "[]", '{"percent": "many"}', "null"])
def test_what_is_not_ours_says_nothing(tmp_path: Path, content: str) -> None:
    """A page that shows progress must not break on it."""
    (tmp_path / "p").write_text(content)
    assert progress.read(tmp_path / "p") is None
    assert progress.read(tmp_path / "none") is None


def test_a_reader_never_sees_half(tmp_path: Path) -> None:
    """While another writes as fast as it can."""
    place, stop = tmp_path / "p.json", threading.Event()
    progress.write(place, progress.NOT_BEGUN)

    def write() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            progress.write(place, Progress(number % 100, "x" * (number % 5000)))

    writer = threading.Thread(target=write)
    writer.start()
    try:
        assert all(progress.read(place) is not None for _ in range(300))
    finally:
        stop.set()
        writer.join()


def test_the_bar_only_moves_forward() -> None:
    """Through known steps and through steps nobody announced."""
    seen: list[int] = []
    tell = on_the_bar(lambda step, done, total: seen.append(done))
    for step, total in [
        ("offices", 12),
        ("employers", 600),
        ("vacancies", 3000),
        ("people", 5000),
        ("read people", 5000),
        ("match", 7),
        ("write suggestions", 0),
    ]:
        for done in (0, total // 2, total):
            tell(step, done, total)
    assert seen == sorted(seen)
    assert 65 < seen[-1] < 100


def test_a_log_gets_few_lines_and_a_terminal_one() -> None:
    """In a log a bar would be noise."""
    log = io.StringIO()
    bar = Bar("Making", log)
    for percent in range(101):
        bar.show(Progress(percent, "people"))
    bar.finish("Done.")
    assert log.getvalue().count("\n") <= 9 and "\r" not in log.getvalue()
    assert log.getvalue().startswith("Making ...\n") and log.getvalue().endswith("Done.\n")
