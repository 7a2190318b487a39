"""Why people say that a job is not for them, in words; and what an employer is told of it: totals, never few people."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from openpes.dialogues.declining import why_declined
from openpes.dialogues.states import WhyNot

# Few people are known people.
LEAST_TOLD = 10
WHY_NOT = {
    WhyNot.FAR: gettext_lazy("Too far"),
    WhyNot.PAY: gettext_lazy("The pay"),
    WhyNot.HOURS: gettext_lazy("The hours"),
    WhyNot.FAMILY: gettext_lazy("Family"),
    WhyNot.OTHER: gettext_lazy("Something else"),
}


def told_to_employer(vacancy_id: int) -> list[dict[str, object]]:
    """The reasons that enough people gave, the most frequent first."""
    found = why_declined(vacancy_id, at_least=LEAST_TOLD)
    return [{"words": WHY_NOT[why], "people": people} for why, people in sorted(found.items(), key=lambda one: -one[1])]
