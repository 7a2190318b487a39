"""Words of the imports room: what the office reads of its lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openpes.imports.models import ImportRow
from openpes.imports.states import BatchState, Choice, ListKind, RowState
from openpes.jobseekers.words import REASON as OF_JOBSEEKERS
from openpes.organisations.words import REASON as OF_ORGANISATIONS
from openpes.reference.country import area_name
from openpes.reference.labels import education_name, occupation_name
from openpes.vacancies.words import words_of

KIND = {
    ListKind.PEOPLE: gettext_lazy("People"),
    ListKind.EMPLOYERS: gettext_lazy("Employers"),
    ListKind.VACANCIES: gettext_lazy("Jobs offered"),
}
STATE = {
    BatchState.MAPPING: gettext_lazy("Say what the columns hold"),
    BatchState.CHECKING: gettext_lazy("Being read"),
    BatchState.CHECKED: gettext_lazy("Read, nothing written yet"),
    BatchState.TAKING: gettext_lazy("Being written"),
    BatchState.TAKEN: gettext_lazy("Written"),
    BatchState.UNDONE: gettext_lazy("Taken back"),
}
ROW = {
    RowState.WAITING: gettext_lazy("waits to be read"),
    RowState.BAD: gettext_lazy("to mend"),
    RowState.DOUBT: gettext_lazy("to look at"),
    RowState.ALIKE: gettext_lazy("may be known already"),
    RowState.READY: gettext_lazy("ready"),
    RowState.SAME: gettext_lazy("there already"),
    RowState.TAKEN: gettext_lazy("written"),
    RowState.UPDATED: gettext_lazy("filled in"),
    RowState.SKIPPED: gettext_lazy("left out"),
    RowState.UNDONE: gettext_lazy("taken back"),
    RowState.KEPT: gettext_lazy("stays: something was built on it"),
}
CHOICE = {
    Choice.SKIP: gettext_lazy("The same: leave this row out"),
    Choice.UPDATE: gettext_lazy("The same: fill in what the record lacks"),
    Choice.NEW: gettext_lazy("Another: make a new record"),
}
FIELD = {
    "": gettext_lazy("the row"),
    "name": gettext_lazy("Name"),
    "family_name": gettext_lazy("Family name"),
    "given_name": gettext_lazy("Given name"),
    "born_on": gettext_lazy("Birth date"),
    "sex": gettext_lazy("Sex"),
    "phone": gettext_lazy("Phone"),
    "area": gettext_lazy("Area"),
    "education": gettext_lazy("Schooling"),
    "work": gettext_lazy("Work wanted"),
    "national_number": gettext_lazy("National number"),
    "old_number": gettext_lazy("Number in the old list"),
    "registration_number": gettext_lazy("Business number"),
    "contact_name": gettext_lazy("Contact person"),
    "street": gettext_lazy("Street"),
    "sector": gettext_lazy("Sector (letter of ISIC)"),
    "size": gettext_lazy("How many people work there"),
    "employer": gettext_lazy("Employer"),
    "title": gettext_lazy("Job title"),
    "places": gettext_lazy("Places"),
    "pay": gettext_lazy("Pay a month"),
    "weekly_hours": gettext_lazy("Hours a week"),
    "description": gettext_lazy("Description"),
}
SAID = {
    "name_missing": gettext_lazy("There is no name. Write one."),
    "name_with_digits": gettext_lazy("“%(said)s” has digits in it. Is it in the right column?"),
    "birth_or_phone": gettext_lazy("There is neither a birth date nor a phone. One of them is needed."),
    "date_unread": gettext_lazy("“%(said)s” is no date. Write it as 2005-03-14."),
    "date_to_come": gettext_lazy("“%(said)s” has not come yet. Check day, month and year."),
    "date_two_ways": gettext_lazy("“%(said)s” can be %(one)s or %(other)s. %(one)s is taken."),
    "phone_unread": gettext_lazy("“%(said)s” is no phone number here. Write it again or leave it empty."),
    "phone_missing": gettext_lazy("There is no phone. An employer is reached by one."),
    "sex_unread": gettext_lazy("“%(said)s” was not understood. “Not said” is taken."),
    "area_unsure": gettext_lazy("“%(said)s” is taken as %(area)s."),
    "area_unread": gettext_lazy("No area is called “%(said)s”. The office’s own, %(area)s, is taken."),
    "education_unsure": gettext_lazy("“%(said)s” is taken as “%(education)s”."),
    "education_unread": gettext_lazy("“%(said)s” is no schooling that is known. “Not said” is taken."),
    "work_unsure": gettext_lazy("“%(said)s” is taken as “%(work)s”."),
    "work_unread": gettext_lazy("No kind of work is called “%(said)s”. Ask when the person comes."),
    "sector_unread": gettext_lazy("“%(said)s” is no letter from A to U. It is left out."),
    "employer_missing": gettext_lazy("There is no employer. Write its name or its business number."),
    "employer_unknown": gettext_lazy("The office has no one employer “%(said)s”. Register it first."),
    "title_missing": gettext_lazy("There is no job title. Write one."),
    "title_unknown": gettext_lazy("No kind of work is called “%(said)s”. Write it in other words."),
    "places_unread": gettext_lazy("“%(said)s” is no number of places from 1 to 1000."),
    "number_unread": gettext_lazy("“%(said)s” is no number."),
    "other_office": gettext_lazy("The record is with another office. Leave the row out, or ask that office."),
    "built_on": gettext_lazy("It stays, because something was built on it: %(what)s."),
}
REASON = {
    "import_move": gettext_lazy("This list has moved on meanwhile. Look at it again."),
    "import_busy": gettext_lazy("This list is at work just now, or was taken back. Wait for it, or bring it again."),
    "row_written": gettext_lazy("This row was written already. Correct the record itself."),
    "column_missing": gettext_lazy("No column holds %(fields)s. Choose one."),
    "column_twice": gettext_lazy("Two columns are said to hold the same: %(field)s. Choose one of them."),
}


def said_of(one: Mapping[str, Any], language: str) -> str:
    """A problem or a doubt of a row, as a sentence."""
    code, facts = str(one["code"]), dict(one.get("facts") or {})
    if code in SAID:
        if "area" in code:
            facts["area"] = area_name(str(facts.get("code", "")), language)
        if "education" in code:
            facts["education"] = education_name(facts.get("level"), language)
        if "work" in code and facts.get("code"):
            facts["work"] = occupation_name(str(facts["code"]), language)
        return str(SAID[code]) % facts
    sentence = next((room[code] for room in (OF_JOBSEEKERS, OF_ORGANISATIONS) if code in room), None)
    return str(sentence) % facts if sentence else words_of(code, facts, str(one.get("text", "")))


def field_name(name: str) -> str:
    """What people call a field."""
    return str(FIELD.get(name, name))


def refusal_in_words(code: str, facts: Mapping[str, Any]) -> str:
    """A refusal of this room as a sentence."""
    shown = dict(facts)
    if "fields" in shown:
        shown["fields"] = _(" or ").join(field_name(one) for one in shown["fields"])
    if "field" in shown:
        shown["field"] = field_name(str(shown["field"]))
    return str(REASON.get(code, code)) % shown


def error_table(
    header: Sequence[str], rows: Iterable[ImportRow], language: str
) -> tuple[list[str], list[list[str | int]]]:
    """(header, rows) of the file of rows to mend: the columns as they stood, the row's number and every sentence."""
    return [*header, "row", "what_is_wrong"], [
        [
            *(str(row.cells.get(column, "")) for column in header),
            row.line,
            " ".join(f"{field_name(one['field'])}: {said_of(one, language)}" for one in (*row.problems, *row.doubts))
            or str(ROW[RowState(row.state)]),
        ]
        for row in rows
    ]
