"""Deeds about oneself, asked for by text: register, language, still looking, card, who looked, work found, a report."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import override

from openpes.complaints.operations import Told
from openpes.complaints.states import Channel as ComplaintChannel
from openpes.complaints.states import ComplaintKind, Danger
from openpes.core.access_log import views_of
from openpes.core.actors import Actor, system
from openpes.core.decisions import NotFound, NotPermitted, Refused
from openpes.dialogues.queries import count_heard
from openpes.dialogues.rules import plain
from openpes.dialogues.states import Ask, Came
from openpes.dialogues.states import Channel as Way
from openpes.dialogues.words import say
from openpes.jobseekers import operations as jobseekers
from openpes.jobseekers.card_operations import renew_card as make_card
from openpes.jobseekers.card_operations import set_alert
from openpes.jobseekers.models import Jobseeker
from openpes.jobseekers.operations import Profile, Wanted
from openpes.jobseekers.queries import registration_of
from openpes.jobseekers.rules import ALERT_HOURS
from openpes.jobseekers.states import Channel, JobseekerState, WorkStatus
from openpes.journeys import check_job as checking
from openpes.journeys.complain import complain as make_complaint
from openpes.journeys.complain import office_of_area
from openpes.journeys.expectations import expectations_of
from openpes.journeys.record_outcome import record_outcome
from openpes.journeys.register_jobseeker import Registration, is_weak_pin, register_jobseeker
from openpes.journeys.telling import tell_person
from openpes.organisations.queries import office_by_id
from openpes.people import operations as people
from openpes.people.operations import NewPerson
from openpes.people.queries import account_of, people_at
from openpes.people.states import ConsentWay, PhoneOwner, Sex
from openpes.placements.states import EvidenceGrade, OutcomeKind
from openpes.reference import titles
from openpes.reference.country import country, today

# Answers of data/states.yaml, by their digit.
SCHOOL = {"1": 0, "2": 1, "3": 2, "4": 3, "5": 6}
OWNER = {"1": PhoneOwner.OWN, "2": PhoneOwner.SHARED, "3": PhoneOwner.OTHER}
DANGER = {"1": Danger.NOW, "2": Danger.AFRAID, "3": Danger.SAFE}
KIND = {
    "1": ComplaintKind.NOT_PAID,
    "2": ComplaintKind.UNSAFE,
    "3": ComplaintKind.ASKED_FOR_MONEY,
    "4": ComplaintKind.OTHER,
}
VIEWS = 200
WEEKLY = system("jobseeker.edit", label="registered by text")
A_DAY = timedelta(days=1)


def choose_language(ask: Ask, by: Actor, jobseeker: Jobseeker | None) -> Came:
    """The language of every text from now on; somebody who registers goes on with the first question."""
    code = settings.LANGUAGES[int(ask.facts["language"]) - 1][0]
    if jobseeker is None:
        return Came("first", language=code)
    people.change_person(person=jobseeker.person, language=code, by=by, at=ask.at)
    return Came("done", language=code)


def register(ask: Ask, by: Actor, jobseeker: Jobseeker | None) -> Came:
    """Register with the answers that were given. No PIN is made known: it is chosen at the office."""
    told = ask.facts
    found = titles.search(told["work"], ask.language, limit=1)
    phone = ask.address if ask.channel in {Way.SMS, Way.USSD} else ""
    registration = Registration(
        person=NewPerson(
            told["name"],
            date.fromisoformat(told["born"]),
            Sex.NOT_SAID,
            ask.language,
            phone,
            OWNER[told["owner"]],
        ),
        profile=Profile(
            area_code=told["place"],
            wanted=tuple(Wanted(one.isco, told["work"][:80]) for one in found),
            education_level=SCHOOL[told["school"]],
            work_status=WorkStatus.LOOKING,
        ),
        consent_way=ConsentWay.BY_TEXT,
        share_contact=False,
    )
    office = {"place": told["place"]}
    try:
        made = register_jobseeker(
            registration=registration, channel=Channel.SMS, by=by, at=ask.at, welcome=ask.channel != Way.SMS
        )
    except Refused:
        return Came("refused", office)
    facts = {"code": made.code, "card": made.jobseeker_ref, "office": made.office_name}
    person = next((one.person_id for one in people_at(phone) if one.short_code == made.code), None)
    if person is not None and not made.waits_for_guardian:
        _hear_every_week(person, ask)
        _tell_what_to_expect(person, ask)
    if made.waits_for_guardian:
        return Came("guardian", facts, person_id=person)
    if ask.channel == Way.USSD and person is not None:
        return Came("pin", facts, {"code": made.code, "card": made.jobseeker_ref}, person_id=person)
    return Came("done", facts, person_id=person)


def choose_pin(ask: Ask, by: Actor, jobseeker: Jobseeker | None) -> Came:
    """The first PIN of somebody who has just registered by USSD. A PIN that came by text is not taken."""
    account = account_of(jobseeker.person_id) if jobseeker is not None else None
    if ask.channel != Way.USSD or account is None or not account.must_change_secret:
        return Came("refused")
    pin = "".join(plain(ask.text).split())
    if is_weak_pin(pin):
        return Came("weak")
    people.set_secret(account=account, secret=pin, by=by, at=ask.at)
    return Came("done")


def _hear_every_week(person_id: int, ask: Ask) -> None:
    """The week's jobs come on the day of the registration, at the hour nearest to its own that is not too late."""
    jobseeker = registration_of(person_id)
    if jobseeker is None:
        return
    local = ask.at.astimezone(ZoneInfo(country().timezone))
    hour = min(ALERT_HOURS, key=lambda one: abs(one - local.hour))
    set_alert(jobseeker=jobseeker, weekday=local.weekday(), hour=hour, by=WEEKLY, at=ask.at)


