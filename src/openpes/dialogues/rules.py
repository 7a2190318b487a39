"""How a text is understood in a state, and where that leads. Pure: no table, no clock."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from openpes.dialogues.book import Book, Command, State
from openpes.dialogues.states import HOME
from openpes.reference.yes_no import says_yes

# No letter or digit that is read as another one.
REF_LETTERS, REF_DIGITS = "CDEFGHKMPRTWXY", "2346789"
REF = re.compile(rf"^[{REF_LETTERS}][{REF_DIGITS}]$")
# A buddhist year, as Thailand and Laos write it.
BUDDHIST_FROM, BUDDHIST_AHEAD = 2400, 543
LONGEST_WORDS = 400
# These mean what they say also where any words are an answer.
ALWAYS = frozenset({"STOP", "START", "HELP"})
ASKS_AGAIN = 1


@dataclass(frozen=True)
class Heard:
    """What an answer was read as; `kind` is empty when it was not understood. weak: it may as well be for another."""

    kind: str = ""
    value: str = ""
    weak: bool = False


@dataclass(frozen=True)
class Step:
    """What follows. `do` is carried out before the next state is known; `says` is a key of words.TEXTS."""

    state: str
    says: str = ""
    do: str = ""
    keep: tuple[tuple[str, str], ...] = ()
    forget: bool = False
    again: int = 0
    sorry: bool = False


@dataclass(frozen=True)
class Said:
    """A text taken apart: the command it is, or the reference before the answer."""

    command: str = ""
    rest: str = ""
    ref: str = ""


def plain(text: str) -> str:
    """Composed, blanks folded, every script's digits as 0-9."""
    composed = unicodedata.normalize("NFKC", text)
    digits = "".join(str(unicodedata.digit(sign)) if sign.isdigit() else sign for sign in composed)
    return " ".join(digits.split())


def _word(text: str) -> str:
    return text.casefold().strip(" .,!?:;\"'()[]“”‘’。！？।៕-")


def command_in(text: str, *, book: Book, languages: Sequence[str], any_words: bool) -> Said:
    """The command that a text is. any_words: any words would be an answer, so that only English ones command."""
    said = plain(text)
    first, _blank, rest = said.partition(" ")
    whole, head = _word(said), _word(first)
    for name in book.commands:
        forms = {name.casefold()}
        for tag in () if any_words else languages:
            forms |= {_word(one) for one in book.keywords.get(tag.lower().replace("_", "-"), {}).get(name, ())}
        if whole in forms:
            return Said(name)
        if name == "REAL" and head in forms and not any_words:
            return Said(name, rest)
    return Said(rest=said)


def without_ref(text: str, refs: Collection[str]) -> tuple[str, str]:
    """(reference, answer) of `K7 2` when K7 is one of these; the reference is empty otherwise."""
    parts = plain(text).split(" ", 1)
    head = parts[0].upper().strip(".,:")
    if head in refs and len(parts) == 2:
        return head, parts[1]
    return "", plain(text)


def read_answer(
    state: State, text: str, *, language: str, places: Mapping[str, str] | None = None, jobs: Collection[str] = ()
) -> Heard:
    """What a text says in a state. `places`: code by folded name; `jobs`: the references of the jobs offered."""
    said = plain(text)
    if state.reads == "none" or not said:
        return Heard()
    if state.reads == "yes_no":
        yes = {True: "yes", False: "no"}.get(says_yes(said, language))  # type: ignore[arg-type]
        return Heard(yes or {"1": "yes", "2": "no"}.get(_word(said), ""))
    if state.reads == "digit":
        return _digit(said, state)
    if state.reads == "date":
        born = date_in(said)
        return Heard("date", born.isoformat()) if born else Heard()
    if state.reads == "place":
        code = place_in(said, places or {})
        return Heard("place", code) if code else Heard()
    if state.reads == "pin":
        # The PIN itself stays out of what is remembered.
        return Heard("pin") if re.fullmatch(r"\d{6}", said) else Heard()
    if state.reads == "job":
        return _job(said, jobs)
    if state.reads == "code":
        code = "".join(sign for sign in said if sign.isalnum()).upper()
        return Heard("code", code) if 4 <= len(code) <= 16 else Heard()
    has_letter = any(letter.isalpha() for letter in said)
    return Heard("words", said[:LONGEST_WORDS]) if has_letter else Heard()


