"""An office's old list, from the file to the records and back."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from django.apps import apps
from tests.factories import (
    NOW,
    EmployerFactory,
    JobseekerFactory,
    OfficeFactory,
    ReferralFactory,
    account_with,
    actor_with,
)

from openpes.config import outbox_handlers as _handlers  # noqa: F401  (says who does the work)
from openpes.core import outbox
from openpes.core.decisions import NotPermitted, Refused
from openpes.core.spreadsheets import as_xlsx
from openpes.core.tables import UnreadableTable, require_safe
from openpes.imports.models import ImportRow
from openpes.imports.queries import batch_for, columns_for, counts_of, provenance_of, row_of
from openpes.imports.states import BatchState, Choice, ListKind, RowState
from openpes.jobseekers.figures import known_from_lists, registered_in
from openpes.jobseekers.models import Jobseeker
from openpes.jobseekers.queries import find_jobseekers, seekers
from openpes.journeys import import_list
from openpes.journeys.agree_from_list import agree_from_list
from openpes.journeys.import_list import map_columns, mend_row, take_list, undo_list, upload_list
from openpes.messaging.models import Message
from openpes.messaging.operations import queue_text
from openpes.organisations.models import Employer
from openpes.people.models import Person
from openpes.people.queries import live_consent
from openpes.people.states import Purpose
from openpes.vacancies.models import Vacancy
from openpes.vacancies.states import VacancyState

pytestmark = pytest.mark.django_db(databases=["default", "access"])

LIST = """No.,Buong Pangalan,Petsa ng Kapanganakan,Kasarian,CP No,Address,Schooling,Desired job
1,"Reyes, Ana",03/14/2005,F,0917 555 0001,Cebu,senior high,waiter
2,Jose Cruz,25/12/2004,M,0917 555 0002,Cebu,elementary,cook
3,Liza Tan,99/99/2004,F,0917 555 0003,Cebu,,waiter
4,Mark Lim,07/20/2003,M,12,Cebu,,waiter
5,Joy Uy,08/21/2003,F,0917 555 0005,Nowhere Land,,zxqv
"""


def counsellor() -> Any:
    """A counsellor of an office in Cebu."""
    office = OfficeFactory()
    return office, actor_with("counsellor", scope_id=office.pk, account=account_with("counsellor", office=office))


def brought(
    text: str | bytes, *, kind: ListKind = ListKind.PEOPLE, office: Any = None, by: Any = None, read: bool = True
) -> Any:
    """A list brought in and read, with the columns as guessed."""
    if office is None:
        office, by = counsellor()
    content = text.encode() if isinstance(text, str) else text
    batch, _new = upload_list(
        kind=kind, office_ref=office.ref, content=content, file_name="old.csv", language="en", by=by, at=NOW
    )
    if read:
        batch = map_columns(batch=batch, columns=columns_for(batch), by=by, at=NOW)
    return batch, by


def snapshot() -> dict[str, list[Any]]:
    """Every row of every table of the service, apart from the logs, the lists themselves and the outbox."""
    left_out = {
        "core.ChangeEntry",
        "core.AccessEntry",
        "core.OutboxMessage",
        "imports.ImportBatch",
        "imports.ImportRow",
    }
    left_out |= {"imports.ColumnMemory"}
    return {
        model._meta.label: list(model._default_manager.order_by("pk").values())
        for model in apps.get_models()
        if model.__module__.startswith("openpes.") and model._meta.label not in left_out
    }


def ana_at(office: Any) -> Jobseeker:
    """Ana Reyes, registered at the office, of whom neither sex nor phone is known."""
    held = JobseekerFactory(
        office=office, person__name_as_given="Ana Reyes", person__sex="not_said", person__phone=False
    )
    Person.objects.filter(pk=held.person_id).update(born_on="2005-03-14")
    return held


def states(batch: Any) -> list[str]:
    """The states of the rows, by line."""
    return list(batch.rows.order_by("line").values_list("state", flat=True))


def test_a_list_is_read_row_by_row() -> None:
    """What is clear is ready; a row that is wrong says in which column and why; what is doubtful waits for a look."""
    batch, _by = brought(LIST)
    # The first date has 14 in the second place, the second 25 in the first: the column does not tell, each date does.
    assert states(batch) == [RowState.READY, RowState.READY, RowState.BAD, RowState.BAD, RowState.DOUBT]
    assert [one["code"] for one in row_of(batch, 4).problems] == ["date_unread"]
    assert [(one["field"], one["code"]) for one in row_of(batch, 5).problems] == [("phone", "phone_unread")]
    assert {one["field"] for one in row_of(batch, 6).doubts} == {"area", "work"}
    first = row_of(batch, 2).clean
    assert (first["name"], first["born_on"], first["sex"], first["isco"], first["education"]) == (
        "Ana Reyes",
        "2005-03-14",
        "female",
        "5131",
        3,
    )
    assert not Person.objects.exists()


def test_people_of_a_list_are_known_and_nothing_more() -> None:
    """Found by search, with where they came from; not matched, not counted, not texted, until they agree."""
    batch, by = brought(LIST)
    take_list(batch=batch, by=by, at=NOW)
    assert counts_of(batch)[RowState.TAKEN] == 2
    found = find_jobseekers(by, text="Ana Reyes", at=NOW)
    assert [one.state for one in found] == ["from_list"]
    row = provenance_of(found[0].pk)
    assert row is not None and (row.line, row.batch.file_name, len(row.batch.sha256)) == (2, "old.csv", 64)
    assert list(seekers()) == []
    assert known_from_lists() == 2
    assert registered_in(starts_at=NOW, ends_before=NOW.replace(year=2027)) == 0
    assert queue_text(
        number="+639175550001", kind="welcome", facts={"office": "x", "code": "y"}, language="en", at=NOW,
        person_id=found[0].person_id,
    ) is None  # fmt: skip
    assert not Message.objects.exists()


def test_who_agrees_is_registered() -> None:
    """From the day of the consent: matched, counted and welcomed."""
    batch, by = brought(LIST)
    take_list(batch=batch, by=by, at=NOW)
    jobseeker = find_jobseekers(by, text="Ana Reyes", at=NOW)[0]
    agree_from_list(jobseeker=jobseeker, share_contact=False, guardian=None, by=by, at=NOW)
    assert [one.id for one in seekers()] == [jobseeker.pk]
    assert live_consent(jobseeker.person_id, Purpose.REGISTRATION) is not None
    assert known_from_lists() == 1
    assert registered_in(starts_at=NOW, ends_before=NOW.replace(year=2027)) == 1
    assert Message.objects.get().person_id == jobseeker.person_id
    with pytest.raises(Refused):
        agree_from_list(
            jobseeker=Jobseeker.objects.get(pk=jobseeker.pk), share_contact=False, guardian=None, by=by, at=NOW
        )


def test_a_bad_row_is_mended_and_taken() -> None:
    """Row by row on the screen; then taking takes that one row and none twice."""
    batch, by = brought(LIST)
    take_list(batch=batch, by=by, at=NOW)
    batch = batch_for(by, batch.ref)
    row = mend_row(
        row=row_of(batch, 4),
        mended={"born_on": "9 September 2004"},
        choice=Choice.UNDECIDED,
        accepted=False,
        by=by,
        at=NOW,
    )
    assert (row.state, row.problems) == (RowState.READY, [])
    mend_row(row=row_of(batch, 6), mended={}, choice=Choice.UNDECIDED, accepted=True, by=by, at=NOW)
    take_list(batch=batch, by=by, at=NOW)
    assert states(batch) == ["taken", "taken", "taken", "bad", "taken"]
    assert Person.objects.count() == 4
    with pytest.raises(Refused):
        mend_row(row=row_of(batch, 2), mended={}, choice=Choice.SKIP, accepted=False, by=by, at=NOW)


def test_the_same_file_and_the_same_rows_change_nothing() -> None:
    """The same file is the same list; the same rows in another file are known again."""
    batch, by = brought(LIST)
    take_list(batch=batch, by=by, at=NOW)
    before, office = snapshot(), batch.office
    again, is_new = upload_list(
        kind=ListKind.PEOPLE, office_ref=office.ref, content=LIST.encode(), file_name="x", language="en", by=by, at=NOW
    )
    assert (again.pk, is_new) == (batch.pk, False)
    other, _by = brought(LIST.replace("No.,", "Reference,") + "\n", office=office, by=by)
    assert states(other)[:2] == [RowState.SAME, RowState.SAME]
    take_list(batch=other, by=by, at=NOW)
    assert snapshot() == before


def test_look_alikes_wait_for_a_decision() -> None:
    """Skip, fill in what was empty, or another person; within one list too."""
    office, by = counsellor()
    held = ana_at(office)
    text = "Name,Birth date,Sex,Phone\nAna Reyes,2005-03-14,F,09175550001\n"
    text += "Bo Cruz,2005-03-15,M,\nBo  Cruz,2005-03-15,M,09175550009\n"
    batch, _by = brought(text, office=office, by=by)
    assert states(batch) == [RowState.ALIKE, RowState.READY, RowState.READY]
    mend_row(row=row_of(batch, 2), mended={}, choice=Choice.UPDATE, accepted=False, by=by, at=NOW)
    take_list(batch=batch, by=by, at=NOW)
    assert states(batch) == [RowState.UPDATED, RowState.TAKEN, RowState.ALIKE]
    person = Person.objects.get(pk=held.person_id)
    assert (person.sex, person.name_as_given) == ("female", "Ana Reyes")
    assert [one.number for one in person.phones.all()] == ["+639175550001"]


def test_undo_gives_back_the_state_before() -> None:
    """A whole list, also what it filled in."""
    office, by = counsellor()
    ana_at(office)
    before = snapshot()
    batch, _by = brought(LIST, office=office, by=by)
    mend_row(row=row_of(batch, 2), mended={}, choice=Choice.UPDATE, accepted=False, by=by, at=NOW)
    batch = take_list(batch=batch, by=by, at=NOW)
    assert snapshot() != before
    assert undo_list(batch=batch, by=by, at=NOW) == {"undone": 2, "kept": 0}
    assert snapshot() == before
    # And the same file may come again.
    again, is_new = upload_list(
        kind=ListKind.PEOPLE, office_ref=office.ref, content=LIST.encode(), file_name="x", language="en", by=by, at=NOW
    )
    assert is_new and again.pk != batch.pk


def test_what_was_built_on_stays_and_is_listed() -> None:
    """A person who has agreed, or who was introduced, is no longer a row of a list."""
    batch, by = brought(LIST)
    batch = take_list(batch=batch, by=by, at=NOW)
    ana, jose = (find_jobseekers(by, text=name, at=NOW)[0] for name in ("Ana Reyes", "Jose Cruz"))
    agree_from_list(jobseeker=ana, share_contact=False, guardian=None, by=by, at=NOW)
    ReferralFactory(jobseeker=jose)
    assert undo_list(batch=batch, by=by, at=NOW) == {"undone": 0, "kept": 2}
    assert set(Person.objects.values_list("pk", flat=True)) >= {ana.person_id, jose.person_id}
    kept = ImportRow.objects.get(batch=batch, jobseeker=jose.pk)
    assert (kept.state, kept.problems[0]["facts"]["what"]) == (RowState.KEPT, "referrals.Referral")


def test_only_the_office_and_who_brought_it() -> None:
    """Another office does not see the list; a colleague cannot undo it; the manager can."""
    batch, by = brought(LIST)
    batch = take_list(batch=batch, by=by, at=NOW)
    _other, stranger = counsellor()
    with pytest.raises(Exception, match="import"):
        batch_for(stranger, batch.ref)
    with pytest.raises(NotPermitted):
        upload_list(
            kind=ListKind.PEOPLE, office_ref=batch.office.ref, content=b"name\nx", file_name="x", language="en",
            by=stranger, at=NOW,
        )  # fmt: skip
    colleague = actor_with("counsellor", scope_id=batch.office_id, account=account_with("jobseeker"))
    before = snapshot()
    with pytest.raises(NotPermitted):
        undo_list(batch=batch, by=colleague, at=NOW)
    assert snapshot() == before
    assert undo_list(batch=batch, by=actor_with("office_manager", scope_id=batch.office_id), at=NOW)["undone"] == 2


def test_columns_are_remembered_and_checked() -> None:
    """What an office said about a header is what it is offered the next time; a needed column is asked for."""
    batch, by = brought("A,B,C\nAna Reyes,2005-03-14,waiter\n", read=False)
    with pytest.raises(Refused) as refused:
        map_columns(batch=batch, columns={"a": "name", "b": "name"}, by=by, at=NOW)
    assert {one.code for one in refused.value.decision.reasons} == {"column_missing", "column_twice"}
    assert batch_for(by, batch.ref).state == BatchState.MAPPING
    map_columns(batch=batch, columns={"a": "name", "b": "born_on"}, by=by, at=NOW)
    next_one, _by = brought("A,B,C\nBo Cruz,2004-03-14,cook\n", office=batch.office, by=by, read=False)
    assert columns_for(next_one) == {"a": "name", "b": "born_on"}


def test_a_long_list_is_read_by_the_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    """In pieces, each a transaction of its own; the end is the same as at once."""
    monkeypatch.setattr(import_list, "CHUNK", 2)
    kept = import_list.policy
    monkeypatch.setattr(import_list, "policy", lambda name, at: 3 if name == "rows_at_once" else kept(name, at))
    batch, by = brought(LIST)
    assert batch.state == BatchState.CHECKING and set(states(batch)) == {RowState.WAITING}
    while outbox.work_once(at=NOW):
        pass
    batch = batch_for(by, batch.ref)
    assert batch.state == BatchState.CHECKED
    assert states(batch) == ["ready", "ready", "bad", "bad", "doubt"]
    take_list(batch=batch, by=by, at=NOW)
    while outbox.work_once(at=NOW):
        pass
    assert batch_for(by, batch.ref).state == BatchState.TAKEN
    assert Person.objects.count() == 2


def test_employers_wait_for_an_officer_and_vacancies_for_the_check() -> None:
    """Nothing of a list is public; what the law stops is a bad row with the law's reason; undo takes them back."""
    office, by = counsellor()
    firms, _by = brought("Company,Contact no,City,Employees\nKusina Uno,09175550001,Cebu,12\nNo Phone,,Cebu,3\n",
                         kind=ListKind.EMPLOYERS, office=office, by=by)  # fmt: skip
    assert states(firms) == [RowState.READY, RowState.BAD]
    firms = take_list(batch=firms, by=by, at=NOW)
    assert Employer.objects.get().state == "submitted"
    assert Employer.objects.get().size_band == "10-49"
    known = EmployerFactory(name="Bistro Dos", office=office)
    text = "Employer,Job title,Openings,City,Monthly pay,Duties\nBistro Dos,Waiter,2,Cebu,16000,\n"
    text += "Bistro Dos,Cook,1,Cebu,16000,Female only\nWho,Cook,1,Cebu,16000,\n"
    jobs, _by = brought(text, kind=ListKind.VACANCIES, office=office, by=by)
    assert states(jobs) == [RowState.READY, RowState.READY, RowState.BAD]
    before = snapshot()
    jobs = take_list(batch=jobs, by=by, at=NOW)
    waiting = Vacancy.objects.get(title="Waiter")
    assert (waiting.state, waiting.employer_id) == (VacancyState.SUBMITTED, known.pk)
    assert states(jobs) == [RowState.TAKEN, RowState.BAD, RowState.BAD]
    assert row_of(jobs, 3).problems[0]["code"]
    assert undo_list(batch=jobs, by=by, at=NOW) == {"undone": 1, "kept": 0}
    assert snapshot() == before
    assert undo_list(batch=firms, by=by, at=NOW) == {"undone": 1, "kept": 0}


