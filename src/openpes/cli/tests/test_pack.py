"""`openpes pack` from the outside: what it prints and the code it ends with."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SOURCE = Path(__file__).parents[3]


def openpes(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "openpes.cli", "pack", *arguments],
        cwd=SOURCE,
        env={"PYTHONPATH": str(SOURCE), "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_check_says_sound_and_counts() -> None:
    done = openpes("check", "PH", "kh", "--on", "2026-11-24")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "PH: sound." in done.stdout and "KH: sound." in done.stdout and "to verify" in done.stdout


def test_show_gives_value_source_and_line() -> None:
    done = openpes("show", "PH", "advert_rules.age", "--on", "2026-11-24")
    assert done.returncode == 0
    assert "RA 10911" in done.stdout and "verified by: nobody yet" in done.stdout
    assert "packs/ph/law/advert_rules.yaml:" in done.stdout


def test_show_of_a_file_lists_its_keys() -> None:
    done = openpes("show", "TH", "minimum_wage", "--on", "2026-11-24")
    assert "minimum_wage.bangkok: 400 THB a day" in done.stdout


def test_diff_speaks_in_words() -> None:
    done = openpes("diff", "KR", "--from", "2025-12-31", "--to", "2026-01-01")
    assert done.returncode == 0 and "amount from 10030 to 10320" in done.stdout


def test_what_cannot_start_says_why_and_the_mend() -> None:
    for arguments, words in (
        (("check", "XX"), "Choose one of"),
        (("show", "PH", "ages.minimun"), "Did you mean: ages.minimum"),
        (("diff", "PH", "--from", "2026-01-01", "--to", "2025-01-01"), "earlier day first"),
        (("show", "PH", "ages.minimum", "--on", "1.1.2026"), "YYYY-MM-DD"),
    ):
        done = openpes(*arguments)
        assert done.returncode == 2 and words in done.stderr, done.stderr
        assert "Traceback" not in done.stderr
