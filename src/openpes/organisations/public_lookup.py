"""What anybody may ask of a firm: whether a name or a number is that of a registered one. Never who is behind it."""

from __future__ import annotations

from collections.abc import Iterable

from openpes.organisations.models import Employer, Membership
from openpes.organisations.states import EmployerState

LONGEST_TEXT_WORDS, LONGEST_NAME_WORDS, SHORTEST_NAME = 80, 5, 4


def employers_at(number: str) -> list[Employer]:
    """The firms whose contact is reached at this number (E.164), checked or not."""
    if not number:
        return []
    return list(Employer.objects.filter(contact_phone=number).select_related("office").order_by("pk")[:5])


def firm_of_username(username: str) -> Employer | None:
    """The invented firm that an invented account acts for; None in a real service. For the demonstration only."""
    held = Membership.objects.filter(account__username=username, account__synthetic=True, ended_at=None)
    row = held.filter(employer__synthetic=True).select_related("employer").order_by("pk").first()
    return row.employer if row is not None else None


def names_in(key: str) -> set[str]:
    """Every run of words of a folded text that could be a firm's name."""
    words = key.split()[:LONGEST_TEXT_WORDS]
    runs = (
        " ".join(words[start : start + length])
        for length in range(1, LONGEST_NAME_WORDS + 1)
        for start in range(len(words) - length + 1)
    )
    return {run for run in runs if len(run) >= SHORTEST_NAME}


def checked_firms(*, key: str, numbers: Iterable[str]) -> list[Employer]:
    """Checked firms whose whole name stands in a folded text, or who are reached at a number in it. Two queries."""
    rows = Employer.objects.filter(state=EmployerState.VERIFIED)
    named = rows.filter(name_key__in=names_in(key))[:5]
    return [*named, *rows.filter(contact_phone__in=[one for one in numbers if one])[:5]]
