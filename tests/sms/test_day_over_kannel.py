"""The whole day of a young person with a cheap phone, step by step, every text through Kannel and its operator."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from openpes.appointments.models import Appointment, OpeningTime
from openpes.appointments.states import AppointmentKind
from openpes.complaints.models import Complaint
from openpes.core import outbox
from openpes.core.access_log import record_view
from openpes.core.actors import system
from openpes.dialogues.models import Conversation, DeclinedJob
from openpes.guidance.rules import NewPlan, PlannedAction
from openpes.jobseekers.models import Jobseeker
from openpes.jobseekers.states import JobseekerState
from openpes.journeys.after_hire import run_check_clock
from openpes.journeys.answer_referral import answer_referral
from openpes.journeys.appointments import invite_person, run_appointment_clock
from openpes.journeys.clocks import CLOCK, put_to_sleep, run_answer_clock
from openpes.journeys.erase_person import erase_person
from openpes.journeys.hold_interview import finish_with_plan
from openpes.journeys.meet_employer import meeting_actor, offer_interview, pick_slot
from openpes.journeys.own_news import ask_still_looking, tell_of_jobs
from openpes.journeys.place_in_programme import offer_places, tell_position
from openpes.journeys.text_guidance import text_plan
from openpes.messaging.models import IncomingText, Message
from openpes.messaging.segments import is_gsm
from openpes.messaging.states import MessageState
from openpes.people.models import Person
from openpes.placements.models import Outcome
from openpes.programmes.states import ApplicationState
from openpes.programmes.tests.makers import a_cycle, a_version, an_application
from openpes.referrals.models import Referral
from openpes.referrals.states import Answer, AnswerChannel, Ending, NotHiredReason
from tests.factories import EmployerFactory, OfficeFactory, VacancyFactory, account_with, actor_with
from tests.sms import kannel as programs
from tests.sms.kannel import Kannel, Line, until
from tests.sms.test_kannel import in_turn, kannel

__all__ = ["in_turn", "kannel"]
pytestmark = [
    pytest.mark.django_db(transaction=True, databases="__all__"),
    pytest.mark.skipif(not programs.is_installed(), reason="no Kannel here: apt install kannel kannel-extras"),
]
DAY, CEBU = timedelta(days=1), ZoneInfo("Asia/Manila")


@dataclass
class Day:
    """Her phone on the operator's line, and the time of day here."""

    line: Line
    at: datetime

    def says(self, text: str) -> str:
        """What comes back to the phone for one text."""
        self.at += timedelta(minutes=3)
        before = IncomingText.objects.count()
        self.line.text(text)
        assert until(lambda: outbox.OutboxMessage.objects.filter(kind="sms.hear", done_at=None).exists()), text
        assert IncomingText.objects.count() == before + 1
        replies = Message.objects.filter(answers=IncomingText.objects.latest("pk"))
        assert until(lambda: outbox.work_once(at=self.at) == 0 and replies.exists()), text
        return self.arrives(replies.get())

    def told(self, kind: str) -> str:
        """The last text of a kind, when it has come to the phone."""
        while outbox.work_once(at=self.at):
            pass
        return self.arrives(Message.objects.filter(kind=kind, number=programs.PHONE).latest("pk"))

    def arrives(self, message: Message) -> str:
        """Kannel reports it delivered, and the operator's line has heard its words."""
        assert not outbox.OutboxMessage.objects.exclude(last_error="").exists()
        done = Message.objects.filter(pk=message.pk, state=MessageState.DELIVERED)
        assert until(lambda: done.exists()), message.text
        # The words after those that all texts begin with; a text in UCS-2 is not readable on the line.
        assert not is_gsm(message.text) or self.line.hears(message.text.removeprefix("openpes: ")), message.text
        return message.text


def letters_of_jobs() -> dict[int, str]:
    """The letters of each job in the list that she got last."""
    held = Conversation.objects.filter(state="jobs").latest("changed_at", "pk")
    return {pk: ref for ref, pk in held.facts["jobs"].items()}


