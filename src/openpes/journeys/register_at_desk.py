"""Somebody is registered at the desk; who has no paper of identity is served all the same and asked for one later."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from openpes.casework.papers_to_show import ask_for_paper
from openpes.core.actors import Actor
from openpes.jobseekers.queries import jobseeker_for
from openpes.jobseekers.states import Channel
from openpes.journeys.register_jobseeker import Registered, Registration, register_jobseeker


@transaction.atomic
def register_at_desk(*, registration: Registration, no_paper: bool, by: Actor, at: datetime) -> Registered:
    """Register, and with it write down that a paper is to be shown. Raises Refused, and changes nothing then."""
    made = register_jobseeker(registration=registration, channel=Channel.DESK, by=by, at=at)
    if no_paper:
        ask_for_paper(jobseeker=jobseeker_for(by, made.jobseeker_ref, at=at), by=by, at=at)
    return made
