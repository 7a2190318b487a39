"""Code and PIN: the same answer in the same time for a code that exists and one that does not; waits that grow."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction

from openpes.core.actors import Actor
from openpes.core.change_log import record_change
from openpes.core.ids import keyed_hash
from openpes.people.models import Account, SignInTries
from openpes.people.rules import TRIES_FORGOTTEN_AFTER, wait_after, wrong_tries_now


def folded_code(typed: str) -> str:
    """A personal code as it is stored; people leave out the hyphen, or write small letters."""
    text = typed.strip()
    plain = text.replace("-", "").replace(" ", "")
    return f"{plain[:4]}-{plain[4:]}".upper() if len(plain) == 8 and "-" not in text else text


def _key(username: str) -> str:
    return keyed_hash(f"sign-in:{folded_code(username).casefold()}", settings.SECRET_KEY)


def must_wait(username: str, *, at: datetime) -> bool:
    """Were there so many wrong tries at this name that the next one has to wait? Known names or not."""
    return SignInTries.objects.filter(key=_key(username), wait_until__gt=at).exists()


@transaction.atomic
def note_try(username: str, *, right: bool, at: datetime) -> None:
    """Count a wrong try at a name, or forget them after a right one."""
    if right:
        SignInTries.objects.filter(key=_key(username)).delete()
        return
    row, is_new = SignInTries.objects.select_for_update().get_or_create(
        key=_key(username), defaults={"wrong": 1, "last_at": at}
    )
    if is_new:
        return
    row.wrong = wrong_tries_now(row.wrong, last_at=row.last_at, at=at) + 1
    row.last_at, row.wait_until = at, at + wait_after(row.wrong)
    row.save(update_fields=["wrong", "last_at", "wait_until"])


def check_code_and_pin(*, code: str, pin: str, at: datetime) -> Account | None:
    """Whose code and PIN these are, or None: unknown, wrong, closed, and "wait" look the same and take as long."""
    username = folded_code(code)
    account = Account.objects.filter(username__iexact=username, is_active=True, person__isnull=False).first()
    waits = must_wait(username, at=at)
    # For an unknown code a secret is worked through as well: the time must not tell.
    right = account.check_password(pin) if account else _as_slow_as_a_check(pin)
    if waits:
        return None
    note_try(username, right=bool(right and account), at=at)
    return account if right else None


def _as_slow_as_a_check(pin: str) -> bool:
    Account().set_password(pin)
    return False


def forget_tries(*, before: datetime) -> int:
    """Forget names nobody tried since. Returns how many."""
    return SignInTries.objects.filter(last_at__lt=before - TRIES_FORGOTTEN_AFTER).delete()[0]


@transaction.atomic
def give_new_pin(*, account: Account, pin: str, checked: str, by: Actor, at: datetime) -> None:
    """A new PIN from the office, to be changed at its first use; waits end. `checked`: how the person was known.

    The caller has checked that the actor may. Device keys end too: who recovers an account may have lost the device.
    """
    account.set_password(pin)
    account.must_change_secret, account.is_active = True, True
    account.save(update_fields=["password", "must_change_secret", "is_active"])
    account.passkeys.all().delete()
    SignInTries.objects.filter(key=_key(account.username)).delete()
    record_change(
        by=by,
        at=at,
        verb="account.recover",
        thing=f"account:{account.log_key}",
        subject=account.person.log_key if account.person else "",
        detail={"checked": checked},
    )
