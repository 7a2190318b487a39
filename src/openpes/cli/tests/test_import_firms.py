"""The command brings in a firm's own list and the business register, and tells every row to mend."""

from __future__ import annotations

import argparse
import importlib
from pathlib import Path

import pytest
from tests.factories import EmployerFactory

from openpes.organisations.models import Business
from openpes.vacancies.models import Vacancy

pytestmark = pytest.mark.django_db(databases=["default", "access"])
command = importlib.import_module("openpes.cli.import")


def run(*words: str) -> int:
    """The command as typed."""
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    return int(command.run(parser.parse_args(words)))


def test_a_firms_own_list_is_tried_then_taken(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A trial writes nothing; a row to mend gives 1; an unknown firm 2."""
    employer, file = EmployerFactory(), tmp_path / "jobs.csv"
    file.write_text("reference,title,pay,description\nC-1,Cook,16000,Cook for forty guests.\nC-2,Cook,much,x\n")
    assert run("vacancies", str(file), "--employer", employer.ref, "--dry-run") == 1
    assert not Vacancy.objects.exists() and "row 3, pay" in capsys.readouterr().out
    assert run("vacancies", str(file), "--employer", employer.ref) == 1
    assert Vacancy.objects.get().external_id == "C-1"
    assert run("vacancies", str(file), "--employer", "NOSUCHFIRM") == 2


def test_the_business_register_is_loaded_with_its_own_columns(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its day and its publisher are needed."""
    file = tmp_path / "firms.csv"
    file.write_text("FIRMA,NR\nHotel Paradise,5\n,6\n")
    assert run("registers", str(file), "--as-of", "2026-01-31") == 2
    assert run("registers", str(file), "--as-of", "31.1.2026", "--source", "the registrar") == 2
    words = ("--as-of", "2026-01-31", "--source", "the registrar", "--column", "name=FIRMA", "--column", "number=NR")
    assert run("registers", str(file), *words) == 1
    assert Business.objects.get().name == "Hotel Paradise" and "row 3, firma" in capsys.readouterr().out
