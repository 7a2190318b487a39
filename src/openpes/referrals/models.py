"""A person sent to a vacancy, the clock that runs until the employer answers, and every step as an event."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from openpes.core.ids import new_ref
from openpes.core.privacy import OnErase, Privacy, blank, empty_list, keep, personal
from openpes.jobseekers.models import Jobseeker
from openpes.organisations.models import Office
from openpes.people.models import Account, choices
from openpes.referrals.meeting_models import Interview, ListReply
from openpes.referrals.states import AnswerChannel, Ending, EventKind, ReferralState
from openpes.vacancies.models import Vacancy

__all__ = ["Interview", "ListReply", "Referral", "ReferralEvent"]


class Referral(models.Model):
    """One person introduced to one vacancy, once while it is open."""

    ref = models.CharField(max_length=10, unique=True, default=new_ref)
    jobseeker = models.ForeignKey(Jobseeker, on_delete=models.CASCADE, related_name="+")
    vacancy = models.ForeignKey(Vacancy, on_delete=models.PROTECT, related_name="+")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    made_by_jobseeker = models.BooleanField(default=False)
    note = models.CharField(max_length=400, blank=True)
    score = models.PositiveIntegerField(default=0)
    parts = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=choices(ReferralState), default=ReferralState.SENT)
    sent_at = models.DateTimeField()
    answer_due_at = models.DateTimeField()
    extended = models.BooleanField(default=False)
    reminded_at = models.DateTimeField(null=True, blank=True)
    task_raised_at = models.DateTimeField(null=True, blank=True)
    first_answer_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    # When the employer first opened the person's details: it counts against the quota of the vacancy.
    seen_at = models.DateTimeField(null=True, blank=True)
    # From then on the employer does not see a person who was not hired any more.
    hidden_from_employer_at = models.DateTimeField(null=True, blank=True)
    ending = models.CharField(max_length=20, choices=choices(Ending), blank=True)
    ending_reason = models.CharField(max_length=30, blank=True)

    privacy = Privacy(
        retention="referral_record",
        subject="jobseeker__person",
        on_erase=OnErase.ANONYMISE,
        plain_fields=(
            "id",
            "ref",
            "jobseeker",
            "office",
            "made_by",
            "made_by_jobseeker",
            "answer_due_at",
            "extended",
            "reminded_at",
            "task_raised_at",
        ),
        vacancy=personal("vacancy", keep),
        note=personal("note to the employer", blank),
        score=personal("score", keep),
        parts=personal("parts of the score", empty_list),
        state=personal("state", keep),
        sent_at=personal("sent at", keep),
        first_answer_at=personal("first answer at", keep),
        ended_at=personal("ended at", keep),
        seen_at=personal("first opened by the employer at", keep),
        hidden_from_employer_at=personal("hidden from the employer at", keep),
        ending=personal("ending", keep),
        ending_reason=personal("reason", keep),
    )

    class Meta:
        indexes = [
            models.Index(fields=["office", "state", "answer_due_at"]),
            models.Index(fields=["jobseeker", "-sent_at"]),
            models.Index(fields=["vacancy", "state"]),
            models.Index(fields=["ended_at"]),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["jobseeker", "vacancy"], condition=~Q(state="ended"), name="one_open_referral_a_pair"
            ),
            models.CheckConstraint(
                condition=Q(state="ended", ended_at__isnull=False) & ~Q(ending="")
                | ~Q(state="ended") & Q(ended_at__isnull=True, ending=""),
                name="ended_referral_has_an_ending",
            ),
        ]

    def __str__(self) -> str:
        return self.ref


class ReferralEvent(models.Model):
    """One step of a referral: what, when, by which way, by whom (a pseudonym)."""

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=12, choices=choices(EventKind))
    at = models.DateTimeField()
    channel = models.CharField(max_length=12, choices=choices(AnswerChannel))
    actor = models.CharField(max_length=80)
    detail = models.JSONField(default=dict)

    privacy = Privacy(
        retention="referral_record",
        subject="referral__jobseeker__person",
        on_erase=OnErase.KEEP,
        plain_fields=("id", "referral", "actor"),
        kind=personal("step", keep),
        at=personal("step at", keep),
        channel=personal("way", keep),
        detail=personal("detail", keep),
    )

    class Meta:
        ordering = ["at", "pk"]
