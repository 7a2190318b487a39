"""The registration form on paper: the same questions as on the screen, in the country's language, with boxes.

    forms_pdf(["7K2M9QXR4", ...], language="fil", office="…")   the bytes of a PDF, one A4 page a form

Nothing is cached and nothing of a person is in it: blank forms, each with its own number.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from openpes.jobseekers.paper_numbers import in_groups
from openpes.people.words import PHONE_OWNER, SEX
from openpes.reference.labels import education_choices
from openpes.reference.press import set_paper

TEMPLATE = Path(__file__).parent / "form.typ"


def _questions(language: str) -> list[dict[str, Any]]:
    """The questions in the order of the screen. `boxes`: signs a group; `ticks`: answers; else a line to write on."""
    return [
        {"label": _("Name, as the person writes it"), "lines": 1},
        {"label": _("Birth date: day, month, year"), "boxes": [2, 2, 4]},
        {"label": _("Sex"), "ticks": [str(word) for word in SEX.values()]},
        {"label": _("Phone"), "boxes": [4, 4, 4]},
        {"label": _("Whose phone is it?"), "ticks": [str(word) for word in PHONE_OWNER.values()]},
        {"label": _("Where do you live?"), "lines": 1},
        {"label": _("Schooling"), "ticks": [name for _code, name in education_choices(language)]},
        {"label": _("What work do you want? In your own words."), "lines": 2},
        {
            "label": _("May employers to whom you are introduced see your phone number?"),
            "ticks": [_("Yes, they may"), _("No, they may not")],
        },
        {"label": _("Young people: name and phone of a parent or guardian who agrees"), "lines": 1},
    ]


def forms_pdf(numbers: Sequence[str], *, language: str, office: str) -> bytes:
    """Blank forms with these numbers, one a page."""
    with override(language):
        words = {
            "language": language,
            "title": _("Registration"),
            "office": office,
            "number": _("Form number"),
            "numbers": [in_groups(one) for one in numbers],
            "held": _("Filled in on: day, month, year"),
            "questions": _questions(language),
            "aloud": _("Read this aloud"),
            "sentences": [
                _(
                    "The employment service keeps what you tell us to find work for you, and your office may see it. "
                    "You can look at it, change it or have it erased whenever you like."
                ),
                _(
                    "What was already sent cannot be called back: a text on a phone, or what an employer has already "
                    "read."
                ),
            ],
            "agreed": _("The person has heard this and agrees"),
            "officer": _("Name and signature of the officer"),
        }
    return set_paper(TEMPLATE, words)
