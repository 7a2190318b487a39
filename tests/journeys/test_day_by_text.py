"""The whole story of a young person with a cheap phone, by text message alone."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

import pytest

from openpes.appointments.models import Appointment, OpeningTime
from openpes.appointments.queries import slots_at
from openpes.appointments.states import AppointmentKind, AppointmentState, Way
from openpes.complaints.models import Complaint
from openpes.dialogues.models import Conversation, DeclinedJob
from openpes.dialogues.operations import hear
from openpes.jobseekers.models import Jobseeker
from openpes.jobseekers.states import JobseekerState
from openpes.journeys.appointments import book_time, invite_person
from openpes.journeys.own_news import ask_still_looking, tell_of_jobs
from openpes.messaging.models import Message
from openpes.people.models import Consent, Person, PersonPhone
from openpes.placements.models import Outcome
from openpes.referrals.models import Referral
from openpes.referrals.states import ReferralState
from openpes.vacancies.models import Vacancy
from openpes.vacancies.states import VacancyState
from tests.factories import (
    NOW,
    EmployerFactory,
    JobseekerFactory,
    OfficeFactory,
    ReferralFactory,
    VacancyFactory,
    account_with,
    actor_with,
)
from tests.soak.conversations import run

pytestmark = pytest.mark.django_db(databases="__all__")
PHONE = "+639171112222"
SOAKED = 200


class Phone:
    """A phone that texts, a minute after the text before."""

    def __init__(self, number: str = PHONE, channel: str = "sms", at: datetime = NOW) -> None:
        self.number, self.channel, self.at = number, channel, at

    def __call__(self, text: str) -> str:
        """What is answered."""
        self.at += timedelta(minutes=1)
        return " | ".join(one.text for one in hear(channel=self.channel, address=self.number, text=text, at=self.at))


@pytest.fixture
def office() -> Any:
    """The office of Cebu."""
    return OfficeFactory(name="PESO Cebu", phone="032-255", opening_hours="8-17")


def registered(phone: Phone, *, born: str = "14 3 2007") -> str:
    """Register by text; the last answer."""
    phone("JOB")
    for text in ("1", "YES", "Maria Santos", born, "Cebu", "waiter", "4"):
        phone(text)
    return phone("2")


def test_she_registers_by_text_stops_and_goes_on(office: Any) -> None:
    """Language, consent in two sentences, six questions; she stops in the middle and nothing is lost."""
    phone = Phone()
    assert "English" in phone("JOB")
    assert "YES" in phone("1")
    assert phone("YES").startswith("1/6")
    assert phone("Maria Santos").startswith("2/6")
    assert "JOB" in phone("STOP")
    assert phone("JOB").startswith("2/6")
    assert "understand" in phone("tomorrow")
    assert phone("14 3 2007").startswith("3/6")
    assert phone("Cebu").startswith("4/6")
    assert phone("waiter").startswith("5/6")
    assert phone("4").startswith("6/6")
    last = phone("2")
    jobseeker = Jobseeker.objects.get()
    assert jobseeker.ref in last
    assert "PESO Cebu" in last
    assert "Maria" not in last
    assert (jobseeker.channel, jobseeker.area_code, jobseeker.state) == ("sms", "PH-CEB", JobseekerState.ACTIVE)
    assert PersonPhone.objects.get().number == PHONE
    assert set(Consent.objects.values_list("way", flat=True)) == {"by_text"}
    # What to expect is told honestly, in one text of its own.
    assert "places for this work" in Message.objects.get(kind__startswith="expect").text
    # The answer says it all: no text of welcome beside it.
    assert not Message.objects.filter(kind="welcome").exists()
    # What she answered is with her registration now, and not in the conversation.
    assert all(not row.facts for row in Conversation.objects.filter(ended_at__isnull=False))


def test_she_says_no_and_nothing_is_kept(office: Any) -> None:
    """Without a yes nobody is written down."""
    phone = Phone()
    phone("JOB")
    phone("1")
    assert "Nothing is kept" in phone("NO")
    assert not Person.objects.exists()


def test_a_minor_is_asked_to_come_with_a_guardian(office: Any) -> None:
    """A word typed on a phone is no guardian's yes."""
    answer = registered(Phone(), born="1 6 2010")
    assert "guardian" in answer
    assert Jobseeker.objects.get().state == JobseekerState.WAITING_FOR_GUARDIAN


