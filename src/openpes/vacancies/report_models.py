"""What an employer must tell the ministry about a vacancy and may not write in the advert."""

from __future__ import annotations

from django.db import models

from openpes.core.privacy import Privacy


class ReportAnswer(models.Model):
    """Answers for the ministry's report, apart from the advert: no public page and no matching reads this table."""

    vacancy = models.OneToOneField("vacancies.Vacancy", on_delete=models.CASCADE, related_name="+")
    sex = models.CharField(max_length=6, blank=True)
    age_from = models.PositiveSmallIntegerField(null=True, blank=True)
    age_to = models.PositiveSmallIntegerField(null=True, blank=True)
    given_at = models.DateTimeField()

    privacy = Privacy(
        retention="vacancy_record", plain_fields=("id", "vacancy", "sex", "age_from", "age_to", "given_at")
    )
