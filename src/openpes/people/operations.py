"""Writes of the people room. Callers are journeys and upper rooms, inside one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from openpes.core.actors import Actor
from openpes.core.change_log import record_change
from openpes.core.ids import keyed_hash, new_ref
from openpes.core.privacy import erase_rows
from openpes.people import names
from openpes.people.models import Account, Consent, Person, PersonPhone
from openpes.people.signing import check_code_and_pin as check_code_and_pin
from openpes.people.states import ConsentWay, PhoneOwner, Purpose, Sex


@dataclass(frozen=True)
class NewPerson:
    """What is asked about a person first. `phone` is E.164 or empty; `national_number` is never stored itself."""

    name: str
    born_on: date | None
    sex: Sex
    language: str
    phone: str = ""
    phone_owner: PhoneOwner = PhoneOwner.OWN
    national_number: str = ""


@dataclass(frozen=True)
class GivenConsent:
    """A consent as it was given."""

    purpose: Purpose
    version: str
    language: str
    way: ConsentWay
    guardian_name: str = ""
    guardian_phone: str = ""
    about: str = ""
    ends_at: datetime | None = None


@transaction.atomic
def add_person(
    *, new: NewPerson, by: Actor, at: datetime, secret: str, synthetic: bool = False, awaits_consent: bool = False
) -> Person:
    """Write down a person. `secret` keys the hash of the national number."""
    name = names.as_given(new.name)
    person = Person.objects.create(
        name_as_given=name,
        name_key=names.match_key(name)[:160],
        born_on=new.born_on,
        sex=new.sex,
        language=new.language,
        created_at=at,
        synthetic=synthetic,
        awaits_consent=awaits_consent,
        national_number_hash=keyed_hash(new.national_number, secret) if new.national_number else "",
    )
    if new.phone:
        PersonPhone.objects.create(person=person, number=new.phone, owner=new.phone_owner, added_at=at)
    record_change(by=by, at=at, verb="person.add", thing=f"person:{person.ref}", subject=person.log_key)
    return person


@transaction.atomic
def change_person(
    *,
    person: Person,
    name: str | None = None,
    born_on: date | None = None,
    sex: Sex | None = None,
    language: str | None = None,
    by: Actor,
    at: datetime,
) -> Person:
    """Correct what is known about a person. None leaves a value as it is. The log keeps which fields, not what."""
    changed: list[str] = []
    if name is not None and names.as_given(name) != person.name_as_given:
        person.name_as_given = names.as_given(name)
        person.name_key = names.match_key(name)[:160]
        changed += ["name_as_given", "name_key"]
    for field, value in (("born_on", born_on), ("sex", sex), ("language", language)):
        if value is not None and value != getattr(person, field):
            setattr(person, field, value)
            changed.append(field)
    if changed:
        person.save(update_fields=changed)
        record_change(
            by=by,
            at=at,
            verb="person.change",
            thing=f"person:{person.ref}",
            subject=person.log_key,
            detail={"fields": changed},
        )
    return person


@transaction.atomic
def set_main_phone(*, person: Person, number: str, owner: PhoneOwner, by: Actor, at: datetime) -> PersonPhone:
    """Make a number the main phone of a person; earlier ones stay known but are not used first."""
    person.phones.exclude(number=number).update(is_main=False)
    phone, _created = PersonPhone.objects.update_or_create(
        person=person,
        number=number,
        defaults={"owner": owner, "is_main": True, "gone_at": None},
        create_defaults={"owner": owner, "is_main": True, "added_at": at},
    )
    record_change(by=by, at=at, verb="person.phone", thing=f"person:{person.ref}", subject=person.log_key)
    return phone


@transaction.atomic
def mark_wrong_number(*, person: Person, by: Actor, at: datetime) -> int:
    """A stranger answered: no text goes to this number any more. It stays on file, unproven, until a new one is given.

    Returns how many numbers were marked.
    """
    marked = PersonPhone.objects.filter(person=person, is_main=True).update(is_main=False, proven_at=None, gone_at=at)
    if marked:
        record_change(by=by, at=at, verb="person.wrong_number", thing=f"person:{person.ref}", subject=person.log_key)
    return marked


@transaction.atomic
def give_consent(*, person: Person, consent: GivenConsent, by: Actor, at: datetime) -> Consent:
    """Write down a consent: which text, in which language, how and to whom."""
    row = Consent.objects.create(
        person=person,
        purpose=consent.purpose,
        version=consent.version,
        language=consent.language,
        way=consent.way,
        guardian_name=names.as_given(consent.guardian_name),
        guardian_phone=consent.guardian_phone,
        given_at=at,
        given_to=by.log_key,
        about=consent.about,
        ends_at=consent.ends_at,
    )
    if consent.purpose == Purpose.REGISTRATION and person.awaits_consent:
        person.awaits_consent = False
        person.save(update_fields=["awaits_consent"])
    record_change(
        by=by,
        at=at,
        verb="consent.give",
        thing=f"person:{person.ref}",
        subject=person.log_key,
        detail={"purpose": consent.purpose, "version": consent.version, "way": consent.way},
    )
    return row


@transaction.atomic
def withdraw_consent(*, person: Person, purpose: Purpose, by: Actor, at: datetime) -> int:
    """End a consent at once. Returns how many were in force."""
    ended = Consent.objects.filter(person=person, purpose=purpose, withdrawn_at=None).update(withdrawn_at=at)
    record_change(
        by=by,
        at=at,
        verb="consent.withdraw",
        thing=f"person:{person.ref}",
        subject=person.log_key,
        detail={"purpose": purpose},
    )
    return ended


@transaction.atomic
def withdraw_one_consent(*, consent_id: int, by: Actor, at: datetime) -> bool:
    """End one consent at once, and leave others for the same purpose. True when it was in force."""
    row = Consent.objects.select_related("person").get(pk=consent_id)
    ended = Consent.objects.filter(pk=row.pk, withdrawn_at=None).update(withdrawn_at=at)
    if ended:
        record_change(
            by=by,
            at=at,
            verb="consent.withdraw",
            thing=f"person:{row.person.ref}",
            subject=row.person.log_key,
            detail={"purpose": row.purpose},
        )
    return bool(ended)


@transaction.atomic
def open_account(
    *,
    username: str,
    name: str,
    secret: str | None,
    language: str,
    by: Actor,
    at: datetime,
    person: Person | None = None,
    must_change_secret: bool = False,
    synthetic: bool = False,
) -> Account:
    """Open an account. `secret` is the password or PIN; None means that it cannot be entered yet."""
    account = Account(
        username=username,
        name=names.as_given(name),
        person=person,
        language=language,
        must_change_secret=must_change_secret,
        synthetic=synthetic,
        created_at=at,
    )
    if secret is None:
        account.set_unusable_password()
    else:
        account.set_password(secret)
    account.save()
    record_change(
        by=by, at=at, verb="account.open", thing=f"account:{account.log_key}", subject=person.log_key if person else ""
    )
    return account


@transaction.atomic
def set_secret(*, account: Account, secret: str, by: Actor, at: datetime, must_change: bool = False) -> None:
    """Set a new password or PIN."""
    account.set_password(secret)
    account.must_change_secret = must_change
    account.save(update_fields=["password", "must_change_secret"])
    record_change(by=by, at=at, verb="account.secret", thing=f"account:{account.log_key}")


@transaction.atomic
def close_account(*, account: Account, by: Actor, at: datetime) -> None:
    """End an account's right to sign in, at once. Open sessions end too, and stay ended should it be opened again."""
    account.is_active = False
    account.set_unusable_password()
    account.save(update_fields=["is_active", "password"])
    record_change(by=by, at=at, verb="account.close", thing=f"account:{account.log_key}")


