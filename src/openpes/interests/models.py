"""What a person answered about themselves. It is theirs: the office sees it only when they show it."""

from __future__ import annotations

from django.db import models

from openpes.core.privacy import OnErase, Privacy, empty_list, keep, nothing, personal
from openpes.interests.states import Length
from openpes.people.models import Person, choices


class InterestAnswers(models.Model):
    """A finished questionnaire. `answers`: 1 to 5 by code of the question. `version`: of the questions.

    `for_research`: the person agreed that the answers count, without their name, when the questions are examined.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    length = models.CharField(max_length=5, choices=choices(Length))
    version = models.CharField(max_length=10)
    answers = models.JSONField(default=dict)
    for_research = models.BooleanField(default=False)
    answered_at = models.DateTimeField()
    shown_at = models.DateTimeField(null=True, blank=True)

    privacy = Privacy(
        retention="guidance_record",
        subject="person",
        on_erase=OnErase.DELETE,
        plain_fields=("id", "person", "version"),
        length=personal("length of the questionnaire", keep),
        answers=personal("my answers on what I like", empty_list),
        for_research=personal("may be used to examine the questions", keep),
        answered_at=personal("answered at", keep),
        shown_at=personal("shown to my office at", nothing),
    )

    class Meta:
        ordering = ["-answered_at", "-pk"]
        indexes = [models.Index(fields=["person", "-answered_at"])]

    def __str__(self) -> str:
        return f"{self.length} {self.version}"


class ValueSort(models.Model):
    """Cards of what matters in work. `sorting`: weight by code of the card; `top`: up to five codes."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    sorting = models.JSONField(default=dict)
    top = models.JSONField(default=list)
    sorted_at = models.DateTimeField()
    shown_at = models.DateTimeField(null=True, blank=True)

    privacy = Privacy(
        retention="guidance_record",
        subject="person",
        on_erase=OnErase.DELETE,
        plain_fields=("id", "person"),
        sorting=personal("what matters to me in work", empty_list),
        top=personal("what matters most to me", empty_list),
        sorted_at=personal("sorted at", keep),
        shown_at=personal("shown to my office at", nothing),
    )

    class Meta:
        ordering = ["-sorted_at", "-pk"]
        indexes = [models.Index(fields=["person", "-sorted_at"])]

    def __str__(self) -> str:
        return ", ".join(self.top)
