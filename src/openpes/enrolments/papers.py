"""Papers of a course: the certificate with its square code, and the sheet that people sign. Words travel as data.

Nothing is cached: these papers hold names, and a file on disk would outlive its use.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from openpes.appointments.paper import Paper, Table, paper_pdf
from openpes.jobseekers.card import square_code
from openpes.reference.press import set_paper

TEMPLATE = Path(__file__).parent / "certificate.typ"


@dataclass(frozen=True)
class CertificateFacts:
    """What stands on a certificate. Days are in words; `address` is what the code holds."""

    country: str
    name: str
    course: str
    days: str
    hours: int
    issued: str
    number: str
    address: str
    language: str


def certificate_pdf(facts: CertificateFacts) -> bytes:
    """The certificate as a PDF, A4, in the person's language."""
    with override(facts.language):
        hours = ngettext("%(n)s hour", "%(n)s hours", facts.hours) % {"n": facts.hours}
        return set_paper(
            TEMPLATE,
            {
                "language": facts.language,
                "title": _("Certificate"),
                "country": facts.country,
                "name": facts.name,
                "course": facts.course,
                "lines": [facts.days, hours],
                "foot": [facts.issued, f"{_('Number')}: {facts.number}", facts.address],
                "code": square_code(facts.address),
            },
        )


def sign_sheet_pdf(*, title: str, lines: Sequence[str], names: Sequence[str], code: str) -> bytes:
    """The sheet of one session: a line a person, with room to sign. English, as all papers of the desk."""
    rows = [[str(number), name, ""] for number, name in enumerate(names, start=1)]
    table = Table("", ("", "Name", "Signature"), rows, (1, 8, 8), "Nobody is enrolled.", height=8)
    return paper_pdf(
        Paper(title, "en", lines=lines, big=code, tables=(table,), after=("Trainer's signature: ____________________",))
    )
