"""The texts that go out. Each names what happened and what to do next, and nothing private: a phone may be shared."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext, gettext_noop, override

TEXTS = {
    "welcome": gettext_noop("openpes: you are registered. Your code is %(code)s. Keep it. Your office: %(office)s."),
    "expect": gettext_noop(
        "openpes: near you now: %(places)s places for this work. People who look for it: %(people)s. The first answer "
        "usually takes %(days)s days."
    ),
    "expect_no_wait": gettext_noop(
        "openpes: near you now: %(places)s places for this work. People who look for it: %(people)s."
    ),
    "guardian_needed": gettext_noop(
        "openpes: a parent or guardian must agree before we can go on. Please come together to %(office)s."
    ),
    "referred": gettext_noop(
        "openpes: we told an employer about you (%(ref)s). You will get an answer by %(date)s. Sign in or ask at "
        "%(office)s."
    ),
    "introduced": gettext_noop(
        "openpes: we have a person for your job “%(title)s”. See who and answer with one tap: %(link)s Or text back "
        "%(ref)s and 1 meet, 2 hired, 3 no, 4 filled, 5 deciding."
    ),
    "employer_reminder": gettext_noop(
        "openpes: a person is still waiting for your answer about “%(title)s”. One tap is enough: %(link)s"
    ),
    "answer_interview": gettext_noop(
        "openpes: good news about %(ref)s. The employer wants to meet you. Sign in or ask at %(office)s."
    ),
    "answer_deciding": gettext_noop(
        "openpes: about %(ref)s: the employer has not decided yet. We will ask again by %(date)s."
    ),
    "answer_hired": gettext_noop(
        "openpes: about %(ref)s: the employer says that you are hired. If that is wrong, tell %(office)s."
    ),
    "answer_not_hired": gettext_noop(
        "openpes: about %(ref)s: this job did not work out. Other jobs are waiting for you. Sign in or ask at "
        "%(office)s."
    ),
    "answer_filled": gettext_noop(
        "openpes: about %(ref)s: all places are taken now. Other jobs are waiting for you. Sign in or ask at "
        "%(office)s."
    ),
    "answer_withdrawn": gettext_noop(
        "openpes: about %(ref)s: this introduction was taken back. Sign in or ask at %(office)s."
    ),
    "answer_closed_unanswered": gettext_noop(
        "openpes: about %(ref)s: the employer did not answer. It is not your fault, and we have closed it. Sign in "
        "or ask at %(office)s for other jobs."
    ),
    "invited": gettext_noop(
        "openpes: %(office)s invites you to a conversation. Choose a time: %(link)s Or call %(phone)s and say %(ref)s."
    ),
    "invited_again": gettext_noop(
        "openpes: we missed you, and it does not matter. Choose another time: %(link)s Or call %(phone)s and say "
        "%(ref)s."
    ),
    "appointment_booked": gettext_noop(
        "openpes: you are expected on %(date)s at %(time)s, %(office)s. To move it or call it off: %(link)s"
    ),
    "appointment_reminder": gettext_noop(
        "openpes: reminder: %(date)s at %(time)s, %(office)s. To move it or call it off: %(link)s"
    ),
    "appointment_moved": gettext_noop(
        "openpes: your new time is %(date)s at %(time)s, %(office)s. To change it: %(link)s"
    ),
    "appointment_cancelled": gettext_noop("openpes: your time at %(office)s on %(date)s is called off."),
    "from_office": gettext_noop("openpes, %(office)s: %(words)s"),
    "partner_sent": gettext_noop(
        "openpes: %(office)s sends you a person. Answer by %(date)s: %(link)s Or by text: %(ref)s 1 yes, 2 no, 3 no "
        "place, 4 we have met"
    ),
    "employer_verified": gettext_noop(
        "openpes: %(office)s has checked your firm. Your job adverts can now be published."
    ),
    "employer_refused": gettext_noop("openpes: %(office)s could not accept your firm yet: %(note)s"),
    "employer_paused": gettext_noop(
        "openpes: you did not answer about the last %(number)s people. Your jobs are not shown now. Answer about one "
        "who waits, or call %(office)s. You can appeal on your firm's page."
    ),
    "phone_code": gettext_noop("openpes: your code is %(code)s. We never ask you for it on the phone."),
    "pin_changed": gettext_noop(
        "openpes: your PIN was changed at %(office)s. If you did not ask for that, tell the office now."
    ),
    "vacancy_live": gettext_noop("openpes: your job “%(title)s” is public now (%(ref)s)."),
    "plan": gettext_noop("openpes: your plan: %(steps)s Questions? Ask at %(office)s."),
    "work_to_read": gettext_noop("openpes: read about the work %(title)s (%(code)s): %(link)s"),
    "retention_notice": gettext_noop(
        "openpes: we have not heard from you for long. On %(date)s we delete what we know about you. Still looking? "
        "Sign in or ask at %(office)s."
    ),
    "complaint_answered": gettext_noop(
        "openpes: %(office)s has answered what you told it (number %(ref)s). Sign in or ask at the office."
    ),
    "still_open": gettext_noop(
        "openpes: is your job “%(title)s” still open? How many places are left? Tap %(link)s or text back %(ref)s and "
        "the number left."
    ),
    "silent_paused": gettext_noop(
        "openpes: your job “%(title)s” is not shown now, because nobody said that it is open. Still open? %(link)s"
    ),
    "vacancy_removed": gettext_noop("openpes: your job “%(title)s” was taken down: %(note)s"),
    "job_not_confirmed": gettext_noop(
        "openpes: about %(ref)s: the employer did not tell us that the job is still open, so we closed it. Sign in or "
        "ask at %(office)s for other jobs."
    ),
    "advert_removed": gettext_noop(
        "openpes: about %(ref)s: this advert was not right, and we took it down. Do not pay anybody or hand over "
        "papers. Sign in or ask at %(office)s for other jobs."
    ),
    "place_offered": gettext_noop(
        "openpes: there is a place for you in “%(course)s”. Say yes or no by %(date)s: %(link)s"
    ),
    "place_number": gettext_noop(
        "openpes: you are number %(number)s in the line for “%(course)s”. Next places: %(date)s. %(link)s"
    ),
    "place_later": gettext_noop("openpes: you wait for a place in “%(course)s”. Next places: %(date)s. %(link)s"),
    "place_behind": gettext_noop(
        "openpes: the list for “%(course)s” was closed before you came. You wait behind it: %(link)s"
    ),
    "place_waiting": gettext_noop(
        "openpes: you wait for a place in “%(course)s”. We tell you when there is one: %(link)s"
    ),
    "course_link": gettext_noop("openpes: you are in the course. When you are there, say so here: %(link)s"),
    "course_follow_up": gettext_noop("openpes: what do you do now, after the course? One tap is enough: %(link)s"),
    "claim_question": gettext_noop("openpes: a firm says that you work there. Is that right? %(link)s"),
    "check_worker": gettext_noop("openpes: how is your new job? A few taps are enough: %(link)s"),
    "check_employer": gettext_noop(
        "openpes: does the person you hired for “%(title)s” work with you? One tap is enough: %(link)s"
    ),
    "interview_offered": gettext_noop(
        "openpes: good news about %(ref)s. The employer wants to meet you. Choose a time: %(link)s"
    ),
    "interview_booked": gettext_noop(
        "openpes: meeting about %(ref)s: %(date)s at %(time)s. To see or move it: %(link)s"
    ),
    "job_news": gettext_noop(
        "openpes: there are new jobs like those you look for. Sign in to see them or ask at %(office)s."
    ),
    "jobs_of_week": gettext_noop("%(jobs)s To apply: 1 %(ref)s. Not for me: 2 %(ref)s"),
    "still_looking": gettext_noop(
        "openpes: do you still look for work? Answer 1 yes or 2 no by %(date)s, or call %(office)s. After that your "
        "registration rests. Nothing is deleted."
    ),
    "feed_paused": gettext_noop(
        "openpes: your list of jobs is not read now, because the person who set it up has left your firm. Sign in and "
        "set it up again."
    ),
    "vacancy_refused": gettext_noop("openpes: your job “%(title)s” is not public yet: %(note)s"),
}


def text_of(kind: str, facts: dict[str, Any], language: str) -> str:
    """The text of a kind in a language. Raises KeyError for a kind that does not exist or a fact that is missing."""
    with override(language):
        return gettext(TEXTS[kind]) % facts
