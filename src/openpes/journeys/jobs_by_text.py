"""The week's jobs by text: at most three. When, and how seldom, is for `own_news` alone to say."""

from __future__ import annotations

from datetime import datetime

from openpes.dialogues.operations import open_question
from openpes.dialogues.states import Ask, Channel
from openpes.jobseekers.models import Jobseeker
from openpes.journeys.talk import actor_of
from openpes.journeys.talk_jobs import list_jobs
from openpes.journeys.telling import tell_person
from openpes.people.queries import main_phone_of

KIND = "jobs_of_week"


def text_jobs(jobseeker: Jobseeker, *, at: datetime) -> bool:
    """Text the jobs that fit now and keep the question open; False: no phone, STOP, or nothing fits."""
    phone = main_phone_of(jobseeker.person_id)
    if phone is None:
        return False
    language = jobseeker.person.language
    ask = Ask(Channel.SMS, phone.number, language, at, jobseeker.person_id)
    came = list_jobs(ask, actor_of(jobseeker), jobseeker)
    if came.name != "done" or tell_person(jobseeker, KIND, came.facts, at=at) is None:
        return False
    open_question(
        person_id=jobseeker.person_id, address=phone.number, language=language, state="jobs", facts=came.keep, at=at
    )
    return True
