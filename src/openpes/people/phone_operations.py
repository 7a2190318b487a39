"""Phones of a person: several of them, proven by a code, given up when a number changes hands."""

from __future__ import annotations

import hmac
import secrets
from datetime import datetime

from django.conf import settings
from django.db import transaction

from openpes.core.actors import Actor
from openpes.core.change_log import record_change
from openpes.core.decisions import NotFound, Reason, Refused, no
from openpes.core.ids import keyed_hash
from openpes.people.models import Person, PersonPhone
from openpes.people.rules import CODE_AGAIN_AFTER, code_still_counts, loses_number
from openpes.people.states import PhoneOwner

MOST_PHONES = 5


def _log(person: Person, what: str, *, by: Actor, at: datetime, why: str = "") -> None:
    detail = {"why": why} if why else {}
    record_change(
        by=by, at=at, verb=f"person.phone_{what}", thing=f"person:{person.ref}", subject=person.log_key, detail=detail
    )


def _own(person: Person, key: int) -> PersonPhone:
    row = PersonPhone.objects.select_for_update().filter(pk=key, person=person).first()
    if row is None:
        raise NotFound("phone")
    return row


@transaction.atomic
def add_phone(*, person: Person, number: str, owner: PhoneOwner, by: Actor, at: datetime) -> PersonPhone:
    """Another phone, not used first unless it is the only one. A number given up earlier may be given again.

    Raises Refused above five phones. The caller has checked access.
    """
    held = PersonPhone.objects.filter(person=person)
    if held.exclude(number=number).filter(gone_at=None).count() >= MOST_PHONES:
        raise Refused(no(Reason("too_many_phones", {"most": MOST_PHONES})))
    row, _is_new = PersonPhone.objects.update_or_create(
        person=person,
        number=number,
        defaults={"owner": owner, "gone_at": None},
        create_defaults={"owner": owner, "is_main": False, "added_at": at},
    )
    if not held.filter(is_main=True).exists():
        row.is_main = True
        row.save(update_fields=["is_main"])
    _log(person, "add", by=by, at=at)
    return row


@transaction.atomic
def use_first(*, person: Person, key: int, by: Actor, at: datetime) -> PersonPhone:
    """Texts go to this phone from now on. Raises NotFound; Refused for a number that is a stranger's."""
    row = _own(person, key)
    if row.gone_at is not None:
        raise Refused(no(Reason("phone_is_gone")))
    PersonPhone.objects.filter(person=person).exclude(pk=row.pk).update(is_main=False)
    row.is_main = True
    row.save(update_fields=["is_main"])
    _log(person, "first", by=by, at=at)
    return row


@transaction.atomic
def remove_phone(*, person: Person, key: int, by: Actor, at: datetime) -> None:
    """Forget a phone. Another one, where there is one, is used first instead. Raises NotFound."""
    row = _own(person, key)
    was_main = row.is_main
    row.delete()
    following = PersonPhone.objects.filter(person=person, gone_at=None).order_by("added_at", "pk").first()
    if was_main and following is not None:
        following.is_main = True
        following.save(update_fields=["is_main"])
    _log(person, "remove", by=by, at=at)


@transaction.atomic
def new_code(*, person: Person, key: int, by: Actor, at: datetime) -> str:
    """Six digits to text to a phone; only their hash stays. Raises NotFound; Refused within a minute."""
    row = _own(person, key)
    if row.gone_at is not None:
        raise Refused(no(Reason("phone_is_gone")))
    if row.code_at is not None and at < row.code_at + CODE_AGAIN_AFTER:
        raise Refused(no(Reason("code_just_sent")))
    code = f"{secrets.randbelow(10**6):06d}"
    row.code_hash, row.code_at, row.code_tries = _hash(row, code), at, 0
    row.save(update_fields=["code_hash", "code_at", "code_tries"])
    _log(person, "code", by=by, at=at)
    return code


def prove_phone(*, person: Person, key: int, code: str, by: Actor, at: datetime) -> list[int] | None:
    """The code came back: the phone is proven, and whoever said that this number was theirs alone loses it.

    None: the code is wrong or too old, and the try counts. Else the people who lost the number.
    """
    with transaction.atomic():
        row = _own(person, key)
        right = hmac.compare_digest(row.code_hash, _hash(row, code))
        if not (right and code_still_counts(sent_at=row.code_at, tries=row.code_tries, at=at)):
            row.code_tries += 1
            row.save(update_fields=["code_tries"])
            return None
        row.proven_at, row.code_hash, row.code_at, row.code_tries = at, "", None, 0
        row.save(update_fields=["proven_at", "code_hash", "code_at", "code_tries"])
        _log(person, "prove", by=by, at=at)
        others = PersonPhone.objects.filter(number=row.number, gone_at=None).exclude(person=person)
        losing = [one for one in others.select_related("person") if loses_number(PhoneOwner(one.owner))]
        for one in losing:
            detach(person=one.person, number=one.number, why="proven_by_another", by=by, at=at)
        return [one.person_id for one in losing]


@transaction.atomic
def detach(*, person: Person, number: str, why: str, by: Actor, at: datetime) -> bool:
    """A number is somebody else's now: nothing goes there any more, until it is given again. False: it was not theirs.

    No other phone takes its place by itself: the office asks the person first.
    """
    done = PersonPhone.objects.filter(person=person, number=number, gone_at=None).update(
        gone_at=at, is_main=False, proven_at=None, code_hash="", code_at=None
    )
    if done:
        _log(person, "gone", by=by, at=at, why=why)
    return bool(done)


def _hash(row: PersonPhone, code: str) -> str:
    return keyed_hash(f"phone-code:{row.pk}:{code.strip()}", settings.SECRET_KEY)