@pytest.fixture
def day(kannel: Kannel, monkeypatch: pytest.MonkeyPatch) -> Iterator[Day]:
    """A Monday morning; the service's clock is the test's."""
    today = datetime.now(UTC).date()
    monday = today + timedelta(days=7 - today.weekday())
    with kannel.line() as line:
        made = Day(line, datetime.combine(monday, time(2, 0), UTC))
        monkeypatch.setattr("openpes.web.doorkeeper.now", lambda: made.at)
        yield made


def test_her_whole_day(day: Day) -> None:
    """All fourteen steps of it."""
    office = OfficeFactory(name="PESO Cebu", phone="032-255", opening_hours="8-17")
    for weekday in range(5):
        OpeningTime.objects.create(office=office, weekday=weekday, opens=time(8), closes=time(12))
    ana = account_with("counsellor", office=office)
    desk = actor_with("counsellor", scope_id=office.pk, account=ana)
    firm = EmployerFactory(office=office)
    live = {
        "last_confirmed_at": day.at, "live_since": day.at, "closes_before": (day.at + 200 * DAY).date(),
    }  # fmt: skip
    first, second, third = (VacancyFactory(employer=firm, title=f"Waiter {one}", **live) for one in "ABC")

    # 1-4: begins with a word, says yes, answers six questions with a break; code, card, office, hours, honest figures.
    assert "English" in day.says("JOB")
    assert "free" in day.says("1")
    assert day.says("YES").startswith("1/6")
    assert day.says("Maria Santos").startswith("2/6")
    assert "JOB" in day.says("STOP")
    assert day.says("JOB").startswith("2/6")
    day.says("START")
    for text in ("14 3 2007", "Cebu", "waiter", "4"):
        day.says(text)
    welcome = day.says("2")
    me = Jobseeker.objects.get()
    assert all(one in welcome for one in (me.ref, me.person.account.username, "PESO Cebu", "8-17", "Never text a PIN"))
    assert "places for this work" in day.told("expect_no_wait")

    # 5: once a week, at most three live jobs; one is not for her, and she says why.
    day.at += 7 * DAY
    assert tell_of_jobs(at=day.at) == {"told_of_jobs": 1}
    week = day.told("jobs_of_week")
    assert week.count("Waiter") == 3 and "checked employer" in week
    refs = letters_of_jobs()
    assert "Why not" in day.says(f"2 {refs[third.pk]}")
    day.says("1")
    assert DeclinedJob.objects.get().why == "far"

    # 6: is this job real?
    assert "do not" in day.says("REAL Work in Dubai, pay a fee of 5000 first, Telegram only")

    # 7: invited, chooses a time, is reminded the day before.
    invite_person(jobseeker=me, kind=AppointmentKind.FIRST_INTERVIEW, by_text=True, by=desk, at=day.at)
    assert "invites you" in day.told("invited")
    day.says("MOVE")
    assert "We expect you" in day.says("1")
    held = Appointment.objects.get()
    assert held.starts_at is not None
    # The evening before here, after the hour of reminders and before the quiet hours.
    local = held.starts_at.astimezone(CEBU)
    day.at = datetime.combine(local.date() - DAY, time(18, 45), CEBU).astimezone(UTC)
    assert run_appointment_clock(at=day.at, by=CLOCK)["appointment_reminders"] == 1
    assert "reminder" in day.told("appointment_reminder")

    # 8: the talk shows skills that she did not know she had; the plan comes by text.
    day.at = held.starts_at + timedelta(hours=1)
    action = PlannedAction("Visit two firms", "person", "", (day.at + 7 * DAY).date(), True)
    me.refresh_from_db()
    plan = finish_with_plan(
        jobseeker=me, interview=None, new=NewPlan("ready", "", "introduce", "", "A kitchen", (action,)),
        seen_version=0, skill_ids=["handle-cash"], by=desk, at=day.at,
    )  # fmt: skip
    me.refresh_from_db()
    assert "handle-cash" in me.skill_ids
    text_plan(plan=plan, jobseeker=me, by=desk, at=day.at)
    assert "Visit two firms" in day.told("plan")

    # 9: applies twice; one firm says no, the other stays silent: both come back to her.
    day.says("JOB")
    refs = letters_of_jobs()
    assert "answer by" in day.says(f"1 {refs[first.pk]}")
    assert "answer by" in day.says(f"1 {refs[second.pk]}")
    staff = actor_with("employer_staff", scope_id=firm.pk)
    no, silent = (Referral.objects.get(vacancy=one) for one in (first, second))
    answer_referral(
        referral=no, answer=Answer.NOT_HIRED, reason=NotHiredReason.ANOTHER_CANDIDATE, channel=AnswerChannel.WEB,
        by=staff, at=day.at,
    )  # fmt: skip
    assert "did not work out" in day.told("answer_not_hired")
    for _day in range(40):
        day.at += DAY
        run_answer_clock(at=day.at)
    silent.refresh_from_db()
    assert silent.ending == Ending.CLOSED_UNANSWERED
    assert "did not answer" in day.told("answer_closed_unanswered")

    # 10: training: her number in the line, then a place.
    on = day.at.date()
    cycle = a_cycle(
        a_version(rule={}, starts_on=date(on.year - 1, 1, 1)), apply_from=on - 9 * DAY, apply_until=on - DAY,
        starts_on=on + 30 * DAY, ends_before=on + 90 * DAY,
    )  # fmt: skip
    asked = an_application(cycle, me, created_at=day.at, submitted_at=day.at)
    tell_position(asked, at=day.at)
    assert "Cooking for hotels" in day.told(Message.objects.filter(kind__startswith="place_").latest("pk").kind)
    offer_places(cycle=cycle, by=actor_with("programme_manager", account=account_with("programme_manager")), at=day.at)
    asked.refresh_from_db()
    assert asked.state == ApplicationState.OFFERED
    assert "Say yes or no" in day.told("place_offered")

    # 11: a firm wants to meet her; she cannot go, and MOVE brings the page where she moves it.
    fourth = VacancyFactory(employer=firm, title="Waiter D", **(live | {"last_confirmed_at": day.at}))
    day.says("JOB")
    refs = letters_of_jobs()
    day.says(f"1 {refs[fourth.pk]}")
    wanted = Referral.objects.get(vacancy=fourth)
    slots = [day.at + 2 * DAY, day.at + 3 * DAY]
    meeting = offer_interview(
        referral=wanted, slots=slots, place="Harbour", channel=AnswerChannel.WEB, by=staff, at=day.at
    )
    assert "Choose a time" in day.told("interview_offered")
    pick_slot(interview=meeting, slot=slots[0], by=meeting_actor(meeting), at=day.at)
    moves = day.says("MOVE")
    assert wanted.ref in moves and "/meeting/" in moves

    # 12: work is found; later the check; and something bad.
    assert "Did we help" in day.says("WORK")
    assert "Thank" in day.says("1")
    assert Outcome.objects.get().jobseeker_id == me.pk
    for days in (31, 60):  # the checks of one month and of three
        day.at += days * DAY
        assert run_check_clock(at=day.at)["checks_asked"] == 1
        assert "new job" in day.told("check_worker")
    day.says("BAD")
    day.says("2")
    day.says("3")
    # She is afraid: her safety comes first, and what she wrote is not repeated on a phone that may be shared.
    answer = day.says("They asked me for money")
    assert "safe place" in answer and "money" not in answer
    complaint = Complaint.objects.get()
    assert (complaint.kind, complaint.danger) == ("asked_for_money", "afraid")

    # 13: still looking? Silence is sleep, not the end; and what she asks to be forgotten is forgotten.
    Jobseeker.objects.filter(pk=me.pk).update(state=JobseekerState.ACTIVE, last_confirmed_at=day.at)
    day.at += 80 * DAY
    assert ask_still_looking(at=day.at) == {"asked_still_looking": 1}
    assert "look" in day.told("still_looking")
    assert "go on looking" in day.says("1")
    day.at += 100 * DAY
    put_to_sleep(at=day.at)
    me.refresh_from_db()
    assert me.state == JobseekerState.SLEEPING

    # 14: who looked.
    record_view(by=desk, at=day.at, thing=f"jobseeker:{me.ref}", subject=me.person.log_key)
    assert "1 people" in day.says("WHO")
    erase_person(person_ref=me.person.ref, by=system("person.erase"), at=day.at)
    assert Person.objects.get(pk=me.person_id).name_as_given == ""
    assert not Message.objects.filter(number=programs.PHONE).exists()