def test_two_texts_that_are_one_are_taken_once(office: Any) -> None:
    """YES sent twice is not her name."""
    phone = Phone()
    phone("JOB")
    phone("1")
    phone("YES")
    assert phone("YES").startswith("1/6")
    assert not Conversation.objects.filter(facts__name="YES").exists()


def a_waiter(office: Any, number: str = PHONE) -> Jobseeker:
    """Somebody who is registered and reached at a number."""
    return JobseekerFactory(person__phone=number, office=office)


def test_jobs_apply_and_decline(office: Any) -> None:
    """Three jobs at most, an application by their letters, a no with its reason; the no is not shown again."""
    jobseeker = a_waiter(office)
    first, second = VacancyFactory(employer=EmployerFactory(office=office)), VacancyFactory(title="Head waiter")
    phone = Phone()
    answer = phone("JOB")
    assert "Waiter" in answer
    assert "km" in answer
    jobs = Conversation.objects.get(state="jobs").facts["jobs"]
    refs = {value: key for key, value in jobs.items()}
    assert set(refs) == {first.pk, second.pk}
    assert "letters" in phone("1")
    assert refs[first.pk] in phone(f"1 {refs[first.pk]}")
    referral = Referral.objects.get()
    assert (referral.jobseeker_id, referral.vacancy_id) == (jobseeker.pk, first.pk)
    # Sent twice, late: said kindly, and nothing happens twice.
    phone(f"1 {refs[first.pk]}")
    assert Referral.objects.count() == 1
    assert "Why" in phone(f"2 {refs[second.pk]}")
    assert "Thank" in phone("2")
    assert DeclinedJob.objects.get().why == "pay"
    assert "No new job" in phone("JOB")


def test_work_found_and_something_bad(office: Any) -> None:
    """WORK writes down an outcome on her word; BAD asks for her safety first and tells nobody at the firm."""
    jobseeker = a_waiter(office)
    phone = Phone()
    phone("WORK")
    assert "Thank" in phone("1")
    assert Outcome.objects.get().jobseeker_id == jobseeker.pk
    assert "danger" in phone("BAD")
    phone("1")
    phone("1")
    answer = phone("They did not pay me in two months")
    complaint = Complaint.objects.get()
    assert (complaint.kind, complaint.danger, complaint.channel) == ("not_paid", "now", "sms")
    assert "safe place" in answer
    assert "pay" not in answer


def test_small_words(office: Any) -> None:
    """WHO, CARD, HELP, LANGUAGE, STOP and START, and a late answer."""
    a_waiter(office)
    phone = Phone()
    assert "0 people" in phone("WHO")
    assert "good until" in phone("CARD")
    assert "MOVE" in phone("HELP")
    assert "Nothing waits" in phone("1")
    assert "1 English" in phone("LANGUAGE")
    phone("2")
    assert Person.objects.get().language != "en"
    assert phone("STOP")
    assert phone("START")


def test_several_people_on_one_phone(office: Any) -> None:
    """Whose message it is, is asked; a wrong code opens nothing."""
    phone = Phone()
    registered(phone)
    a_waiter(office)
    code = Person.objects.order_by("pk").first().account.username  # type: ignore[union-attr]
    assert "Several people" in phone("CARD")
    assert "Several people" in phone("AAAA99")
    assert Jobseeker.objects.order_by("pk").first().ref in phone(code)  # type: ignore[union-attr]


def test_what_began_by_text_goes_on_elsewhere(office: Any) -> None:
    """By USSD from the same phone, in the middle of the questions."""
    phone = Phone()
    for text in ("JOB", "1", "YES"):
        phone(text)
    there = Phone(channel="ussd", at=phone.at)
    assert there("Maria Santos").startswith("2/6")


def test_is_this_job_real(office: Any) -> None:
    """A registered firm, a stranger, and a stranger who asks for money."""
    EmployerFactory(name="Kusina Maria", office=office)
    phone = Phone()
    assert "registered" in phone("REAL Kusina Maria needs a cook")
    assert "do not know" in phone("REAL Nice shop wants you")
    assert "after the word REAL" in phone("REAL")


