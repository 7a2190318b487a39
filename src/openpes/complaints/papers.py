"""What the labour inspectorate gets of a complaint, on paper: what was told, what was done, and whom to ask."""

from __future__ import annotations

from collections.abc import Sequence

from openpes.appointments.paper import Paper, Table, paper_pdf


def handoff_pdf(
    *, title: str, language: str, facts: Sequence[tuple[str, str]], steps: Sequence[tuple[str, str]], foot: str
) -> bytes:
    """The PDF, A4. facts: (label, words); steps: (when, what)."""
    return paper_pdf(
        Paper(
            title=title,
            language=language,
            tables=[
                Table("", ("", ""), facts, (1, 3)),
                Table("", ("", ""), steps, (1, 3)),
            ],
            foot=foot,
        )
    )
