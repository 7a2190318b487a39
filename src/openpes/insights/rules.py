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
