"""Interviews with their scripts, plans with their actions, advice with its contest."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from openpes.core.ids import new_ref
from openpes.core.privacy import OnErase, Privacy, blank, empty_list, keep, nothing, personal, sensitive
from openpes.guidance.states import (
    STORED_ACTION_STATES,
    AdviceKind,
    ContestAnswer,
    DisagreeCode,
    InterviewState,
    Level,
    PersonView,
    PlanState,
    Response,
    ScriptState,
    Who,
)
from openpes.jobseekers.models import Jobseeker
from openpes.organisations.models import Office
from openpes.people.models import Account, choices


class OfficeScript(models.Model):
    """A version of an office's own script. `body` has the shape of `scripts.as_data`."""

    ref = models.CharField(max_length=10, unique=True, default=new_ref)
    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="+")
    code = models.CharField(max_length=40)
    version = models.PositiveIntegerField(default=1)
    body = models.JSONField(default=dict)
    state = models.CharField(max_length=5, choices=choices(ScriptState), default=ScriptState.DRAFT)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    privacy = Privacy(
        retention="institution",
        plain_fields=("id", "ref", "office", "code", "version", "body", "state", "changed_at", "changed_by"),
    )

    class Meta:
        ordering = ["code", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["office", "code", "version"], name="one_version_of_a_script"),
            models.UniqueConstraint(fields=["office", "code"], condition=Q(state="on"), name="one_script_version_on"),
            models.UniqueConstraint(
                fields=["office", "code"], condition=Q(state="draft"), name="one_draft_of_a_script"
            ),
        ]

    def __str__(self) -> str:
        return self.ref


class Interview(models.Model):
    """One conversation. It keeps the script that it used, whatever becomes of the script later."""

    ref = models.CharField(max_length=10, unique=True, default=new_ref)
    jobseeker = models.ForeignKey(Jobseeker, on_delete=models.CASCADE, related_name="+")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    counsellor = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    script_version = models.PositiveIntegerField(default=0)
    script = models.JSONField(default=dict)
    state = models.CharField(max_length=5, choices=choices(InterviewState), default=InterviewState.OPEN)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    held_on = models.DateField()
    on_paper = models.BooleanField(default=False)

    privacy = Privacy(
        retention="guidance_record",
        subject="jobseeker__person",
        on_erase=OnErase.DELETE,
        plain_fields=("id", "ref", "jobseeker", "office", "counsellor", "script_version", "script"),
        state=personal("interview state", keep),
        started_at=personal("interview began at", keep),
        ended_at=personal("interview ended at", nothing),
        held_on=personal("held on", keep),
        on_paper=personal("held on paper", keep),
    )

    class Meta:
        ordering = ["-started_at", "-pk"]
        indexes = [models.Index(fields=["jobseeker", "state"])]
        constraints = [
            models.UniqueConstraint(fields=["jobseeker"], condition=Q(state="open"), name="one_open_interview")
        ]

    def __str__(self) -> str:
        return self.ref


class InterviewPart(models.Model):
    """What was written down in one part. `version` goes up with each write, so that two writers notice each other."""

    interview = models.ForeignKey(Interview, on_delete=models.CASCADE, related_name="parts")
    code = models.CharField(max_length=40)
    answers = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    privacy = Privacy(
        retention="guidance_record",
        subject="interview__jobseeker__person",
        on_erase=OnErase.DELETE,
        plain_fields=("id", "interview", "code", "version", "saved_by"),
        answers=sensitive("written down in the interview", nothing),
        saved_at=personal("written at", keep),
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["interview", "code"], name="one_row_a_part")]


class Plan(models.Model):
    """One version of a person's plan, with the assessment it rests on."""

    ref = models.CharField(max_length=10, unique=True, default=new_ref)
    jobseeker = models.ForeignKey(Jobseeker, on_delete=models.CASCADE, related_name="+")
    interview = models.ForeignKey(Interview, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    version = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=8, choices=choices(PlanState), default=PlanState.CURRENT)
    diagnosis = models.CharField(max_length=40)
    diagnosis_words = models.CharField(max_length=600, blank=True)
    strategy = models.CharField(max_length=40)
    strategy_words = models.CharField(max_length=600, blank=True)
    goal = models.CharField(max_length=240)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    review_on = models.DateField()
    reviewed_at = models.DateTimeField(null=True, blank=True)

    privacy = Privacy(
        retention="guidance_record",
        subject="jobseeker__person",
        on_erase=OnErase.DELETE,
        plain_fields=("id", "ref", "jobseeker", "interview", "made_by"),
        version=personal("plan version", keep),
        state=personal("plan state", keep),
        diagnosis=sensitive("what the talk found", blank),
        diagnosis_words=sensitive("what the talk found, in words", blank),
        strategy=personal("way forward", keep),
        strategy_words=personal("way forward, in words", blank),
        goal=personal("goal", blank),
        made_at=personal("plan made at", keep),
        review_on=personal("looked at again on", keep),
        reviewed_at=personal("looked at again at", nothing),
    )

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["jobseeker"], condition=Q(state="current"), name="one_current_plan"),
            models.UniqueConstraint(fields=["jobseeker", "version"], name="one_plan_a_version"),
        ]

    def __str__(self) -> str:
        return self.ref


