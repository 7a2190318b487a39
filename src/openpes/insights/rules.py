"""When a month may be frozen, when a freeze may be published. Pure."""

from __future__ import annotations

from openpes.core.decisions import Decision, Reason, no, yes
from openpes.insights.states import FreezeState


def may_freeze(*, month_is_readable: bool, has_begun: bool, earlier: int, note: str) -> Decision:
    """A month that has begun; and a revision says why it was made."""
    if not month_is_readable:
        return no(Reason("month_unreadable"))
    if not has_begun:
        return no(Reason("month_not_begun"))
    if earlier and not note.strip():
        return no(Reason("revision_needs_note"))
    return yes()


def may_publish(*, state: FreezeState, had_ended: bool, is_whole: bool) -> Decision:
    """Whole months only, once, and only as they were counted."""
    if state is not FreezeState.MADE:
        return no(Reason("published_already"))
    if not had_ended:
        return no(Reason("month_still_runs"))
    if not is_whole:
        return no(Reason("freeze_was_changed"))
    return yes()


def may_code(*, is_code: bool, coded_before: bool) -> Decision:
    """A unit group that exists, for words that were not coded yet."""
    if not is_code:
        return no(Reason("no_such_code"))
    if coded_before:
        return no(Reason("coded_before"))
    return yes()


def may_code_again(*, is_code: bool, same_person: bool) -> Decision:
    """The second coder is another person than the first."""
    if not is_code:
        return no(Reason("no_such_code"))
    if same_person:
        return no(Reason("coded_by_you"))
    return yes()


def may_ask(*, question: str, codes_known: bool, rows_kept: bool = True) -> Decision:
    """A question in words, over codes that the month holds, to a month whose rows are still there."""
    if not rows_kept:
        return no(Reason("rows_gone"))
    if not question.strip():
        return no(Reason("question_needed"))
    if not codes_known:
        return no(Reason("codes_unknown"))
    return yes()
