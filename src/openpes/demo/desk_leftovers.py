"""What lies on a desk: a stand-in for a leave, an old list to mend, two records to compare, a paper to show."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from openpes.casework.operations import stand_in
from openpes.casework.papers_to_show import ask_for_paper
from openpes.core.spreadsheets import as_csv
from openpes.imports.columns import guess_columns
from openpes.imports.states import ListKind
from openpes.jobseekers.models import Jobseeker
from openpes.jobseekers.states import JobseekerState
from openpes.journeys.import_list import map_columns, upload_list
from openpes.journeys.merge_people import propose_merge
from openpes.organisations.models import Membership, Office
from openpes.organisations.queries import actor_for
from openpes.people.models import Account
from openpes.people.roles import Counsellor, OfficeManager
from openpes.reference.country import country, today

HEAD = ("name", "born_on", "phone")
# A good row, one with a day that does not exist, one without a name: the last two are mended on screen.
ROWS = (
    ("Invented Person From A List", "1999-04-12", ""),
    ("Invented Person With A Wrong Day", "1998-02-31", ""),
    ("", "2001-07-03", ""),
)


def _staff(office: Office, role: str) -> list[Account]:
    rows = Membership.objects.filter(office=office, role=role).select_related("account").order_by("account__username")
    return [one.account for one in rows]


def write_desk_leftovers(*, office_id: int, duplicates: Sequence[tuple[str, str]], at: datetime) -> None:
    """Write them at the first office, through the same operations as the desk. In the builder's transaction."""
    office, on = Office.objects.get(pk=office_id), today(at)
    counsellors, managers = _staff(office, Counsellor.code), _staff(office, OfficeManager.code)
    if len(counsellors) < 2 or not managers:
        return
    manager, desk = (actor_for(one, on=on) for one in (managers[0], counsellors[0]))
    stand_in(
        office=office, absent=counsellors[1], deputy=counsellors[0], first_day=on, last_day=on + timedelta(days=6),
        note="Away this week (invented).", by=manager, at=at,
    )  # fmt: skip
    batch, _is_new = upload_list(
        kind=ListKind.PEOPLE, office_ref=office.ref, content=as_csv(HEAD, ROWS), file_name="old-list.csv",
        language=country().main_language.tag, by=desk, at=at,
    )  # fmt: skip
    map_columns(batch=batch, columns=guess_columns(ListKind.PEOPLE, HEAD), by=desk, at=at, at_once=True)
    before = at - timedelta(days=31)
    looking = Jobseeker.objects.filter(office=office, state=JobseekerState.ACTIVE, registered_at__lt=before)
    longest = looking.order_by("-registered_at", "pk").first()
    if longest is not None:
        ask_for_paper(jobseeker=longest, by=desk, at=before)
    _propose_one(duplicates, at=at)


def _propose_one(duplicates: Sequence[tuple[str, str]], *, at: datetime) -> None:
    """The first two records of one human being at one office wait for a second person."""
    refs = [ref for pair in duplicates for ref in pair]
    rows = Jobseeker.objects.filter(person__ref__in=refs).select_related("person", "office")
    found = {one.person.ref: one for one in rows}
    pairs = [(found[kept], found[gone]) for kept, gone in duplicates if kept in found and gone in found]
    for kept, gone in pairs:
        counsellors = _staff(kept.office, Counsellor.code)
        if kept.office_id == gone.office_id and counsellors:
            by = actor_for(counsellors[0], on=today(at))
            propose_merge(kept=kept, gone=gone, taken=(), note="The same birth date (invented).", by=by, at=at)
            return
