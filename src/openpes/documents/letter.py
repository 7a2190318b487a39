"""The letter for papers without a fee, where a law gives one: what the person says, what the law says, which papers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import override

from openpes.documents.kit import Letter, Paper
from openpes.reference.press import set_paper

TEMPLATE = Path(__file__).parent / "letter.typ"


@dataclass(frozen=True)
class LetterFacts:
    """Who takes the letter, from which office, on which day (in words)."""

    name: str
    number: str
    office: str
    office_address: str
    day: str


def letter_pdf(facts: LetterFacts, letter: Letter, papers: Sequence[Paper], *, language: str) -> bytes:
    """The bytes of a PDF, one A4 page."""
    law = f"{letter.law}, {letter.article}" if letter.article else letter.law
    with override(language):
        words = {
            "language": language,
            "title": _("Letter for papers without a fee"),
            "office": [part for part in (facts.office, facts.office_address) if part],
            "day": facts.day,
            "sentences": [
                _("%(name)s is registered with this employment service as a jobseeker (number %(number)s).")
                % {"name": facts.name, "number": facts.number},
                _("They say that they look for their first job."),
                _("By %(law)s, these papers cost them no fee:") % {"law": law},
            ],
            "papers": [one.name(language) for one in papers if one.code in letter.papers],
            "first": letter.first_step,
            "signed": _("Signature of the jobseeker"),
            "stamp": _("Stamp of the office, where one is asked for"),
        }
    return set_paper(TEMPLATE, words)