def _digit(said: str, state: State) -> Heard:
    found = re.fullmatch(r"(\d{1,2})\D*", _word(said))
    if not found:
        return Heard()
    number = int(found.group(1))
    first = 0 if state.zero else 1
    return Heard("digit", str(number)) if first <= number and (not state.most or number <= state.most) else Heard()


def _job(said: str, jobs: Collection[str]) -> Heard:
    tokens = [one.strip(".,:") for one in said.upper().split()]
    glued = re.fullmatch(r"([12])([A-Z]\d)", "".join(tokens))
    if glued:
        tokens = [glued.group(1), glued.group(2)]
    digit = next((one for one in tokens if one in {"1", "2"}), "")
    ref = next((one for one in tokens if one in jobs), "")
    if len(tokens) > 2 or not (digit or ref):
        return Heard()
    if not ref and digit and len(tokens) == 1:
        if len(jobs) == 1:
            return Heard("apply" if digit == "1" else "decline", next(iter(jobs)), weak=True)
        return Heard("which", weak=True)
    if ref and not digit:
        return Heard("which")
    return Heard("apply" if digit == "1" else "decline", ref) if ref else Heard()


def date_in(text: str) -> date | None:
    """A day as people write it: day first, or year first when it has four digits. None: no day, or not a real one."""
    parts = re.findall(r"\d+", plain(text))
    if len(parts) == 1 and len(parts[0]) == 8:
        parts = [parts[0][:2], parts[0][2:4], parts[0][4:]]
    if len(parts) != 3:
        return None
    if len(parts[0]) == 4:
        parts.reverse()
    day, month, year = (int(one) for one in parts)
    if len(parts[2]) != 4:
        return None
    try:
        return date(year - BUDDHIST_AHEAD if year >= BUDDHIST_FROM else year, month, day)
    except ValueError:
        return None


def place_in(text: str, places: Mapping[str, str]) -> str:
    """The code of the place that a text names whole, else of the one place whose name contains it; else ""."""
    said = _word(plain(text))
    if said in places:
        return places[said]
    within = {code for name, code in places.items() if len(said) >= 3 and (said in name or name in said.split())}
    return next(iter(within)) if len(within) == 1 else ""


def step(book: Book, state: State, heard: Heard, *, again: int) -> Step:
    """Where an answer leads. Not understood: asked once more, then the office's phone, and the answers so far stay."""
    turn = state.turns.get(heard.kind)
    if turn is None:
        if again < ASKS_AGAIN:
            return Step(state.name, state.says, again=again + 1, sorry=True)
        return Step(state.name, "call", again=again + 1)
    keep = ((turn.keep, heard.value),) if turn.keep else ()
    following = turn.next or state.name
    says = turn.says or (book.states[following].says if not turn.do else "")
    return Step(following, says, turn.do, keep, turn.forget)


def begin(book: Book, command: Command, *, is_known: bool) -> Step:
    """What a command begins."""
    if command.known and not is_known:
        if command.otherwise:
            return Step(command.otherwise, book.states[command.otherwise].says)
        return Step(HOME, "register_first")
    return Step(command.next or HOME, book.states[command.next].says if command.next else "", command.do)


def after(book: Book, deed: str, came: str) -> Step:
    """Where a dialogue goes after a deed."""
    ending = book.endings[deed][came]
    return Step(ending.next, ending.says or book.states[ending.next].says, forget=ending.forget)


def new_ref(taken: Collection[str], number: int) -> str:
    """A short reference that is free at one phone; `number` picks where the search begins."""
    size = len(REF_LETTERS) * len(REF_DIGITS)
    for offset in range(size):
        letter, digit = divmod((number + offset * 5) % size, len(REF_DIGITS))
        ref = REF_LETTERS[letter] + REF_DIGITS[digit]
        if ref not in taken:
            return ref
    raise ValueError("More things are open at one phone than there are references.")


def facts_of(held: Mapping[str, Any], key: str) -> dict[str, Any]:
    """A table inside what a dialogue remembers."""
    return dict(held.get(key) or {})
