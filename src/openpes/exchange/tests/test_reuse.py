"""Interview scripts and texts travel with a card, and arrive as drafts."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.factories import NOW, OfficeFactory

from openpes.core.actors import VISITOR
from openpes.core.decisions import NotFound, NotPermitted
from openpes.exchange.cards import mistakes
from openpes.exchange.making import told_from
from openpes.exchange.operations import adopt, issue_card, take_paper
from openpes.exchange.reuse import as_carried, chosen_scripts, give_script, scripts_in, scripts_to_share, texts_in
from openpes.exchange.tests.makers import OFFICER, TOLD, a_body, a_file
from openpes.guidance.models import OfficeScript
from openpes.guidance.scripts import shipped_scripts
from openpes.guidance.states import ScriptState
from openpes.programmes.tests.makers import a_version

database = pytest.mark.django_db(databases=["default", "access"])
CODE, SCRIPT = next(iter(sorted(shipped_scripts().items())))


def carrying(**more: object) -> dict[str, object]:
    return {"configuration": {"scripts": [as_carried(SCRIPT)], "texts": ["Come on Monday.", "x" * 161], **more}}


def test_a_carried_script_reads_back_the_same_and_a_broken_one_is_named() -> None:
    assert scripts_in(a_body(**carrying())) == [SCRIPT]
    assert mistakes(a_body(**carrying())) == []
    assert [n for _text, n in texts_in(a_body(**carrying()))] == [1, 2]
    broken = as_carried(SCRIPT) | {"minutes": 11}
    assert any("minutes" in one for one in mistakes(a_body(**carrying(scripts=[broken]))))
    assert any("not a list" in one for one in mistakes(a_body(**carrying(scripts=["words"]))))


def test_what_people_wrote_into_a_file() -> None:
    found = {"problem": "a", "target_group": "b", "staff": "c", "cost": "d", "contact": "e", "steps": ["f"]}
    assert told_from(found).steps == ("f",)
    for wrong, said in ((found | {"staf": "x"}, "staf: not known"), ({**found, "cost": ""}, "cost: missing")):
        with pytest.raises(ValueError, match=said):
            told_from(wrong)


@database
def test_a_card_is_made_with_a_script_of_the_service_and_one_of_an_office() -> None:
    office = OfficeFactory()
    own = OfficeScript.objects.create(
        office=office, code=CODE, version=1, body=as_carried(SCRIPT), state=ScriptState.ON, changed_at=NOW
    )
    OfficeScript.objects.create(office=office, code=CODE, version=2, body={}, changed_at=NOW)
    keys = [one.key for one in scripts_to_share()]
    assert f"{CODE}@{own.ref}" in keys and len(keys) == len(shipped_scripts()) + 1
    with pytest.raises(NotFound):
        chosen_scripts(["nowhere"])
    told = replace(TOLD, scripts=chosen_scripts([CODE]), texts=("Come on Monday.",))
    card = issue_card(version=a_version(), told=told, by=OFFICER, at=NOW)
    assert scripts_in(card.body) == [SCRIPT] and "Come on Monday." in card.text


@database
def test_the_script_of_a_card_of_others_becomes_a_draft_of_an_office() -> None:
    office = OfficeFactory()
    card = take_paper(text=a_file(**carrying()), by=OFFICER, at=NOW)
    adoption = adopt(card=card, by=OFFICER, at=NOW)
    with pytest.raises(NotPermitted):
        give_script(adoption=adoption, code=CODE, office_code=office.code, by=VISITOR, at=NOW)
    with pytest.raises(NotFound):
        give_script(adoption=adoption, code="other", office_code=office.code, by=OFFICER, at=NOW)
    assert not OfficeScript.objects.exists()
    row = give_script(adoption=adoption, code=CODE, office_code=office.code, by=OFFICER, at=NOW)
    assert (row.state, row.office_id) == (ScriptState.DRAFT, office.pk)
