"""Old lists on the screen and on the command line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.factories import JobseekerFactory, OfficeFactory, account_with

from openpes.cli.__main__ import main
from openpes.imports.models import ImportBatch
from openpes.jobseekers.models import Jobseeker
from openpes.people.models import Account, Person

pytestmark = pytest.mark.django_db(databases=["default", "access"])

LIST = b"Name,Birth date,Mobile,City,Job\nAna Reyes,2005-03-14,09175550001,Cebu,waiter\nBo,99-99-99,,Cebu,waiter\n"
HOME = "/desk/lists/"


@pytest.fixture
def desk(signed_in: Callable[[Account], Client]) -> tuple[Any, Client]:
    """An office and the browser of its counsellor."""
    office = OfficeFactory()
    return office, signed_in(account_with("counsellor", office=office))


def brought(client: Client, content: bytes = LIST) -> str:
    """Bring a file; the address of its page."""
    answer = client.post(HOME, {"kind": "people", "file": SimpleUploadedFile("old.csv", content)})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def columns(client: Client, page: str) -> None:
    """Agree to the columns as guessed."""
    names = ["name", "born_on", "phone", "area", "work"]
    client.post(f"{page}columns/", {f"column-{place}": name for place, name in enumerate(names)})


def test_from_the_file_to_the_record(desk: tuple[Any, Client]) -> None:
    """File, columns, rows, mending, writing, the record and its origin, and all of it back."""
    _office, client = desk
    page = brought(client)
    shown = client.get(page).content.decode()
    assert '<option value="born_on" selected>' in shown and "Ana Reyes" in shown
    columns(client, page)
    shown = client.get(page).content.decode()
    assert "Write 1 row" in shown and "is no date" in shown
    row = f"{page}3/"
    assert "is no date" in client.get(row).content.decode()
    wrong = client.post(row, {"name": "Bo", "born_on": "still wrong", "choice": ""}, follow=True)
    assert "still wrong" in wrong.content.decode()
    client.post(
        row, {"name": "Bo", "born_on": "2004-09-09", "phone": "", "area": "Cebu", "work": "waiter", "choice": ""}
    )
    client.post(f"{page}write/")
    assert Person.objects.count() == 2
    ref = Jobseeker.objects.get(person__name_as_given="Ana Reyes").ref
    shown = client.get(f"/desk/people/{ref}/").content.decode()
    assert "row 2 of “old.csv”" in shown
    assert brought(client) == page
    client.post(f"{page}back/")
    assert not Person.objects.exists()


def test_who_is_known_from_a_list_agrees_at_the_desk(desk: tuple[Any, Client]) -> None:
    """Only who has heard the sentences; then a code and a PIN for the slip."""
    _office, client = desk
    page = brought(client)
    columns(client, page)
    client.post(f"{page}write/")
    jobseeker = Jobseeker.objects.get()
    address = f"/desk/people/{jobseeker.ref}/agree/"
    assert client.post(address, {}).status_code == 422
    assert Jobseeker.objects.get().state == "from_list"
    answer = client.post(address, {"agreed": "on"}, follow=True)
    assert Jobseeker.objects.get().state == "active"
    assert jobseeker.person.name_as_given in answer.content.decode()


def test_the_file_of_rows_to_mend_can_be_brought_again(desk: tuple[Any, Client]) -> None:
    """Its own columns are left out; mended, its rows are taken and the others are not taken twice."""
    _office, client = desk
    page = brought(client)
    columns(client, page)
    client.post(f"{page}write/")
    errors = client.get(f"{page}rows.csv").content
    assert b"what_is_wrong" in errors and b"Ana" not in errors
    again = brought(client, errors.replace(b"99-99-99", b"2004-09-09"))
    columns(client, again)
    client.post(f"{again}write/")
    assert sorted(Person.objects.values_list("name_as_given", flat=True)) == ["Ana Reyes", "Bo"]


def test_a_likely_double_is_named_and_decided(desk: tuple[Any, Client]) -> None:
    """The page names the one known; left out, nothing is written."""
    office, client = desk
    held = JobseekerFactory(office=office, person__name_as_given="Ana Reyes")
    Person.objects.filter(pk=held.person_id).update(born_on="2005-03-14", name_key="ana reyes")
    page = brought(client)
    columns(client, page)
    shown = client.get(f"{page}2/").content.decode()
    assert held.ref in shown and "the same name and birth date" in shown
    client.post(f"{page}2/", {"name": "Ana Reyes", "born_on": "2005-03-14", "choice": "skip"})
    client.post(f"{page}write/")
    assert Person.objects.count() == 1


@pytest.mark.parametrize("content", [b"\x00\x01\x02" * 9, b"", b"Name\n"])
def test_what_is_no_list_is_refused_with_the_mend(desk: tuple[Any, Client], content: bytes) -> None:
    """Nothing is kept."""
    _office, client = desk
    answer = client.post(HOME, {"kind": "people", "file": SimpleUploadedFile("x.xlsx", content)})
    assert answer.status_code == 422
    assert not ImportBatch.objects.exists()


def test_other_offices_do_not_see_it(desk: tuple[Any, Client], signed_in: Callable[[Account], Client]) -> None:
    """404 for reading, writing and taking back."""
    _office, client = desk
    page = brought(client)
    stranger = signed_in(account_with("counsellor", office=OfficeFactory()))
    assert stranger.get(page).status_code == 404
    assert stranger.post(f"{page}write/").status_code == 404
    assert stranger.post(f"{page}back/").status_code == 404
    adviser = signed_in(account_with("employer_adviser", office=_office))
    assert adviser.get(page).status_code == 404


def test_the_page_costs_the_same_for_many_rows(desk: tuple[Any, Client]) -> None:
    """One and forty bad rows, the same number of queries."""
    _office, client = desk
    counts = []
    for n in (1, 40):
        lines = b"".join(b"P%d,99-99-99,,Cebu,waiter\n" % one for one in range(n))
        page = brought(client, b"Name,Birth date,Mobile,City,Job\n" + lines)
        columns(client, page)
        client.get(page)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(page).status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_the_command(desk: tuple[Any, Client], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A trial writes nothing; then the good rows, the bad ones told and in a file; the same again changes nothing."""
    _office, _client = desk
    file, errors = tmp_path / "old.csv", tmp_path / "mend.csv"
    file.write_bytes(LIST)
    assert main(["import", "people", str(file), "--dry-run"]) == 1
    assert not Person.objects.exists() and not ImportBatch.objects.exists()
    assert main(["import", "people", str(file), "--errors", str(errors)]) == 1
    assert "row 3, Birth date" in capsys.readouterr().out
    assert b"99-99-99" in errors.read_bytes()
    assert Person.objects.count() == 1
    assert main(["import", "people", str(file)]) == 0
    assert Person.objects.count() == 1
    assert main(["import", "people", "--undo", ImportBatch.objects.get().ref]) == 0
    assert not Person.objects.exists()
    assert main(["import", "people"]) == 2
    assert main(["import", "people", str(file), "--office", "NOWHERE"]) == 2