def test_machines_that_talk_with_each_other_fall_silent(office: Any) -> None:
    """Nothing is asked for ever."""
    phone = Phone()
    answers = [phone("I am on holiday until Monday") for _time in range(6)]
    assert answers[0]
    assert answers[-1] == ""


@pytest.mark.parametrize("language", ["th", "id"])
def test_also_in_other_languages(office: Any, settings: Any, language: str) -> None:
    """Her own words begin, and her own words say yes."""
    jobseeker = a_waiter(office)
    Person.objects.update(language=language)
    phone = Phone()
    word = {"th": "งาน", "id": "kerja"}[language]
    VacancyFactory(employer=EmployerFactory(office=office))
    phone(word)
    ref = next(iter(Conversation.objects.get(state="jobs").facts["jobs"]))
    phone(f"1 {ref}")
    assert Referral.objects.get().jobseeker_id == jobseeker.pk
    assert Vacancy.objects.count() == 1


def test_the_week_s_jobs_come_once_a_week(office: Any) -> None:
    """On her day and hour, three jobs at most; she answers the text that came."""
    phone = Phone()
    registered(phone)
    VacancyFactory(employer=EmployerFactory(office=office))
    first = NOW + timedelta(days=7, minutes=30)
    assert tell_of_jobs(at=first) == {"told_of_jobs": 1}
    assert tell_of_jobs(at=first + timedelta(minutes=5)) == {"told_of_jobs": 0}
    text = Message.objects.get(kind="jobs_of_week").text
    assert "Waiter" in text
    ref = next(iter(Conversation.objects.get(state="jobs").facts["jobs"]))
    phone.at = first
    phone(f"1 {ref}")
    assert Referral.objects.count() == 1


def test_still_looking_is_answered_with_a_digit(office: Any) -> None:
    """The clock asks, 1 is a sign of life, 2 lets the registration rest."""
    jobseeker = a_waiter(office)
    at = NOW + timedelta(days=88)
    assert ask_still_looking(at=at) == {"asked_still_looking": 1}
    phone = Phone(at=at)
    assert "go on looking" in phone("1")
    jobseeker.refresh_from_db()
    assert jobseeker.last_confirmed_at > at


def test_no_longer_looking_rests(office: Any) -> None:
    """2 lets the registration rest; the same digit again is late, and changes nothing."""
    jobseeker = a_waiter(office)
    at = NOW + timedelta(days=88)
    ask_still_looking(at=at)
    phone = Phone(at=at)
    assert "rests" in phone("2")
    jobseeker.refresh_from_db()
    assert jobseeker.state == JobseekerState.SLEEPING
    assert "Nothing waits" in phone("2")


def test_two_open_questions_are_told_apart_by_their_letters(office: Any) -> None:
    """A bare digit fits both: it is asked for its letters, and each then finds its own question."""
    jobseeker = a_waiter(office)
    at = NOW + timedelta(days=88)
    ask_still_looking(at=at)
    phone = Phone(at=at)
    phone("WORK")
    letters = {row.dialogue: row.ref for row in Conversation.objects.filter(ended_at=None)}
    assert all(ref in phone("1") for ref in letters.values())
    assert not Outcome.objects.exists()
    assert "go on looking" in phone(f"{letters['still']} 1")
    assert "Thank" in phone("2")
    assert Outcome.objects.get().jobseeker_id == jobseeker.pk


@pytest.fixture
def hours(office: Any) -> None:
    """The office is open in the mornings of all five days."""
    for day in range(5):
        OpeningTime.objects.create(office=office, weekday=day, opens=time(8), closes=time(12))


