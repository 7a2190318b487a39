"""What would stop the service is said before anything is made: one sentence, with the mend."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from openpes.config import preflight

GOOD = {"OPENPES_COUNTRY": "ph", "OPENPES_PORT": "0"}


def asked(tmp_path: Path, **more: str) -> list[str]:
    """The sentences for an environment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        free = str(probe.getsockname()[1])
    return list(
        preflight.problems({"OPENPES_COUNTRY": "ph", "OPENPES_DATA": str(tmp_path / "d"), "OPENPES_PORT": free} | more)
    )


def test_all_is_well_and_nothing_was_made(tmp_path: Path) -> None:
    """Asking leaves no trace."""
    assert asked(tmp_path) == []
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("code", ["XX", "", "../ph", "PHL"])
def test_an_unknown_country_is_told_the_known_ones(tmp_path: Path, code: str) -> None:
    """With one to copy."""
    (sentence,) = asked(tmp_path, OPENPES_COUNTRY=code)
    assert "PH" in sentence and "OPENPES_COUNTRY=" in sentence


def test_a_taken_port_is_told_another(tmp_path: Path) -> None:
    """By number."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        (sentence,) = asked(tmp_path, OPENPES_PORT=str(port))
    assert f"Port {port} is taken" in sentence and "OPENPES_PORT=" in sentence


@pytest.mark.parametrize("port", ["eighty", "-1", "0", "65536", "８０００", "80 00"])
def test_a_port_that_is_none(tmp_path: Path, port: str) -> None:
    """Says what to write."""
    (sentence,) = asked(tmp_path, OPENPES_PORT=port)
    assert "number from 1 to 65535" in sentence


def test_a_data_folder_that_is_a_file(tmp_path: Path) -> None:
    """Itself, or on the way to it."""
    (tmp_path / "file").write_text("")
    for path in (tmp_path / "file", tmp_path / "file" / "deeper"):
        (sentence,) = asked(tmp_path, OPENPES_DATA=str(path))
        assert "is a file" in sentence and "OPENPES_DATA=" in sentence


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_data_folder_that_cannot_be_written(tmp_path: Path) -> None:
    """Says which folder."""
    tmp_path.chmod(0o500)
    (sentence,) = asked(tmp_path)
    tmp_path.chmod(0o700)
    assert str(tmp_path) in sentence


@pytest.mark.parametrize("url", ["mysql://a/b", "postgres://host", "nonsense", "postgres://host/"])
def test_an_address_that_is_no_postgresql(tmp_path: Path, url: str) -> None:
    """Shows the form, and never repeats the address: it may hold a password."""
    (sentence,) = asked(tmp_path, DATABASE_URL=url)
    assert "postgres://user:password@host:5432/name" in sentence
    assert asked(tmp_path, DATABASE_URL="postgres://u:p@h:1/n") == []


def test_it_needs_no_package() -> None:
    """The scripts ask before any package is installed: with Python alone, isolated from every site folder."""
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(Path(preflight.__file__))], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
