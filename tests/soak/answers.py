"""A simulated year of employers who answer, are slow, stay silent or cheat: no application is left without an ending.

    script/soak answers [--vacancies 2000] [--seed 1]

Everything runs through the same operations and journeys as the pages and the clock, with time passed in, on a
database in memory; everybody in it is synthetic. It prints figures, and ends with 1 when an application has no
ending, a closed clock cannot be explained from its events, somebody was not told, a refusal changed something, or a
firm is paused that answered.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from openpes.referrals.models import Referral
    from openpes.vacancies.models import Vacancy

YEAR, AFTER = 365, 60
START = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)
KINDS = ("good", "slow", "silent", "cheat")
SHARES = (0.45, 0.25, 0.2, 0.1)
PER_EMPLOYER, INTRODUCED = 5, (1, 5)
OFFICE_CALLS = 0.3
CHEATS = 3


@dataclass
class Year:
    """What is simulated, and what came of it. Days are counted from the first."""

    draw: random.Random
    vacancies: int
    kinds: dict[int, str] = field(default_factory=dict)
    todo: dict[int, list[Callable[[datetime], None]]] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def plan(self, day: int, what: Callable[[datetime], None]) -> None:
        """Do something on a day."""
        self.todo.setdefault(day, []).append(what)


def simulate(*, vacancies: int, seed: int) -> Year:
    """The whole year and the days after it in which the clocks run out. The database must be there and empty."""
    from openpes.journeys.clocks import run_answer_clock
    from openpes.journeys.pause_employers import pause_silent_employers

    year = Year(random.Random(seed), vacancies)
    people = _people(max(60, vacancies))
    posted = _vacancies(year)
    for number, vacancy in enumerate(posted):
        day = number * (YEAR - 1) // len(posted)
        year.plan(day, _introducing(year, vacancy, people, day))
    for day in range(YEAR + AFTER):
        at = START + timedelta(days=day)
        for what in year.todo.pop(day, []):
            what(at)
        for name, number in run_answer_clock(at=at + timedelta(hours=12)).items():
            year.counts[name] += number
        year.counts["paused"] += pause_silent_employers(at=at + timedelta(hours=12))
        _office_calls(year, at + timedelta(hours=13), since=at)
    _check(year)
    return year


def _people(number: int) -> list[Any]:
    from tests.factories import JobseekerFactory, OfficeFactory

    return JobseekerFactory.create_batch(number, office=OfficeFactory(), registered_at=START)


def _vacancies(year: Year) -> list[Vacancy]:
    from tests.factories import EmployerFactory, OfficeFactory, VacancyFactory

    office, made, employer = OfficeFactory(), [], None
    for number in range(year.vacancies):
        if number % PER_EMPLOYER == 0:
            employer = EmployerFactory(office=office, registered_at=START)
            year.kinds[employer.pk] = year.draw.choices(KINDS, SHARES)[0]
        made.append(VacancyFactory(employer=employer, places=year.draw.choice((1, 1, 2, 3)), live_since=START))
    year.draw.shuffle(made)
    return made


def _introducing(year: Year, vacancy: Vacancy, people: list[Any], day: int) -> Callable[[datetime], None]:
    """Send one to five people, and plan what this kind of employer does about each."""

    def run(at: datetime) -> None:
        from openpes.core.actors import system
        from openpes.core.decisions import Refused
        from openpes.jobseekers.queries import jobseeker_by_id
        from openpes.referrals.operations import create_referral
        from openpes.referrals.states import AnswerChannel
        from openpes.vacancies.queries import vacancy_by_id

        by = system("referral.create", label="soak")
        for one in year.draw.sample(people, year.draw.randint(*INTRODUCED)):
            try:
                referral = create_referral(
                    jobseeker=jobseeker_by_id(one.pk),
                    vacancy=vacancy_by_id(vacancy.pk),
                    consents=True,
                    note="",
                    score=0,
                    parts=(),
                    by=by,
                    at=at,
                    on=at.date(),
                    channel=AnswerChannel.WEB,
                )
            except Refused as refused:
                # Found work since, or the firm is paused, or the job is taken: nobody is sent there.
                year.counts.update(f"not sent: {reason.code}" for reason in refused.decision.reasons)
                continue
            year.counts["sent"] += 1
            _behave(year, referral, day)
        if year.draw.random() < 0.05:
            year.plan(day + year.draw.randint(2, 20), _closing(vacancy))

    return run


def _behave(year: Year, referral: Referral, day: int) -> None:
    """What the employer will do, by kind."""
    from openpes.referrals.states import Answer

    kind, draw = year.kinds[referral.vacancy.employer_id], year.draw
    final = draw.choices((Answer.HIRED, Answer.NOT_HIRED, Answer.FILLED), (0.35, 0.6, 0.05))[0]
    if kind == "good":
        wait = draw.randint(0, 5)
        if draw.random() < 0.4:
            year.plan(day + wait, _saying(year, referral, Answer.INTERVIEW))
            wait += draw.randint(1, 7)
        year.plan(day + wait, _saying(year, referral, final))
    elif kind == "slow":
        wait = draw.randint(4, 13)
        year.plan(day + wait, _saying(year, referral, Answer.DECIDING))
        # Some come back too late: the clock has closed by then, and what they say is refused.
        year.plan(day + wait + draw.randint(3, 25), _saying(year, referral, final))
    elif kind == "cheat":
        for wait in sorted(draw.sample(range(1, 40), CHEATS)):
            year.plan(day + wait, _saying(year, referral, Answer.DECIDING))
        year.plan(day + draw.randint(2, 40), _saying(year, referral, Answer.HIRED))
        year.plan(day + draw.randint(2, 40), _saying(year, referral, Answer.NOT_HIRED, reason=""))


def _saying(
    year: Year, referral: Referral, answer: Any, *, reason: str = "skills_missing"
) -> Callable[[datetime], None]:
    """The employer answers by text, or by the link in it. A refusal must leave everything as it was."""

    def run(at: datetime) -> None:
        from openpes.core.decisions import Refused
        from openpes.journeys.answer_by_text import answer_by_text
        from openpes.journeys.answer_referral import answer_referral
        from openpes.journeys.links import answer_token, link_actor, read_answer_token
        from openpes.referrals.models import Referral
        from openpes.referrals.queries import referral_by_ref
        from openpes.referrals.states import AnswerChannel

        before = Referral.objects.filter(pk=referral.pk).values().get()
        held = referral_by_ref(referral.ref)
        employer = held.vacancy.employer
        try:
            if year.draw.random() < 0.5:
                answer_by_text(number=employer.contact_phone, ref=referral.ref, answer=answer, reason=reason, at=at)
            else:
                token = answer_token(referral_ref=referral.ref, employer_id=employer.pk, at=at)
                by = link_actor(read_answer_token(token, at=at))
                answer_referral(referral=held, answer=answer, reason=reason, channel=AnswerChannel.LINK, by=by, at=at)
            year.counts[f"said: {answer.value}"] += 1
        except Refused as refused:
            year.counts.update(f"refused: {reason.code}" for reason in refused.decision.reasons)
            if before != Referral.objects.filter(pk=referral.pk).values().get():
                year.wrong.append(f"{referral.ref}: a refused answer changed it")

    return run


def _closing(vacancy: Vacancy) -> Callable[[datetime], None]:
    """The employer takes the vacancy back."""

    def run(at: datetime) -> None:
        from openpes.core.actors import system
        from openpes.journeys.answer_referral import close_vacancy
        from openpes.vacancies.queries import vacancy_by_id
        from openpes.vacancies.states import CloseReason

        held = vacancy_by_id(vacancy.pk)
        if held.state == "live":
            close_vacancy(vacancy=held, reason=CloseReason.WITHDRAWN, by=system("vacancy.close"), at=at)

    return run


def _office_calls(year: Year, at: datetime, *, since: datetime) -> None:
    """A counsellor reaches some of the employers that the clock asked to call."""
    from openpes.core.actors import system
    from openpes.core.decisions import Refused
    from openpes.journeys.answer_referral import answer_referral
    from openpes.referrals.models import Referral
    from openpes.referrals.queries import referrals_by_key
    from openpes.referrals.states import Answer, AnswerChannel, ReferralState

    by = system("referral.answer", "outcome.record", "referral.create", label="soak desk")
    rows = Referral.objects.filter(task_raised_at__gte=since).exclude(state=ReferralState.ENDED)
    for one in referrals_by_key(rows.values_list("pk", flat=True)):
        if year.kinds[one.vacancy.employer_id] == "silent" or year.draw.random() > OFFICE_CALLS:
            continue
        try:
            answer_referral(
                referral=one,
                answer=Answer.NOT_HIRED,
                reason="another_candidate",
                channel=AnswerChannel.PHONE_CALL,
                by=by,
                at=at,
            )
            year.counts["answered on the office's call"] += 1
        except Refused:
            continue


TOLD = {
    "hired": "answer_hired",
    "not_hired": "answer_not_hired",
    "filled": "answer_filled",
    "closed_unanswered": "answer_closed_unanswered",
}


def _check(year: Year) -> None:
    """Everything that must be true after the year."""
    from openpes.messaging.models import Message
    from openpes.organisations.models import Employer
    from openpes.referrals.models import Referral
    from openpes.referrals.queries import audit_of

    told = Counter(Message.objects.values_list("kind", flat=True))
    for one in Referral.objects.prefetch_related("events").order_by("pk"):
        audit = audit_of(one)
        if one.ended_at is None or audit.ending is None:
            year.wrong.append(f"{one.ref}: no ending")
            continue
        year.counts[f"ended: {one.ending}"] += 1
        if audit.ending != one.ending:
            year.wrong.append(f"{one.ref}: ended {one.ending}, its events say {audit.ending}")
        year.wrong += [f"{one.ref}: {fault}" for fault in audit.faults]
    for ending, kind in TOLD.items():
        if told[kind] != year.counts[f"ended: {ending}"]:
            year.wrong.append(f"{year.counts[f'ended: {ending}']} ended {ending}, {told[kind]} were told")
    for employer in Employer.objects.filter(state="paused"):
        if employer.silent_in_a_row < _pause_after() or year.kinds[employer.pk] == "good":
            year.wrong.append(f"employer {employer.ref} ({year.kinds[employer.pk]}) is paused and answered")
    for employer in Employer.objects.filter(state="verified", silent_in_a_row__gte=_pause_after()):
        year.wrong.append(f"employer {employer.ref} never answers and is not paused")


def _pause_after() -> int:
    from openpes.reference.country import country, today

    return int(country().value("answers.pause_after_silent", on=today(START)).value)


def main() -> int:
    """0: every application ended and every clock is explained; 1: not."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--vacancies", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    os.environ["DJANGO_SETTINGS_MODULE"] = "openpes.config.settings_test"
    import django

    django.setup()
    from django.test.runner import DiscoverRunner

    runner = DiscoverRunner(verbosity=0, interactive=False)
    databases = runner.setup_databases()
    began = time.monotonic()
    try:
        year = simulate(vacancies=args.vacancies, seed=args.seed)
    finally:
        runner.teardown_databases(databases)
    kinds = Counter(year.kinds.values())
    print(
        f"{args.vacancies} vacancies of {len(year.kinds)} employers, seed {args.seed}, "
        f"in {time.monotonic() - began:.0f} s"
    )
    print("employers: " + ", ".join(f"{kinds[kind]} {kind}" for kind in KINDS))
    for name, number in sorted(year.counts.items()):
        print(f"  {name}: {number}")
    print(f"violations: {len(year.wrong)}")
    for line in year.wrong[:20]:
        print(f"  {line}")
    return 1 if year.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
