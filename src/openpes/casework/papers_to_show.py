"""People who came without a paper of identity: served at once under their number, and asked for a paper later.

ask_for_paper(...)     at the desk; once a person
paper_shown(...)       somebody has seen one
paper_asked_of(...)    what is still to be shown, or None
papers_due(...)        whom the office should ask today
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from openpes.casework.access import require_may_view, require_may_write
from openpes.casework.models import PaperToShow
from openpes.casework.queries import policy_number
from openpes.core.actors import Actor
from openpes.core.change_log import record_change
from openpes.jobseekers.models import Jobseeker
from openpes.jobseekers.states import JobseekerState
from openpes.reference.country import today


@transaction.atomic
def ask_for_paper(*, jobseeker: Jobseeker, by: Actor, at: datetime) -> PaperToShow:
    """Write down that a paper is still to be shown, and by when it is asked for. Twice changes nothing."""
    require_may_write(by, jobseeker)
    on = today(at)
    row, made = PaperToShow.objects.get_or_create(
        jobseeker=jobseeker,
        shown_at=None,
        defaults={
            "noted_at": at,
            "noted_by_id": by.account_id,
            "due_on": on + timedelta(days=policy_number("show_paper_days", on=on)),
        },
    )
    if made:
        _log(jobseeker, "paper.ask", row, by, at)
    return row


@transaction.atomic
def paper_shown(*, jobseeker: Jobseeker, by: Actor, at: datetime) -> bool:
    """An officer has seen a paper with the name on it. False when none was asked for."""
    require_may_write(by, jobseeker)
    row = PaperToShow.objects.select_for_update().filter(jobseeker=jobseeker, shown_at=None).first()
    if row is None:
        return False
    row.shown_at = at
    row.save(update_fields=["shown_at"])
    _log(jobseeker, "paper.shown", row, by, at)
    return True


def _log(jobseeker: Jobseeker, verb: str, row: PaperToShow, by: Actor, at: datetime) -> None:
    record_change(by=by, at=at, verb=verb, thing=f"paper:{row.ref}", subject=jobseeker.person.log_key)


def paper_asked_of(actor: Actor, jobseeker: Jobseeker) -> PaperToShow | None:
    """What a person still has to show, or None. Raises NotPermitted."""
    require_may_view(actor, jobseeker)
    return PaperToShow.objects.filter(jobseeker=jobseeker, shown_at=None).first()


def papers_due(office_ids: Iterable[int], *, on: date) -> QuerySet[PaperToShow]:
    """Of whom the offices still wait for a paper whose day has come, the longest first."""
    rows = PaperToShow.objects.filter(jobseeker__office__in=list(office_ids), shown_at=None, due_on__lte=on)
    rows = rows.exclude(jobseeker__state=JobseekerState.LEFT).filter(jobseeker__person__erased_at=None)
    return rows.select_related("jobseeker__person")
