"""What staff read about the exchange."""

from __future__ import annotations

from openpes.core.decisions import Refused
from openpes.exchange.states import EntryKind, Grade

REASONS = {
    "held_already": "This file is held already.",
    "own_paper": "This file was signed here.",
    "not_our_card": "This log speaks of a card that was not written here.",
    "card_of_another": "A card with this number came from another key before. Call the sender.",
    "key_changed": "This sender signed with another key before. Compare the new key by telephone, then tick the box.",
    "not_a_card_of_others": "Only a card of others can be tried here.",
    "adopted_already": "This card is tried here already.",
    "what_needed": "Write what was changed or seen.",
    "why_needed": "Write why it was changed.",
    "grade_needed": "Choose how well the result is known.",
    "too_bold": "Grade D tells what happened, not what the practice caused. Choose other words.",
    "bad_paper": "%(why)s",
    "bad_card": "%(why)s",
    "not_in_force": "A card is made from a programme that was approved.",
    "title_needed": "Write a title.",
    "source_needed": "Write the source.",
    "rule_not_understood": "%(why)s",
    "nothing_published": "Publish a month first.",
    "nothing_changes": "Write an age or an amount that changes.",
    "ages_needed": "Write ages from 0 to 120, the youngest first.",
    "draft_unfit": "The drafted value does not fit: %(why)s",
    "take_up_needed": "Write the take-up in per cent, the lower number first.",
}
BESIDE = "Read it beside our law"
GRADES = {
    Grade.EXPERIMENT: "A: experiment (drawn by lot)",
    Grade.NATURAL_EXPERIMENT: "B: natural experiment",
    Grade.COMPARISON: "C: compared with similar people",
    Grade.ASSOCIATION: "D: seen together, no more",
}
ENTRIES = {EntryKind.CHANGED: "Changed", EntryKind.RESULT: "Result"}


def told(refused: Refused) -> list[str]:
    """Why something was refused, a sentence a reason."""
    return [REASONS.get(one.code, one.code) % one.facts for one in refused.decision.reasons]
