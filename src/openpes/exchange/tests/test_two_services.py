"""A card goes from one country's service to another's, is tried there, and its results come home: files only."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.factories import NOW, AccountFactory, actor_with

from openpes.core.actors import Actor
from openpes.exchange.models import HeldPaper, KnownKey
from openpes.exchange.operations import add_entry, adopt, compare_key, issue_card, issue_log, take_paper
from openpes.exchange.papers import read_paper
from openpes.exchange.queries import law_beside, logs_of
from openpes.exchange.states import EntryKind, Grade, Level
from openpes.exchange.tests.makers import OFFICER, TOLD, service
from openpes.programmes.drafting import Round, approve_version, open_cycle
from openpes.programmes.states import ApplicationState, VersionState
from openpes.programmes.tests.makers import a_cycle, a_version, waiting
from openpes.reference.country import today

pytestmark = pytest.mark.django_db(databases=["default", "access"])


def manager() -> Actor:
    return actor_with("programme_manager", account=AccountFactory())


def test_a_card_of_the_philippines_is_tried_in_cambodia_and_its_results_come_home(
    settings: Any, tmp_path: Path
) -> None:
    philippines: dict[type, list[Any]] = {}
    cambodia: dict[type, list[Any]] = {}
    card_file, log_file = tmp_path / "card.yaml", tmp_path / "log.yaml"

    with service(philippines, settings, "PH"):
        version = a_version(title="JobStart", rule={"field": "age", "op": "between", "value": [17, 24]})
        waiting(a_cycle(version, places=30), 14, state=ApplicationState.ACCEPTED)
        card = issue_card(version=version, told=TOLD, by=OFFICER, at=NOW)
        card_file.write_text(card.text, "utf-8")
        own_print = card.key.fingerprint

    with service(cambodia, settings, "KH"):
        drafter, approver = manager(), manager()
        held = take_paper(text=card_file.read_text("utf-8"), by=drafter, at=NOW)
        assert held.signer.startswith("Philippines") and held.key.fingerprint == own_print
        assert held.body["results"][0]["value"] == 10 and held.body["results"][1]["grade"] == "D"
        compare_key(key=held.key, by=drafter, at=NOW)
        says = {line.what: line for line in law_beside(held, on=today(NOW))}
        assert says["Guardian’s consent"].says == "Needs a guardian’s consent under 18."
        assert "15–30" in says["Youth band"].says and "17–24" in says["Youth band"].says
        assert says["Data of those who take part"].level is Level.MEND

        trying = adopt(card=held, by=drafter, at=NOW)
        draft = trying.programme.versions.get()
        assert draft.state == VersionState.DRAFTED and held.subject in draft.source
        approved = approve_version(version=draft, by=approver, at=NOW)
        on = today(NOW)
        cycle = open_cycle(version=approved, opened=_round(on), by=approver, at=NOW)
        waiting(cycle, 12, state=ApplicationState.ACCEPTED)
        add_entry(
            adoption=trying, kind=EntryKind.CHANGED, what="From 18 instead of 17.",
            why="A guardian would have to agree under 18.", by=drafter, at=NOW,
        )  # fmt: skip
        add_entry(
            adoption=trying, kind=EntryKind.RESULT, what="Eight of twelve finished.", indicator="programme_completions",
            value=66.7, n=12, period="2027-Q1", grade=Grade.ASSOCIATION, by=drafter, at=NOW + timedelta(days=90),
        )  # fmt: skip
        log = issue_log(adoption=trying, by=drafter, at=NOW + timedelta(days=90))
        log_file.write_text(log.text, "utf-8")

    with service(philippines, settings, "PH"):
        came = take_paper(text=log_file.read_text("utf-8"), by=OFFICER, at=NOW + timedelta(days=100))
        mine = HeldPaper.objects.get(own=True)
        assert logs_of(mine) == [came] and came.country == "KH"
        assert came.body["card_digest"] == mine.digest == read_paper(card_file.read_text("utf-8")).digest
        changed, result = came.body["entries"]
        assert changed["why"].startswith("A guardian") and (result["value"], result["n"]) == (66.7, 10)
        assert came.body["counted"]["value"] == 10
        assert {one.signer.split(",")[0] for one in KnownKey.objects.all()} == {"Philippines", "Cambodia"}


def _round(on: Any) -> Round:
    return Round(
        apply_from=on, apply_until=on, starts_on=on + timedelta(days=3), ends_before=on + timedelta(days=90),
        places=20, place_rule="first_come",
    )  # fmt: skip
