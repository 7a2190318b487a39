"""What one row of an old list becomes: read, compared with what is known, written, and taken back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import transaction

from openpes.core.actors import Actor
from openpes.core.decisions import NotFound, NotPermitted, Reason, Refused
from openpes.core.ids import keyed_hash
from openpes.core.references import tables_pointing_at
from openpes.imports.cleaning import Setting, clean_row
from openpes.imports.models import ImportBatch, ImportRow
from openpes.imports.operations import ACCEPTED, fields_of, mark_of
from openpes.imports.queries import already_taken
from openpes.imports.rules import state_of_row
from openpes.imports.states import Choice, ListKind, RowState
from openpes.jobseekers import operations as jobseekers
from openpes.jobseekers.operations import Profile, Wanted
from openpes.jobseekers.queries import jobseeker_by_id, registration_of
from openpes.jobseekers.rules import may_register
from openpes.jobseekers.states import Channel, JobseekerState
from openpes.organisations import operations as organisations
from openpes.organisations.models import Employer
from openpes.organisations.operations import NewEmployer
from openpes.organisations.queries import employers_like
from openpes.organisations.states import SizeBand
from openpes.people import operations as people
from openpes.people.names import match_key
from openpes.people.operations import NewPerson
from openpes.people.queries import LookAlike, look_alikes
from openpes.people.rules import Likeness
from openpes.people.states import PhoneOwner, Sex
from openpes.reference.country import country, currency
from openpes.vacancies import operations as vacancies
from openpes.vacancies.operations import Offered
from openpes.vacancies.queries import vacancies_at_employer, vacancy_by_id

# What a list itself writes beside a person: these do not count as built on it.
WRITTEN_WITH_PERSON = frozenset({"jobseekers.Jobseeker", "people.PersonPhone", "imports.ImportRow"})
WRITTEN_WITH_REGISTRATION = frozenset({"jobseekers.WantedOccupation", "jobseekers.JobseekerMove", "imports.ImportRow"})
WRITTEN_WITH_VACANCY = frozenset({"vacancies.VacancyMove", "vacancies.AdvertPair", "imports.ImportRow"})
SIZES = (
    (1, SizeBand.ONE_TO_FOUR),
    (5, SizeBand.FIVE_TO_NINE),
    (10, SizeBand.TEN_TO_FORTY_NINE),
    (50, SizeBand.FIFTY_TO_249),
    (250, SizeBand.FROM_250),
)


def read_rows(batch: ImportBatch, rows: Sequence[ImportRow], setting: Setting, *, by: Actor, at: datetime) -> None:
    """Read rows and say where each stands. Nothing is saved: the caller does."""
    for row in rows:
        said = fields_of(row, batch.columns)
        made = clean_row(said, setting)
        row.clean, row.problems, row.doubts = made.values, made.problems, made.doubts
        row.print_of_cells = mark_of(batch.kind, batch.office_id, said)
        # A running number of the list says nothing of the person: without it the row is known in another file.
        told = {name: value for name, value in made.values.items() if name != "old_number"}
        row.print_of_clean = mark_of(batch.kind, batch.office_id, told)
        if batch.kind == ListKind.PEOPLE and not made.problems:
            decision = may_register(country(), born_on=_day(row.clean["born_on"]), on=setting.today)
            row.problems += [_told("born_on", one) for one in decision.reasons] if decision.refused else []
    known = already_taken(batch, [(row.print_of_cells, row.print_of_clean) for row in rows])
    here: set[str] = set()
    for row in rows:
        is_same = bool({row.print_of_cells, row.print_of_clean} & known) or row.print_of_clean in here
        here.add(row.print_of_clean)
        _stand(batch, row, is_same=is_same, by=by)


def _told(name: str, reason: Reason) -> dict[str, Any]:
    """A reason of a rule or of the law, as a row keeps it."""
    return {"field": name, "code": reason.code, "facts": dict(reason.facts), "text": reason.text}


def _stand(batch: ImportBatch, row: ImportRow, *, is_same: bool, by: Actor) -> None:
    is_alike = False
    if not row.problems and not is_same:
        if batch.kind == ListKind.VACANCIES and employer_of(batch, row, by=by) is None:
            row.problems.append(
                {"field": "employer", "code": "employer_unknown", "facts": {"said": row.clean["employer"]}}
            )
        is_alike = looks_known(batch, row, by=by)
    row.state = state_of_row(
        has_problems=bool(row.problems),
        is_same=is_same,
        is_alike=is_alike,
        has_doubts=bool(row.doubts),
        doubts_seen=bool(row.mended.get(ACCEPTED)),
        choice=Choice(row.choice),
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _number_hash(row: ImportRow) -> str:
    number = row.clean.get("national_number", "")
    return keyed_hash(number, settings.SECRET_KEY) if number else ""


def people_like_row(row: ImportRow) -> list[LookAlike]:
    """People who may be the one in the row."""
    phone = row.clean.get("phone", "")
    return look_alikes(
        Likeness(
            match_key(row.clean["name"])[:160],
            _day(row.clean["born_on"]),
            frozenset({phone}) if phone else frozenset(),
            _number_hash(row),
        )
    )


def looks_known(batch: ImportBatch, row: ImportRow, *, by: Actor) -> bool:
    """True when somebody or something in the records may be what the row tells of."""
    if row.problems:
        return False
    if batch.kind == ListKind.PEOPLE:
        return bool(people_like_row(row))
    if batch.kind == ListKind.EMPLOYERS:
        return bool(employers_like(name=row.clean["name"], registration_number=row.clean["registration_number"]))
    employer = employer_of(batch, row, by=by)
    held = vacancies_at_employer(by, employer.pk, limit=200) if employer else []
    key = match_key(row.clean["title"])
    return any(match_key(one.title) == key and one.state not in {"closed", "refused"} for one in held)


def employer_of(batch: ImportBatch, row: ImportRow, *, by: Actor) -> Employer | None:
    """The one employer of the office that a row of vacancies names, or None."""
    found = employers_like(name=row.clean["employer"], registration_number=row.clean["registration_number"])
    here = [one for one in found if one.office_id == batch.office_id]
    return here[0] if len(here) == 1 else None


def take_row(batch: ImportBatch, row: ImportRow, *, by: Actor, at: datetime) -> None:
    """Write one row that is ready. Rows taken a moment ago are looked at too: a list holds the same person twice."""
    if row.choice == Choice.UNDECIDED and looks_known(batch, row, by=by):
        row.state = RowState.ALIKE
        return
    write = {ListKind.PEOPLE: _take_person, ListKind.EMPLOYERS: _take_employer, ListKind.VACANCIES: _take_vacancy}
    try:
        with transaction.atomic():
            write[ListKind(batch.kind)](batch, row, by=by, at=at)
    except Refused as refused:
        row.state, row.problems = RowState.BAD, [_told("", one) for one in refused.decision.reasons]
    except (NotPermitted, NotFound):
        row.state, row.problems = RowState.BAD, [{"field": "", "code": "other_office", "facts": {}}]


def _profile(batch: ImportBatch, row: ImportRow) -> Profile:
    said = row.clean
    return Profile(
        area_code=said["area"] or batch.office.area_code,
        wanted=(Wanted(said["isco"], said["words"]),) if said["isco"] else (),
        education_level=said["education"],
    )


def _take_person(batch: ImportBatch, row: ImportRow, *, by: Actor, at: datetime) -> None:
    if row.choice == Choice.UPDATE:
        return _fill_in(batch, row, by=by, at=at)
    person = people.add_person(
        new=NewPerson(
            name=row.clean["name"],
            born_on=_day(row.clean["born_on"]),
            sex=Sex(row.clean["sex"]),
            language=batch.language,
            phone=row.clean["phone"],
            # A list does not say whose phone it is: until the person does, a text says nothing of them.
            phone_owner=PhoneOwner.OTHER,
            national_number=row.clean["national_number"],
        ),
        by=by,
        at=at,
        secret=settings.SECRET_KEY,
        synthetic=batch.office.synthetic,
        awaits_consent=True,
    )
    jobseeker = jobseekers.register(
        person=person,
        office=batch.office,
        profile=_profile(batch, row),
        channel=Channel.IMPORT,
        waits_for_guardian=False,
        by=by,
        at=at,
    )
    row.person, row.jobseeker, row.state = person, jobseeker, RowState.TAKEN
    return None


def _fill_in(batch: ImportBatch, row: ImportRow, *, by: Actor, at: datetime) -> None:
    """The row tells of somebody known: what was empty is filled, what was known stays."""
    found = people_like_row(row)
    jobseeker = registration_of(found[0].person.pk) if found else None
    if jobseeker is None or jobseeker.office_id != batch.office_id or jobseeker.state == JobseekerState.LEFT:
        raise NotFound("jobseeker")
    filled = people.fill_in(
        person=jobseeker.person,
        born_on=_day(row.clean["born_on"]),
        sex=Sex(row.clean["sex"]),
        phone=row.clean["phone"],
        by=by,
        at=at,
    )
    row.before = {"filled": filled}
    row.person, row.jobseeker, row.state = jobseeker.person, jobseeker, RowState.UPDATED


def _take_employer(batch: ImportBatch, row: ImportRow, *, by: Actor, at: datetime) -> None:
    said = row.clean
    staff = said["staff"] or 0
    size = next((band for least, band in reversed(SIZES) if staff >= least), SizeBand.UNKNOWN)
    row.employer = organisations.register_employer(
        new=NewEmployer(
            name=said["name"],
            area_code=said["area"],
            contact_name=said["contact_name"],
            contact_phone=said["phone"],
            registration_number=said["registration_number"],
            sector=said["sector"],
            size_band=size,
            address=said["street"],
            language=batch.language,
        ),
        office=batch.office,
        by=by,
        at=at,
        synthetic=batch.office.synthetic,
    )
    row.state = RowState.TAKEN


def _take_vacancy(batch: ImportBatch, row: ImportRow, *, by: Actor, at: datetime) -> None:
    said, employer = row.clean, employer_of(batch, row, by=by)
    if employer is None:
        raise NotFound("employer")
    row.employer = employer
    row.vacancy = vacancies.submit_vacancy(
        offered=Offered(
            title=said["title"],
            isco=said["isco"],
            places=said["places"],
            area_code=said["area"],
            description=said["description"],
            pay_amount=Decimal(said["pay"]) if said["pay"] else None,
            pay_currency=currency() if said["pay"] else "",
            weekly_hours=Decimal(said["weekly_hours"]) if said["weekly_hours"] else None,
            education_level=said["education"],
        ),
        employer=employer,
        by=by,
        at=at,
        synthetic=employer.synthetic,
    )
    row.state = RowState.TAKEN


def undo_row(row: ImportRow, *, by: Actor, at: datetime) -> None:
    """Take one row back, or say what was built on it."""
    built = _built_on(row)
    if not built:
        try:
            with transaction.atomic():
                done = _take_back(row, by=by, at=at)
        except (Refused, NotPermitted, NotFound):
            done = False
        built = [] if done else ["changes"]
    row.state = RowState.KEPT if built else RowState.UNDONE
    if built:
        row.problems = [{"field": "", "code": "built_on", "facts": {"what": ", ".join(built)}}]


def _built_on(row: ImportRow) -> list[str]:
    if row.state == RowState.UPDATED:
        return []
    built: list[str] = []
    if row.jobseeker is not None:
        built += tables_pointing_at(row.jobseeker, apart_from=WRITTEN_WITH_REGISTRATION)
    if row.person is not None:
        built += tables_pointing_at(row.person, apart_from=WRITTEN_WITH_PERSON)
    if row.vacancy is not None:
        built += tables_pointing_at(row.vacancy, apart_from=WRITTEN_WITH_VACANCY)
    elif row.employer is not None:
        built += tables_pointing_at(row.employer, apart_from=frozenset({"imports.ImportRow"}))
    return sorted(set(built))


def _take_back(row: ImportRow, *, by: Actor, at: datetime) -> bool:
    if row.state == RowState.UPDATED:
        return row.person is not None and people.take_back_filled(
            person=row.person, filled=row.before.get("filled", {}), by=by, at=at
        )
    if row.jobseeker is not None and row.person is not None:
        jobseeker = jobseeker_by_id(row.jobseeker.pk)
        if jobseeker.changed_at != jobseeker.registered_at:
            return False
        person = jobseeker.person
        jobseekers.remove_from_list(jobseeker=jobseeker, by=by, at=at)
        people.remove_person(person=person, by=by, at=at)
        row.jobseeker = row.person = None
    elif row.vacancy is not None:
        vacancy = vacancy_by_id(row.vacancy.pk)
        vacancies.withdraw_listed_vacancy(vacancy=vacancy, by=by, at=at)
        row.vacancy = row.employer = None
    elif row.employer is not None:
        organisations.remove_employer(employer=row.employer, by=by, at=at)
        row.employer = None
    return True
