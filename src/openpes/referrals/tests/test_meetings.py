"""Meetings with employers, what employers say of lists, and how many people they may open."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.factories import NOW, TODAY, JobseekerFactory, ReferralFactory, VacancyFactory, actor_with

from openpes.core.decisions import NotPermitted, Refused
from openpes.journeys.meet_employer import meeting_actor, offer_interview, pick_slot, run_interview_clock
from openpes.journeys.propose_people import propose_people
from openpes.journeys.refer_jobseeker import refer_jobseeker
from openpes.messaging.queries import latest_messages
from openpes.reference.country import country
from openpes.referrals.meeting_queries import quota_of, reasons_for
from openpes.referrals.meetings import mark_seen, reply_to_list, say_came
from openpes.referrals.models import Interview, ListReply, Referral
from openpes.referrals.queries import audit_of, referral_by_ref
from openpes.referrals.rules import ReferFacts, may_refer
from openpes.referrals.rules_meeting import gaps_of, may_offer, may_pick, reminder_is_due, who_missed
from openpes.referrals.states import AnswerChannel, Came, InterviewState, ListWish, ReferralState

AHEAD = timedelta(days=30)
SLOTS = [NOW + timedelta(days=2), NOW + timedelta(days=3)]
db = pytest.mark.django_db(databases=["default", "access"])


def offered(slots, **more):
    facts = {"now_in": ReferralState.SENT, "at": NOW, "most": 2, "ahead": AHEAD, **more}
    return [one.code for one in may_offer(slots=slots, **facts).reasons]


def test_times_lie_ahead_and_are_few() -> None:
    """No time, too many, past and far are told; an ended introduction takes none."""
    assert offered(SLOTS) == []
    assert offered([]) == ["no_time_given"]
    assert offered([*SLOTS, NOW + timedelta(days=4)]) == ["too_many_times"]
    assert offered([NOW, NOW + timedelta(days=31)]) == ["time_is_past", "time_too_far"]
    assert offered(SLOTS, now_in=ReferralState.ENDED) == ["already_ended"]


def test_a_time_is_chosen_from_those_offered_and_moved_until_it_begins() -> None:
    """Not one that was never offered, nor after the meeting began."""
    common = {"slots": SLOTS, "at": NOW}
    assert may_pick(state=InterviewState.OFFERED, starts_at=None, slot=SLOTS[0], **common).allowed
    assert may_pick(state=InterviewState.BOOKED, starts_at=SLOTS[0], slot=SLOTS[1], **common).allowed
    assert may_pick(state=InterviewState.OFFERED, starts_at=None, slot=NOW + AHEAD, **common).refused
    assert may_pick(state=InterviewState.BOOKED, starts_at=NOW, slot=SLOTS[1], **common).refused
    assert may_pick(state=InterviewState.CANCELLED, starts_at=None, slot=SLOTS[0], **common).refused


def test_the_reminder_comes_the_day_before_and_once() -> None:
    """Not for what was chosen a moment ago."""
    soon = NOW + timedelta(hours=24)
    assert reminder_is_due(starts_at=soon, booked_at=NOW - timedelta(days=2), reminded_at=None, at=NOW)
    assert not reminder_is_due(starts_at=soon, booked_at=NOW, reminded_at=None, at=NOW)
    assert not reminder_is_due(starts_at=soon, booked_at=NOW - timedelta(days=2), reminded_at=NOW, at=NOW)
    assert not reminder_is_due(starts_at=NOW + AHEAD, booked_at=NOW - timedelta(days=2), reminded_at=None, at=NOW)


def test_who_did_not_come_is_known_when_the_words_agree() -> None:
    """Two words that differ leave it open."""
    assert who_missed("person_missed", "") == Came.PERSON_MISSED
    assert who_missed("both", "both") == Came.BOTH
    assert who_missed("employer_missed", "person_missed") is None


def test_a_reason_holds_only_for_a_known_gap() -> None:
    """Unknown distance is held against nobody."""
    reasons = (ListWish.TOO_FAR, ListWish.LACKS_LICENCE)
    assert gaps_of(reasons, {"distance": 20}, has_licence=True) == (ListWish.TOO_FAR,)
    assert gaps_of(reasons, {}, has_licence=True) == ()
    assert gaps_of(reasons, {"distance": 100}, has_licence=False) == (ListWish.LACKS_LICENCE,)


@pytest.mark.parametrize(("waiting", "places", "fits"), [(4, 1, True), (5, 1, False), (5, 9, True), (9, 9, False)])
def test_a_few_people_wait_at_once(waiting: int, places: int, fits: bool) -> None:
    """Five, or as many as there are places."""
    facts = ReferFacts(
        jobseeker_is_active=True,
        jobseeker_consents=True,
        born_on=None,
        vacancy_is_public=True,
        places_left=places,
        hazardous=False,
        already_open=False,
        waiting=waiting,
        most_waiting=5,
    )
    assert may_refer(country(), facts, on=TODAY).allowed is fits


@pytest.fixture
def referral() -> Referral:
    return ReferralFactory(vacancy=VacancyFactory(title="Waiter"))


def employer_of(referral: Referral):
    return actor_with("employer_staff", scope_id=referral.vacancy.employer_id)


def offer(referral: Referral, slots=None) -> Interview:
    by = employer_of(referral)
    return offer_interview(
        referral=referral, slots=slots or SLOTS, place="Colon Street", channel=AnswerChannel.WEB, by=by, at=NOW
    )


@db
def test_offering_times_is_an_answer_and_restarts_the_clock_once(referral) -> None:
    """The step is in the events; other times later leave the clock alone; the audit finds no fault."""
    offer(referral)
    first = referral_by_ref(referral.ref)
    assert first.state == ReferralState.INTERVIEW
    assert first.extended
    offer(first, [NOW + timedelta(days=5)])
    again = referral_by_ref(referral.ref)
    assert again.answer_due_at == first.answer_due_at
    assert audit_of(again).sound
    assert list(Interview.objects.values_list("state", flat=True)) == ["offered", "cancelled"]


@db
def test_the_person_picks_by_link_and_both_are_told_and_reminded(referral) -> None:
    """A tap takes a time; the day before both get a text, once."""
    held = offer(referral)
    done = pick_slot(interview=held, slot=SLOTS[0], by=meeting_actor(held), at=NOW)
    assert (done.state, done.starts_at) == ("booked", SLOTS[0])
    assert [one.kind for one in latest_messages(limit=20)].count("interview_booked") == 2
    at = SLOTS[0] - timedelta(hours=20)
    assert run_interview_clock(at=at) == {"interview_reminders": 1}
    assert run_interview_clock(at=at) == {"interview_reminders": 0}
    assert [one.kind for one in latest_messages(limit=20)].count("interview_booked") == 4


@db
def test_both_sides_say_who_came(referral) -> None:
    """Each word is kept beside the other's; before the time nothing can be said."""
    held = offer(referral)
    held = pick_slot(interview=held, slot=SLOTS[0], by=meeting_actor(held), at=NOW)
    with pytest.raises(Refused):
        say_came(interview=held, came=Came.BOTH, for_employer=True, by=employer_of(referral), at=NOW)
    after = SLOTS[0] + timedelta(hours=1)
    say_came(interview=held, came=Came.PERSON_MISSED, for_employer=True, by=employer_of(referral), at=after)
    held = say_came(interview=held, came=Came.EMPLOYER_MISSED, for_employer=False, by=meeting_actor(held), at=after)
    assert (held.said_by_employer, held.said_by_person) == ("person_missed", "employer_missed")


