"""Reads of the people room."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from openpes.core.decisions import NotFound
from openpes.core.privacy import export_rows
from openpes.people.models import Account, Consent, Passkey, Person, PersonPhone
from openpes.people.rules import Likeness, reasons_to_look_alike
from openpes.people.states import Purpose, ReasonToLookAlike


@dataclass(frozen=True)
class LookAlike:
    """A person who may be the same, and why."""

    person: Person
    reasons: tuple[ReasonToLookAlike, ...]


def person_by_ref(ref: str) -> Person:
    """The person with this reference. Raises NotFound. The caller has checked access or does so next."""
    try:
        return Person.objects.get(ref=ref, erased_at=None)
    except Person.DoesNotExist as error:
        raise NotFound("person") from error


def awaits_consent(person_id: int | None) -> bool:
    """True for somebody who is only known from an old list and has not been asked yet."""
    return person_id is not None and Person.objects.filter(pk=person_id, awaits_consent=True).exists()


def main_phone_of(person_id: int) -> PersonPhone | None:
    """The phone to reach a person on, or None: a number that proved to be a stranger's is not one."""
    return PersonPhone.objects.filter(person=person_id, is_main=True).order_by("pk").first()


def phones_of(person_ids: Iterable[int]) -> dict[int, PersonPhone]:
    """The main phone of each person that has one."""
    rows = PersonPhone.objects.filter(person__in=list(person_ids), is_main=True).order_by("-pk")
    return {row.person_id: row for row in rows}


def live_consent(person_id: int, purpose: Purpose) -> Consent | None:
    """The consent in force for a purpose, or None."""
    return (
        Consent.objects.filter(person=person_id, purpose=purpose, withdrawn_at=None)
        .order_by("-given_at", "-pk")
        .first()
    )


def people_with_live_consent(purpose: Purpose, person_ids: Iterable[int]) -> frozenset[int]:
    """Which of these people agree to a purpose now."""
    rows = Consent.objects.filter(person__in=list(person_ids), purpose=purpose, withdrawn_at=None)
    return frozenset(rows.order_by().values_list("person", flat=True))


def look_alikes(likeness: Likeness, *, except_person_id: int | None = None, limit: int = 5) -> list[LookAlike]:
    """People who may be the same human being, most certain first.

    Candidates share the birth date, a phone, the national number, or the exact name key; the rule then decides.
    """
    wanted = Q()
    if likeness.born_on is not None:
        wanted |= Q(born_on=likeness.born_on)
    if likeness.phones:
        wanted |= Q(phones__number__in=likeness.phones)
    if likeness.national_number_hash:
        wanted |= Q(national_number_hash=likeness.national_number_hash)
    if not wanted:
        return []
    candidates = (
        Person.objects.filter(wanted, erased_at=None, merged_into=None)
        .prefetch_related("phones")
        .distinct()
        .order_by("pk")
    )
    if except_person_id is not None:
        candidates = candidates.exclude(pk=except_person_id)
    found = []
    for person in candidates[:500]:
        other = Likeness(
            person.name_key,
            person.born_on,
            frozenset(phone.number for phone in person.phones.all()),
            person.national_number_hash,
        )
        reasons = reasons_to_look_alike(likeness, other)
        if reasons:
            found.append(LookAlike(person, reasons))
    order = list(ReasonToLookAlike)
    return sorted(found, key=lambda one: min(order.index(reason) for reason in one.reasons))[:limit]


def account_of(person_id: int) -> Account | None:
    """The account of a person, or None."""
    return Account.objects.filter(person=person_id).first()


def account_by_username(username: str) -> Account | None:
    """The account with this sign-in name, whatever the case, or None."""
    return Account.objects.filter(username__iexact=username).first()


def born_on_of(person_id: int) -> date | None:
    """The birth date of a person, or None when it is not known."""
    return Person.objects.values_list("born_on", flat=True).get(pk=person_id)


def export_person(person_id: int) -> dict[str, list[dict[str, Any]]]:
    """All that this room knows about a person, for their own download."""
    return {
        "person": export_rows(Person, person_id),
        "phones": export_rows(PersonPhone, person_id),
        "consents": export_rows(Consent, person_id),
        "account": export_rows(Account, person_id),
        "passkeys": export_rows(Passkey, person_id),
    }


def lock_account(pk: int) -> None:
    """Whoever does the same for this account waits until the caller's transaction has ended."""
    list(Account.objects.select_for_update().filter(pk=pk).values_list("pk"))


def account_by_id(pk: int) -> Account | None:
    """The account with this key, or None."""
    return Account.objects.filter(pk=pk).first()


def with_second_factor(account_ids: Iterable[int]) -> set[int]:
    """Those of these accounts that have set up a second factor and proved it once."""
    rows = Account.objects.filter(pk__in=list(account_ids), totpdevice__confirmed=True)
    return set(rows.values_list("pk", flat=True))


@dataclass(frozen=True)
class AtNumber:
    """Somebody who is reached at a number. `short_code` tells people who share a phone apart; it opens nothing."""

    person_id: int
    short_code: str
    is_proven: bool


def people_at(number: str) -> list[AtNumber]:
    """Who is reached at a number, in the order in which they gave it; a number that changed hands is nobody's."""
    rows = PersonPhone.objects.filter(
        number=number, gone_at=None, person__erased_at=None, person__merged_into=None
    ).select_related("person__account")
    return [
        AtNumber(row.person_id, _code_of(row.person), row.proven_at is not None)
        for row in rows.order_by("added_at", "pk")
    ]


def _code_of(person: Person) -> str:
    account = getattr(person, "account", None)
    return account.username if account is not None else ""


def numbers_only_of(person_id: int) -> list[str]:
    """The numbers of a person that nobody else has given."""
    own = set(PersonPhone.objects.filter(person=person_id).values_list("number", flat=True))
    others = PersonPhone.objects.filter(number__in=own).exclude(person=person_id).values_list("number", flat=True)
    return sorted(own - set(others))


def all_phones_of(person_id: int) -> list[PersonPhone]:
    """Every number of a person, the main one first, those that turned out to be a stranger's last."""
    rows = PersonPhone.objects.filter(person=person_id)
    return sorted(rows, key=lambda row: (row.gone_at is not None, not row.is_main, row.pk))


def people_to_ask_for_phone(person_ids: Iterable[int] | None = None) -> list[PersonPhone]:
    """Numbers that turned out to be a stranger's, of people who have no other that is used; the oldest first."""
    gone = PersonPhone.objects.filter(gone_at__isnull=False, person__erased_at=None, person__merged_into=None)
    gone = gone.exclude(person__phones__is_main=True)
    if person_ids is not None:
        gone = gone.filter(person__in=list(person_ids))
    return list(gone.select_related("person").order_by("gone_at", "pk"))


def are_synthetic(person_ids: Iterable[int]) -> bool:
    """Is each of these people invented for a demonstration?"""
    return not Person.objects.filter(pk__in=list(person_ids), synthetic=False).exists()