def _tell_what_to_expect(person_id: int, ask: Ask) -> None:
    """The live places near, how many look, the usual wait: said before anybody hopes or gives up. One text, once."""
    jobseeker = registration_of(person_id)
    if jobseeker is None:
        return
    with override(ask.language):
        found = expectations_of(jobseeker, ask.language, ask.at)[:1]
    for one in found:
        facts = {"places": one.places, "people": one.people, "days": one.wait_days}
        kind = "expect_no_wait" if one.wait_days is None else "expect"
        tell_person(jobseeker, kind, facts, at=ask.at, asked=True, awaited=True)


def find_person(ask: Ask, by: Actor, jobseeker: Jobseeker | None) -> Came:
    """Which of the people at a phone writes, by the code that each of them has. It opens nothing."""
    said = str(ask.facts["code"])
    found = [one for one in people_at(ask.address) if _bare(one.short_code) == said]
    return Came("done", person_id=found[0].person_id) if found else Came("refused")


def _bare(code: str) -> str:
    """A code without the dash that helps to read it."""
    return "".join(sign for sign in code if sign.isalnum()).upper()


def say_still(ask: Ask, by: Actor, jobseeker: Jobseeker | None) -> Came:
    """Still looking: a sign of life. No: the registration rests."""
    if jobseeker is None:
        return Came("refused")
    try:
        if ask.facts["still"] == "1":
            jobseekers.confirm_looking(jobseeker=jobseeker, by=by, at=ask.at)
            return Came("yes")
        if jobseeker.state != JobseekerState.SLEEPING:
            jobseekers.move_jobseeker(jobseeker=jobseeker, to=JobseekerState.SLEEPING, by=by, at=ask.at)
    except (Refused, NotPermitted):
        return Came("refused")
    return Came("no")


def tell_views(ask: Ask, by: Actor, jobseeker: Jobseeker | None) -> Came:
    """How many people opened the file: a number only, for a phone may be shared."""
    seen = views_of(jobseeker.person.log_key, limit=VIEWS) if jobseeker is not None else []
    return Came("done", {"count": len({one.actor for one in seen})})


def renew_card(ask: Ask, by: Actor, jobseeker: Jobseeker | None) -> Came:
    """The card is good again from today on."""
    if jobseeker is None:
        return Came("refused")
    try:
        card = make_card(jobseeker=jobseeker, by=by, at=ask.at)
    except (Refused, NotPermitted):
        return Came("refused")
    day = (card.valid_before - A_DAY).strftime("%d/%m/%Y")
    return Came("done", {"card": jobseeker.ref, "date": day})


def say_work(ask: Ask, by: Actor, jobseeker: Jobseeker | None) -> Came:
    """Work was found: written down on the person's own word, as from today."""
    if jobseeker is None:
        return Came("refused")
    try:
        record_outcome(
            jobseeker=jobseeker,
            kind=OutcomeKind.JOB,
            starts_on=today(ask.at),
            grade=EvidenceGrade.SAID_BY_PERSON,
            source="text, with our help" if ask.facts["through_us"] == "1" else "text",
            by=by,
            at=ask.at,
        )
    except (Refused, NotPermitted):
        return Came("refused")
    return Came("done")


def complain(ask: Ask, by: Actor, jobseeker: Jobseeker | None) -> Came:
    """Something went wrong: it goes to the desk that answers; whoever is in danger is told what to do first."""
    danger = DANGER[ask.facts["safe"]]
    told = Told(
        kind=KIND[ask.facts["what"]],
        words=ask.facts["words"],
        danger=danger,
        channel=ComplaintChannel.SMS,
        language=ask.language,
        office_id=jobseeker.office_id if jobseeker is not None else office_of_area(""),
        person_id=jobseeker.person_id if jobseeker is not None else None,
    )
    try:
        made = make_complaint(told=told, by=by, at=ask.at).complaint
    except (Refused, NotPermitted, NotFound):
        return Came("refused")
    facts = {"ref": made.ref, "date": made.due_on.strftime("%d/%m/%Y")}
    return Came("danger" if danger in {Danger.NOW, Danger.AFRAID} else "done", facts)


def check_job(ask: Ask, by: Actor, jobseeker: Jobseeker | None) -> Came:
    """Is this job real? A few times a day from one phone."""
    text = str(ask.facts.get("text", "")).strip()
    if not text:
        return Came("ask")
    most = int(country().value("dialogues.real_checks_a_day", on=today(ask.at)).value)
    if count_heard(ask.address, dialogue="real", since=ask.at - A_DAY) > most:
        return Came("too_many")
    checked = checking.check_job(text, at=ask.at)
    if not checked.signals:
        return Came(checked.verdict.value)
    office = jobseeker.office if jobseeker is not None else office_by_id(office_of_area(""))
    phone = office.phone or office.name
    verdict = say(f"real_{checked.verdict.value}", {"phone": phone}, ask.language)
    signs = say("real_signals", {"count": len(checked.signals)}, ask.language)
    return Came(checked.verdict.value, as_told=f"{verdict} {signs}")
