"""Deeds about jobs and times, asked for by text: three jobs, apply, decline with a reason, move an appointment."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from openpes.appointments.models import Appointment
from openpes.appointments.queries import appointments_of, counsellors_at, minutes_of, policy_on, slots_at
from openpes.appointments.states import AppointmentKind, AppointmentState, Way
from openpes.core.actors import Actor
from openpes.core.decisions import NotFound, NotPermitted, Refused
from openpes.dialogues.declining import decline_vacancy, declined_by
from openpes.dialogues.rules import facts_of, new_ref
from openpes.dialogues.states import Ask, Came, Channel
from openpes.dialogues.words import say
from openpes.jobseekers.models import Jobseeker
from openpes.journeys.appointments import choose_time as take_time
from openpes.journeys.appointments import local_words
from openpes.journeys.meet_employer import meeting_words
from openpes.journeys.refer_jobseeker import refer_jobseeker, short_date
from openpes.matching.queries import fresh_matches
from openpes.reference.country import area_coordinates, country, distance_km, today
from openpes.referrals.meeting_queries import next_interview_of
from openpes.referrals.models import Interview
from openpes.referrals.queries import referred_vacancy_ids
from openpes.vacancies.models import Vacancy
from openpes.vacancies.queries import vacancy_by_id

TIMES = 3
SHORT_TITLE = 24


def list_jobs(ask: Ask, by: Actor, jobseeker: Jobseeker | None) -> Came:
    """At most three live jobs of checked employers, each with a reference that lives as long as the conversation."""
    if jobseeker is None:
        return Came("refused")
    # The screen of USSD holds one job, and what can be answered about it.
    most = (
        1 if ask.channel == Channel.USSD else int(country().value("dialogues.jobs_in_a_text", on=today(ask.at)).value)
    )
    without = declined_by(jobseeker.person_id) | referred_vacancy_ids(jobseeker.pk)
    found = fresh_matches(by, jobseeker, at=ask.at, limit=most, without=without)
    if not found:
        return Came("refused")
    taken = set(ask.facts.get("taken", ()))
    jobs: dict[str, int] = {}
    lines: dict[str, str] = {}
    for one in found:
        ref = new_ref({*taken, *jobs}, one.vacancy.pk)
        jobs[ref] = one.vacancy.pk
        lines[ref] = line_of(one.vacancy, ref, jobseeker, ask.language)
    said = {"jobs": " ".join(lines.values()), "ref": next(iter(jobs))}
    return Came("done", said, {"jobs": jobs, "lines": lines, "ref": next(iter(jobs))})


def line_of(vacancy: Vacancy, ref: str, jobseeker: Jobseeker, language: str) -> str:
    """One job in one short sentence: title, pay, how far, checked."""
    pay = f"{vacancy.pay_amount:.0f} {vacancy.pay_currency}" if vacancy.pay_amount is not None else "-"
    facts = {"ref": ref, "title": vacancy.title[:SHORT_TITLE], "pay": pay, "km": _km(vacancy, jobseeker)}
    return say("job", facts, language)


def _km(vacancy: Vacancy, jobseeker: Jobseeker) -> str:
    here = _point(jobseeker.latitude, jobseeker.longitude) or area_coordinates(jobseeker.area_code)
    there = _point(vacancy.latitude, vacancy.longitude) or area_coordinates(vacancy.area_code)
    return str(round(distance_km(here, there))) if here and there else "?"


def _point(latitude: float | None, longitude: float | None) -> tuple[float, float] | None:
    return (latitude, longitude) if latitude is not None and longitude is not None else None


def _left(ask: Ask, ref: str) -> dict[str, Any]:
    """What the conversation still offers without one job."""
    jobs = {key: value for key, value in facts_of(ask.facts, "jobs").items() if key != ref}
    return {"jobs": jobs, "ref": next(iter(jobs), "-")}


def apply(ask: Ask, by: Actor, jobseeker: Jobseeker | None) -> Came:
    """Apply for one of the jobs. To ask for it by its letters is to agree that this employer learns how to call."""
    ref = ask.facts["job"]
    key = facts_of(ask.facts, "jobs").get(ref)
    if jobseeker is None or key is None:
        return Came("refused")
    try:
        referral = refer_jobseeker(
            jobseeker=jobseeker, vacancy=vacancy_by_id(int(key)), note="", agreed_now=True, by=by, at=ask.at
        )
    except (Refused, NotPermitted, NotFound):
        return Came("refused", keep=_left(ask, ref))
    return Came("done", {"ref": ref, "date": short_date(referral.answer_due_at)}, _left(ask, ref))


def decline(ask: Ask, by: Actor, jobseeker: Jobseeker | None) -> Came:
    """Not for me, and why, in one digit: the job is not shown again, and employers learn totals only."""
    ref = ask.facts["job"]
    key = facts_of(ask.facts, "jobs").get(ref)
    if jobseeker is not None and key is not None:
        decline_vacancy(person_id=jobseeker.person_id, vacancy_id=int(key), digit=ask.facts["why"], at=ask.at)
    return Came("done", keep=_left(ask, ref))


def _open_appointment(jobseeker: Jobseeker, by: Actor, at: datetime) -> Appointment | None:
    """What can still be moved: asked for, or booked for a time that has not come yet."""
    for one in appointments_of(by, jobseeker.pk):
        ahead = one.starts_at is not None and one.starts_at > at
        if one.state == AppointmentState.INVITED or (one.state == AppointmentState.BOOKED and ahead):
            return one
    return None


def list_times(ask: Ask, by: Actor, jobseeker: Jobseeker | None) -> Came:
    """Three free times for what is booked or asked for, on different half days where there are such."""
    held = _open_appointment(jobseeker, by, ask.at) if jobseeker is not None else None
    if jobseeker is None:
        return Came("refused")
    meeting = next_interview_of(jobseeker.pk, at=ask.at)
    if meeting is not None and _is_first(meeting, held):
        return Came("done", as_told=meeting_words(meeting, ask.language))
    if held is None:
        return Came("refused")
    minutes = minutes_of(AppointmentKind(held.kind), on=today(ask.at))
    accounts = [held.counsellor] if held.counsellor is not None else counsellors_at(held.office)
    # A text takes its time: what begins before it could be answered, or changed again, is no offer.
    from_then = ask.at + timedelta(minutes=policy_on(today(ask.at)).latest_change_minutes)
    slots = slots_at(held.office, minutes=minutes, at=from_then, accounts=accounts)
    chosen, seen = [], set()
    for one in slots:
        half = (today(one.starts_at), local_words(one.starts_at)["time"] < "12")
        if one.starts_at != held.starts_at and half not in seen:
            seen.add(half)
            chosen.append(one)
        if len(chosen) == TIMES:
            break
    if not chosen:
        return Came("refused")
    numbered = {str(number): one for number, one in enumerate(chosen, start=1)}
    times = ", ".join(f"{number} {_short(one.starts_at)}" for number, one in numbered.items())
    slots_kept = {number: [one.starts_at.isoformat(), one.account_id] for number, one in numbered.items()}
    return Came("done", {"times": times}, {"times": times, "slots": slots_kept, "appointment": held.ref})


def _is_first(meeting: Interview, held: Appointment | None) -> bool:
    """Is the meeting with an employer what somebody who says MOVE means? What comes first; the office's in doubt."""
    if held is None:
        return True
    return meeting.starts_at is not None and held.starts_at is not None and meeting.starts_at < held.starts_at


def _short(moment: datetime) -> str:
    words = local_words(moment)
    return f"{words['date'][:5]} {words['time']}"


def choose_time(ask: Ask, by: Actor, jobseeker: Jobseeker | None) -> Came:
    """Take one of the times that were offered; 0 leaves everything as it is."""
    if ask.facts["time"] == "0":
        return Came("kept")
    slot = facts_of(ask.facts, "slots").get(ask.facts["time"])
    held = _open_appointment(jobseeker, by, ask.at) if jobseeker is not None else None
    if held is None or slot is None or held.ref != ask.facts.get("appointment"):
        return Came("refused")
    counsellor = next((one for one in counsellors_at(held.office) if one.pk == slot[1]), None)
    if counsellor is None:
        return Came("refused")
    try:
        done = take_time(
            appointment=held,
            starts_at=datetime.fromisoformat(slot[0]),
            counsellor=counsellor,
            way=Way.SMS if ask.channel == Channel.SMS else Way.WEB,
            by=by,
            at=ask.at,
        )
    except (Refused, NotPermitted):
        return Came("refused")
    return Came("done", {**local_words(done.starts_at or ask.at), "office": done.office.name})