class PlanAction(models.Model):
    """One action of a plan: what, who, by when."""

    ref = models.CharField(max_length=10, unique=True, default=new_ref)
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="actions")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=160)
    who = models.CharField(max_length=10, choices=choices(Who))
    who_name = models.CharField(max_length=120, blank=True)
    due_on = models.DateField()
    safe_to_text = models.BooleanField(default=False)
    state = models.CharField(
        max_length=8, choices=[(one.value, one.value) for one in STORED_ACTION_STATES], default="open"
    )
    state_at = models.DateTimeField()
    note = models.CharField(max_length=600, blank=True)

    privacy = Privacy(
        retention="guidance_record",
        subject="plan__jobseeker__person",
        on_erase=OnErase.DELETE,
        plain_fields=("id", "ref", "plan", "position", "safe_to_text"),
        title=personal("action", blank),
        who=personal("who does it", keep),
        who_name=personal("name of who does it", blank),
        due_on=personal("by when", keep),
        state=personal("action state", keep),
        state_at=personal("state since", keep),
        note=personal("note on the action", blank),
    )

    class Meta:
        ordering = ["position"]
        indexes = [models.Index(fields=["state", "due_on"])]
        constraints = [models.UniqueConstraint(fields=["plan", "position"], name="one_action_a_place")]


class GivenAdvice(models.Model):
    """An advice as it was given, what the counsellor decided, and what the person thinks of it."""

    ref = models.CharField(max_length=10, unique=True, default=new_ref)
    jobseeker = models.ForeignKey(Jobseeker, on_delete=models.CASCADE, related_name="+")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=choices(AdviceKind))
    level = models.CharField(max_length=10, choices=choices(Level))
    reasons = models.JSONField(default=list)
    would_change = models.JSONField(default=list)
    data_age = models.PositiveIntegerField(default=0)
    law = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    response = models.CharField(max_length=8, choices=choices(Response), blank=True)
    code = models.CharField(max_length=16, choices=choices(DisagreeCode), blank=True)
    words = models.CharField(max_length=600, blank=True)
    decided_level = models.CharField(max_length=10, choices=choices(Level), blank=True)
    responded_at = models.DateTimeField(null=True, blank=True)
    responded_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    person_view = models.CharField(max_length=10, choices=choices(PersonView), blank=True)
    person_words = models.CharField(max_length=600, blank=True)

    privacy = Privacy(
        retention="guidance_record",
        subject="jobseeker__person",
        on_erase=OnErase.ANONYMISE,
        plain_fields=("id", "ref", "jobseeker", "office", "law", "made_by", "responded_by"),
        kind=personal("kind of advice", keep),
        level=personal("advised help", keep),
        reasons=personal("reasons of the advice", empty_list),
        would_change=personal("what would change it", empty_list),
        data_age=personal("age of the facts in days", keep),
        made_at=personal("advised at", keep),
        response=personal("what the counsellor said", keep),
        code=personal("why otherwise", keep),
        words=personal("why otherwise, in words", blank),
        decided_level=personal("decided help", keep),
        responded_at=personal("decided at", keep),
        person_view=personal("what I think of it", keep),
        person_words=personal("what I think of it, in words", blank),
    )

    class Meta:
        ordering = ["-made_at", "-pk"]
        indexes = [models.Index(fields=["office", "responded_at"])]

    def __str__(self) -> str:
        return self.ref

    @property
    def current_level(self) -> str:
        """The level that holds: the counsellor's decision, before it the advice."""
        return self.decided_level or self.level


class Contest(models.Model):
    """A person contests an advice; a named person answers by a day."""

    ref = models.CharField(max_length=10, unique=True, default=new_ref)
    advice = models.ForeignKey(GivenAdvice, on_delete=models.CASCADE, related_name="contests")
    words = models.CharField(max_length=600)
    made_at = models.DateTimeField()
    due_on = models.DateField()
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    outcome = models.CharField(max_length=8, choices=choices(ContestAnswer), blank=True)
    answer = models.CharField(max_length=600, blank=True)

    privacy = Privacy(
        retention="guidance_record",
        subject="advice__jobseeker__person",
        on_erase=OnErase.ANONYMISE,
        plain_fields=("id", "ref", "advice", "due_on", "answered_by"),
        words=personal("contested with the words", blank),
        made_at=personal("contested at", keep),
        answered_at=personal("answered at", keep),
        outcome=personal("outcome", keep),
        answer=personal("answer", blank),
    )

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["advice"], condition=Q(answered_at=None), name="one_open_contest")
        ]
