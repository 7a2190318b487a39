"""Talks of the showcase office: interviews, plans and advice for the first people of the nation. All of it invented."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from random import Random

from openpes.core.actors import Actor
from openpes.core.ids import new_ref
from openpes.demo.nation import Nation
from openpes.guidance.advising import SeekerFacts, advise
from openpes.guidance.queries import advice_law
from openpes.guidance.rules import NewPlan, PlannedAction
from openpes.guidance.scripts import shipped_scripts
from openpes.guidance.seeding import SyntheticAdvice, SyntheticTalk, write_advices, write_talks
from openpes.jobseekers.models import Jobseeker
from openpes.jobseekers.queries import registrations_of
from openpes.jobseekers.states import JobseekerState, WorkStatus

PEOPLE = 24
OPEN_EVERY, OVERDUE_EVERY, ADVISED_EVERY = 8, 3, 2
# (script, notes, diagnosis, strategy, goal, (title, who, name, days from the talk, safe to text) ...)
STORIES = (
    (
        "first_job_20",
        {"arrive": {"welcome": "To pay for my own phone and help at home."}, "activities": {"chosen": "helps_in_shop"}},
        ("ready", "introduce", "A first job in a shop or café near home"),
        (
            ("Visit two firms nearby and ask for work", "person", "", 7, True),
            ("Call the employer and say how it went", "counsellor", "", 10, True),
        ),
    ),
    (
        "care_duties_20",
        {
            "arrive": {"welcome": "An hour that is mine, and some money that is mine."},
            "story": {"when": "In the mornings, while my sister watches the baby."},
            "activities": {"chosen": "small_children family_meals sells_food"},
        },
        ("barriers", "clear_way", "Work in the mornings, close to home"),
        (
            ("Ask about a place in a nursery", "person", "", 7, False),
            ("Ask for the next place on a course", "counsellor", "", 14, True),
            ("Come back to the office and look at the plan", "person", "", 21, True),
        ),
    ),
    (
        "graduate_20",
        {"arrive": {"welcome": "An office job. Fourteen months of waiting since the degree."}},
        ("experience", "try_out", "Three months of real work in an office"),
        (
            ("Write a one-page summary and bring it", "person", "", 5, True),
            ("Practise one talk with an employer", "counsellor", "", 9, True),
        ),
    ),
    (
        "school_leaver_10",
        {"arrive": {"welcome": "My aunt sent me. I would like to repair motorcycles."}},
        ("direction", "explore", "Know by next month which trade to learn"),
        (("Look at three kinds of work on the occupation sheets", "person", "", 10, True),),
    ),
)


def seed_talks(nation: Nation, person_ids: Iterable[int], *, by: Actor) -> None:
    """Write talks for the first people who look for work, some open, some with an action that is overdue."""
    rng = Random(f"talks {nation.seed}")
    found = registrations_of(list(person_ids)[: PEOPLE * 2]).values()
    people = [one for one in found if one.state == JobseekerState.ACTIVE][:PEOPLE]
    at = nation.clock.at
    write_talks(rows=[_talk(nation, one, number, rng) for number, one in enumerate(people)], by=by, at=at)
    law = advice_law(on=nation.clock.today)
    write_advices(
        rows=[
            SyntheticAdvice(
                new_ref(rng),
                one.pk,
                one.office_id,
                one.counsellor_id,
                at - timedelta(days=1),
                advise(_facts(nation, one), law.scorecard),
                nation.country.hash,
                agreed=number % 4 != 0,
            )
            for number, one in enumerate(people)
            if number % ADVISED_EVERY == 0
        ],
        by=by,
        at=at,
    )


def _facts(nation: Nation, one: Jobseeker) -> SeekerFacts:
    return SeekerFacts(
        isced=one.education_level,
        experience_months=one.experience_months,
        months_registered=(nation.clock.at - one.registered_at).days // 30,
        skills_told=len(one.skill_ids),
        data_age=max(0, (nation.clock.at - one.changed_at).days),
    )


def _talk(nation: Nation, one: Jobseeker, number: int, rng: Random) -> SyntheticTalk:
    cares = one.work_status == WorkStatus.CARING
    code, notes, (diagnosis, strategy, goal), steps = STORIES[1 if cares else number % len(STORIES)]
    late = number % OVERDUE_EVERY == OVERDUE_EVERY - 1
    days = rng.randint(12, 20) if late else rng.randint(1, 4)
    talked = max(one.registered_at, nation.clock.at - timedelta(days=days))
    held_on = talked.astimezone(nation.clock.at.tzinfo).date()
    plan = NewPlan(
        diagnosis,
        "",
        strategy,
        "",
        goal,
        tuple(
            PlannedAction(title, who, name, held_on + timedelta(days=after), safe)
            for title, who, name, after, safe in steps
        ),
    )
    is_open = number % OPEN_EVERY == OPEN_EVERY - 1
    return SyntheticTalk(
        ref=new_ref(rng),
        jobseeker_id=one.pk,
        office_id=one.office_id,
        counsellor_id=one.counsellor_id,
        script=shipped_scripts()[code],
        at=talked,
        held_on=held_on,
        notes=notes,
        plan=None if is_open else plan,
        review_on=held_on + timedelta(days=30),
        done=0 if late else rng.randint(0, 1),
    )
