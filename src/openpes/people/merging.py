"""What goes over when two records of one person become one: phones, consents and, where there is none, the account."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from openpes.core.merging import Key, Moved, Side, give_back, move_rows
from openpes.people.models import Account, Consent, Person, PersonMerge, PersonPhone

MOVES: tuple[Key, ...] = ((PersonPhone, "person"), (Consent, "person"), (Account, "person"))
STAYS: dict[tuple[type[object], str], str] = {
    (Person, "merged_into"): "says which record a record became part of",
    (PersonMerge, "kept"): "the merge itself",
    (PersonMerge, "gone"): "the merge itself",
}
# The two further lists that are kept: phones that were the first to call, and accounts that could sign in.
MAIN, ACTIVE = "people.PersonPhone.is_main", "people.Account.is_active"


def merge_person(*, gone: Side, kept: Side) -> Moved:
    """Phones, consents, account go over. One phone stays the first to call; a second account no longer signs in."""
    has_main = PersonPhone.objects.filter(person=kept.person_id, is_main=True).exists()
    phones = PersonPhone.objects.filter(person=gone.person_id, is_main=True) if has_main else PersonPhone.objects.none()
    further: Moved = {MAIN: list(phones.values_list("pk", flat=True))}
    PersonPhone.objects.filter(pk__in=further[MAIN]).update(is_main=False)
    moved = move_rows(MOVES, gone=gone, kept=kept)
    accounts = Account.objects.filter(person=gone.person_id, is_active=True)
    further[ACTIVE] = list(accounts.values_list("pk", flat=True))
    accounts.update(is_active=False)
    return moved | {name: keys for name, keys in further.items() if keys}


def unmerge_person(*, moved: Mapping[str, Sequence[int]], gone: Side) -> None:
    """They go back, and are what they were."""
    give_back(MOVES, moved, gone=gone)
    PersonPhone.objects.filter(pk__in=list(moved.get(MAIN, ()))).update(is_main=True)
    Account.objects.filter(pk__in=list(moved.get(ACTIVE, ()))).update(is_active=True)
