"""Reads of the documents room."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from openpes.core.decisions import NotFound
from openpes.core.ids import fold_ref
from openpes.core.privacy import export_rows
from openpes.documents.models import Cv, CvEntry, CvLink, PaperInHand
from openpes.documents.rules import Entry, link_is_live
from openpes.documents.states import EntryKind


def cv_of(jobseeker_id: int) -> Cv | None:
    """What somebody wrote for their CV, or None."""
    return Cv.objects.filter(jobseeker=jobseeker_id).first()


def entries_of(jobseeker_id: int) -> list[Entry]:
    """The jobs and schools of a CV, in the person's order."""
    rows = CvEntry.objects.filter(jobseeker=jobseeker_id)
    return [Entry(EntryKind(one.kind), one.what, one.where, one.from_year, one.to_year, one.words) for one in rows]


def links_of(jobseeker_id: int, *, limit: int = 20) -> list[CvLink]:
    """The links of a person, the latest first."""
    return list(CvLink.objects.filter(jobseeker=jobseeker_id)[:limit])


def live_link(ref: str, *, at: datetime) -> CvLink:
    """A link that shows a CV now. Raises NotFound: none, ended, taken back, or its person has left."""
    link = (
        CvLink.objects.filter(ref=fold_ref(ref), jobseeker__person__erased_at=None)
        .select_related("jobseeker__person", "jobseeker__office")
        .first()
    )
    if link is None or not link_is_live(ends_at=link.ends_at, revoked_at=link.revoked_at, at=at):
        raise NotFound("link")
    return link


def papers_in_hand(jobseeker_id: int) -> set[str]:
    """Codes of the papers that a person has ticked."""
    return set(PaperInHand.objects.filter(jobseeker=jobseeker_id).values_list("paper", flat=True))


def export_person(person_id: int) -> dict[str, list[dict[str, Any]]]:
    """All that this room knows about a person, for their own download."""
    return {
        "CV": export_rows(Cv, person_id),
        "lines of my CV": export_rows(CvEntry, person_id),
        "links to my CV": export_rows(CvLink, person_id),
        "papers for a first job": export_rows(PaperInHand, person_id),
    }