@db
def test_others_may_neither_offer_nor_pick(referral) -> None:
    """Another firm and another person are refused, and nothing is written."""
    other = ReferralFactory()
    with pytest.raises(NotPermitted):
        offer_interview(
            referral=referral, slots=SLOTS, place="x", channel=AnswerChannel.WEB, by=employer_of(other), at=NOW
        )
    assert not Interview.objects.exists()
    held = offer(referral)
    with pytest.raises(NotPermitted):
        pick_slot(interview=held, slot=SLOTS[0], by=meeting_actor(offer(other)), at=NOW)
    held.refresh_from_db()
    assert held.state == "offered"


@db
def test_a_crawler_gets_no_more_than_the_quota() -> None:
    """Different people count, the same person twice does not; after the days new ones may be opened."""
    vacancy = VacancyFactory()
    by = actor_with("employer_staff", scope_id=vacancy.employer_id)
    rows = [ReferralFactory(vacancy=vacancy) for _ in range(17)]
    opened = [mark_seen(referral=one, by=by, at=NOW, on=TODAY) for one in rows]
    assert opened == [True] * 15 + [False] * 2
    assert mark_seen(referral=rows[0], by=by, at=NOW, on=TODAY)
    assert quota_of(vacancy.pk, at=NOW, on=TODAY) == (15, 15, 30)
    later = NOW + timedelta(days=31)
    assert mark_seen(referral=rows[16], by=by, at=later, on=TODAY)


@db
def test_the_sixth_person_waits_unless_they_have_met() -> None:
    """The limit is told in words; at a fair it does not apply."""
    vacancy = VacancyFactory(places=1)
    for _ in range(5):
        ReferralFactory(vacancy=vacancy)
    person = JobseekerFactory()
    by = actor_with("counsellor", scope_id=person.office_id)
    common = {"jobseeker": person, "vacancy": vacancy, "note": "", "agreed_now": True, "by": by, "at": NOW}
    with pytest.raises(Refused) as refused:
        refer_jobseeker(**common)
    assert [one.code for one in refused.value.decision.reasons] == ["enough_people"]
    assert refer_jobseeker(met=True, **common).state == ReferralState.SENT


@db
def test_what_an_employer_lacks_moves_the_next_list() -> None:
    """Who has the same gap stands behind who has not; another firm cannot say it."""
    vacancy = VacancyFactory(experience_months=24)
    near = JobseekerFactory(office=vacancy.office, experience_months=0)
    far = JobseekerFactory(
        office=vacancy.office,
        latitude=10.47,
        longitude=123.8854,
        max_km=40,
        experience_months=36,
    )
    by = actor_with("counsellor", scope_id=vacancy.office_id)
    before = [one.jobseeker.pk for one in propose_people(vacancy=vacancy, by=by, at=NOW, limit=10)]
    assert before == [far.pk, near.pk]
    with pytest.raises(NotPermitted):
        stranger = actor_with("employer_staff", scope_id=VacancyFactory().employer_id)
        reply_to_list(vacancy=vacancy, wish=ListWish.TOO_FAR, by=stranger, at=NOW)
    assert not ListReply.objects.exists()
    firm = actor_with("employer_staff", scope_id=vacancy.employer_id)
    reply_to_list(vacancy=vacancy, wish=ListWish.TOO_FAR, by=firm, at=NOW)
    reply_to_list(vacancy=vacancy, wish=ListWish.MORE, by=firm, at=NOW)
    assert reasons_for(vacancy.pk, at=NOW) == (ListWish.TOO_FAR,)
    after = propose_people(vacancy=vacancy, by=by, at=NOW, limit=10)
    print(
        [(x.jobseeker.pk, [(t.term, t.points, t.most, t.known) for t in x.facts.terms], x.not_as_asked) for x in after]
    )
    assert [one.jobseeker.pk for one in after] == [near.pk, far.pk]
    assert after[1].not_as_asked == (ListWish.TOO_FAR,)
