"""The scripts before anything is installed: what they say, what they leave, what they tell the installer."""

from __future__ import annotations

import importlib.util
import os
import subprocess
from pathlib import Path
from types import ModuleType

import pytest

from tests.house.source import ROOT


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The set-up script, with its folders moved into tmp_path."""
    spec = importlib.util.spec_from_file_location("environment", ROOT / "script" / "parts" / "environment.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for name in ("BOOT", "VENV"):
        monkeypatch.setattr(module, name, tmp_path / name.lower())
    return module


def script(name: str, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Call a script as a person would."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("OPENPES_", "DATABASE_URL"))}
    command = [str(ROOT / "script" / name), *arguments]
    return subprocess.run(command, env={**kept, **more}, capture_output=True, text=True, check=False)


def test_an_unfinished_environment_is_removed(environment: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """What could not be finished must not look finished."""

    def breaks(pins: Path) -> None:
        environment.VENV.mkdir()
        (environment.VENV / "half").touch()
        raise environment.CannotMake("the network went away")

    monkeypatch.setattr(environment, "install", breaks)
    with pytest.raises(environment.CannotMake):
        environment.make_venv("run")
    assert not environment.VENV.exists()


def test_the_second_time_does_nothing(environment: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """Until a pin changes; and an environment with the tests in it keeps them."""
    calls: list[str] = []

    def install(pins: Path) -> None:
        calls.append(pins.name)
        (environment.VENV / "bin").mkdir(parents=True, exist_ok=True)
        (environment.VENV / "bin" / "python").touch()

    monkeypatch.setattr(environment, "install", install)
    for task in ("run", "run", "test", "run", "test", "venv"):
        environment.make_venv(task)
    assert calls == ["run.txt", "test.txt"]
    monkeypatch.setattr(environment, "fingerprint_of", lambda wanted: "another pin")
    environment.make_venv("run")
    assert calls == ["run.txt", "test.txt", "test.txt"]


def test_the_installer_is_told_what_pip_is_told(environment: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """Mirrors, certificates, folders of wheels; and what was said to uv itself wins."""
    listed = (
        "global.index-url='https://mirror.example/simple'\n"
        "global.extra-index-url='file:///a/simple file:///b/simple'\n"
        ":env:.find-links='/wheels /more'\nglobal.timeout='60'\nnonsense\n"
    )
    monkeypatch.setattr(
        environment.subprocess, "run", lambda *a, **k: subprocess.CompletedProcess(a, 0, stdout=listed, stderr="")
    )
    monkeypatch.delenv("UV_INDEX", raising=False)
    monkeypatch.setenv("UV_DEFAULT_INDEX", "https://mine.example/simple")
    told = environment.machine_settings()
    assert told["UV_DEFAULT_INDEX"] == "https://mine.example/simple"
    assert told["UV_INDEX"] == "file:///a/simple file:///b/simple"
    assert told["UV_FIND_LINKS"] == "/wheels,/more"
    assert told["UV_PYTHON_DOWNLOADS"] == "never"


@pytest.mark.parametrize(
    ("output", "mend"),
    [
        ("error: Failed to fetch: `https://x/`\n  Caused by: dns error", "Connect this machine"),
        ("THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "Do not use it"),
        ("OSError: [Errno 28] No space left on device", "Make room"),
        ("The virtual environment was not created successfully because ensurepip is not", "sudo apt install"),
        ("something nobody foresaw", "something nobody foresaw"),
    ],
)
def test_what_an_installer_says_becomes_a_sentence(environment: ModuleType, output: str, mend: str) -> None:
    """One line, with the mend."""
    sentence = environment.sentence("The packages could not be installed", output)
    assert mend in sentence and "\n" not in sentence


def test_a_hash_that_does_not_match_is_never_worked_around(
    environment: ModuleType, monkeypatch, tmp_path: Path
) -> None:
    """Not by the slower installer either: it stops."""
    failed = subprocess.CompletedProcess([], 1, stdout="", stderr="Hash mismatch for `Django`")
    monkeypatch.setattr(environment, "machine_settings", dict)
    monkeypatch.setattr(environment.subprocess, "run", lambda *a, **k: failed)
    with pytest.raises(environment.CannotMake, match="not what the project pinned"):
        environment.with_uv("uv", tmp_path / "pins.txt")


def test_an_unknown_country_ends_before_anything_is_made(tmp_path: Path) -> None:
    """Exit code 2, one sentence, no folder."""
    done = script("run", OPENPES_COUNTRY="XX", OPENPES_DATA=str(tmp_path / "data"))
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1 and "OPENPES_COUNTRY=" in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["run", "check", "pin"])
def test_a_word_that_a_script_does_not_know(name: str) -> None:
    """Exit code 2 and what it knows; --help says the rest."""
    done = script(name, "--frobnicate")
    assert done.returncode == 2 and "knows only" in done.stderr
    done = script(name, "--help")
    assert done.returncode == 0 and f"script/{name}" in done.stdout


@pytest.mark.parametrize("name", ["bench", "soak"])
def test_a_measurement_that_does_not_exist_is_told_the_others(name: str) -> None:
    """Exit code 2 and the names."""
    done = script(name, "frobnicate")
    assert done.returncode == 2 and "Choose one of" in done.stderr
