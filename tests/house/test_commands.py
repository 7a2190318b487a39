"""What the texts tell people to type exists; every command explains itself and keeps the exit codes."""

from __future__ import annotations

import re

import pytest

from openpes.cli.__main__ import command_modules, main
from tests.house.source import ROOT, all_text_files, shown

STABLE = ("run", "test", "check", "bench", "soak", "openpes")
MENTION = re.compile(r"(?<![\w/.-])script/([a-z][a-z-]*)(?: +([a-z][a-z-]*))?")


def commands() -> set[str]:
    """Names of the commands that the command line has."""
    import importlib

    return {
        module.NAME for name in command_modules().values() if hasattr(module := importlib.import_module(name), "NAME")
    }


@pytest.mark.parametrize("name", STABLE)
def test_the_scripts_that_others_rely_on_are_there(name: str) -> None:
    """These names do not change."""
    assert (ROOT / "script" / name).is_file()


def test_texts_name_scripts_and_commands_that_exist() -> None:
    """In every text and every sentence of the code."""
    known, scripts, wrong = commands(), {path.name for path in (ROOT / "script").iterdir()}, []
    for path in all_text_files():
        if path.suffix in {".md", ".py", ".html", ""}:
            for script, word in MENTION.findall(path.read_text(encoding="utf-8", errors="replace")):
                if script not in scripts:
                    wrong.append(f"{shown(path)}: script/{script}")
                elif path.suffix == ".md" and script == "openpes" and word and word not in known:
                    wrong.append(f"{shown(path)}: script/openpes {word}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("name", sorted(commands()))
def test_every_command_explains_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """--help answers, exit code 0."""
    with pytest.raises(SystemExit) as ended:
        main([name, "--help"])
    assert ended.value.code == 0
    assert len(capsys.readouterr().out.split()) > 10


def test_an_unknown_command_is_refused_with_the_list(capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 2, and the names that there are."""
    with pytest.raises(SystemExit) as ended:
        main(["frobnicate"])
    assert ended.value.code == 2
    assert "backup" in capsys.readouterr().err
