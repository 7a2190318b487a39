"""Days on paper: a line is keyed in once, however often and by whomever it is sent.

print_of(done, words)    what makes two lines of one person and one day the same
claim_line(...)          True the first time; False when it was keyed in before
"""

from __future__ import annotations

import hashlib
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction

from openpes.casework.access import require_may_write
from openpes.casework.models import KeyedLine
from openpes.casework.queries import policy_number
from openpes.casework.states import Done
from openpes.core.actors import Actor
from openpes.core.decisions import Decision, Reason, no, yes
from openpes.jobseekers.models import Jobseeker


def print_of(done: Done, words: str = "") -> str:
    """The print of a line: what was done and, of a note, its words without regard to spaces and capitals. Pure."""
    said = " ".join(words.casefold().split()) if done == Done.NOTE else ""
    return hashlib.sha256(f"{done}\n{said}".encode()).hexdigest()


def may_key_in(*, held_on: date, on: date, most_days: int) -> Decision:
    """A day that is over or is today, and not too long ago. Pure."""
    if held_on > on:
        return no(Reason("day_is_to_come"))
    if held_on < on - timedelta(days=most_days):
        return no(Reason("day_too_long_ago", {"days": most_days}))
    return yes()


def key_in_days(on: date) -> int:
    """So many days later a day on paper can be keyed in."""
    return policy_number("key_in_days", on=on)


def claim_line(*, jobseeker: Jobseeker, held_on: date, done: Done, words: str = "", by: Actor, at: datetime) -> bool:
    """Take a line for oneself before doing what it says. Inside the transaction that does it."""
    require_may_write(by, jobseeker)
    try:
        with transaction.atomic():
            KeyedLine.objects.create(
                office_id=jobseeker.office_id,
                held_on=held_on,
                jobseeker=jobseeker,
                done=done,
                print=print_of(done, words),
                keyed_at=at,
                keyed_by_id=by.account_id,
            )
    except IntegrityError:
        return False
    return True
