"""A text is heard: understood by the state it answers, carried out, and answered. One engine for every way in.

What carries a wish out lies downstream and is named by the roof (settings.DIALOGUE_DEEDS), so that this room knows
nothing of jobs, offices or complaints.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Protocol

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from openpes.core.ids import keyed_hash
from openpes.core.privacy import erase_rows
from openpes.dialogues import queries, rules
from openpes.dialogues.book import book
from openpes.dialogues.models import Conversation, DeclinedJob, SavedJob
from openpes.dialogues.rules import Heard, Step, facts_of
from openpes.dialogues.states import HOME, Ask, Came, Channel, Reply
from openpes.dialogues.words import names_office, say
from openpes.people.queries import people_at, person_by_ref
from openpes.reference.country import area_choices, country, today

# The same words twice within this time are one text that was sent twice.
TWICE = timedelta(minutes=2)
PERSON = "person:"


class Deeds(Protocol):
    """What lies downstream: one call a deed of data/effects.yaml, and what a firm's own phone says."""

    def do(self, deed: str, ask: Ask) -> Came:
        """Carry out a deed. Never raises for a refusal: that is one of the things that can come of it."""

    def from_firm(self, ask: Ask) -> Came | None:
        """What a firm says from its own phone; None: it is not for a firm."""

    def places_of_work(self, person_id: int | None) -> dict[str, Any]:
        """The office that helps: its name, phone and hours, for sentences."""

    def language_of(self, person_id: int) -> str:
        """The language somebody is written to in."""


def deeds() -> Deeds:
    """What the roof named."""
    return import_string(settings.DIALOGUE_DEEDS)()


@dataclass(frozen=True)
class _Talk:
    """One text and everybody it may be from."""

    channel: Channel
    address: str
    text: str
    at: datetime
    people: tuple[int, ...]
    rows: tuple[Conversation, ...]
    language: str

    @property
    def person_id(self) -> int | None:
        """Who it is when only one can be meant."""
        return self.people[0] if len(self.people) == 1 else None


def address_of(person_ref: str) -> str:
    """Where a person who is signed in talks from."""
    return PERSON + person_ref


def _days(name: str, at: datetime) -> int:
    return int(country().value(f"dialogues.{name}", on=today(at)).value)


def open_since(at: datetime) -> datetime:
    """What was last spoken of before this instant waits no longer."""
    return at - timedelta(days=_days("open_days", at))


@transaction.atomic
def hear(*, channel: str, address: str, text: str, at: datetime, incoming_id: int | None = None) -> list[Reply]:
    """Hear one text and say what to answer: one reply, or none to a phone that only repeats what nobody understands.

    `address` is an E.164 number, or `address_of` a person who is signed in. Hearing an incoming text once is the
    caller's care; the same words twice in a row are taken once here.
    """
    talk = _talk(Channel(channel), address, text, at)
    for_firm = deeds().from_firm(_ask(talk, talk.person_id, talk.language, {}))
    if for_firm is not None:
        return [Reply(for_firm.as_told, for_firm.language or talk.language)]
    ref, answer = rules.without_ref(text, {row.ref for row in talk.rows})
    fits = _fitting(talk, ref, answer)
    latest = fits[0][0] if fits else (talk.rows[0] if talk.rows else None)
    any_words = latest is not None and book().states[latest.state].reads in {"words", "place", "code"}
    said = rules.command_in(answer, book=book(), languages=_tags(talk.language), any_words=any_words)
    if said.command:
        return _command(talk, said.command, said.rest)
    if len(fits) > 1 and not ref:
        return [_reply(talk, "which_thing", {"choices": ", ".join(row.ref for row, _heard in fits)}, talk.person_id)]
    if latest is None:
        return _nothing_open(talk)
    return _answer(talk, latest, fits[0][1] if fits else Heard())


def _talk(channel: Channel, address: str, text: str, at: datetime) -> _Talk:
    if address.startswith(PERSON):
        people: tuple[int, ...] = (person_by_ref(address.removeprefix(PERSON)).pk,)
    else:
        people = tuple(one.person_id for one in people_at(address))
    # A phone of several people does not tell whose other conversations these are.
    rows = queries.open_at(address, since=open_since(at), person_ids=people if len(people) == 1 else ())
    if len(people) == 1:
        language = deeds().language_of(people[0])
    else:
        language = rows[0].language if rows else settings.LANGUAGE_CODE
    return _Talk(channel, address, text, at, people, tuple(rows), language)


