"""Accounts, people, phones and consents. A person is not a phone and not an account."""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from openpes.core.ids import new_log_key, new_ref
from openpes.core.privacy import (
    OnErase,
    Privacy,
    blank,
    empty_list,
    keep,
    nothing,
    personal,
    year_only,
)
from openpes.people.states import ConsentWay, MergeState, PhoneOwner, Purpose, Sex


def choices(enum: type) -> list[tuple[str, str]]:
    """The values of a StrEnum as field choices; the words that people read live in `words.py`."""
    return [(member.value, member.value) for member in enum]  # type: ignore[attr-defined]


def another_log_key(value: object) -> str:
    """A fresh pseudonym: after erasure nothing leads from the logs to the person."""
    return new_log_key()


class Person(models.Model):
    """A human being known to the service, under the name they gave."""

    ref = models.CharField(max_length=10, unique=True, default=new_ref)
    log_key = models.CharField(max_length=32, unique=True, default=new_log_key)
    name_as_given = models.CharField(max_length=120, blank=True)
    name_key = models.CharField(max_length=160, blank=True, db_index=True)
    born_on = models.DateField(null=True, blank=True, db_index=True)
    sex = models.CharField(max_length=10, choices=choices(Sex), default=Sex.NOT_SAID)
    language = models.CharField(max_length=12)
    national_number_hash = models.CharField(max_length=64, blank=True, db_index=True)
    # Known from an office's old list and not asked yet: no text, no match, no employer until they have agreed.
    awaits_consent = models.BooleanField(default=False)
    synthetic = models.BooleanField(default=False)
    # This record turned out to be another one's: it stays as it was, and everything new is written there.
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True, blank=True)

    privacy = Privacy(
        retention="inactive_jobseeker",
        subject="pk",
        on_erase=OnErase.ANONYMISE,
        plain_fields=("id", "ref", "synthetic", "merged_into", "created_at", "erased_at"),
        awaits_consent=personal("not asked to agree yet", keep),
        log_key=personal("", another_log_key),
        name_as_given=personal("name", blank),
        name_key=personal("", blank),
        born_on=personal("birth date", year_only),
        sex=personal("sex", keep),
        language=personal("language", keep),
        national_number_hash=personal("", blank),
    )

    def __str__(self) -> str:
        return self.ref


class PersonPhone(models.Model):
    """A phone through which a person can be reached, and whose phone that is."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="phones")
    number = models.CharField(max_length=16, db_index=True)
    owner = models.CharField(max_length=10, choices=choices(PhoneOwner))
    is_main = models.BooleanField(default=True)
    # The number was proven: a code sent to it came back. It proves the phone, never the person.
    proven_at = models.DateTimeField(null=True, blank=True)
    # The number turned out to be somebody else's now: nothing is sent to it, and nothing shown there.
    gone_at = models.DateTimeField(null=True, blank=True)
    added_at = models.DateTimeField()
    # The code that was sent last, as a keyed hash, with its wrong tries.
    code_hash = models.CharField(max_length=64, blank=True)
    code_at = models.DateTimeField(null=True, blank=True)
    code_tries = models.PositiveSmallIntegerField(default=0)

    privacy = Privacy(
        retention="inactive_jobseeker",
        subject="person",
        on_erase=OnErase.DELETE,
        plain_fields=(
            "id",
            "person",
            "is_main",
            "proven_at",
            "gone_at",
            "added_at",
            "code_hash",
            "code_at",
            "code_tries",
        ),
        number=personal("phone", blank),
        owner=personal("whose phone", keep),
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "number"], name="phone_once_per_person")]


class Consent(models.Model):
    """What a person (or their guardian) agreed to: which text, in which language, when, how, until when."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=30, choices=choices(Purpose))
    # With whom and for what, where a purpose alone does not say it.
    about = models.CharField(max_length=60, blank=True)
    version = models.CharField(max_length=20)
    language = models.CharField(max_length=12)
    way = models.CharField(max_length=20, choices=choices(ConsentWay))
    guardian_name = models.CharField(max_length=120, blank=True)
    guardian_phone = models.CharField(max_length=16, blank=True)
    given_at = models.DateTimeField()
    given_to = models.CharField(max_length=80)
    # Ends by itself at this instant; None: holds until it is taken back.
    ends_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    privacy = Privacy(
        retention="consent_record",
        subject="person",
        on_erase=OnErase.ANONYMISE,
        plain_fields=("id", "person", "given_to"),
        purpose=personal("agreed to", keep),
        about=personal("with whom and for what", keep),
        ends_at=personal("ends at", keep),
        version=personal("text version", keep),
        language=personal("text language", keep),
        way=personal("how agreed", keep),
        guardian_name=personal("guardian", blank),
        guardian_phone=personal("guardian's phone", blank),
        given_at=personal("agreed at", keep),
        withdrawn_at=personal("withdrawn at", keep),
    )

    class Meta:
        indexes = [models.Index(fields=["person", "purpose"])]


