"""What a dialogue wants done, by whoever sends a text: one call a deed, in the journeys that pages use too."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from openpes.core.actors import VISITOR, Actor, ActorKind, Grant
from openpes.dialogues.operations import end_talks
from openpes.dialogues.states import Ask, Came, Channel
from openpes.jobseekers.models import Jobseeker
from openpes.jobseekers.queries import registration_of
from openpes.journeys import talk_firm, talk_jobs, talk_partner, talk_self
from openpes.journeys.complain import office_of_area
from openpes.journeys.phones import wrong_person
from openpes.messaging.operations import note_wish
from openpes.messaging.states import Wish
from openpes.organisations.queries import office_by_id
from openpes.people.roles import Jobseeker as JobseekerRole

# What a phone may do for the person who is reached there: never the file itself, the data or the consents.
VERBS = JobseekerRole.verbs & {
    "jobseeker.view_own",
    "jobseeker.edit_own",
    "person.views_own",
    "match.view_own",
    "referral.apply_own",
    "outcome.say_own",
    "appointment.view_own",
    "appointment.book_own",
    "complaint.own",
}
Deed = Callable[..., Came]


def actor_of(jobseeker: Jobseeker | None) -> Actor:
    """Who acts when a text comes in: the person for a few things, else anybody."""
    if jobseeker is None:
        return VISITOR
    grants = (Grant(JobseekerRole.code, VERBS, "person", jobseeker.person_id),)
    person = jobseeker.person
    return Actor(ActorKind.PHONE, person.log_key, grants, person_id=person.pk, label="by text message")


def _wish(wish: Wish) -> Deed:
    def deed(ask: Ask, by: Actor, jobseeker: Jobseeker | None) -> Came:
        if ask.channel in {Channel.SMS, Channel.USSD}:
            note_wish(number=ask.address, wish=wish, said_at=ask.at)
        return Came("done")

    return deed


def _not_me(ask: Ask, by: Actor, jobseeker: Jobseeker | None) -> Came:
    """A stranger holds the phone now. The answer is the same whoever was known there, or nobody."""
    if ask.channel in {Channel.SMS, Channel.USSD}:
        wrong_person(number=ask.address, at=ask.at)
        end_talks(address=ask.address, at=ask.at)
    return Came("done")


def _help(ask: Ask, by: Actor, jobseeker: Jobseeker | None) -> Came:
    return Came("done")


DEEDS: dict[str, Deed] = {
    "choose_language": talk_self.choose_language,
    "register": talk_self.register,
    "choose_pin": talk_self.choose_pin,
    "find_person": talk_self.find_person,
    "say_still": talk_self.say_still,
    "tell_views": talk_self.tell_views,
    "renew_card": talk_self.renew_card,
    "say_work": talk_self.say_work,
    "complain": talk_self.complain,
    "check_job": talk_self.check_job,
    "list_jobs": talk_jobs.list_jobs,
    "apply": talk_jobs.apply,
    "decline": talk_jobs.decline,
    "list_times": talk_jobs.list_times,
    "choose_time": talk_jobs.choose_time,
    "not_me": _not_me,
    "tell_help": _help,
    "end_texts": _wish(Wish.STOP),
    "begin_texts": _wish(Wish.START),
}


class Deeds:
    """Named by the roof: see dialogues/operations.py."""

    def do(self, deed: str, ask: Ask) -> Came:
        """Carry out a deed."""
        jobseeker = registration_of(ask.person_id) if ask.person_id is not None else None
        return DEEDS[deed](ask, actor_of(jobseeker), jobseeker)

    def from_firm(self, ask: Ask) -> Came | None:
        """What a firm, or a partner who helps people, says from its own phone."""
        return talk_partner.hear_partner(ask) or talk_firm.hear_firm(ask)

    def places_of_work(self, person_id: int | None) -> dict[str, Any]:
        """The office that helps."""
        jobseeker = registration_of(person_id) if person_id is not None else None
        office = jobseeker.office if jobseeker is not None else office_by_id(office_of_area(""))
        return {"office": office.name, "phone": office.phone or office.name, "hours": office.opening_hours or "-"}

    def language_of(self, person_id: int) -> str:
        """The language somebody is written to in."""
        jobseeker = registration_of(person_id)
        return jobseeker.person.language if jobseeker is not None else "en"
