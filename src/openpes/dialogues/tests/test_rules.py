"""How answers are read."""

from __future__ import annotations

from datetime import date

import pytest

from openpes.dialogues.book import book
from openpes.dialogues.rules import command_in, date_in, new_ref, place_in, read_answer, without_ref

PLACES = {"cebu": "PH-CEB", "cebu city": "PH-CEB", "leyte": "PH-LEY", "southern leyte": "PH-SLE"}


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("14 3 2007", date(2007, 3, 14)),
        ("14/03/2007", date(2007, 3, 14)),
        ("2007-03-14", date(2007, 3, 14)),
        ("14032007", date(2007, 3, 14)),
        ("๑๔ ๓ ๒๕๕๐", date(2007, 3, 14)),
        ("31 2 2007", None),
        ("yesterday", None),
        ("14 3 07", None),
    ],
)
def test_a_day_is_read_as_people_write_it(text: str, day: date | None) -> None:
    """Day first, in any script's digits, also by the Buddhist year; a guess is no answer."""
    assert date_in(text) == day


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("1 K7", "apply", "K7"),
        ("k7 1", "apply", "K7"),
        ("1K7", "apply", "K7"),
        ("2 m4", "decline", "M4"),
        ("K7", "which", ""),
        ("1", "which", ""),
        ("1 X9", "", ""),
        ("yes please", "", ""),
    ],
)
def test_an_answer_to_jobs(text: str, kind: str, value: str) -> None:
    """With its letters before or after; without them it is asked which."""
    heard = read_answer(book().states["jobs"], text, language="en", jobs=("K7", "M4"))
    assert (heard.kind, heard.value) == (kind, value)


def test_one_job_needs_no_letters() -> None:
    """There is nothing to confuse it with."""
    assert read_answer(book().states["jobs"], "1", language="en", jobs=("K7",)).value == "K7"


@pytest.mark.parametrize(
    ("text", "languages", "command"),
    [
        ("JOB", ["en"], "JOB"),
        ("job.", ["en"], "JOB"),
        ("Trabaho", ["fil"], "JOB"),
        ("งาน", ["th"], "JOB"),
        ("trabaho", ["th"], ""),
        ("REAL call me 0917", ["en"], "REAL"),
        ("job for my sister", ["en"], ""),
    ],
)
def test_words_that_begin_something(text: str, languages: list[str], command: str) -> None:
    """English everywhere, one's own language beside it; a sentence is no command."""
    assert command_in(text, book=book(), languages=languages, any_words=False).command == command


def test_where_words_are_an_answer_only_english_commands() -> None:
    """Somebody who answers "trabaho" to a question means the word."""
    assert command_in("trabaho", book=book(), languages=["fil"], any_words=True).command == ""
    assert command_in("STOP", book=book(), languages=["fil"], any_words=True).command == "STOP"


def test_a_place_is_taken_when_only_one_can_be_meant() -> None:
    """Whole names first; what fits two places is asked again."""
    assert place_in("Leyte", PLACES) == "PH-LEY"
    assert place_in("southern", PLACES) == "PH-SLE"
    assert place_in("x", PLACES) == ""
    assert place_in("leyt", PLACES) == ""


def test_references() -> None:
    """Read before an answer; new ones are free and not mistaken for numbers."""
    assert without_ref("k7 2", {"K7"}) == ("K7", "2")
    assert without_ref("K7", {"K7"}) == ("", "K7")
    taken: set[str] = set()
    for number in range(98):
        taken.add(new_ref(taken, number))
    assert len(taken) == 98
