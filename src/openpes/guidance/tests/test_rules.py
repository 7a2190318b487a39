"""Each rule of guidance, both ways."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from openpes.guidance.rules import (
    NewPlan,
    PlannedAction,
    kept_answers,
    may_advise,
    may_answer_contest,
    may_begin,
    may_change_script,
    may_contest,
    may_mark,
    may_plan,
    may_respond,
    may_save_part,
    may_switch_off,
    may_write,
    shown_state,
)
from openpes.guidance.states import ActionState, InterviewState, ScriptState
from openpes.guidance.words import ACTION_STATE
from openpes.web.counsellor.guidance_words import REASON

TODAY = date(2026, 11, 24)
ACTION = PlannedAction("Visit two firms", "person", "", TODAY + timedelta(days=7))
PLAN = NewPlan("ready", "", "introduce", "", "Work in a kitchen", (ACTION,))


def codes(decision):
    """The codes of a refusal; none when it is allowed."""
    return [one.code for one in decision.reasons] if decision.refused else []


def planned(plan):
    return codes(may_plan(plan, diagnoses=["ready"], strategies=["introduce"], today=TODAY, longest_days=180))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({}, None),
        ({"actions": (ACTION,) * 3}, None),
        ({"diagnosis": "else"}, "diagnosis_needed"),
        ({"strategy": ""}, "strategy_needed"),
        ({"goal": "  "}, "goal_needed"),
        ({"actions": ()}, "action_needed"),
        ({"actions": (ACTION,) * 4}, "too_many_actions"),
        ({"actions": (replace(ACTION, title=" "),)}, "action_title_needed"),
        ({"actions": (replace(ACTION, who="dog"),)}, "action_who_needed"),
        ({"actions": (replace(ACTION, who="partner"),)}, "action_name_needed"),
        ({"actions": (replace(ACTION, who="partner", who_name="Red Cross"),)}, None),
        ({"actions": (replace(ACTION, who="other"),)}, "action_name_needed"),
        ({"actions": (replace(ACTION, due_on=None),)}, "action_due_needed"),
        ({"actions": (replace(ACTION, due_on=TODAY - timedelta(days=1)),)}, "action_due_past"),
        ({"actions": (replace(ACTION, due_on=TODAY),)}, None),
        ({"actions": (replace(ACTION, due_on=TODAY + timedelta(days=181)),)}, "action_due_far"),
        ({"review_on": TODAY - timedelta(days=1)}, "review_in_past"),
    ],
)
def test_a_plan(change, code):
    assert planned(replace(PLAN, **change)) == ([code] if code else [])


def test_all_that_is_wrong_is_told_at_once():
    assert len(planned(NewPlan("", "", "", "", "", ()))) == 4


def test_an_interview_begins():
    assert codes(may_begin(state="active", held_on=None, today=TODAY)) == []
    assert codes(may_begin(state="sleeping", held_on=TODAY, today=TODAY)) == []
    assert codes(may_begin(state="left", held_on=None, today=TODAY)) == ["person_left"]
    assert codes(may_begin(state="active", held_on=TODAY + timedelta(days=1), today=TODAY)) == ["held_in_future"]


def test_an_ended_interview_is_not_written_in():
    assert codes(may_write(state=InterviewState.OPEN)) == []
    assert codes(may_write(state=InterviewState.ENDED)) == ["interview_ended"]


@pytest.mark.parametrize(
    ("held", "seen", "same", "allowed"), [(0, 0, False, True), (2, 1, False, False), (2, 1, True, True)]
)
def test_two_writers_notice_each_other(held, seen, same, allowed):
    assert may_save_part(held_version=held, seen_version=seen, same=same) is allowed


def test_only_answers_to_questions_are_kept():
    assert kept_answers(["a", "b"], {"a": " yes ", "b": "", "c": "no"}) == {"a": "yes"}


@pytest.mark.parametrize(
    ("state", "days", "shown"),
    [("open", 0, "open"), ("open", -1, "overdue"), ("done", -1, "done"), ("changed", -1, "changed")],
)
def test_overdue_is_an_open_action_whose_day_has_passed(state, days, shown):
    due = TODAY + timedelta(days=days)
    assert shown_state(state=ActionState(state), due_on=due, today=TODAY) == shown
    assert ACTION_STATE[ActionState(shown)]


@pytest.mark.parametrize(
    ("state", "to", "note", "code"),
    [
        ("open", "done", "", None),
        ("done", "open", "", None),
        ("open", "changed", "Another firm", None),
        ("open", "changed", " ", "change_needs_words"),
        ("open", "open", "", "action_state"),
        ("open", "overdue", "", "action_state"),
    ],
)
def test_marking(state, to, note, code):
    assert codes(may_mark(state=ActionState(state), to=ActionState(to), note=note)) == ([code] if code else [])


@pytest.mark.parametrize(
    ("on", "basis", "demo", "found"),
    [
        (False, False, False, ["advice_off", "advice_without_basis"]),
        (True, False, False, ["advice_without_basis"]),
        (False, True, False, ["advice_off"]),
        (True, True, False, []),
        (False, False, True, []),
    ],
)
def test_advice_needs_its_switch_and_its_legal_basis(on, basis, demo, found):
    assert codes(may_advise(switched_on=on, legal_basis=basis, demonstration=demo)) == found


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"response": "agree"}, []),
        ({"response": "agree", "view": ""}, ["view_needed"]),
        ({"response": ""}, ["response_needed"]),
        ({"response": "disagree"}, ["other_level_needed", "disagree_code_needed", "disagree_words_needed"]),
        ({"response": "disagree", "level": "supported", "code": "knows_more", "words": "x"}, ["other_level_needed"]),
        ({"response": "disagree", "level": "intensive", "code": "knows_more", "words": "She cares for two."}, []),
    ],
)
def test_deciding_on_an_advice(change, found):
    given = {"response": "", "level": "", "advised": "supported", "code": "", "words": "", "view": "fits"} | change
    assert codes(may_respond(**given)) == found


def test_contesting():
    assert codes(may_contest(already_open=False, words="Wrong")) == []
    assert codes(may_contest(already_open=True, words="Wrong")) == ["contest_open"]
    assert codes(may_contest(already_open=False, words=" ")) == ["contest_words_needed"]


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({}, []),
        ({"answered": True}, ["contest_answered"]),
        ({"outcome": "maybe"}, ["contest_outcome_needed"]),
        ({"words": ""}, ["contest_answer_needed"]),
        ({"outcome": "changed"}, ["other_level_needed"]),
        ({"outcome": "changed", "level": "supported"}, ["other_level_needed"]),
        ({"outcome": "changed", "level": "intensive"}, []),
    ],
)
def test_answering_a_contest(change, found):
    given = {"answered": False, "outcome": "kept", "level": "", "held": "supported", "words": "We looked."} | change
    assert codes(may_answer_contest(**given)) == found


def test_a_script_in_use_is_not_changed():
    assert codes(may_change_script(state=ScriptState.DRAFT)) == []
    assert codes(may_change_script(state=ScriptState.ON)) == ["script_not_draft"]
    assert codes(may_switch_off(state=ScriptState.ON)) == []
    assert codes(may_switch_off(state=ScriptState.DRAFT)) == ["script_not_on"]


def test_every_refusal_has_words():
    import inspect
    import re

    from openpes.guidance import rules

    found = set(re.findall(r'Reason\("(\w+)"', inspect.getsource(rules)))
    assert found <= set(REASON), found - set(REASON)
