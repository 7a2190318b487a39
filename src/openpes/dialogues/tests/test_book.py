"""Every state, event and language: a text exists, fits, names nothing personal, and leads somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from openpes.config.catalogues import languages
from openpes.dialogues.book import book
from openpes.dialogues.rules import Heard, after, begin, command_in, plain, step
from openpes.dialogues.states import HOME
from openpes.dialogues.words import PUBLIC_FACTS, TEXTS, say
from openpes.journeys.check_job import Verdict
from openpes.journeys.talk import DEEDS
from openpes.messaging.segments import is_gsm, segments_of

ALL_LANGUAGES = ["en", *languages()]
MOST_GSM, MOST_UCS = 2, 3
# As long as these things are in the fifteen countries' lists of offices.
FACTS = {
    "ref": "K7",
    "office": "PESO Cebu City",
    "hours": "8-17",
    "phone": "032-2552505",
    "date": "12/01/2027",
    "time": "09:30",
    "times": "1 02/12 09:00, 2 02/12 13:00, 3 03/12 09:00",
    "jobs": "",
    "count": 12,
    "choices": "K7, M4",
    "code": "K7M4TC",
    "card": "AB2CD3EF4G",
    "km": "12",
    "title": "Waiter",
    "pay": "16000 PHP",
    "signals": 2,
}
EVENTS = ("", "yes", "no", "digit", "words", "date", "place", "code", "pin", "apply", "decline", "which")


def steps() -> Iterator[str]:
    """The key of every sentence that any state, event and deed can say."""
    for state in book().states.values():
        for event in EVENTS:
            for again in (0, 1, 2):
                one = step(book(), state, Heard(event, "1"), again=again)
                if one.says:
                    yield one.says
    for deed, rows in book().endings.items():
        for came in rows:
            yield after(book(), deed, came).says
    for command in book().commands.values():
        for known in (True, False):
            one = begin(book(), command, is_known=known)
            if one.says:
                yield one.says


def test_every_sentence_that_is_said_exists_and_every_sentence_is_said() -> None:
    """No key without words, no words that nobody can be told."""
    beside = {"again", "job", "late", "which_thing", "paused", "call", "help", "whose", "languages", "real_signals"}
    beside |= {"firm_answered", "firm_help", "partner_help", "register_first"}
    said = {one for one in steps() if one}
    assert said <= set(TEXTS)
    assert set(TEXTS) - said <= beside


def test_every_state_is_reached_and_left() -> None:
    """No state that nothing leads to, and none that ends nowhere."""
    data = book()
    reached = {HOME} | {one.next or HOME for one in data.commands.values()}
    reached |= {one.otherwise for one in data.commands.values() if one.otherwise}
    for state in data.states.values():
        reached |= {turn.next for turn in state.turns.values() if turn.next}
    reached |= {ending.next for rows in data.endings.values() for ending in rows.values()}
    # By the clock that asks first, by the dialogue when several people share a phone.
    reached |= {"still", "whose"}
    assert reached == set(data.states)
    for state in data.states.values():
        assert state.name == HOME or state.turns, f"{state.name} is a dead end"
        for turn in state.turns.values():
            assert turn.next in data.states or turn.do in data.endings


def test_every_deed_is_carried_out_and_every_ending_is_known() -> None:
    """Data and code name the same deeds."""
    assert set(book().endings) == set(DEEDS)
    assert {one.value for one in Verdict} <= set(book().endings["check_job"])


def test_what_is_not_understood_is_asked_once_more_and_then_the_phone() -> None:
    """In every state with a question: one kind second try, then a number to call, and the state stays."""
    for state in book().states.values():
        if state.name == HOME:
            continue
        first = step(book(), state, Heard(), again=0)
        second = step(book(), state, Heard(), again=first.again)
        assert (first.state, first.says, first.sorry) == (state.name, state.says, True)
        assert (second.state, second.says) == (state.name, "call")


@pytest.mark.parametrize("key", sorted(TEXTS))
def test_nothing_personal_can_stand_in_a_text(key: str) -> None:
    """A phone may be shared, or be somebody else's by now."""
    assert set(re.findall(r"%\((\w+)\)", TEXTS[key])) <= PUBLIC_FACTS


@pytest.mark.parametrize("language", ALL_LANGUAGES)
def test_every_text_fits_its_segments(language: str) -> None:
    """Two segments in the letters of GSM, three where each segment holds 70; what is put together, too."""
    line = say("job", {**FACTS, "title": "W" * 24}, language)
    long = {"jobs": say("jobs", {**FACTS, "jobs": " ".join([line] * 3)}, language)}
    for key in TEXTS:
        text = f"K7: {say('again', {}, language)} {say(key, FACTS, language)}"
        if key in {"jobs", "job"}:
            continue
        most = MOST_GSM if is_gsm(text) else MOST_UCS
        assert segments_of(text) <= most, f"{language} {key}: {len(text)} letters: {text}"
    assert segments_of(long["jobs"]) <= (2 if is_gsm(long["jobs"]) else 6)


@pytest.mark.parametrize("language", languages())
def test_the_words_that_matter_most_are_there_in_each_language(language: str) -> None:
    """To begin, to be helped, to report, to see who looked, and "this is not me": understood, and no word twice."""
    words = book().keywords[language.lower().replace("_", "-")]
    assert {"JOB", "HELP", "BAD", "WHO", "NOTME"} <= set(words)
    for name, forms in words.items():
        for form in forms:
            assert command_in(f"{form}!", book=book(), languages=[language], any_words=False).command == name, form
    every = [plain(form).casefold() for forms in words.values() for form in forms]
    assert len(every) == len(set(every))
