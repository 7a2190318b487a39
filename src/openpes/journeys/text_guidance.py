"""What the desk texts: the plan, and a kind of work to read about. Nothing private: phones are shared."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from openpes.core.actors import Actor
from openpes.core.change_log import record_change
from openpes.core.decisions import Reason, Refused, no
from openpes.guidance.access import require_may_edit
from openpes.guidance.models import Plan
from openpes.guidance.queries import policy_number
from openpes.guidance.states import ActionState
from openpes.jobseekers.models import Jobseeker
from openpes.journeys.telling import tell_person
from openpes.messaging.models import Message
from openpes.messaging.segments import segments_of
from openpes.messaging.words import text_of
from openpes.people.queries import main_phone_of
from openpes.reference.country import today
from openpes.reference.labels import occupation_name
from openpes.reference.taxonomy import unit_codes


def plan_text(plan: Plan, jobseeker: Jobseeker, *, at: datetime) -> str:
    """The text of a plan: the open actions ticked as safe, as many as fit; "" when there is none."""
    language = jobseeker.person.language
    most = policy_number("guidance.text_segments", on=today(at))
    safe = [one for one in plan.actions.all() if one.safe_to_text and one.state == ActionState.OPEN]
    for number in range(len(safe), 0, -1):
        with override(language):
            steps = " ".join(
                _("%(number)s %(action)s by %(day)s.")
                % {"number": place, "action": one.title.rstrip("."), "day": one.due_on.strftime("%d/%m/%Y")}
                for place, one in enumerate(safe[:number], start=1)
            )
        text = text_of("plan", {"steps": steps, "office": jobseeker.office.name}, language)
        if segments_of(text) <= most:
            return steps
    return ""


def _require_phone(jobseeker: Jobseeker) -> None:
    if main_phone_of(jobseeker.person_id) is None:
        raise Refused(no(Reason("no_phone_to_text")))


@transaction.atomic
def text_plan(*, plan: Plan, jobseeker: Jobseeker, by: Actor, at: datetime) -> Message | None:
    """Text a person the safe actions of their plan. Raises Refused without a phone or a safe action."""
    require_may_edit(by, jobseeker)
    _require_phone(jobseeker)
    steps = plan_text(plan, jobseeker, at=at)
    if not steps:
        raise Refused(no(Reason("nothing_safe_to_text")))
    record_change(by=by, at=at, verb="plan.text", thing=f"plan:{plan.ref}", subject=jobseeker.person.log_key)
    return tell_person(jobseeker, "plan", {"steps": steps, "office": jobseeker.office.name}, at=at, asked=True)


@transaction.atomic
def text_occupation(*, isco: str, jobseeker: Jobseeker, by: Actor, at: datetime) -> Message | None:
    """Text a person where to read about a kind of work. Raises Refused."""
    require_may_edit(by, jobseeker)
    if isco not in set(unit_codes()):
        raise Refused(no(Reason("unknown_occupation", {"code": isco})))
    _require_phone(jobseeker)
    record_change(by=by, at=at, verb="occupation.text", thing=f"occupation:{isco}", subject=jobseeker.person.log_key)
    facts = {
        "title": occupation_name(isco, jobseeker.person.language),
        "code": isco,
        "link": settings.BASE_URL + reverse("web:occupation", args=[isco]),
    }
    return tell_person(jobseeker, "work_to_read", facts, at=at, asked=True)