@pytest.mark.usefixtures("hours")
def test_move_takes_one_of_three_times_and_sends_no_second_text(office: Any) -> None:
    """MOVE offers times; 0 changes nothing; a digit moves it, and the answer is the only text about it."""
    jobseeker = a_waiter(office)
    counsellor = account_with("counsellor", office=office)
    desk = actor_with("counsellor", scope_id=office.pk, account=counsellor)
    first = slots_at(office, minutes=20, at=NOW + timedelta(days=1))[0].starts_at
    held = book_time(
        jobseeker=jobseeker, office=office, kind=AppointmentKind.FOLLOW_UP, starts_at=first, counsellor=counsellor,
        way=Way.DESK, by=desk, at=NOW,
    )  # fmt: skip
    written = Message.objects.count()
    phone = Phone()
    assert "1 " in phone("MOVE")
    assert "Thank" in phone("0")
    held.refresh_from_db()
    assert held.starts_at == first
    phone("MOVE")
    assert "We expect you" in phone("2")
    moved = Appointment.objects.exclude(starts_at=first).get()
    assert moved.state == AppointmentState.BOOKED
    assert Message.objects.count() == written


@pytest.mark.usefixtures("hours")
def test_a_time_that_is_over_is_not_moved(office: Any) -> None:
    """What was booked for yesterday is no appointment any more, whether or not somebody wrote down what came of it."""
    jobseeker = a_waiter(office)
    account_with("counsellor", office=office)
    desk = actor_with("counsellor", scope_id=office.pk)
    invite_person(jobseeker=jobseeker, kind=AppointmentKind.FIRST_INTERVIEW, by_text=True, by=desk, at=NOW)
    phone = Phone()
    phone("MOVE")
    assert "We expect you" in phone("1")
    held = Appointment.objects.get()
    assert held.starts_at is not None
    phone.at = held.starts_at + timedelta(days=1)
    assert "Choose a time" not in phone("MOVE")


@pytest.mark.usefixtures("hours")
def test_an_invitation_is_confirmed_by_text(office: Any) -> None:
    """Whoever was asked to choose a time chooses it with MOVE, too."""
    jobseeker = a_waiter(office)
    account_with("counsellor", office=office)
    desk = actor_with("counsellor", scope_id=office.pk)
    invite_person(jobseeker=jobseeker, kind=AppointmentKind.FIRST_INTERVIEW, by_text=True, by=desk, at=NOW)
    phone = Phone()
    phone("MOVE")
    assert "We expect you" in phone("1")
    assert Appointment.objects.get().state == AppointmentState.BOOKED


def test_a_stranger_who_says_not_me_frees_the_number(office: Any) -> None:
    """The number is nobody's, what was open there is closed, and the stranger learns nothing about anybody."""
    jobseeker = a_waiter(office)
    VacancyFactory(employer=EmployerFactory(office=office))
    phone = Phone()
    phone("JOB")
    assert phone("Wrong number!") == "Thank you."
    row = PersonPhone.objects.get()
    assert row.gone_at is not None
    assert not Conversation.objects.filter(ended_at=None).exists()
    assert "English" in phone("JOB")
    assert not Referral.objects.exists()
    assert Phone("+639175556666")("not me") == "Thank you."
    assert Jobseeker.objects.get().pk == jobseeker.pk


def test_a_firm_answers_and_posts_from_its_own_phone(office: Any) -> None:
    """The letters and a digit answer an introduction; VAC and the yes of its language put a job before an officer."""
    employer = EmployerFactory(office=office)
    referral = ReferralFactory(vacancy__employer=employer)
    firm = Phone(employer.contact_phone)
    assert referral.ref in firm(f"{referral.ref.lower()} 1")
    referral.refresh_from_db()
    assert referral.state == ReferralState.INTERVIEW
    assert "ABCD" not in Phone("+639170009999")(f"{referral.ref} 2")
    referral.refresh_from_db()
    assert referral.state == ReferralState.INTERVIEW
    assert "Cook" in firm("VAC COOK 2 16000 CEBU")
    draft = Vacancy.objects.get(title="Cook")
    assert "Sent" in firm("yes")
    draft.refresh_from_db()
    assert draft.state == VacancyState.SUBMITTED
    # A yes without a draft is no business of the firm's: it may be the answer of whoever holds the phone.
    assert "Sent" not in firm("yes")


def test_two_hundred_conversations_end_where_they_should(office: Any) -> None:
    """A short soak: texts and answers lost, doubled, repeated late, and overtaken."""
    counts, wrong = run(people=SOAKED, seed=3)
    assert not wrong
    assert counts["registered"] > SOAKED * 3 // 4
    assert min(counts[one] for one in ("texts lost", "answers lost", "known already", "overtaken")) > 0
