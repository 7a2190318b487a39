"""A firm that never answers is paused by rule; its first answer, or an officer, ends the pause."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from openpes.core.actors import Actor
from openpes.core.change_log import record_change
from openpes.core.decisions import Refused
from openpes.organisations.access import require_everywhere
from openpes.organisations.models import Employer, EmployerEvent
from openpes.organisations.rules import may_pause
from openpes.organisations.states import EmployerState


@transaction.atomic
def pause_employer(*, employer_id: int, after: int, by: Actor, at: datetime) -> Employer:
    """Pause a firm that left `after` introductions in a row without any answer. Raises Refused or NotPermitted."""
    require_everywhere("employer.pause", by)
    employer = Employer.objects.select_for_update(of=("self",)).select_related("office").get(pk=employer_id)
    decision = may_pause(now_in=EmployerState(employer.state), silent_in_a_row=employer.silent_in_a_row, after=after)
    if decision.refused:
        raise Refused(decision)
    employer.state, employer.paused_at = EmployerState.PAUSED, at
    employer.save(update_fields=["state", "paused_at"])
    _note(employer, by, at, words=f"{employer.silent_in_a_row} introductions in a row without any answer")
    return employer


@transaction.atomic
def resume_employer(*, employer_id: int, by: Actor, at: datetime) -> bool:
    """The firm has answered: the count of silence begins again, and a pause ends. True when there was a pause."""
    require_everywhere("employer.resume", by)
    employer = Employer.objects.select_for_update().get(pk=employer_id)
    was_paused = employer.state == EmployerState.PAUSED
    if not was_paused and not employer.silent_in_a_row:
        return False
    employer.silent_in_a_row = 0
    if was_paused:
        employer.state, employer.paused_at = EmployerState.VERIFIED, None
        _note(employer, by, at, words="answered")
    employer.save(update_fields=["silent_in_a_row", "state", "paused_at"])
    return was_paused


def _note(employer: Employer, by: Actor, at: datetime, *, words: str) -> None:
    EmployerEvent.objects.create(
        employer=employer, state=employer.state, at=at, actor=by.log_key, label=by.label[:120], words=words
    )
    verb = "employer.pause" if employer.state == EmployerState.PAUSED else "employer.resume"
    record_change(by=by, at=at, verb=verb, thing=f"employer:{employer.ref}")
