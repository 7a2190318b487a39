"""What looks odd and waits for a person, and the sample that is looked at afterwards."""

from __future__ import annotations

from django.db import models

from openpes.core.ids import new_ref
from openpes.core.privacy import OnErase, Privacy, blank, keep, personal, sensitive
from openpes.enrolments.states import ControlResult, ControlWhy, FlagState
from openpes.people.models import Account, choices
from openpes.programmes.models import Cycle


class Flag(models.Model):
    """Something for a person to look at: the rule and its version, what it saw, and what the person decided.

    It refuses nothing. `about` names the thing (enrolment:…, session:…, claim:…); the same thing is flagged once.
    """

    ref = models.CharField(max_length=10, unique=True, default=new_ref)
    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="+")
    enrolment = models.ForeignKey(
        "enrolments.Enrolment", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    rule = models.CharField(max_length=40)
    rule_version = models.PositiveSmallIntegerField()
    about = models.CharField(max_length=80)
    facts = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=10, choices=choices(FlagState), default=FlagState.OPEN)
    raised_at = models.DateTimeField()
    decided_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    why = models.CharField(max_length=400, blank=True)

    privacy = Privacy(
        retention="programme_record",
        subject="enrolment__jobseeker__person",
        on_erase=OnErase.ANONYMISE,
        plain_fields=("id", "ref", "cycle", "enrolment", "rule_version", "about", "decided_by", "decided_at"),
        rule=personal("rule that looked", keep),
        facts=sensitive("what it saw", lambda _value: {}),
        state=personal("what was decided", keep),
        raised_at=personal("seen at", keep),
        why=sensitive("reason of the decision", blank),
    )

    class Meta:
        ordering = ["raised_at", "pk"]
        indexes = [models.Index(fields=["state", "raised_at"])]
        constraints = [models.UniqueConstraint(fields=["rule", "about"], name="one_flag_a_thing")]

    def __str__(self) -> str:
        return self.ref


class Control(models.Model):
    """Somebody in the sample that is looked at afterwards, by chance or by flags; `seed` lets the draw be repeated."""

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="+")
    enrolment = models.OneToOneField("enrolments.Enrolment", on_delete=models.CASCADE, related_name="+")
    drawn_because = models.CharField(max_length=8, choices=choices(ControlWhy))
    seed = models.CharField(max_length=64)
    drawn_at = models.DateTimeField()
    drawn_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    result = models.CharField(max_length=8, choices=choices(ControlResult), default=ControlResult.WAITING)
    looked_at = models.DateTimeField(null=True, blank=True)
    looked_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    note = models.CharField(max_length=400, blank=True)

    privacy = Privacy(
        retention="programme_record",
        subject="enrolment__jobseeker__person",
        on_erase=OnErase.ANONYMISE,
        plain_fields=("id", "cycle", "enrolment", "seed", "drawn_by", "looked_by"),
        drawn_because=personal("looked at because", keep),
        drawn_at=personal("drawn at", keep),
        result=personal("what the look showed", keep),
        looked_at=personal("looked at", keep),
        note=sensitive("note of the look", blank),
    )

    class Meta:
        ordering = ["drawn_at", "pk"]

    def __str__(self) -> str:
        return str(self.pk)
