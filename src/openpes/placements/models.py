"""The outcome ledger: what became of people, and on whose word."""

from __future__ import annotations

from django.db import models

from openpes.core.ids import new_ref
from openpes.core.privacy import OnErase, Privacy, blank, keep, personal
from openpes.jobseekers.models import Jobseeker
from openpes.organisations.models import Employer, Office
from openpes.people.models import choices
from openpes.placements.check_models import CheckAnswer, HireCheck, PromiseKept
from openpes.placements.states import EvidenceGrade, OutcomeKind
from openpes.referrals.models import Referral
from openpes.vacancies.models import Vacancy
from openpes.vacancies.states import ContractType

__all__ = ["CheckAnswer", "HireCheck", "Outcome", "OutcomeEvidence", "PromiseKept"]


class Outcomes(models.Manager["Outcome"]):
    """The ledger, and what of it is counted."""

    def that_stand(self) -> models.QuerySet[Outcome]:
        """Without work that never began, as all who can be asked say: it stays written down and counts nowhere."""
        return self.get_queryset().filter(never_began_at=None)


class Outcome(models.Model):
    """Something that became of a person. A job that came from a referral is a placement by the service."""

    ref = models.CharField(max_length=10, unique=True, default=new_ref)
    jobseeker = models.ForeignKey(Jobseeker, on_delete=models.CASCADE, related_name="+")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=choices(OutcomeKind))
    referral = models.OneToOneField(Referral, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    vacancy = models.ForeignKey(Vacancy, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    employer = models.ForeignKey(Employer, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    contract_type = models.CharField(max_length=20, choices=choices(ContractType), blank=True)
    grade = models.CharField(max_length=24, choices=choices(EvidenceGrade))
    recorded_at = models.DateTimeField()
    contested_at = models.DateTimeField(null=True, blank=True)
    # Since when everybody who can be asked says that the work never began. The row stays; it is no longer counted.
    never_began_at = models.DateTimeField(null=True, blank=True)

    objects = Outcomes()

    privacy = Privacy(
        retention="outcome_record",
        subject="jobseeker__person",
        on_erase=OnErase.ANONYMISE,
        plain_fields=(
            "id",
            "ref",
            "jobseeker",
            "office",
            "referral",
            "vacancy",
            "employer",
            "contested_at",
            "never_began_at",
        ),
        kind=personal("what became of me", keep),
        starts_on=personal("began on", keep),
        contract_type=personal("contract", keep),
        grade=personal("how well known", keep),
        recorded_at=personal("recorded at", keep),
    )

    class Meta:
        indexes = [models.Index(fields=["office", "recorded_at"]), models.Index(fields=["jobseeker", "kind"])]

    @property
    def is_placement(self) -> bool:
        """True when the service itself brought this job about, and nobody took it back."""
        return self.referral_id is not None and self.never_began_at is None


class OutcomeEvidence(models.Model):
    """One piece of evidence: who said it, by which way, when. Evidence is only ever added."""

    outcome = models.ForeignKey(Outcome, on_delete=models.CASCADE, related_name="evidence")
    grade = models.CharField(max_length=24, choices=choices(EvidenceGrade))
    agrees = models.BooleanField(default=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=80)
    source = models.CharField(max_length=200, blank=True)

    privacy = Privacy(
        retention="outcome_record",
        subject="outcome__jobseeker__person",
        on_erase=OnErase.ANONYMISE,
        plain_fields=("id", "outcome", "actor"),
        grade=personal("said by", keep),
        agrees=personal("agrees", keep),
        at=personal("said at", keep),
        source=personal("source", blank),
    )

    class Meta:
        ordering = ["at", "pk"]
