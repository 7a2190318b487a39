"""Taking away what a demonstration wrote in this room."""

from __future__ import annotations

from openpes.enrolments.models import CourseProvider, Enrolment, Flag, Session, StipendList


def wipe_synthetic() -> int:
    """Take away enrolments of synthetic people and what belongs to synthetic rounds. Returns the rows removed."""
    rows = Enrolment.objects.filter(jobseeker__person__synthetic=True).delete()[0]
    for table in (Flag, StipendList, Session, CourseProvider):
        rows += table.objects.filter(cycle__version__programme__synthetic=True).delete()[0]
    return rows