def _tags(language: str) -> list[str]:
    """The person's language first, then the others of the country: a phone does not say which one is written."""
    return [language, *(code for code, _name in settings.LANGUAGES if code != language)]


def _fitting(talk: _Talk, ref: str, answer: str) -> list[tuple[Conversation, Heard]]:
    """What is open and understands this answer, the last first; strong readings before weak ones."""
    rows = [row for row in talk.rows if not ref or row.ref == ref]
    found = [(row, _read(row, answer)) for row in rows]
    if ref:
        return found
    understood = [(row, heard) for row, heard in found if heard.kind]
    return [one for one in understood if not one[1].weak] or understood


def _read(row: Conversation, answer: str) -> Heard:
    state = book().states[row.state]
    if state.reads == "place":
        named = {*area_choices(row.language), *area_choices("en")}
        places = {rules.plain(name).casefold(): code for code, name in named}
        return rules.read_answer(state, answer, language=row.language, places=places)
    if state.name == "language":
        state = replace(state, most=len(settings.LANGUAGES))
    return rules.read_answer(state, answer, language=row.language, jobs=facts_of(row.facts, "jobs"))


def _ask(talk: _Talk, person_id: int | None, language: str, facts: dict[str, Any]) -> Ask:
    return Ask(talk.channel, talk.address, language, talk.at, person_id, facts, talk.text)


def _command(talk: _Talk, name: str, rest: str, person_id: int | None = None) -> list[Reply]:
    """Begin what a word begins; somebody who was begun with already goes on where they were."""
    # Who says "this is not me" is a stranger: nothing of this talk belongs to whoever had the number.
    who = None if name == "NOTME" else person_id or talk.person_id
    command = book().commands[name]
    if command.known and who is None and len(talk.people) > 1:
        row = _begin(talk, "whose", None, {"then": name})
        return [_reply(talk, "whose", {}, None, row)]
    begun = next((row for row in talk.rows if row.dialogue == "register"), None)
    if begun is not None and name == "JOB" and who is None:
        return [_question(talk, begun)]
    step = rules.begin(book(), command, is_known=who is not None)
    if name == "STOP" and begun is not None:
        deeds().do("end_texts", _ask(talk, who, talk.language, {}))
        return [_reply(talk, "paused", {}, who)]
    dialogue = {"NEW": "register", "JOB": "jobs" if who else "register"}.get(name, name.lower())
    return _go(talk, _begin(talk, step.state, who, {"text": rest}, dialogue), step)


def _begin(talk: _Talk, state: str, person_id: int | None, facts: dict[str, Any], dialogue: str = "") -> Conversation:
    """A new conversation in place of an earlier one of its kind."""
    dialogue = dialogue or book().states[state].dialogue
    same = [row for row in talk.rows if row.dialogue == dialogue and row.person_id in (None, person_id)]
    for row in same:
        _end(row, talk.at)
    taken = {ref for row in talk.rows for ref in (row.ref, *facts_of(row.facts, "jobs"))}
    return Conversation.objects.create(
        person_id=person_id,
        channel=talk.channel,
        address=talk.address,
        language=talk.language,
        dialogue=dialogue,
        state=state,
        ref=rules.new_ref(taken, int(keyed_hash(f"{talk.address} {talk.at}", settings.SECRET_KEY)[:8], 16)),
        facts={**facts, "taken": sorted(taken)},
        begun_at=talk.at,
        changed_at=talk.at,
    )


def _end(row: Conversation, at: datetime) -> None:
    row.state, row.facts, row.ended_at = HOME, {}, at
    row.save(update_fields=["state", "facts", "ended_at"])


def _answer(talk: _Talk, row: Conversation, heard: Heard) -> list[Reply]:
    """An answer to what is open."""
    said_key = keyed_hash(rules.plain(talk.text).casefold(), settings.SECRET_KEY)
    if (
        heard.kind in {"yes", "words", "place", "date"}
        and row.said_key == said_key
        and talk.at - row.changed_at < TWICE
    ):
        return [_question(talk, row)]
    step = rules.step(book(), book().states[row.state], heard, again=row.again)
    row.said_key = "" if heard.kind == "pin" else said_key
    if step.says == "call" and step.again > 3:
        return []  # two machines could talk for ever
    return _go(talk, row, step)


