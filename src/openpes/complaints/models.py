"""A complaint and everything that happened to it. Employers never see a row of this room."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from openpes.complaints.states import Channel, ComplaintKind, ComplaintState, Danger, EventKind
from openpes.core.ids import new_ref
from openpes.core.privacy import OnErase, Privacy, blank, keep, personal, sensitive
from openpes.organisations.models import Employer, Office
from openpes.people.models import Account, Person, choices
from openpes.vacancies.models import Vacancy


class Complaint(models.Model):
    """Somebody says what went wrong. `person` is None for people the service does not know.

    Who has no account reads the answer with the number and a secret word, of which only the hash is kept.
    """

    ref = models.CharField(max_length=10, unique=True, default=new_ref)
    secret_hash = models.CharField(max_length=64, blank=True)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=choices(ComplaintKind))
    danger = models.CharField(max_length=10, choices=choices(Danger))
    channel = models.CharField(max_length=10, choices=choices(Channel))
    language = models.CharField(max_length=12)
    words = models.TextField()
    about = models.CharField(max_length=200, blank=True)
    vacancy = models.ForeignKey(Vacancy, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    employer = models.ForeignKey(Employer, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    about_account = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    may_pass_on = models.BooleanField(default=False)
    state = models.CharField(max_length=12, choices=choices(ComplaintState), default=ComplaintState.RECEIVED)
    owner = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    written_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    received_at = models.DateTimeField()
    due_on = models.DateField()
    escalated_at = models.DateTimeField(null=True, blank=True)
    handed_off_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    first_answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    privacy = Privacy(
        retention="complaint_record",
        subject="person",
        on_erase=OnErase.ANONYMISE,
        plain_fields=(
            "id",
            "ref",
            "secret_hash",
            "person",
            "office",
            "language",
            "vacancy",
            "employer",
            "about_account",
            "owner",
            "written_by",
            "escalated_at",
            "first_answered_at",
            "answered_by",
        ),
        kind=personal("what went wrong", keep),
        danger=sensitive("in danger", blank),
        channel=personal("told by", keep),
        words=sensitive("in my words", blank),
        about=sensitive("about", blank),
        may_pass_on=personal("may be passed on", keep),
        state=personal("where it stands", keep),
        received_at=personal("told at", keep),
        due_on=personal("answer due on", keep),
        handed_off_at=personal("given to the labour inspectorate at", keep),
        answer=sensitive("the answer", blank),
        answered_at=personal("answered at", keep),
    )

    class Meta:
        ordering = ["due_on", "pk"]
        indexes = [
            models.Index(fields=["office", "state", "due_on"]),
            models.Index(fields=["vacancy"], condition=Q(vacancy__isnull=False), name="complaints_of_a_vacancy"),
        ]

    def __str__(self) -> str:
        return self.ref


class ComplaintEvent(models.Model):
    """One step: what, when, by whom (a pseudonym)."""

    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=16, choices=choices(EventKind))
    at = models.DateTimeField()
    actor = models.CharField(max_length=80)
    label = models.CharField(max_length=120, blank=True)
    words = models.TextField(blank=True)

    privacy = Privacy(
        retention="complaint_record",
        subject="complaint__person",
        on_erase=OnErase.ANONYMISE,
        plain_fields=("id", "complaint", "actor", "label"),
        kind=personal("step", keep),
        at=personal("step at", keep),
        words=sensitive("step in words", blank),
    )

    class Meta:
        ordering = ["at", "pk"]
