"""Programmes as data, their money, their rounds, who applied, and how places were drawn."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import F, Q

from openpes.core.ids import new_ref
from openpes.core.privacy import OnErase, Privacy, blank, empty_list, keep, personal, sensitive
from openpes.jobseekers.models import Jobseeker
from openpes.organisations.models import Office
from openpes.people.models import Account, choices
from openpes.programmes.states import OPEN_STATES, ApplicationState, DrawState, PlaceRule, ProgrammeKind, VersionState


class Programme(models.Model):
    """A programme: its kind and who gives it. What it promises is in its versions. `office` None: the whole country."""

    ref = models.CharField(max_length=10, unique=True, default=new_ref)
    kind = models.CharField(max_length=20, choices=choices(ProgrammeKind))
    provider = models.CharField(max_length=200, blank=True)
    office = models.ForeignKey(Office, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    pack_code = models.CharField(max_length=60, blank=True)
    created_at = models.DateTimeField()
    synthetic = models.BooleanField(default=False)

    privacy = Privacy(
        retention="programme_record",
        plain_fields=("id", "ref", "kind", "provider", "office", "pack_code", "created_at", "synthetic"),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pack_code"], condition=~Q(pack_code=""), name="one_programme_a_pack_code")
        ]

    def __str__(self) -> str:
        return self.ref


class ProgrammeVersion(models.Model):
    """What a programme promises between two days. A change is a new version; an approved one is never edited.

    `rule` is written as in the packs (None: not written down as a rule). `recalled`: not read in its source, so it
    refuses nobody. `points` (group: points) and `quotas` (group: places) order the line, never the ranker.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=choices(VersionState), default=VersionState.DRAFTED)
    starts_on = models.DateField()
    ends_before = models.DateField(null=True, blank=True)
    title = models.CharField(max_length=200)
    benefits = models.TextField(blank=True)
    rule = models.JSONField(null=True, blank=True)
    recalled = models.BooleanField(default=False)
    checked_by_hand = models.JSONField(default=list, blank=True)
    documents = models.JSONField(default=list, blank=True)
    stipend_amount = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    stipend_currency = models.CharField(max_length=3, blank=True)
    points = models.JSONField(default=dict, blank=True)
    quotas = models.JSONField(default=dict, blank=True)
    indicators = models.JSONField(default=list, blank=True)
    isco = models.JSONField(default=list, blank=True)
    # The round that opens in the breath of the approval, as an emergency needs it; {} where rounds are opened by hand.
    opens_with = models.JSONField(default=dict, blank=True)
    source = models.CharField(max_length=400)
    drafted_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    approved_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)

    privacy = Privacy(
        retention="programme_record",
        plain_fields=(
            "id", "programme", "number", "state", "starts_on", "ends_before", "title", "benefits", "rule", "recalled",
            "checked_by_hand", "documents", "stipend_amount", "stipend_currency", "points", "quotas", "indicators",
            "isco", "opens_with", "source", "drafted_by", "approved_by", "approved_at",
        ),
    )  # fmt: skip

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="one_version_a_number"),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("drafted_by")), name="version_needs_two_people"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class FundStream(models.Model):
    """Money for places. `committed` never passes `budget` plus what somebody by name allowed above it."""

    name = models.CharField(max_length=120)
    currency = models.CharField(max_length=3)
    budget = models.DecimalField(max_digits=16, decimal_places=2)
    committed = models.DecimalField(max_digits=16, decimal_places=2, default=Decimal(0))
    above = models.DecimalField(max_digits=16, decimal_places=2, default=Decimal(0))
    above_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    above_why = models.CharField(max_length=400, blank=True)
    above_at = models.DateTimeField(null=True, blank=True)

    privacy = Privacy(
        retention="programme_record",
        plain_fields=(
            "id", "name", "currency", "budget", "committed", "above", "above_by", "above_why", "above_at",
        ),
    )  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(committed__lte=F("budget") + F("above")), name="within_the_budget"),
            models.CheckConstraint(condition=Q(committed__gte=0), name="committed_not_below_nothing"),
        ]

    def __str__(self) -> str:
        return self.name


