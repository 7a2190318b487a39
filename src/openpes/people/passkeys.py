"""Keys that a person's own device keeps. They sign in beside the PIN, never in its place.

The device asks for its own lock (a finger, a face, its code) each time, so that a phone that lies about opens nothing.
Only the public half of a key comes here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import webauthn
from django.conf import settings
from django.db import transaction
from webauthn.helpers import (
    base64url_to_bytes,
    bytes_to_base64url,
    parse_authentication_credential_json,
    parse_registration_credential_json,
)
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from openpes.core.actors import Actor
from openpes.core.change_log import record_change
from openpes.core.decisions import NotFound, Reason, Refused, no
from openpes.core.ids import keyed_hash
from openpes.people.models import Account, Passkey

MOST_KEYS, LONGEST_ID, LONGEST_NAME = 5, 400, 60
QUESTION_LASTS = timedelta(minutes=5)


@dataclass(frozen=True)
class Question:
    """What a device is asked to sign: `options` go to the browser as JSON, `challenge` stays in the session."""

    options: str
    challenge: str


def _home() -> tuple[str, str]:
    """(whose keys these are, where they may be used), by the address of the service."""
    parts = urlsplit(settings.BASE_URL)
    return parts.hostname or "", f"{parts.scheme}://{parts.netloc}"


def _handle(account: Account) -> bytes:
    """How a device tells one account from another: it says nothing about the person."""
    return keyed_hash(f"passkey:{account.pk}", settings.SECRET_KEY)[:32].encode()


def ask_to_add(account: Account) -> Question:
    """The question for a new key of an account."""
    held = [PublicKeyCredentialDescriptor(id=base64url_to_bytes(one.key_id)) for one in keys_of(account)]
    options = webauthn.generate_registration_options(
        rp_id=_home()[0],
        rp_name=str(settings.SERVICE_NAME),
        user_name=account.username,
        user_id=_handle(account),
        exclude_credentials=held,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
        ),
    )
    return Question(webauthn.options_to_json(options), bytes_to_base64url(options.challenge))


def ask_to_sign_in() -> Question:
    """The question for whoever holds a key: the device knows the account."""
    options = webauthn.generate_authentication_options(
        rp_id=_home()[0], user_verification=UserVerificationRequirement.REQUIRED
    )
    return Question(webauthn.options_to_json(options), bytes_to_base64url(options.challenge))


def keys_of(account: Account) -> list[Passkey]:
    """The keys of an account, the oldest first."""
    return list(Passkey.objects.filter(account=account).order_by("made_at", "pk"))


@transaction.atomic
def add_passkey(*, account: Account, answer: str, challenge: str, name: str, by: Actor, at: datetime) -> Passkey:
    """Keep the public half of a key that a device made. Raises Refused for an answer that does not hold.

    The caller has asked for the PIN.
    """
    Account.objects.select_for_update().get(pk=account.pk)
    if Passkey.objects.filter(account=account).count() >= MOST_KEYS:
        raise Refused(no(Reason("too_many_passkeys", {"most": MOST_KEYS})))
    rp_id, origin = _home()
    try:
        made = webauthn.verify_registration_response(
            credential=parse_registration_credential_json(answer),
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=rp_id,
            expected_origin=origin,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError) as error:
        raise Refused(no(Reason("passkey_not_known"))) from error
    key_id = bytes_to_base64url(made.credential_id)
    if len(key_id) > LONGEST_ID or Passkey.objects.filter(key_id=key_id).exists():
        raise Refused(no(Reason("passkey_not_known")))
    row = Passkey.objects.create(
        account=account,
        key_id=key_id,
        public_key=made.credential_public_key,
        uses=made.sign_count,
        name=" ".join(name.split())[:LONGEST_NAME],
        made_at=at,
    )
    _log(account, "add", by=by, at=at)
    return row


@transaction.atomic
def remove_passkey(*, account: Account, key: int, by: Actor, at: datetime) -> None:
    """Take a key away: its device signs in no more. Raises NotFound."""
    gone, _each = Passkey.objects.filter(account=account, pk=key).delete()
    if not gone:
        raise NotFound("passkey")
    _log(account, "remove", by=by, at=at)


@transaction.atomic
def account_by_passkey(*, answer: str, challenge: str, at: datetime) -> Account | None:
    """Whose key signed the question, or None: unknown, false, used elsewhere and closed look the same.

    Only keys of people sign in here; whoever works in an office keeps the second step.
    """
    rp_id, origin = _home()
    try:
        credential = parse_authentication_credential_json(answer)
        row = (
            Passkey.objects.select_for_update(of=("self",))
            .select_related("account")
            .filter(key_id=bytes_to_base64url(credential.raw_id), account__is_active=True)
            .filter(account__person__isnull=False)
            .first()
        )
        if row is None or credential.response.user_handle not in (None, b"", _handle(row.account)):
            return None
        # A count that does not grow tells of a copied key: the library refuses it.
        signed = webauthn.verify_authentication_response(
            credential=credential,
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=rp_id,
            expected_origin=origin,
            credential_public_key=bytes(row.public_key),
            credential_current_sign_count=row.uses,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError):
        return None
    row.uses, row.used_at = signed.new_sign_count, at
    row.save(update_fields=["uses", "used_at"])
    return row.account


def _log(account: Account, what: str, *, by: Actor, at: datetime) -> None:
    record_change(
        by=by,
        at=at,
        verb=f"account.passkey_{what}",
        thing=f"account:{account.log_key}",
        subject=account.person.log_key if account.person else "",
    )