def close_unused_accounts(*, unused_since: datetime, by: Actor, at: datetime) -> int:
    """Close the accounts of staff, firms and partners that nobody has entered since. Returns how many.

    An account of a jobseeker goes with the person, whose sign of life may come another way.
    """
    open_ones = Account.objects.filter(is_active=True, person=None)
    unused = open_ones.filter(
        Q(last_login__lt=unused_since) | Q(last_login=None, created_at__lt=unused_since), created_at__lt=unused_since
    )
    accounts = list(unused.order_by("pk"))
    for account in accounts:
        close_account(account=account, by=by, at=at)
    return len(accounts)


def fill_in(*, person: Person, born_on: date | None, sex: Sex, phone: str, by: Actor, at: datetime) -> dict[str, str]:
    """Write what was not known yet, and leave what was. Returns what is new, by field, so that it can be taken back."""
    filled: dict[str, str] = {}
    if person.born_on is None and born_on is not None:
        filled["born_on"] = born_on.isoformat()
    if person.sex == Sex.NOT_SAID and sex != Sex.NOT_SAID:
        filled["sex"] = sex.value
    change_person(
        person=person,
        born_on=born_on if "born_on" in filled else None,
        sex=sex if "sex" in filled else None,
        by=by,
        at=at,
    )
    if phone and not PersonPhone.objects.filter(person=person, number=phone).exists():
        has_main = PersonPhone.objects.filter(person=person, is_main=True).exists()
        PersonPhone.objects.create(
            person=person, number=phone, owner=PhoneOwner.OTHER, is_main=not has_main, added_at=at
        )
        filled["phone"] = phone
    return filled


def take_back_filled(*, person: Person, filled: dict[str, str], by: Actor, at: datetime) -> bool:
    """Undo `fill_in` where nothing was changed since; False (and nothing changed) where something was."""
    born_on = person.born_on.isoformat() if person.born_on else ""
    if filled.get("born_on", born_on) != born_on or filled.get("sex", person.sex) != person.sex:
        return False
    phones = PersonPhone.objects.filter(person=person, number=filled.get("phone", ""))
    if "phone" in filled and phones.filter(proven_at=None).count() != 1:
        return False
    phones.delete()
    if "born_on" in filled:
        person.born_on = None
    if "sex" in filled:
        person.sex = Sex.NOT_SAID
    person.save(update_fields=["born_on", "sex"])
    record_change(by=by, at=at, verb="person.unfill", thing=f"person:{person.ref}", subject=person.log_key)
    return True


def remove_person(*, person: Person, by: Actor, at: datetime) -> None:
    """Remove a record that an old list made and that nothing was built on. The caller has looked."""
    record_change(by=by, at=at, verb="person.remove", thing=f"person:{person.ref}", subject=person.log_key)
    PersonPhone.objects.filter(person=person).delete()
    person.delete()


def new_personal_code() -> str:
    """A sign-in code for somebody without e-mail: eight letters in two groups, read aloud without mistakes."""
    made = new_ref()
    return f"{made[:4]}-{made[4:8]}"


@transaction.atomic
def erase_person(*, person: Person, by: Actor, at: datetime) -> int:
    """Forget a person in this room, as the declarations of its tables say. Returns the rows touched."""
    record_change(by=by, at=at, verb="person.erase", thing=f"person:{person.ref}", subject=person.log_key)
    touched = sum(erase_rows(model, person.pk) for model in (Account, Consent, PersonPhone, Person))
    Person.objects.filter(pk=person.pk).update(erased_at=at)
    return touched