class Cycle(models.Model):
    """One round of a programme: when people apply, when it runs, how many places, how they are given.

    `places_taken` counts offers and acceptances; the database keeps it within `places`.
    """

    ref = models.CharField(max_length=10, unique=True, default=new_ref)
    version = models.ForeignKey(ProgrammeVersion, on_delete=models.PROTECT, related_name="cycles")
    apply_from = models.DateField()
    apply_until = models.DateField()
    starts_on = models.DateField()
    ends_before = models.DateField()
    places = models.PositiveIntegerField()
    places_taken = models.PositiveIntegerField(default=0)
    place_rule = models.CharField(max_length=12, choices=choices(PlaceRule))
    area_code = models.CharField(max_length=20, blank=True)
    fund = models.ForeignKey(FundStream, null=True, blank=True, on_delete=models.PROTECT, related_name="cycles")
    cost_per_place = models.DecimalField(max_digits=14, decimal_places=2, default=Decimal(0))
    offer_days = models.PositiveSmallIntegerField(default=7)

    privacy = Privacy(
        retention="programme_record",
        plain_fields=(
            "id", "ref", "version", "apply_from", "apply_until", "starts_on", "ends_before", "places", "places_taken",
            "place_rule", "area_code", "fund", "cost_per_place", "offer_days",
        ),
    )  # fmt: skip

    class Meta:
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(places_taken__lte=F("places")), name="no_double_place"),
            models.CheckConstraint(condition=Q(ends_before__gt=F("starts_on")), name="cycle_ends_after_start"),
        ]

    def __str__(self) -> str:
        return self.ref


class Draw(models.Model):
    """A lottery that anybody can repeat: the frozen list and its hash, the value named beforehand, the order.

    `result` is the tickets in drawn order, `chosen` those with a place at first; the others are the comparison group.
    """

    cycle = models.OneToOneField(Cycle, on_delete=models.PROTECT, related_name="draw")
    state = models.CharField(max_length=14, choices=choices(DrawState), default=DrawState.FROZEN)
    frozen_at = models.DateTimeField()
    frozen_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    frozen_list = models.TextField()
    list_hash = models.CharField(max_length=64)
    places = models.PositiveIntegerField()
    quotas = models.JSONField(default=dict, blank=True)
    value_source = models.CharField(max_length=300)
    value_read_at = models.DateTimeField()
    value = models.CharField(max_length=200, blank=True)
    value_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    confirmed_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    drawn_at = models.DateTimeField(null=True, blank=True)
    result = models.JSONField(default=list, blank=True)
    chosen = models.JSONField(default=list, blank=True)

    privacy = Privacy(
        retention="programme_record",
        plain_fields=(
            "id", "cycle", "state", "frozen_at", "frozen_by", "frozen_list", "list_hash", "places", "quotas",
            "value_source", "value_read_at", "value", "value_by", "confirmed_by", "drawn_at", "result", "chosen",
        ),
    )  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("value_by")), name="draw_needs_two_people"
            )
        ]

    def __str__(self) -> str:
        return self.list_hash[:12]


class Application(models.Model):
    """Somebody wants a place in a cycle. `eligibility` is the answer and its reasons as they stood on the day.

    `groups` are those that the person declared and agreed to have used for priority, as they stood when the
    application was approved. `place_group` is the quota under which the place is held.
    """

    ref = models.CharField(max_length=10, unique=True, default=new_ref)
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="applications")
    jobseeker = models.ForeignKey(Jobseeker, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=choices(ApplicationState), default=ApplicationState.DRAFT)
    answers = models.JSONField(default=dict, blank=True)
    eligibility = models.JSONField(default=dict, blank=True)
    documents = models.JSONField(default=list, blank=True)
    nominated_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    submitted_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    approved_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    returned_why = models.CharField(max_length=1000, blank=True)
    groups = models.JSONField(default=list, blank=True)
    score = models.IntegerField(default=0)
    ticket = models.CharField(max_length=32, blank=True)
    rank = models.PositiveIntegerField(null=True, blank=True)
    place_group = models.CharField(max_length=60, blank=True)
    offered_at = models.DateTimeField(null=True, blank=True)
    answer_by = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    privacy = Privacy(
        retention="programme_record",
        subject="jobseeker__person",
        on_erase=OnErase.ANONYMISE,
        plain_fields=(
            "id", "ref", "cycle", "jobseeker", "nominated_by", "submitted_by", "approved_by", "created_at", "rank",
            "ended_at",
        ),
        state=personal("where my application stands", keep),
        answers=sensitive("my answers", lambda _value: {}),
        eligibility=personal("may I take part", lambda _value: {}),
        documents=personal("papers received", empty_list),
        submitted_at=personal("applied at", keep),
        approved_at=personal("application agreed at", keep),
        returned_why=sensitive("what was missing", blank),
        groups=sensitive("groups counted", empty_list),
        score=personal("points", keep),
        ticket=personal("ticket in the draw", keep),
        place_group=sensitive("place kept for", blank),
        offered_at=personal("place offered at", keep),
        answer_by=personal("answer by", keep),
    )  # fmt: skip

    class Meta:
        ordering = ["created_at", "pk"]
        indexes = [
            models.Index(fields=["cycle", "state", "submitted_at"]),
            models.Index(fields=["state", "answer_by"]),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "jobseeker"],
                condition=Q(state__in=sorted(OPEN_STATES)),
                name="one_open_application_a_cycle",
            ),
            models.UniqueConstraint(fields=["ticket"], condition=~Q(ticket=""), name="one_ticket_a_person"),
        ]

    def __str__(self) -> str:
        return self.ref
