"""What an interview, a plan, an advice and a contest may be. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from openpes.core.decisions import Decision, Reason, no, yes
from openpes.guidance.states import (
    ActionState,
    ContestAnswer,
    DisagreeCode,
    InterviewState,
    Level,
    PersonView,
    Response,
    ScriptState,
    Who,
)

MOST_ACTIONS = 3
LONGEST_TITLE, LONGEST_GOAL, LONGEST_WORDS, LONGEST_ANSWER = 160, 240, 600, 2000


@dataclass(frozen=True)
class PlannedAction:
    """One action: what, by whom (a name for a partner or somebody else), by when, and may a text name it."""

    title: str
    who: str
    who_name: str
    due_on: date | None
    safe_to_text: bool = False


@dataclass(frozen=True)
class NewPlan:
    """One diagnosis, one strategy, one goal, one to three actions. Codes are of the list in data."""

    diagnosis: str
    diagnosis_words: str
    strategy: str
    strategy_words: str
    goal: str
    actions: tuple[PlannedAction, ...]
    review_on: date | None = None


def may_begin(*, state: str, held_on: date | None, today: date) -> Decision:
    """Anybody who has not left can be interviewed; one held on paper was not held tomorrow."""
    if state == "left":
        return no(Reason("person_left"))
    if held_on is not None and held_on > today:
        return no(Reason("held_in_future"))
    return yes()


def may_write(*, state: InterviewState) -> Decision:
    """Notes are written while an interview is open; afterwards the plan holds what counts."""
    if state != InterviewState.OPEN:
        return no(Reason("interview_ended"))
    return yes()


def may_save_part(*, held_version: int, seen_version: int, same: bool) -> bool:
    """False when somebody else has written since this writer looked: both are shown. The same words are no clash."""
    return held_version == seen_version or same


def kept_answers(asked: Sequence[str], given: Mapping[str, str]) -> dict[str, str]:
    """The answers to questions that the script asks, trimmed; what nobody asked is not kept."""
    found = {code: given.get(code, "").strip()[:LONGEST_ANSWER] for code in asked}
    return {code: words for code, words in found.items() if words}


def may_plan(
    new: NewPlan, *, diagnoses: Sequence[str], strategies: Sequence[str], today: date, longest_days: int
) -> Decision:
    """A plan has one of each, one to three actions, and each action has a what, a who and a when."""
    reasons = []
    if new.diagnosis not in diagnoses:
        reasons.append(Reason("diagnosis_needed"))
    if new.strategy not in strategies:
        reasons.append(Reason("strategy_needed"))
    if not new.goal.strip():
        reasons.append(Reason("goal_needed"))
    if not new.actions:
        reasons.append(Reason("action_needed"))
    if len(new.actions) > MOST_ACTIONS:
        reasons.append(Reason("too_many_actions", {"most": MOST_ACTIONS}))
    for number, action in enumerate(new.actions, start=1):
        reasons += _wrong_with(action, number, today=today, longest_days=longest_days)
    if new.review_on is not None and new.review_on < today:
        reasons.append(Reason("review_in_past"))
    return no(*reasons) if reasons else yes()


def _wrong_with(action: PlannedAction, number: int, *, today: date, longest_days: int) -> list[Reason]:
    reasons = []
    if not action.title.strip():
        reasons.append(Reason("action_title_needed", {"number": number}))
    if action.who not in set(Who):
        reasons.append(Reason("action_who_needed", {"number": number}))
    elif action.who in {Who.PARTNER, Who.OTHER} and not action.who_name.strip():
        reasons.append(Reason("action_name_needed", {"number": number}))
    if action.due_on is None:
        reasons.append(Reason("action_due_needed", {"number": number}))
    elif action.due_on < today:
        reasons.append(Reason("action_due_past", {"number": number}))
    elif action.due_on > today + timedelta(days=longest_days):
        reasons.append(Reason("action_due_far", {"number": number, "days": longest_days}))
    return reasons


def shown_state(*, state: ActionState, due_on: date, today: date) -> ActionState:
    """An open action whose day has passed is overdue. Due today is not."""
    return ActionState.OVERDUE if state == ActionState.OPEN and due_on < today else state


def may_mark(*, state: ActionState, to: ActionState, note: str) -> Decision:
    """An action is done, opened again, or changed with a word on what came instead."""
    if to == ActionState.OVERDUE or to == state:
        return no(Reason("action_state"))
    if to == ActionState.CHANGED and not note.strip():
        return no(Reason("change_needs_words"))
    return yes()


def may_advise(*, switched_on: bool, legal_basis: bool, demonstration: bool) -> Decision:
    """Advice by scorecard needs the country's switch and its legal basis; a demonstration advises nobody real."""
    if demonstration:
        return yes()
    reasons = []
    if not switched_on:
        reasons.append(Reason("advice_off"))
    if not legal_basis:
        reasons.append(Reason("advice_without_basis"))
    return no(*reasons) if reasons else yes()


def may_respond(*, response: str, level: str, advised: str, code: str, words: str, view: str) -> Decision:
    """Agreeing keeps the level. Disagreeing takes another one, a code and words."""
    if view not in set(PersonView):
        return no(Reason("view_needed"))
    if response == Response.AGREE:
        return yes()
    reasons = []
    if response != Response.DISAGREE:
        reasons.append(Reason("response_needed"))
    else:
        if level not in set(Level) or level == advised:
            reasons.append(Reason("other_level_needed"))
        if code not in set(DisagreeCode):
            reasons.append(Reason("disagree_code_needed"))
        if not words.strip():
            reasons.append(Reason("disagree_words_needed"))
    return no(*reasons) if reasons else yes()


def may_contest(*, already_open: bool, words: str) -> Decision:
    """One contest at a time, in the person's own words."""
    if already_open:
        return no(Reason("contest_open"))
    if not words.strip():
        return no(Reason("contest_words_needed"))
    return yes()


def may_answer_contest(*, answered: bool, outcome: str, level: str, held: str, words: str) -> Decision:
    """A named person answers once, with words; changing means another level."""
    if answered:
        return no(Reason("contest_answered"))
    reasons = []
    if outcome not in set(ContestAnswer):
        reasons.append(Reason("contest_outcome_needed"))
    if outcome == ContestAnswer.CHANGED and (level not in set(Level) or level == held):
        reasons.append(Reason("other_level_needed"))
    if not words.strip():
        reasons.append(Reason("contest_answer_needed"))
    return no(*reasons) if reasons else yes()


def may_change_script(*, state: ScriptState) -> Decision:
    """A draft is changed in place; what was on stays as it was used: copy it into a new version."""
    if state != ScriptState.DRAFT:
        return no(Reason("script_not_draft"))
    return yes()


def may_switch_off(*, state: ScriptState) -> Decision:
    """Only a version in use is switched off."""
    return yes() if state == ScriptState.ON else no(Reason("script_not_on"))
