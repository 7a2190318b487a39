"""The papers of a firm: kept once, seen by the firm and by the officers who check it, re-used for every later need."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from openpes.core import files
from openpes.core.access_log import record_view
from openpes.core.actors import Actor
from openpes.core.change_log import record_change
from openpes.core.decisions import NotFound, Reason, Refused, no
from openpes.core.pictures import NotKeepable, kept_form
from openpes.organisations.access import employers_visible_to, require_may_employer
from openpes.organisations.firm_models import EmployerPaper
from openpes.organisations.models import Employer
from openpes.organisations.states import PaperKind

MEGABYTE = 1024 * 1024


def papers_of(actor: Actor, employer: Employer) -> list[EmployerPaper]:
    """The papers that a firm keeps here, those that end first before the others. Raises NotPermitted."""
    require_may_employer("employer.papers", actor, employer)
    rows = EmployerPaper.objects.filter(employer=employer, removed_at=None).select_related("file")
    return sorted(rows, key=lambda one: (one.expires_on or date.max, one.pk))


def paper_for(actor: Actor, ref: str) -> EmployerPaper:
    """A paper of a firm that the actor may see. Raises NotFound, also for one that exists elsewhere."""
    row = EmployerPaper.objects.filter(ref=ref, removed_at=None).select_related("file", "employer").first()
    if row is None or not employers_visible_to(actor).filter(pk=row.employer_id).exists():
        raise NotFound("paper")
    require_may_employer("employer.papers", actor, row.employer)
    return row


def open_paper(actor: Actor, ref: str, *, at: datetime) -> tuple[EmployerPaper, bytes]:
    """A paper with its content. Who looked is written down. Raises NotFound, NotPermitted."""
    row = paper_for(actor, ref)
    record_view(by=actor, at=at, subject="", thing=f"employer_paper:{row.ref}", reason=f"employer:{row.employer.ref}")
    return row, files.read(row.file)


@transaction.atomic
def keep_paper(
    *,
    employer: Employer,
    kind: PaperKind,
    content: bytes,
    name: str,
    expires_on: date | None,
    largest_mb: int,
    most: int,
    by: Actor,
    at: datetime,
) -> EmployerPaper:
    """Keep a photo or a PDF, after a look at what it really is. Raises Refused with the mend, NotPermitted.

    The same content twice is one paper. What a camera writes into a photo (place, device) is taken out.
    """
    require_may_employer("employer.papers", by, employer)
    if len(content) > largest_mb * MEGABYTE:
        raise Refused(no(Reason("paper_too_large", {"number": largest_mb})))
    try:
        clean, media_type = kept_form(content)
    except NotKeepable as error:
        raise Refused(no(Reason("paper_not_kept"))) from error
    held = EmployerPaper.objects.filter(employer=employer, removed_at=None)
    if held.count() >= most:
        raise Refused(no(Reason("papers_enough", {"number": most})))
    stored = files.store(content=clean, name=name, media_type=media_type, by=by, at=at)
    same = held.filter(file__sha256=stored.sha256, kind=kind).first()
    if same is not None:
        stored.delete()
        same.expires_on = expires_on or same.expires_on
        same.save(update_fields=["expires_on"])
        return same
    row = EmployerPaper.objects.create(
        employer=employer, kind=kind, file=stored, expires_on=expires_on, kept_at=at, kept_by=by.log_key
    )
    record_change(
        by=by, at=at, verb="employer.paper_keep", thing=f"employer:{employer.ref}", detail={"kind": kind.value}
    )
    return row


@transaction.atomic
def remove_paper(*, paper: EmployerPaper, by: Actor, at: datetime) -> None:
    """Take a paper out of sight; its file goes with the clock of stored files. Raises NotPermitted."""
    require_may_employer("employer.papers", by, paper.employer)
    paper.removed_at = at
    paper.save(update_fields=["removed_at"])
    record_change(by=by, at=at, verb="employer.paper_remove", thing=f"employer:{paper.employer.ref}")


def ending_papers(employer_ids: Iterable[int], *, before: date) -> dict[int, date]:
    """Of each firm the first day on which a kept paper ends, of those that end before a day."""
    rows = EmployerPaper.objects.filter(employer__in=list(employer_ids), removed_at=None, expires_on__lt=before)
    found: dict[int, date] = {}
    for employer_id, ends in rows.order_by("-expires_on").values_list("employer", "expires_on"):
        if ends is not None:
            found[employer_id] = ends
    return found