@pytest.mark.parametrize("wrong", ["macro", "not_a_book", "binary", "bomb", "damaged"])
def test_files_that_are_no_plain_lists(wrong: str) -> None:
    """By what they hold, whatever they are called."""
    if wrong in {"binary", "damaged"}:
        content = b"\x00\x01\x02" * 50 if wrong == "binary" else b"PK\x03\x04 broken"
    else:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
            if wrong != "not_a_book":
                book.writestr("[Content_Types].xml", "")
                book.writestr("xl/workbook.xml", "")
            if wrong == "macro":
                book.writestr("xl/vbaProject.bin", "x")
            if wrong == "bomb":
                book.writestr("xl/big.xml", b"0" * (3 * 1024 * 1024))
        content = out.getvalue()
    with pytest.raises(UnreadableTable):
        require_safe(content, most_mb=1, most_unpacked_mb=2)


def test_a_spreadsheet_is_read_like_a_csv() -> None:
    """Dates as spreadsheets keep them, phones without the zero and the point that they make of them."""
    book = as_xlsx(
        [("List", ("Name", "Birth date", "Mobile"), [("Ana Reyes", NOW.date().replace(year=2005), 9175550001)])]
    )
    require_safe(book, most_mb=1, most_unpacked_mb=20)
    batch, _by = brought(book)
    row = row_of(batch, 2)
    assert (row.state, row.clean["born_on"], row.clean["phone"]) == (RowState.READY, "2005-11-24", "+639175550001")
