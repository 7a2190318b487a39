"""News that a person asked for, and the question before their registration rests: both by the clock, both few.

News of new jobs goes out on the person's own day and hour, once a week at most, and says nothing of which jobs: a phone
may be shared. Somebody silent for long is asked once whether they still look for work before anything happens.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from openpes.core.schedule import is_due, note_run
from openpes.dialogues.operations import open_question
from openpes.jobseekers.card_operations import note_looked
from openpes.jobseekers.card_queries import alerts_due
from openpes.jobseekers.models import JobAlert, Jobseeker, SavedSearch
from openpes.jobseekers.queries import silent_between
from openpes.journeys.jobs_by_text import text_jobs
from openpes.journeys.refer_jobseeker import short_date
from openpes.journeys.telling import tell_person
from openpes.messaging.queries import latest_of_kind
from openpes.reference.country import country, today
from openpes.vacancies.queries import search_public
from openpes.vacancies.states import ContractType

# One door for several kinds of opportunity; programmes are looked up elsewhere, and are no news of this kind.
CONTRACTS_OF = {
    "job": (ContractType.OPEN_ENDED, ContractType.FIXED_TERM, ContractType.CASUAL),
    "apprenticeship": (ContractType.APPRENTICESHIP,),
    "internship": (ContractType.INTERNSHIP,),
}
JOB_NEWS, STILL_LOOKING = "job_news", "still_looking"
AT_ONCE = 500


def _days(name: str, at: datetime) -> int:
    return int(country().value(f"clocks.{name}", on=today(at)).value)


def finds_new(search: SavedSearch, *, since: datetime) -> bool:
    """Has a job become public since an instant that this search finds?"""
    if search.kind and search.kind not in CONTRACTS_OF:
        return False
    found = search_public(
        iscos=search.iscos,
        text=search.text,
        area_codes=[search.area_code] if search.area_code else [],
        contract_types=CONTRACTS_OF.get(search.kind, ()),
        live_after=since,
    )
    return found.filter(places_left__gt=0).exists()


def tell_of_jobs(*, at: datetime) -> dict[str, int]:
    """Text whoever chose this day and an hour that has come, when their searches find something new. Twice is once."""
    local = at.astimezone(ZoneInfo(country().timezone))
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    # Calendar days: an hour's delay last week must not swallow this week's news.
    week = midnight - timedelta(days=_days("job_news_days", at) - 1)
    told = 0
    for alert in alerts_due(weekday=local.weekday(), hour=local.hour, looked_before=midnight, limit=AT_ONCE):
        told += _serve(alert, week, at)
    return {"told_of_jobs": told}


@transaction.atomic
def _serve(alert: JobAlert, week: datetime, at: datetime) -> int:
    may_tell = alert.told_at is None or alert.told_at < week
    is_told = False
    searches = list(alert.jobseeker.searches.all())
    if may_tell and not searches:
        # Who keeps no search hears of the jobs that fit: a phone without a browser is served as well.
        is_told = text_jobs(alert.jobseeker, at=at)
    elif may_tell and any(finds_new(one, since=alert.looked_at) for one in searches):
        facts = {"office": alert.jobseeker.office.name}
        is_told = tell_person(alert.jobseeker, JOB_NEWS, facts, at=at) is not None
    note_looked(alert=alert, told=is_told, at=at)
    return int(is_told)


def ask_still_looking(*, at: datetime) -> dict[str, int]:
    """Ask who has been silent for the days of the policy whether they still look: each silence once. {}: not due."""
    if not is_due(STILL_LOOKING, at=at, every=timedelta(days=1)):
        return {}
    asked_after = at - timedelta(days=_days("still_looking_ask_days", at))
    sleeps = timedelta(days=_days("jobseeker_sleep_days", at))
    asked = 0
    for piece in silent_between(asked_after, at - sleeps, at_once=AT_ONCE):
        before = latest_of_kind([one.person_id for one in piece], kind=STILL_LOOKING)
        for one in piece:
            if one.person_id not in before or before[one.person_id] <= one.last_confirmed_at:
                asked += _ask(one, one.last_confirmed_at + sleeps, at)
    note_run(STILL_LOOKING, at=at)
    return {"asked_still_looking": asked}


@transaction.atomic
def _ask(jobseeker: Jobseeker, rests_at: datetime, at: datetime) -> int:
    facts = {"date": short_date(rests_at), "office": jobseeker.office.name}
    told = tell_person(jobseeker, STILL_LOOKING, facts, at=at)
    if told is not None:
        # The answer, 1 or 2, finds the question open; also on the person's own page.
        open_question(
            person_id=jobseeker.person_id,
            address=told.number,
            language=told.language,
            state="still",
            facts={},
            at=at,
        )
    return int(told is not None)
