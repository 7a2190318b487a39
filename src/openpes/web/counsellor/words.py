"""Refusals of every room, in words, for the desk."""

from __future__ import annotations

from typing import Any

from openpes.core.decisions import Refused
from openpes.jobseekers.words import REASON as OF_JOBSEEKERS
from openpes.organisations.words import REASON as OF_ORGANISATIONS
from openpes.placements.words import REASON as OF_PLACEMENTS
from openpes.referrals.words import REASON as OF_REFERRALS
from openpes.vacancies.words import words_of

ROOMS: tuple[dict[str, Any], ...] = (OF_REFERRALS, OF_JOBSEEKERS, OF_PLACEMENTS, OF_ORGANISATIONS)


def reasons_in_words(refused: Refused) -> list[str]:
    """Each reason of a refusal as a sentence."""
    said = []
    for reason in refused.decision.reasons:
        sentence = next((room[reason.code] for room in ROOMS if reason.code in room), None)
        said.append(str(sentence) % reason.facts if sentence else words_of(reason.code, reason.facts, reason.text))
    return said
