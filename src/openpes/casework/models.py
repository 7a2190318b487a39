"""The long story with a person: notes, who else helps; of the staff: kept lists, stand-ins, forms left half done."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from openpes.casework.states import Done, HelperRole, NoteKind
from openpes.core.ids import new_ref
from openpes.core.privacy import OnErase, Privacy, blank, empty_list, keep, nothing, personal, sensitive
from openpes.jobseekers.models import Jobseeker
from openpes.organisations.models import Office
from openpes.people.models import Account, choices


class CaseNote(models.Model):
    """A note on a person. It is never changed: a correction is a new note that names the old one.

    One note to many is one row a person; `together` is the same for all of them.
    """

    ref = models.CharField(max_length=10, unique=True, default=new_ref)
    jobseeker = models.ForeignKey(Jobseeker, on_delete=models.CASCADE, related_name="+")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=choices(NoteKind))
    words = models.TextField()
    pinned_at = models.DateTimeField(null=True, blank=True)
    corrects = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="corrected_by"
    )
    together = models.CharField(max_length=10, blank=True)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    writer = models.CharField(max_length=120, blank=True)

    privacy = Privacy(
        retention="guidance_record",
        subject="jobseeker__person",
        on_erase=OnErase.DELETE,
        plain_fields=("id", "ref", "jobseeker", "office", "pinned_at", "corrects", "together", "written_by"),
        kind=personal("kind of note", keep),
        words=sensitive("note", blank),
        written_at=personal("written at", keep),
        writer=personal("written by", keep),
    )

    class Meta:
        ordering = ["-written_at", "-pk"]
        indexes = [models.Index(fields=["jobseeker", "-written_at"])]

    def __str__(self) -> str:
        return self.ref


class NamedHelper(models.Model):
    """Somebody else who helps the person, as the person says."""

    ref = models.CharField(max_length=10, unique=True, default=new_ref)
    jobseeker = models.ForeignKey(Jobseeker, on_delete=models.CASCADE, related_name="+")
    role = models.CharField(max_length=12, choices=choices(HelperRole))
    name = models.CharField(max_length=120)
    reached_by = models.CharField(max_length=120, blank=True)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    last_contact_on = models.DateField(null=True, blank=True)
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    privacy = Privacy(
        retention="guidance_record",
        subject="jobseeker__person",
        on_erase=OnErase.DELETE,
        plain_fields=("id", "ref", "jobseeker", "noted_at", "noted_by"),
        role=personal("who also helps me", keep),
        name=personal("name of who helps", blank),
        reached_by=personal("reached by", blank),
        since=personal("helps since", keep),
        until=personal("helped until", nothing),
        last_contact_on=personal("last spoken with them on", nothing),
    )

    class Meta:
        ordering = [F("until").desc(nulls_first=True), "name", "pk"]

    def __str__(self) -> str:
        return self.ref


class KeptList(models.Model):
    """Filters of a caseload that an account kept under a name. It holds filters, never people."""

    ref = models.CharField(max_length=10, unique=True, default=new_ref)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=60)
    filters = models.JSONField(default=dict)
    kept_at = models.DateTimeField()

    privacy = Privacy(retention="account", plain_fields=("id", "ref", "account", "name", "filters", "kept_at"))

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["account", "name"], name="one_kept_list_of_a_name")]

    def __str__(self) -> str:
        return self.name


class StandIn(models.Model):
    """From the first to the last day somebody sees an absent colleague's caseload as their own. It ends by itself."""

    ref = models.CharField(max_length=10, unique=True, default=new_ref)
    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="+")
    absent = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    deputy = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    first_day = models.DateField()
    last_day = models.DateField()
    note = models.CharField(max_length=400, blank=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    privacy = Privacy(
        retention="institution",
        plain_fields=(
            "id", "ref", "office", "absent", "deputy", "first_day", "last_day", "note", "made_at", "ended_at",
        ),
    )  # fmt: skip

    class Meta:
        ordering = ["first_day", "pk"]
        indexes = [models.Index(fields=["deputy", "last_day"])]
        constraints = [
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="stand_in_ends_after_it_starts"),
            models.CheckConstraint(condition=~Q(absent=F("deputy")), name="nobody_stands_in_for_themselves"),
        ]

    def __str__(self) -> str:
        return self.ref


class FormDraft(models.Model):
    """What an officer had typed into one form of the desk before it was finished. Read by that account alone.

    `address` is the page of the form; a person's page names its person, so that a draft is erased with them. `words`
    holds what was typed, by the name of the box; a spoken yes is never in it.
    """

    ref = models.CharField(max_length=10, unique=True, default=new_ref)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    jobseeker = models.ForeignKey(Jobseeker, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    address = models.CharField(max_length=200)
    query = models.CharField(max_length=200, blank=True)
    words = models.JSONField(default=dict)
    kept_at = models.DateTimeField()

    privacy = Privacy(
        retention="account",
        subject="jobseeker__person",
        on_erase=OnErase.DELETE,
        plain_fields=("id", "ref", "account", "jobseeker", "address", "query"),
        words=sensitive("form that was begun at the desk", empty_list),
        kept_at=personal("form begun at", keep),
    )

    class Meta:
        ordering = ["-kept_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["account", "address"], name="one_draft_of_a_form")]

    def __str__(self) -> str:
        return self.ref


class KeyedLine(models.Model):
    """One thing of a day on paper that was keyed in. The print of its content makes keying it in twice impossible."""

    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="+")
    held_on = models.DateField()
    jobseeker = models.ForeignKey(Jobseeker, on_delete=models.CASCADE, related_name="+")
    done = models.CharField(max_length=12, choices=choices(Done))
    print = models.CharField(max_length=64)
    keyed_at = models.DateTimeField()
    keyed_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    privacy = Privacy(
        retention="guidance_record",
        subject="jobseeker__person",
        on_erase=OnErase.DELETE,
        plain_fields=("id", "office", "jobseeker", "print", "keyed_by"),
        held_on=personal("day on paper", keep),
        done=personal("done on paper", keep),
        keyed_at=personal("keyed in at", keep),
    )

    class Meta:
        ordering = ["held_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["jobseeker", "held_on", "print"], name="a_line_of_a_day_is_keyed_once")
        ]


class PaperToShow(models.Model):
    """Somebody came without a paper of identity: until one is shown the number of their registration stands for it.

    It refuses nothing. What the paper is and what stands on it is not kept, only that somebody has seen one.
    """

    ref = models.CharField(max_length=10, unique=True, default=new_ref)
    jobseeker = models.ForeignKey(Jobseeker, on_delete=models.CASCADE, related_name="+")
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    due_on = models.DateField()
    shown_at = models.DateTimeField(null=True, blank=True)

    privacy = Privacy(
        retention="guidance_record",
        subject="jobseeker__person",
        on_erase=OnErase.DELETE,
        plain_fields=("id", "ref", "jobseeker", "noted_by"),
        noted_at=personal("came without a paper of identity at", keep),
        due_on=personal("paper of identity asked for by", keep),
        shown_at=personal("paper of identity seen at", keep),
    )

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["jobseeker"], condition=Q(shown_at=None), name="one_paper_asked_for")
        ]

    def __str__(self) -> str:
        return self.ref
