"""What becomes of two registrations of one person: one goes on, the other ends on that day and can be had back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from openpes.core.merging import Moved
from openpes.jobseekers.models import (
    JobAlert,
    Jobseeker,
    JobseekerCard,
    JobseekerMove,
    PaperForm,
    SavedSearch,
    WantedOccupation,
)
from openpes.jobseekers.states import JobseekerState

STAYS: dict[tuple[type[object], str], str] = {
    (Jobseeker, "person"): "a person has one registration: the other ends, and stays with its own record",
    (WantedOccupation, "jobseeker"): "what the ended registration said",
    (PaperForm, "jobseeker"): "the paper of the ended registration",
    (JobseekerCard, "jobseeker"): "the card carries the number of the ended registration",
    (SavedSearch, "jobseeker"): "what the ended registration looked for",
    (JobAlert, "jobseeker"): "the ended registration hears of nothing more",
    (JobseekerMove, "jobseeker"): "the stocks of past days are counted from it",
}
ENDED = "jobseekers.Jobseeker.left"


def end_for_merge(*, jobseeker: Jobseeker, at: datetime) -> Moved:
    """The registration of the record that goes ends. Returns the row of the ledger, which is the way back."""
    move = JobseekerMove.objects.create(jobseeker=jobseeker, state=JobseekerState.LEFT, at=at)
    Jobseeker.objects.filter(pk=jobseeker.pk).update(state=JobseekerState.LEFT, left_at=at, changed_at=at)
    return {ENDED: [move.pk]}


def resume_after_merge(
    *, jobseeker_id: int, state: str, left_at: datetime | None, changed_at: datetime, moved: Mapping[str, Sequence[int]]
) -> None:
    """The registration is what it was, and its end never was."""
    JobseekerMove.objects.filter(pk__in=list(moved.get(ENDED, ()))).delete()
    Jobseeker.objects.filter(pk=jobseeker_id).update(state=state, left_at=left_at, changed_at=changed_at)
