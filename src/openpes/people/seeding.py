"""Bulk writing of synthetic people and accounts for a demonstration. Real people come one at a time by `operations`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import transaction

from openpes.core.actors import Actor
from openpes.core.change_log import record_change
from openpes.people import names
from openpes.people.models import Account, Consent, Person, PersonPhone
from openpes.people.operations import GivenConsent
from openpes.people.states import PhoneOwner, Sex


@dataclass(frozen=True, slots=True)
class SyntheticPerson:
    """A drawn person. `phone` is E.164 or empty; the consents were given when the person was written down."""

    ref: str
    log_key: str
    name: str
    born_on: date
    sex: Sex
    language: str
    created_at: datetime
    phone: str = ""
    phone_owner: PhoneOwner = PhoneOwner.OWN
    phone_is_proven: bool = False
    consents: tuple[GivenConsent, ...] = ()
    given_to: str = ""


@dataclass(frozen=True, slots=True)
class SyntheticAccount:
    """An account that nobody can enter by password: its password is unusable."""

    username: str
    name: str
    log_key: str
    language: str
    created_at: datetime
    person_id: int | None = None


@transaction.atomic
def write_people(*, rows: Sequence[SyntheticPerson], by: Actor, at: datetime) -> list[int]:
    """Write people with their phones and consents; returns their keys in the order given."""
    people = Person.objects.bulk_create(
        [
            Person(
                ref=row.ref,
                log_key=row.log_key,
                name_as_given=names.as_given(row.name),
                name_key=names.match_key(row.name)[:160],
                born_on=row.born_on,
                sex=row.sex,
                language=row.language,
                created_at=row.created_at,
                synthetic=True,
            )
            for row in rows
        ]
    )
    keys = [person.pk for person in people]
    PersonPhone.objects.bulk_create(
        [
            PersonPhone(
                person_id=key,
                number=row.phone,
                owner=row.phone_owner,
                added_at=row.created_at,
                proven_at=row.created_at if row.phone_is_proven else None,
            )
            for key, row in zip(keys, rows, strict=True)
            if row.phone
        ]
    )
    Consent.objects.bulk_create(
        [
            Consent(
                person_id=key,
                purpose=one.purpose,
                version=one.version,
                language=one.language,
                way=one.way,
                guardian_name=one.guardian_name,
                guardian_phone=one.guardian_phone,
                given_at=row.created_at,
                given_to=row.given_to,
            )
            for key, row in zip(keys, rows, strict=True)
            for one in row.consents
        ]
    )
    record_change(by=by, at=at, verb="person.seed", thing="demo:nation", detail={"people": len(keys)})
    return keys


@transaction.atomic
def write_accounts(*, rows: Sequence[SyntheticAccount], by: Actor, at: datetime) -> list[int]:
    """Write accounts; returns their keys in the order given."""
    accounts = Account.objects.bulk_create(
        [
            Account(
                username=row.username,
                name=names.as_given(row.name),
                log_key=row.log_key,
                language=row.language,
                created_at=row.created_at,
                person_id=row.person_id,
                synthetic=True,
                password=f"{UNUSABLE_PASSWORD_PREFIX}synthetic",
            )
            for row in rows
        ]
    )
    record_change(by=by, at=at, verb="account.seed", thing="demo:nation", detail={"accounts": len(accounts)})
    return [account.pk for account in accounts]


def wipe_synthetic() -> int:
    """Remove every synthetic account and person, in the caller's transaction. Returns the rows removed."""
    removed = Account.objects.filter(synthetic=True).delete()[0]
    for model in (Consent, PersonPhone):
        removed += model.objects.filter(person__synthetic=True).delete()[0]
    return removed + Person.objects.filter(synthetic=True).delete()[0]


def is_real_service() -> bool:
    """True when people are here and none of them is synthetic: no place for a demonstration."""
    return Person.objects.exists() and not Person.objects.filter(synthetic=True).exists()


def count_synthetic() -> int:
    """How many synthetic people there are."""
    return Person.objects.filter(synthetic=True).count()
