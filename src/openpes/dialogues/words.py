"""What a dialogue says, in one or two short sentences. Nothing personal: a phone may be shared, or change hands.

The placeholders that a text may fill are PUBLIC_FACTS; a test holds every sentence, in every language, to that list.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext, gettext_noop, override

# References, places and times of the office, figures, and what is public about a job. No name, number or answer of a
# person; no word of a complaint.
PUBLIC_FACTS = frozenset(
    {"ref", "office", "hours", "phone", "date", "time", "times", "jobs", "count", "choices", "code", "card", "km"}
    | {"title", "pay", "firm", "signals"}
)
TEXTS = {
    "languages": "openpes: %(choices)s",
    "consent": gettext_noop(
        "We keep your answers to find you work, and the office reads them. It is free, and you can stop at any time. "
        "Do you agree? YES or NO"
    ),
    "not_agreed": gettext_noop("Nothing is kept. Send JOB if you change your mind."),
    "ask_name": gettext_noop("1/6 What is your full name?"),
    "ask_born": gettext_noop("2/6 When were you born? Day, month, year, like 14 3 2007"),
    "ask_place": gettext_noop("3/6 Where do you live? Write your province or city."),
    "ask_work": gettext_noop("4/6 What work do you want? One word, like: cook"),
    "ask_school": gettext_noop("5/6 School finished: 1 none 2 primary 3 lower secondary 4 upper secondary 5 higher"),
    "ask_phone": gettext_noop("6/6 Whose phone is this? 1 only mine 2 shared 3 somebody else's"),
    "registered": gettext_noop(
        "You are registered. Code %(code)s, card %(card)s. Choose your PIN at %(office)s, %(hours)s. Never text a PIN."
    ),
    "ask_pin": gettext_noop("Choose a PIN of 6 digits"),
    "weak_pin": gettext_noop("This PIN is too easy to guess. Do not use 111111 or 123456."),
    "guardian": gettext_noop(
        "openpes: a parent or guardian must agree before we can go on. Please come together to %(office)s."
    ),
    "not_registered": gettext_noop("We cannot register you by text. Please come to %(office)s or call %(phone)s."),
    "paused": gettext_noop("We stop here and keep your answers. Send JOB to go on."),
    "again": gettext_noop("Sorry, we did not understand."),
    "call": gettext_noop("We did not understand. Call %(phone)s, or send HELP."),
    "which_thing": gettext_noop("More than one question is open. Begin your answer with its letters: %(choices)s"),
    "late": gettext_noop("Nothing waits for this answer now. Send HELP to see what you can do."),
    "help": gettext_noop(
        "JOB jobs. MOVE change a time. WORK I found work. BAD report a problem. REAL is this job real? CARD. WHO. "
        "LANGUAGE. STOP. %(phone)s"
    ),
    "register_first": gettext_noop("Send JOB to register first. It is free."),
    "whose": gettext_noop("Several people use this phone. Send your code, or NEW to register."),
    "jobs": gettext_noop("%(jobs)s To apply: 1 %(ref)s. Not for me: 2 %(ref)s"),
    "job": gettext_noop("%(ref)s: %(title)s, %(pay)s, %(km)s km, checked employer."),
    "no_jobs": gettext_noop("No new job fits today. We go on looking."),
    "which_job": gettext_noop("Which job? Write the number and its letters, like: 1 %(ref)s"),
    "applied": gettext_noop("Sent (%(ref)s). You get an answer by %(date)s."),
    "not_applied": gettext_noop("This job cannot be applied for now. Ask %(office)s, %(phone)s."),
    "ask_why": gettext_noop("Why not? 1 far 2 pay 3 hours 4 family 5 other"),
    "thanks": gettext_noop("Thank you."),
    "ask_still": gettext_noop("Do you still look for work? 1 yes 2 no"),
    "looking": gettext_noop("Good. We go on looking with you."),
    "resting": gettext_noop("Your registration rests. Nothing is deleted. Send JOB to go on."),
    "ask_time": gettext_noop("Choose a time: %(times)s. 0 nothing changes"),
    "time_set": gettext_noop("We expect you on %(date)s at %(time)s, %(office)s."),
    "no_time": gettext_noop("No appointment can be moved now. Call %(phone)s."),
    "ask_through_us": gettext_noop("Good news! Did we help you find this work? 1 yes 2 no"),
    "ask_safe": gettext_noop("Are you in danger? 1 now 2 afraid 3 no"),
    "ask_what": gettext_noop("What happened? 1 not paid 2 unsafe 3 asked for money 4 other"),
    "ask_words": gettext_noop("Tell it in your own words, in one text."),
    "reported": gettext_noop("We have it (%(ref)s). A person reads it and answers by %(date)s."),
    "reported_danger": gettext_noop("Go to a safe place first. Call %(phone)s. We have it (%(ref)s)."),
    "who": gettext_noop("%(count)s people of the service opened your file. Who: on your page or at %(office)s."),
    "card": gettext_noop("Card %(card)s is good until %(date)s."),
    "no_card": gettext_noop("The card must be made at %(office)s, %(phone)s."),
    "ask_real": gettext_noop("Send the text of the job, a phone number or a name after the word REAL."),
    "real_registered": gettext_noop("A firm of this name is registered and checked. It must never ask you for money."),
    "real_agency": gettext_noop("An agency of this name has a licence. Ask it for the paper, and pay nothing."),
    "real_unknown": gettext_noop("We do not know who offers this. Ask %(phone)s before you go, and pay nothing."),
    "real_warned": gettext_noop("Warning: do not pay and do not send papers. People have reported this."),
    "real_signals": gettext_noop("Signs of a false job: %(count)s. To report it: BAD"),
    "ended": gettext_noop("No more texts from us. Send START to change that."),
    "began": gettext_noop("Texts are on again. Send HELP to see what you can do."),
    "language_set": gettext_noop("We write to you in this language now."),
    "too_many": gettext_noop("Too many texts today. Please call %(phone)s."),
    "firm_answered": gettext_noop("Thank you. Your answer about %(ref)s is kept."),
    "partner_help": gettext_noop("Answer with the letters and 1 yes 2 no 3 no place 4 we have met, like: %(ref)s 1"),
    "firm_help": gettext_noop("Answer with the letters and 1 interview 2 hired 3 no 4 filled, like: %(ref)s 1"),
}


def names_office(key: str) -> bool:
    """Does a sentence name the office that helps, its phone or its hours?"""
    return any(f"%({fact})s" in TEXTS[key] for fact in ("office", "phone", "hours"))


def say(key: str, facts: Mapping[str, Any], language: str) -> str:
    """A sentence in a language, with its facts; what a fact lacks is left out as a dash."""
    with override(language):
        sentence = gettext(TEXTS[key])
    return sentence % _Kind(facts)


class _Kind(dict[str, Any]):
    """Facts of which none is missing."""

    def __missing__(self, key: str) -> str:
        return "-"