class PersonMerge(models.Model):
    """Two records that are said to be one person: who proposed it, who agreed, what went over, and what was before."""

    ref = models.CharField(max_length=10, unique=True, default=new_ref)
    kept = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    gone = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=choices(MergeState), default=MergeState.PROPOSED)
    taken = models.JSONField(default=list)
    note = models.CharField(max_length=400, blank=True)
    before = models.JSONField(default=dict)
    moved = models.JSONField(default=dict)
    proposed_by = models.ForeignKey("Account", null=True, on_delete=models.SET_NULL, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey("Account", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    privacy = Privacy(
        retention="inactive_jobseeker",
        subject="kept",
        on_erase=OnErase.DELETE,
        plain_fields=(
            "id",
            "ref",
            "kept",
            "gone",
            "state",
            "taken",
            "moved",
            "proposed_by",
            "proposed_at",
            "decided_by",
            "decided_at",
            "undone_at",
        ),
        note=personal("why two records were made one", blank),
        before=personal("what stood before two records were made one", empty_list),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["gone"], condition=models.Q(state__in=("proposed", "done")), name="one_merge_at_a_time"
            )
        ]


class AccountManager(BaseUserManager["Account"]):
    """Finds accounts by username whatever the case."""

    def get_by_natural_key(self, username: str | None) -> Account:
        """The account that signs in under this name."""
        return self.get(username__iexact=username)


class Account(AbstractBaseUser):
    """Somebody who signs in: staff and employers by name and password, jobseekers by personal code and PIN."""

    username = models.CharField(max_length=80, unique=True)
    name = models.CharField(max_length=120)
    person = models.OneToOneField(Person, null=True, blank=True, on_delete=models.CASCADE, related_name="account")
    log_key = models.CharField(max_length=32, unique=True, default=new_log_key)
    language = models.CharField(max_length=12, default="en")
    is_active = models.BooleanField(default=True)
    must_change_secret = models.BooleanField(default=False)
    synthetic = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    objects = AccountManager()
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["name"]

    privacy = Privacy(
        retention="account",
        subject="person",
        on_erase=OnErase.DELETE,
        plain_fields=("id", "person", "language", "is_active", "must_change_secret", "synthetic", "created_at"),
        username=personal("sign-in name", blank),
        name=personal("name of account", blank),
        log_key=personal("", another_log_key),
        password=personal("", nothing),
        last_login=personal("last signed in", nothing),
    )

    class Meta:
        constraints = [models.UniqueConstraint(Lower("username"), name="username_whatever_case")]

    def __str__(self) -> str:
        return self.username


class SignInTries(models.Model):
    """Wrong tries at one code or sign-in name, known here or not, as a keyed hash: waits grow with them."""

    key = models.CharField(max_length=64, unique=True)
    wrong = models.PositiveSmallIntegerField(default=0)
    last_at = models.DateTimeField()
    wait_until = models.DateTimeField(null=True, blank=True)

    privacy = Privacy(retention="sign_in_attempts", plain_fields=("id", "key", "wrong", "last_at", "wait_until"))


class Passkey(models.Model):
    """A key that a person's own device keeps: it signs in without a PIN. Only its public half is here."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="passkeys")
    key_id = models.CharField(max_length=400, unique=True)
    public_key = models.BinaryField()
    uses = models.PositiveBigIntegerField(default=0)
    name = models.CharField(max_length=60)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    privacy = Privacy(
        retention="account",
        subject="account__person",
        on_erase=OnErase.DELETE,
        plain_fields=("id", "account", "key_id", "public_key", "uses"),
        name=personal("device that signs in", blank),
        made_at=personal("device added at", keep),
        used_at=personal("device last used at", keep),
    )
