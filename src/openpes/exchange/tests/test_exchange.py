"""What the exchange takes in, signs and refuses; and the gallery that comes with it."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from tests.factories import NOW, TODAY

from openpes.core.actors import VISITOR, system
from openpes.core.decisions import NotPermitted, Refused
from openpes.exchange.cards import age_bounds, condition_lines, indicator_lines, mistakes, speaks_too_boldly
from openpes.exchange.gallery import gallery, sheet_of
from openpes.exchange.law_beside import beside_my_law
from openpes.exchange.models import Adoption, HeldPaper, KnownKey, LogEntry
from openpes.exchange.operations import add_entry, adopt, issue_card, keep_gallery_card, take_paper
from openpes.exchange.papers import Kind, read_paper, write_paper
from openpes.exchange.states import EntryKind, Level
from openpes.exchange.tests.makers import OFFICER, STRANGER, TOLD, a_body, a_file
from openpes.programmes.models import Programme
from openpes.programmes.states import VersionState
from openpes.programmes.tests.makers import a_cycle, a_version, waiting
from openpes_countries import load_country

database = pytest.mark.django_db(databases=["default", "access"])


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [one.code for one in refused.value.decision.reasons]


# --- plain rules ----------------------------------------------------------------------------------


def test_a_card_says_what_it_lacks_and_grade_d_claims_no_effect() -> None:
    assert mistakes(a_body()) == []
    assert any("“steps”" in one for one in mistakes(a_body(steps="one, two")))
    bold = [{"words": "The impact was ten jobs.", "grade": "D"}]
    assert any("grade D" in one for one in mistakes(a_body(results=bold)))
    assert mistakes(a_body(results=[bold[0] | {"grade": "A"}])) == []
    assert not speaks_too_boldly("D", "Ten of twenty found work.")
    assert mistakes(a_body(configuration={"programme": {"rule": {"field": "shoe", "op": "is", "value": 1}}}))
    assert any("names its sources" in one for one in mistakes(a_body(written_from="public_facts")))


@pytest.mark.parametrize(
    ("rule", "bounds"),
    [
        (None, (None, None)),
        ({"field": "age", "op": "gt", "value": 17}, (18, None)),
        ({"all": [{"field": "age", "op": "gte", "value": 15}, {"field": "age", "op": "lt", "value": 25}]}, (15, 24)),
        (
            {"any": [{"field": "age", "op": "between", "value": [18, 30]}, {"field": "age", "op": "lte", "value": 35}]},
            (None, 35),
        ),
        (
            {"any": [{"field": "age", "op": "gte", "value": 18}, {"field": "student", "op": "is", "value": True}]},
            (None,) * 2,
        ),
        ({"field": "age", "op": "between", "value": "young"}, (None, None)),
    ],
)
def test_the_ages_that_a_rule_lets_in(rule: dict | None, bounds: tuple) -> None:
    assert age_bounds(rule) == bounds


def test_a_rule_in_words() -> None:
    either = {"any": [{"field": "student", "op": "is", "value": True}, {"field": "isced", "op": "gte", "value": 2}]}
    rule = {"all": [{"field": "age", "op": "between", "value": [18, 24]}, either]}
    assert condition_lines(rule) == ["age: 18–24", "One of these:", "– student: yes", "– isced: at least 2"]
    assert condition_lines(None) == []


def test_beside_the_law_of_cambodia_a_subsidy_for_children_has_three_things_to_mend() -> None:
    body = a_body(
        kind="wage_subsidy",
        configuration={
            "programme": {
                "rule": {"field": "age", "op": "between", "value": [14, 24]},
                "stipend_amount": "3000",
                "stipend_currency": "PHP",
            }
        },
    )
    lines = {one.what: one for one in beside_my_law(body, there=load_country("PH"), here=load_country("KH"), on=TODAY)}
    assert lines["Youngest age for work"].level is Level.MEND and "from 14" in lines["Youngest age for work"].says
    assert lines["Guardian’s consent"].says == "Needs a guardian’s consent under 18."
    assert lines["Wage subsidy"].says == "Your wage subsidy has no legal basis in your pack."
    assert lines["Allowance"].here == "KHR" and lines["Youth band"].here == "15–30"
    grown = a_body(configuration={"programme": {"rule": {"field": "age", "op": "between", "value": [18, 30]}}})
    level = {one.what: one.level for one in beside_my_law(grown, there=None, here=load_country("KH"), on=TODAY)}
    assert level["Guardian’s consent"] is Level.SAME and "Hazardous work" not in level


def test_an_indicator_of_another_version_is_not_compared() -> None:
    body = a_body(indicators=[{"id": "placements", "version": "0.9"}, {"id": "placements", "version": "1.0"}])
    other, same = (says for _id, _version, says in indicator_lines(body))
    assert "do not compare" in other and "in the same way" in same


def test_twelve_worked_cards_name_their_sources_and_claim_nothing() -> None:
    cards = gallery()
    assert len(cards) == 12 and len({one["country"] for one in cards}) >= 9
    for one in cards:
        assert one["written_from"] == "public_facts" and one["sources"]
        assert {result["grade"] for result in one["results"]} <= {"D"}
        seen = dict(sheet_of(one))["What was seen"]
        assert seen and (one["results"] or "not known" in seen[0])


# --- papers in the house --------------------------------------------------------------------------


@database
def test_a_file_is_taken_in_once_and_its_key_is_remembered() -> None:
    held = take_paper(text=a_file(), by=OFFICER, at=NOW)
    assert held.subject == "FJ-ABC" and not held.own and held.key.compared_at is None
    with pytest.raises(Refused) as twice:
        take_paper(text=a_file(), by=OFFICER, at=NOW)
    assert codes(twice) == ["held_already"] and KnownKey.objects.count() == 1


@database
def test_a_sender_with_a_new_key_is_refused_until_somebody_telephones() -> None:
    take_paper(text=a_file(), by=OFFICER, at=NOW)
    new_key = Ed25519PrivateKey.generate()
    text = a_file(key=new_key, id="FJ-NEW")
    with pytest.raises(Refused) as changed:
        take_paper(text=text, by=OFFICER, at=NOW)
    assert codes(changed) == ["key_changed"] and HeldPaper.objects.count() == 1
    held = take_paper(text=text, key_compared=True, by=OFFICER, at=NOW)
    assert held.key.compared_at == NOW
    with pytest.raises(Refused) as stolen:
        take_paper(text=a_file(key=new_key, version=2), key_compared=True, by=OFFICER, at=NOW)
    assert codes(stolen) == ["card_of_another"]


@database
@pytest.mark.parametrize("text", ["nonsense", "a: 1"])
def test_what_does_not_fit_is_refused_and_nothing_is_kept(text: str) -> None:
    with pytest.raises(Refused) as refused:
        take_paper(text=text, by=OFFICER, at=NOW)
    assert codes(refused) == ["bad_paper"] and not HeldPaper.objects.exists() and not KnownKey.objects.exists()


@database
def test_a_log_of_no_card_of_ours_is_refused() -> None:
    body = {"card": "PH-NONE", "entries": [], "counted": {"words": "none"}, "country": "KH"}
    with pytest.raises(Refused) as refused:
        take_paper(text=write_paper(Kind.LOG, body, private=STRANGER, signer="Cambodia"), by=OFFICER, at=NOW)
    assert codes(refused) == ["not_our_card"]


@database
def test_who_may_not_exchange_takes_signs_and_tries_nothing() -> None:
    viewer = system("practice.view", label="viewer")
    version = a_version()
    with pytest.raises(NotPermitted):
        take_paper(text=a_file(), by=viewer, at=NOW)
    with pytest.raises(NotPermitted):
        issue_card(version=version, told=TOLD, by=VISITOR, at=NOW)
    with pytest.raises(NotPermitted):
        keep_gallery_card(name="ph-jobstart", by=viewer, at=NOW)
    assert not HeldPaper.objects.exists()


@database
def test_a_card_is_made_of_what_was_approved_and_counts_are_protected() -> None:
    with pytest.raises(Refused) as draft:
        issue_card(version=a_version(state=VersionState.DRAFTED), told=TOLD, by=OFFICER, at=NOW)
    assert codes(draft) == ["not_in_force"]
    version = a_version()
    waiting(a_cycle(version, places=30), 9, state="accepted")
    first = issue_card(version=version, told=TOLD, by=OFFICER, at=NOW)
    assert first.own and first.number == 1 and read_paper(first.text).digest == first.digest
    assert first.body["results"][0]["value"] is None and "9" not in first.body["results"][0]["words"]
    waiting(a_cycle(version, places=30), 4, state="accepted")
    second = issue_card(version=version, told=TOLD, by=OFFICER, at=NOW)
    assert (second.number, second.body["results"][0]["value"]) == (2, 10)


@database
def test_a_card_becomes_one_draft_and_its_log_says_why() -> None:
    card = take_paper(text=a_file(), by=OFFICER, at=NOW)
    trying = adopt(card=card, by=OFFICER, at=NOW)
    draft = trying.programme.versions.get()
    assert (
        draft.state == VersionState.DRAFTED
        and draft.rule["value"] == [14, 24]
        and draft.indicators == ["programme_entries"]
    )
    with pytest.raises(Refused) as twice:
        adopt(card=card, by=OFFICER, at=NOW)
    assert codes(twice) == ["adopted_already"] and Programme.objects.count() == Adoption.objects.count() == 1
    with pytest.raises(Refused) as silent:
        add_entry(adoption=trying, kind=EntryKind.CHANGED, what="Shorter", by=OFFICER, at=NOW)
    with pytest.raises(Refused) as bold:
        add_entry(adoption=trying, kind=EntryKind.RESULT, what="It caused jobs", grade="D", by=OFFICER, at=NOW)
    assert codes(silent) == ["why_needed"] and codes(bold) == ["too_bold"] and not LogEntry.objects.exists()


@database
def test_a_gallery_card_is_kept_once_and_its_rule_refuses_nobody() -> None:
    first = keep_gallery_card(name="ph-jobstart", by=OFFICER, at=NOW)
    assert keep_gallery_card(name="ph-jobstart", by=OFFICER, at=NOW) == first and first.key is None
    assert adopt(card=first, by=OFFICER, at=NOW).programme.versions.get().recalled