def _go(talk: _Talk, row: Conversation, step: Step) -> list[Reply]:
    """Take a step: keep, do, go on, and say it."""
    row.facts = {**row.facts, **dict(step.keep)}
    row.again, came = step.again, Came("")
    if step.do:
        came = deeds().do(step.do, _ask(talk, row.person_id, row.language, row.facts))
        if came.as_told:
            _end(row, talk.at)
            return [Reply(came.as_told, row.language, row.person_id)]
        row.facts = {**row.facts, **came.keep}
        row.person_id, row.language = came.person_id or row.person_id, came.language or row.language
        then = row.facts.get("then", "")
        if book().endings[step.do][came.name].resume and then:
            _end(row, talk.at)
            return _command(
                replace(talk, rows=tuple(one for one in talk.rows if one.pk != row.pk)), then, "", row.person_id
            )
        step = replace(rules.after(book(), step.do, came.name), sorry=step.sorry)
    facts = {**row.facts, **came.facts}
    row.state, row.changed_at, row.channel = step.state, talk.at, talk.channel
    if step.state == HOME:
        row.facts, row.ended_at = {}, talk.at
    row.save()
    return [_reply(talk, step.says, facts, row.person_id, row, sorry=step.sorry)]


def _question(talk: _Talk, row: Conversation) -> Reply:
    """What is open is asked once more, and nothing is taken."""
    jobs, lines = facts_of(row.facts, "jobs"), facts_of(row.facts, "lines")
    facts = {**row.facts, "jobs": " ".join(lines[ref] for ref in jobs if ref in lines)}
    return _reply(talk, book().states[row.state].says, facts, row.person_id, row)


def _nothing_open(talk: _Talk) -> list[Reply]:
    """A late answer, or words that mean nothing here: what can be said now, twice a day at most."""
    since = talk.at - timedelta(days=1)
    before = queries.count_heard(talk.address, dialogue="lost", since=since)
    if before > 2:
        return []
    row = _begin(talk, HOME, talk.person_id, {}, "lost")
    _end(row, talk.at)
    short = len(rules.plain(talk.text)) <= 4
    key = "late" if short and not before else ("help" if not before else "call")
    return [_reply(talk, key, {}, talk.person_id)]


def _reply(
    talk: _Talk, key: str, facts: dict[str, Any], person_id: int | None, row: Conversation | None = None, *,
    sorry: bool = False,
) -> Reply:  # fmt: skip
    """The sentence, with the office that helps; with its reference where more than one thing is open."""
    language = row.language if row is not None else talk.language
    choices = " ".join(f"{number} {name}" for number, (_code, name) in enumerate(settings.LANGUAGES, start=1))
    # The office is looked up for the sentences that name it only: most answers are questions.
    office = deeds().places_of_work(person_id) if names_office(key) else {}
    text = say(key, {"choices": choices, **office, **facts}, language)
    others = [one for one in talk.rows if row is not None and one.pk != row.pk and one.ended_at is None]
    asks = row is not None and row.state != HOME and key not in {"jobs", "call"}
    if others and asks and row is not None:
        text = f"{row.ref}: {text}"
    if sorry:
        text = f"{say('again', {}, language)} {text}"
    return Reply(text, language, person_id)


@transaction.atomic
def open_question(
    *, person_id: int, address: str, language: str, state: str, facts: dict[str, Any], at: datetime
) -> Conversation:
    """The service asks first, by a clock: the question waits for its answer. The caller sends the text."""
    rows = queries.open_at(address, since=open_since(at), person_ids=[person_id])
    talk = _Talk(Channel.SMS, address, "", at, (person_id,), tuple(rows), language)
    return _begin(talk, state, person_id, facts)


def question_of(row: Conversation) -> str:
    """What an open conversation asks, for a page."""
    talk = _Talk(Channel.WEB, row.address, "", row.changed_at, (), (), row.language)
    return _question(talk, row).text


@transaction.atomic
def end_talks(*, address: str, at: datetime) -> int:
    """Nothing waits at an address any more: its phone is a stranger's now. Returns how many talks ended."""
    rows = Conversation.objects.filter(address=address, ended_at=None)
    return rows.update(state=HOME, facts={}, ended_at=at)


def forget_conversations(*, before: datetime) -> int:
    """Forget conversations that nobody went on with since an instant. Inside the caller's transaction."""
    DeclinedJob.objects.filter(said_at__lt=before).delete()
    SavedJob.objects.filter(saved_at__lt=before).delete()
    return Conversation.objects.filter(changed_at__lt=before).delete()[0]


def erase_person(*, person_id: int) -> int:
    """Forget what was talked about with a person. Inside the journey's transaction."""
    return sum(erase_rows(table, person_id) for table in (Conversation, DeclinedJob, SavedJob))
