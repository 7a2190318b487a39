"""The words of the slip that a person takes along, in their language; read at the desk and on the own page."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import override

from openpes.guidance.models import Plan
from openpes.guidance.states import ActionState
from openpes.guidance.words import SLIP, WHO
from openpes.jobseekers.models import Jobseeker
from openpes.web.templatetags.openpes import plain_date


def slip_paper(plan: Plan, jobseeker: Jobseeker, *, on: date) -> dict[str, Any]:
    """Everything on the slip: the goal, the open actions with who and by when, and whom to ask."""
    with override(jobseeker.person.language):
        actions = [
            {
                "title": one.title,
                "who": one.who_name or str(WHO[one.who]),  # type: ignore[index]
                "by": str(SLIP["by"]) % {"day": plain_date(one.due_on)},
            }
            for one in plan.actions.all()
            if one.state == ActionState.OPEN
        ]
        return {
            "language": jobseeker.person.language.split("-")[0],
            "title": str(SLIP["title"]),
            "day": plain_date(on),
            "number": str(SLIP["number"]) % {"number": jobseeker.ref},
            "goal_label": str(SLIP["goal"]),
            "goal": plan.goal,
            "actions_label": str(SLIP["actions"]),
            "actions": actions,
            "review": str(SLIP["review"]) % {"day": plain_date(plan.review_on)},
            "questions": str(SLIP["questions"])
            % {"counsellor": plan.made_by.name if plan.made_by else "–", "office": jobseeker.office.name},
            "change": str(SLIP["change"]),
        }
