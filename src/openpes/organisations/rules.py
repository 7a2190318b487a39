"""What may happen to an employer, and who may decide it. Pure."""

from __future__ import annotations

from openpes.core.decisions import Decision, Reason, no, yes
from openpes.organisations.states import ALLOWED_MOVES, EmployerState


def may_move_employer(*, now_in: EmployerState, to: EmployerState, note: str) -> Decision:
    """An employer moves along the table of moves; a refusal or suspension needs a note that can be told."""
    if to not in ALLOWED_MOVES[now_in]:
        return no(Reason("employer_move", {"from": now_in.value, "to": to.value}))
    if to in {EmployerState.REFUSED, EmployerState.SUSPENDED} and not note.strip():
        return no(Reason("note_needed"))
    return yes()


def answer_rate(*, introductions: int, answers: int) -> float | None:
    """The share of ended introductions that the employer answered; None before the third (too few to say)."""
    return answers / introductions if introductions >= 3 else None
