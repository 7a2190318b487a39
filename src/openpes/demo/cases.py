"""Notes on the first people of the nation, and who else helps them. All of it invented."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from random import Random

from openpes.casework.seeding import SyntheticHelper, SyntheticNote, write_cases
from openpes.casework.states import HelperRole, NoteKind
from openpes.core.actors import Actor
from openpes.core.ids import new_ref
from openpes.demo.nation import Nation
from openpes.jobseekers.queries import registrations_of
from openpes.jobseekers.states import JobseekerState

PEOPLE = 24
PINNED_EVERY, HELPED_EVERY = 6, 3
NOTES = (
    (NoteKind.TALK, "Called back as promised. Can start in the mornings from next week."),
    (NoteKind.AGREED, "Brings the school certificate at the next visit."),
    (NoteKind.OBSERVED, "Reads small print with effort. Read papers aloud together."),
    (NoteKind.TALK, "The bus home leaves at five. Shifts that end later are too late."),
)
HELPERS = (
    (HelperRole.PARTNER, "Invented youth centre", "open on weekdays"),
    (HelperRole.RELATIVE, "An invented aunt", "by the person"),
    (HelperRole.SCHOOL, "Invented training centre", "front desk"),
)


def seed_cases(nation: Nation, person_ids: Iterable[int], *, by: Actor) -> None:
    """Write a note on each of the first people who look for work, and helpers for some of them."""
    rng = Random(f"cases {nation.seed}")
    at = nation.clock.at
    found = registrations_of(list(person_ids)[: PEOPLE * 2]).values()
    people = [one for one in found if one.state == JobseekerState.ACTIVE][:PEOPLE]
    notes, helpers = [], []
    for number, one in enumerate(people):
        kind, words = NOTES[number % len(NOTES)]
        written = max(one.registered_at, at - timedelta(days=rng.randint(1, 20)))
        pinned = number % PINNED_EVERY == 0
        notes.append(
            SyntheticNote(
                new_ref(rng), one.pk, one.office_id, one.counsellor_id, "Demonstration", kind, words, written, pinned
            )
        )
        if number % HELPED_EVERY == 0:
            role, name, reached_by = HELPERS[number // HELPED_EVERY % len(HELPERS)]
            helpers.append(SyntheticHelper(new_ref(rng), one.pk, role, name, reached_by))
    write_cases(notes=notes, helpers=helpers, by=by, at=at)
