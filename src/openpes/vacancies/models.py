"""Jobs offered. An advert has no field for sex, age, marital status, religion, looks, height or photo."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from openpes.core.ids import new_ref
from openpes.core.money import PayPeriod
from openpes.core.privacy import Privacy
from openpes.organisations.models import Employer, Office
from openpes.people.models import Account, choices

# The framework finds tables through this module.
from openpes.vacancies.feed_models import VacancyFeed  # noqa: F401
from openpes.vacancies.report_models import ReportAnswer  # noqa: F401
from openpes.vacancies.states import Channel, CloseReason, ContractType, LivenessKind, PairState, Pause, VacancyState


class Vacancy(models.Model):
    """A job with one or more places. `places` were offered, `places_left` can still be had."""

    ref = models.CharField(max_length=10, unique=True, default=new_ref)
    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="+")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=choices(VacancyState), default=VacancyState.DRAFT)
    title = models.CharField(max_length=120)
    isco = models.CharField(max_length=4, db_index=True)
    description = models.TextField(blank=True, max_length=4000)
    places = models.PositiveSmallIntegerField()
    places_left = models.PositiveSmallIntegerField()
    pay_amount = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    pay_currency = models.CharField(max_length=3, blank=True)
    pay_period = models.CharField(max_length=5, choices=choices(PayPeriod), default=PayPeriod.MONTH)
    weekly_hours = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    shifts = models.PositiveIntegerField(default=0)
    area_code = models.CharField(max_length=20, db_index=True)
    address = models.CharField(max_length=240, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    education_level = models.PositiveSmallIntegerField(null=True, blank=True)
    experience_months = models.PositiveSmallIntegerField(null=True, blank=True)
    must_skill_ids = models.JSONField(default=list, blank=True)
    skill_ids = models.JSONField(default=list, blank=True)
    language_codes = models.JSONField(default=list, blank=True)
    licence_ids = models.JSONField(default=list, blank=True)
    hazardous = models.BooleanField(default=False)
    contract_type = models.CharField(max_length=16, choices=choices(ContractType), default=ContractType.OPEN_ENDED)
    starts_on = models.DateField(null=True, blank=True)
    closes_before = models.DateField(null=True, blank=True)
    abroad_in = models.CharField(max_length=60, blank=True)
    abroad_contract = models.CharField(max_length=300, blank=True)
    abroad_costs = models.CharField(max_length=300, blank=True)
    wage_region = models.CharField(max_length=10, blank=True)
    exception_ground = models.CharField(max_length=20, blank=True)
    exception_basis = models.CharField(max_length=300, blank=True)
    exception_reason = models.CharField(max_length=400, blank=True)
    exception_first_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    exception_first_at = models.DateTimeField(null=True, blank=True)
    exception_first_note = models.CharField(max_length=400, blank=True)
    findings = models.JSONField(default=list, blank=True)
    posted_at = models.DateTimeField()
    posted_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    decision_note = models.CharField(max_length=400, blank=True)
    live_since = models.DateTimeField(null=True, blank=True)
    last_confirmed_at = models.DateTimeField(null=True, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    asked_times = models.PositiveSmallIntegerField(default=0)
    paused_because = models.CharField(max_length=10, choices=choices(Pause), blank=True)
    offers = models.JSONField(default=list, blank=True)
    accommodations = models.JSONField(default=list, blank=True)
    source = models.CharField(max_length=60, blank=True)
    external_id = models.CharField(max_length=80, blank=True)
    fingerprint = models.CharField(max_length=16, blank=True)
    same_as = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="copies")
    closed_at = models.DateTimeField(null=True, blank=True)
    close_reason = models.CharField(max_length=10, choices=choices(CloseReason), blank=True)
    changed_at = models.DateTimeField()
    synthetic = models.BooleanField(default=False)

    privacy = Privacy(
        retention="vacancy_record",
        plain_fields=(
            "id",
            "ref",
            "employer",
            "office",
            "state",
            "title",
            "isco",
            "description",
            "places",
            "places_left",
            "pay_amount",
            "pay_currency",
            "pay_period",
            "weekly_hours",
            "shifts",
            "area_code",
            "address",
            "latitude",
            "longitude",
            "education_level",
            "experience_months",
            "must_skill_ids",
            "skill_ids",
            "language_codes",
            "licence_ids",
            "hazardous",
            "contract_type",
            "starts_on",
            "closes_before",
            "abroad_in",
            "abroad_contract",
            "abroad_costs",
            "wage_region",
            "exception_ground",
            "exception_basis",
            "exception_reason",
            "exception_first_by",
            "exception_first_at",
            "exception_first_note",
            "findings",
            "posted_at",
            "posted_by",
            "decided_at",
            "decided_by",
            "decision_note",
            "live_since",
            "last_confirmed_at",
            "asked_at",
            "asked_times",
            "paused_because",
            "offers",
            "accommodations",
            "source",
            "external_id",
            "fingerprint",
            "same_as",
            "closed_at",
            "close_reason",
            "changed_at",
            "synthetic",
        ),
    )

    class Meta:
        verbose_name_plural = "vacancies"
        indexes = [
            models.Index(fields=["state", "-live_since"]),
            models.Index(fields=["office", "state"]),
            models.Index(fields=["employer", "state"]),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(places__gte=1), name="vacancy_has_a_place"),
            models.CheckConstraint(condition=Q(places_left__lte=F("places")), name="no_more_left_than_offered"),
            models.UniqueConstraint(
                fields=["employer", "external_id"], condition=~Q(external_id=""), name="one_vacancy_an_external_id"
            ),
            models.CheckConstraint(condition=~Q(same_as=F("pk")), name="no_copy_of_itself"),
        ]

    def __str__(self) -> str:
        return self.ref


class VacancyMove(models.Model):
    """A vacancy entered a state, or its places were confirmed: the ledger from which live places are counted."""

    vacancy = models.ForeignKey(Vacancy, on_delete=models.CASCADE, related_name="moves")
    state = models.CharField(max_length=10, choices=choices(VacancyState))
    places_left = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=80)

    privacy = Privacy(
        retention="vacancy_record",
        plain_fields=("id", "vacancy", "state", "places_left", "at", "actor"),
    )

    class Meta:
        indexes = [models.Index(fields=["vacancy", "-at"]), models.Index(fields=["at"])]


class LivenessStep(models.Model):
    """Somebody was asked, said, or was silent about a job being open. `places_left` is what held from then on."""

    vacancy = models.ForeignKey(Vacancy, on_delete=models.CASCADE, related_name="liveness")
    kind = models.CharField(max_length=10, choices=choices(LivenessKind))
    channel = models.CharField(max_length=6, choices=choices(Channel))
    places_left = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=80)

    privacy = Privacy(
        retention="vacancy_record",
        plain_fields=("id", "vacancy", "kind", "channel", "places_left", "at", "actor"),
    )

    class Meta:
        indexes = [models.Index(fields=["vacancy", "-at"])]


class AdvertPair(models.Model):
    """Two adverts that may be one job. `first` is the older; `likeness` runs from 0 to 1."""

    first = models.ForeignKey(Vacancy, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Vacancy, on_delete=models.CASCADE, related_name="+")
    likeness = models.FloatField()
    state = models.CharField(max_length=10, choices=choices(PairState), default=PairState.DOUBTFUL)
    found_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    privacy = Privacy(
        retention="vacancy_record",
        plain_fields=("id", "first", "second", "likeness", "state", "found_at", "decided_at", "decided_by"),
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["first", "second"], name="one_row_a_pair_of_adverts")]
        indexes = [models.Index(fields=["state"])]
