"""Signed files by command: a card goes out, is checked, comes in; figures too; what was changed is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.factories import NOW

from openpes.cli.__main__ import main
from openpes.exchange.models import HeldPaper
from openpes.exchange.operations import issue_card
from openpes.exchange.papers import Kind, write_paper
from openpes.exchange.tests.makers import OFFICER, STRANGER, TOLD, a_file
from openpes.exchange.tests.test_peers_and_policy import a_set, published_month
from openpes.programmes.tests.makers import a_version

pytestmark = pytest.mark.django_db(databases=["default", "access"])


def test_a_card_is_written_out_and_checked_and_a_changed_one_is_not_believed(tmp_path: Path, capsys) -> None:
    card = issue_card(version=a_version(), told=TOLD, by=OFFICER, at=NOW)
    file = tmp_path / "card.yaml"
    assert main(["card", "export", card.subject, "--out", str(file)]) == 0
    assert main(["card", "verify", str(file)]) == 0
    assert main(["card", "key"]) == 0
    assert capsys.readouterr().out.count(card.key.fingerprint) == 2
    file.write_text(file.read_text("utf-8").replace("One trainer", "Two trainers"), "utf-8")
    assert main(["card", "verify", str(file)]) == 1 and "does not fit" in capsys.readouterr().err
    assert main(["card", "export", "NONE"]) == 2 and main(["card", "verify", str(tmp_path / "no")]) == 2


def test_a_card_comes_in_beside_the_law_and_only_once(tmp_path: Path, capsys) -> None:
    file = tmp_path / "card.yaml"
    file.write_text(a_file(), "utf-8")
    assert main(["card", "import", str(file)]) == 0
    said = capsys.readouterr().out
    assert "mend\tYoungest age for work\tThe card lets people in from 14; work begins at 15 here." in said
    assert main(["card", "import", str(file)]) == 1 and "held already" in capsys.readouterr().err
    assert main(["card", "list"]) == 0 and "FJ-ABC" in capsys.readouterr().out
    assert HeldPaper.objects.count() == 1


def test_figures_go_out_once_published_and_those_of_others_come_in(tmp_path: Path, capsys) -> None:
    ours, theirs = tmp_path / "ours.yaml", tmp_path / "theirs.yaml"
    assert main(["dataset", "export"]) == 1 and "Publish a month first." in capsys.readouterr().err
    published_month(12)
    assert main(["dataset", "export", "--out", str(ours)]) == 0 and main(["dataset", "verify", str(ours)]) == 0
    theirs.write_text(write_paper(Kind.DATASET, a_set("KH", neet=1), private=STRANGER, signer="KH"), "utf-8")
    assert main(["dataset", "import", str(theirs)]) == 0
    assert sorted(HeldPaper.objects.values_list("country", "own")) == [("KH", False), ("PH", True)]
