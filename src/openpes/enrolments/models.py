"""From a place to a result: who is enrolled, sessions and who came, certificates, and the questions afterwards."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from openpes.core.ids import new_ref
from openpes.core.privacy import OnErase, Privacy, blank, keep, nothing, personal, sensitive
from openpes.enrolments.flag_models import Control, Flag
from openpes.enrolments.money_models import StipendLine, StipendList, SubsidyClaim
from openpes.enrolments.states import EnrolmentState, FollowAnswer, FollowState, LeftWhy, Way
from openpes.jobseekers.models import Jobseeker
from openpes.organisations.models import Employer
from openpes.organisations.partner_models import Partner
from openpes.people.models import Account, choices
from openpes.programmes.models import Application, Cycle

__all__ = [
    "Attendance", "Certificate", "Control", "CourseProvider", "Enrolment", "Flag", "FollowUp", "Session",
    "StipendLine", "StipendList", "SubsidyClaim",
]  # fmt: skip


class CourseProvider(models.Model):
    """Which organisation runs a round; its people see this round and no other."""

    cycle = models.OneToOneField(Cycle, on_delete=models.CASCADE, related_name="+")
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+")
    named_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    named_at = models.DateTimeField()

    privacy = Privacy(retention="programme_record", plain_fields=("id", "cycle", "partner", "named_by", "named_at"))

    def __str__(self) -> str:
        return str(self.partner_id)


class Enrolment(models.Model):
    """Somebody who accepted a place. `payout_account` is where a stipend goes: a bank account or a wallet.

    Of a document and a photo only marks are kept: enough to see the same one twice, not enough to show it.
    """

    ref = models.CharField(max_length=10, unique=True, default=new_ref)
    application = models.OneToOneField(Application, on_delete=models.CASCADE, related_name="+")
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="+")
    jobseeker = models.ForeignKey(Jobseeker, on_delete=models.CASCADE, related_name="+")
    employer = models.ForeignKey(Employer, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=choices(EnrolmentState), default=EnrolmentState.ENROLLED)
    enrolled_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    left_why = models.CharField(max_length=20, choices=choices(LeftWhy), blank=True)
    payout_account = models.CharField(max_length=40, blank=True)
    email = models.EmailField(max_length=160, blank=True)
    document_mark = models.CharField(max_length=64, blank=True)
    photo_mark = models.CharField(max_length=64, blank=True)

    privacy = Privacy(
        retention="programme_record",
        subject="jobseeker__person",
        on_erase=OnErase.ANONYMISE,
        plain_fields=("id", "ref", "application", "cycle", "jobseeker", "employer"),
        state=personal("where I stand", keep),
        enrolled_at=personal("enrolled at", keep),
        ended_at=personal("ended at", keep),
        left_why=sensitive("why I left", blank),
        payout_account=sensitive("account for payments", blank),
        email=personal("e-mail for the course", blank),
        document_mark=sensitive("mark of my document", blank),
        photo_mark=sensitive("mark of my photo", blank),
    )

    class Meta:
        ordering = ["enrolled_at", "pk"]
        indexes = [models.Index(fields=["cycle", "state"])]

    def __str__(self) -> str:
        return self.ref


class Session(models.Model):
    """One meeting of a round. `code` is what people send by text when they are there."""

    ref = models.CharField(max_length=10, unique=True, default=new_ref)
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=200, blank=True)
    trainer = models.CharField(max_length=120, blank=True)
    capacity = models.PositiveIntegerField()
    code = models.CharField(max_length=6)

    privacy = Privacy(
        retention="programme_record",
        plain_fields=("id", "ref", "cycle", "starts_at", "ends_at", "place", "trainer", "capacity", "code"),
    )

    class Meta:
        ordering = ["starts_at", "pk"]
        indexes = [models.Index(fields=["code", "starts_at"])]
        constraints = [models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="session_ends_after_start")]

    def __str__(self) -> str:
        return self.ref


class Attendance(models.Model):
    """Somebody was there, on whose word and when that was noted. Two words for one session are one attendance."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="attendances")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="attendances")
    way = models.CharField(max_length=8, choices=choices(Way))
    noted_at = models.DateTimeField()
    noted_by = models.CharField(max_length=80)
    minutes = models.PositiveIntegerField()

    privacy = Privacy(
        retention="programme_record",
        subject="enrolment__jobseeker__person",
        on_erase=OnErase.ANONYMISE,
        plain_fields=("id", "session", "enrolment", "noted_by"),
        way=personal("noted by way of", keep),
        noted_at=personal("noted at", keep),
        minutes=personal("minutes there", keep),
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "enrolment"], name="one_attendance_a_session")]

    def __str__(self) -> str:
        return f"{self.session_id}:{self.enrolment_id}"


class Certificate(models.Model):
    """The paper of a completed enrolment. It can be taken back, and says so from then on."""

    ref = models.CharField(max_length=10, unique=True, default=new_ref)
    enrolment = models.OneToOneField(Enrolment, on_delete=models.CASCADE, related_name="certificate")
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    minutes = models.PositiveIntegerField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    revoked_why = models.CharField(max_length=400, blank=True)

    privacy = Privacy(
        retention="programme_record",
        subject="enrolment__jobseeker__person",
        on_erase=OnErase.ANONYMISE,
        plain_fields=("id", "ref", "enrolment", "issued_by", "revoked_by"),
        issued_at=personal("certificate of", keep),
        minutes=personal("minutes of training", keep),
        revoked_at=personal("taken back at", keep),
        revoked_why=sensitive("taken back because", blank),
    )

    def __str__(self) -> str:
        return self.ref


class FollowUp(models.Model):
    """A question so many months after the end. Silence is neither success nor failure."""

    ref = models.CharField(max_length=10, unique=True, default=new_ref)
    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="follow_ups")
    month = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    state = models.CharField(max_length=10, choices=choices(FollowState), default=FollowState.WAITING)
    asked_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=20, choices=choices(FollowAnswer), blank=True)
    since = models.DateField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    privacy = Privacy(
        retention="programme_record",
        subject="enrolment__jobseeker__person",
        on_erase=OnErase.ANONYMISE,
        plain_fields=("id", "ref", "enrolment", "month", "due_on", "state", "asked_at"),
        answer=personal("what I said I do", keep),
        since=personal("since when", nothing),
        answered_at=personal("said at", keep),
    )

    class Meta:
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["state", "due_on"])]
        constraints = [models.UniqueConstraint(fields=["enrolment", "month"], name="one_question_a_month")]

    def __str__(self) -> str:
        return self.ref
