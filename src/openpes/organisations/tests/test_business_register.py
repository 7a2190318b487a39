"""The business register: any table becomes it, and it says match, near, other name, struck off or not listed."""

from __future__ import annotations

from datetime import date

import pytest
from tests.factories import NOW, EmployerFactory, actor_with

from openpes.core.decisions import NotPermitted, Refused
from openpes.core.tables import UnreadableTable
from openpes.journeys.load_businesses import columns_of, load_businesses, status_of
from openpes.journeys.load_offices import Loaded
from openpes.organisations.business_register import newest_business_list, register_says
from openpes.organisations.models import Business, Employer
from openpes.organisations.rules import Listed, word_of_register
from openpes.organisations.states import BusinessStatus, RegisterWord
from openpes.people.names import match_key

pytestmark = pytest.mark.django_db(databases=["default", "access"])
FILE = (
    "Company name;Company number;Status;Incorporation date\n"
    "Kusina ni Ana Corporation;CS-2019 0042;Active;14/03/2019\n"
    "Golden Rice Trading;77-1;Struck off;2001-01-31\n"
    ";12;active;\n"
    "Twice;77/1;active;\n"
    "Odd;99;sleeping;\n"
)


def load(text: str = FILE, *, as_of: date = date(2026, 11, 1), role: str = "administrator", **more: object) -> Loaded:
    """Make a text the register."""
    return load_businesses(
        content=text.encode(), as_of=as_of, source="the registrar", by=actor_with(role), at=NOW, **more
    )  # type: ignore[arg-type]


def firm(name: str, number: str = "") -> Employer:
    """A firm that waits."""
    return EmployerFactory(name=name, name_key=match_key(name)[:200], registration_number=number, unverified=True)


def test_a_table_with_other_names_becomes_the_register_and_bad_rows_are_told() -> None:
    """By row, column and mend."""
    loaded = load()
    assert loaded.made == 2 and [(one.line, one.column) for one in loaded.bad] == [
        (4, "company_name"),
        (5, "company_number"),
        (6, "status"),
    ]
    held = Business.objects.get(number_key="cs20190042")
    assert (held.registered_on, held.status) == (date(2019, 3, 14), "active")
    assert load().already == 2 and Business.objects.count() == 2


@pytest.mark.parametrize(
    ("name", "number", "word"),
    [
        ("Kusina ni Ana Corporation", "cs 2019-0042", RegisterWord.MATCH),
        ("Kusina ni Anna Corporation", "CS20190042", RegisterWord.NEAR),
        ("Kusina ni Ana Corporaton", "", RegisterWord.NEAR),
        ("Kusina ni Ana", "CS-2019-0042", RegisterWord.NEAR),
        ("Kusina", "CS-2019-0042", RegisterWord.OTHER_NAME),
        ("Manila Steel Works", "CS-2019-0042", RegisterWord.OTHER_NAME),
        ("Golden Rice Trading", "771", RegisterWord.NOT_GOOD),
        ("Manila Steel Works", "4711", RegisterWord.NOT_LISTED),
    ],
)
def test_what_the_register_says(name: str, number: str, word: RegisterWord) -> None:
    """The number counts first: under another name it is a warning."""
    load()
    assert register_says(firm(name, number)).word == word


def test_without_a_list_nobody_can_tell() -> None:
    """Not listed would be a lie."""
    assert register_says(firm("Kusina")).word == RegisterWord.UNKNOWN and newest_business_list() is None


def test_an_older_or_empty_list_and_anybody_else_change_nothing() -> None:
    """What holds stays."""
    load()
    for text, as_of in ((FILE.replace("Ana", "Eva"), date(2026, 10, 1)), ("name,number\n,\nx,\n", date(2026, 12, 1))):
        with pytest.raises(Refused):
            load(text, as_of=as_of)
    for role in ("law_officer", "analyst"):
        with pytest.raises(NotPermitted):
            load(role=role)
    assert Business.objects.count() == 2 and Business.objects.filter(name__contains="Ana").exists()


def test_a_country_says_which_of_its_columns_holds_what() -> None:
    """And is told when one is missing."""
    text = "FIRMA,NR\nHotel Paradise,5\n"
    with pytest.raises(UnreadableTable, match="name, number"):
        load(text)
    assert load(text, columns={"name": "FIRMA", "number": "NR"}).made == 1
    with pytest.raises(UnreadableTable, match="NUMERO"):
        columns_of(["firma"], {"name": "FIRMA", "number": "NUMERO"})


def test_words_of_status_and_lines_without_a_number() -> None:
    """Nothing written is active; a word that nobody knows is not guessed."""
    assert status_of("") == BusinessStatus.ACTIVE and status_of("Dissolved") == BusinessStatus.STRUCK_OFF
    assert status_of("sleeping") is None
    lines = [Listed("kusina", "", BusinessStatus.ACTIVE)]
    assert word_of_register(name_key="kusina", number_key="", lines=lines) == RegisterWord.NEAR
