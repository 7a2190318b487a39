"""Somebody says what went wrong: it is written down, an advert may be held, and the person has an answer in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction

from openpes.complaints import operations as complaints
from openpes.complaints.models import Complaint
from openpes.complaints.operations import Made, Told
from openpes.complaints.queries import overdue, reports_about_vacancy, unanswered_by_person
from openpes.complaints.rules import holds_advert
from openpes.complaints.states import ComplaintKind
from openpes.core.actors import Actor, system
from openpes.core.decisions import NotFound, NotPermitted
from openpes.jobseekers.queries import registration_of
from openpes.journeys.telling import tell_person
from openpes.organisations.queries import open_offices, staff_of_office
from openpes.reference.country import area, country, today
from openpes.vacancies import holding_operations as vacancies
from openpes.vacancies.models import Vacancy

CLOCK = system("complaint.escalate", "complaint.close", label="clock")
HOLDER = system("vacancy.hold", label="complaint")
HELD = "Held after a report. A person looks at it."
AT_ONCE = 500


@transaction.atomic
def complain(*, told: Told, vacancy: Vacancy | None = None, by: Actor, at: datetime) -> Made:
    """Write it down; an advert that somebody may be hurt by is held until a person has looked. Raises Refused."""
    if vacancy is not None:
        told = replace(told, vacancy_id=vacancy.pk, employer_id=vacancy.employer_id, about=told.about or vacancy.title)
    made = complaints.make_complaint(told=told, by=by, at=at)
    if vacancy is not None:
        known = made.complaint.person_id is not None
        reports = reports_about_vacancy(vacancy.pk)
        if holds_advert(
            kind=ComplaintKind(made.complaint.kind), is_known=known, reports=reports
        ) and vacancies.hold_vacancy(vacancy_id=vacancy.pk, why=HELD, by=HOLDER, at=at):
            complaints.note_held_advert(complaint=made.complaint, by=HOLDER, at=at)
    return made


def office_of_area(area_code: str) -> int:
    """The office that looks after an area, by the chain of areas above it; the first open office where none does.

    Raises NotFound for a service without offices.
    """
    by_area = {one.area_code: one.pk for one in reversed(list(open_offices()))}
    code = area_code
    while code:
        if code in by_area:
            return by_area[code]
        held = area(code)
        code = held.parent if held is not None and held.parent else ""
    if not by_area:
        raise NotFound("office")
    return min(by_area.values())


@transaction.atomic
def answer_complaint(*, complaint: Complaint, answer: str, by: Actor, at: datetime) -> Complaint:
    """Answer in words, and tell the person that there is an answer, without a word of what it is about."""
    answered = complaints.answer_complaint(complaint=complaint, answer=answer, by=by, at=at)
    jobseeker = registration_of(answered.person_id) if answered.person_id is not None else None
    if jobseeker is not None:
        tell_person(jobseeker, "complaint_answered", {"ref": answered.ref, "office": answered.office.name}, at=at)
    return answered


@transaction.atomic
def give_complaint(*, complaint: Complaint, to_account_id: int, by: Actor, at: datetime) -> Complaint:
    """The manager gives it to somebody who serves the office. Raises NotPermitted for anybody else."""
    if to_account_id not in {one.account_id for one in staff_of_office(complaint.office)}:
        raise NotPermitted("complaint.give")
    return complaints.give_complaint(complaint=complaint, to_account_id=to_account_id, by=by, at=at)


def run_complaint_clock(*, at: datetime, by: Actor = CLOCK) -> dict[str, int]:
    """Tell the manager of what is past its day, and close what the person left unsaid after an answer."""
    on = today(at)
    days = int(country().value("complaints.closes_itself_days", on=on).value)
    escalated = [complaints.escalate_complaint(complaint=one, by=by, at=at) for one in overdue(on=on, limit=AT_ONCE)]
    silent = unanswered_by_person(before=at - timedelta(days=days), limit=AT_ONCE)
    for one in silent:
        complaints.close_complaint(complaint=one, by=by, at=at)
    return {"complaints_escalated": sum(escalated), "complaints_closed": len(silent)}
