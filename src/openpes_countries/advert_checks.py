"""Puts the meanings of an advert's words together: who is described, what is asked of whom, who pays whom.

The checks are data, in data/advert_checks.yaml, the same for every language, and published. Each has points; a check
counts once. A finding is a reason for a person to look, never a verdict.

A check has an anchor (the meaning it starts from) and says what else must stand near it, what must not, and whether
the words may be about somebody else than the one who applies (a patient, a customer, a firm): the nearer one wins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from openpes_countries.advert_ages import age_hits
from openpes_countries.advert_lexicon import Hit, hits_in, lexicon
from openpes_countries.advert_text import Plain, plain_of
from openpes_countries.lines import read_yaml

FILE: Final = Path(__file__).parent / "data" / "advert_checks.yaml"
SHOWN: Final = "data/advert_checks.yaml"
ANYWHERE: Final = 100_000
NEAR: Final = 26
COMMA: Final = 5
# So near somebody else has to stand where nothing beside the words is needed.
ALONE: Final = 12
_SENTENCE: Final = re.compile(r"[!?;\n。！？；।|•✅👉🔥💰📢▪️●◆★☆►✔]|\.(?!\d)|[\U0001f300-\U0001faff]")
_COMMAS: Final = re.compile(r"[,،，、:()/]")
_LIST_BEFORE: Final = re.compile(r"(?:^|[,،，、:()/.\n|\-–+;•。!])\s*$")
_LIST_AFTER: Final = re.compile(r"\s*(?:$|[,،，、()/.\n|\-–+;•。!\d])")


@dataclass(frozen=True, slots=True)
class Want:
    """One of these meanings, within so many letters of the anchor, on a side or on both."""

    meanings: tuple[tuple[str, int, str], ...]


@dataclass(frozen=True, slots=True)
class Check:
    """A published check: what it looks for, how much it counts, and why it matters."""

    code: str
    kind: str
    points: int
    why: str
    anchors: tuple[str, ...]
    beside: tuple[Want, ...]
    unless: tuple[Want, ...]
    outweighed: Want
    about_others: bool


@dataclass(frozen=True, slots=True)
class Evidence:
    """A stretch of an advert's text, text[start:end], that a check found."""

    code: str
    kind: str
    points: int
    text: str
    start: int
    end: int
    why: str
    language: str


def _want(written: str) -> Want:
    """ "only|must:12|neg>8" as meanings with a reach: `:` both sides, `<` before the anchor, `>` after it."""
    found = []
    for one in str(written).split("|"):
        parts = re.fullmatch(r"(\w+)(?:([:<>])(\d+))?", one.strip())
        assert parts, f"{SHOWN}: {one}"
        found.append((parts[1], int(parts[3] or NEAR), parts[2] or ":"))
    return Want(tuple(found))


NOTHING: Final = Want(())
# What says that whoever applies is the one who pays.
PAYER: Final = Want((("pay", NEAR, ":"), ("own", NEAR, ":"), ("deduct", NEAR, ":"), ("buy", NEAR, ":")))


@cache
def advert_checks() -> tuple[Check, ...]:
    """The published checks, in the order of the file."""
    return tuple(
        Check(
            str(code),
            str(one["kind"]),
            int(one["points"]),
            str(one["why"]),
            tuple(str(one["anchor"]).split("|")),
            tuple(_want(each) for each in one.get("beside") or ()),
            tuple(_want(each) for each in one.get("unless") or ()),
            _want(one["outweighed"]) if "outweighed" in one else NOTHING,
            bool(one.get("about_others", False)),
        )
        for code, one in read_yaml(FILE, SHOWN)["checks"].items()
    )


class Reading:
    """An advert read once: its comparable text and every meaning in it with its places."""

    def __init__(self, text: str, languages: Sequence[str]) -> None:
        self.given = text
        self.plain: Plain = plain_of(text)
        self.hits: dict[str, list[Hit]] = hits_in(self.plain.text, languages)
        self.breaks = self._breaks()
        self.commas = [match.start() for match in _COMMAS.finditer(self.plain.text)]
        self.hits["age"] = age_hits(self.plain.text, self.hits)
        self.hits["sex"] = self._one_sex()
        self.hits["pay"] = self._paid_by_others()
        self.english = {hit[:2] for hits in self.hits.values() for hit in hits if hit.language == "en"}

    def _breaks(self) -> list[int]:
        ends = [match.start() for match in _SENTENCE.finditer(self.plain.text)]
        # "No fee, but a deposit": what is said after "but" is another sentence.
        return sorted([*ends, *(hit.start for hit in self.hits.get("but", ()))])

    def gap(self, one: Hit, other: Hit) -> float:
        """Letters between two places, a comma counting for some; very many when a sentence ends between them."""
        low, high = (one.end, other.start) if one.start <= other.start else (other.end, one.start)
        if high <= low:
            return 0
        if any(low <= place < high for place in self.breaks):
            return ANYWHERE - 1
        return (high - low) + COMMA * sum(low <= place < high for place in self.commas)

    def _one_sex(self) -> list[Hit]:
        """Where one sex is named and the other is not named with it: "women and men" chooses nobody."""
        men, women = self.hits.get("male", []), self.hits.get("female", [])
        turned = [*self.hits.get("neg", ()), *self.hits.get("refuse", ()), *self.hits.get("only", ())]

        def is_pair(one: Hit, other: Hit) -> bool:
            low, high = min(one.end, other.end), max(one.start, other.start)
            between = any(low <= hit.start and hit.end <= high for hit in turned)
            return self.gap(one, other) <= 16 and not between

        paired = {hit for one in men for other in women if is_pair(one, other) for hit in (one, other)}
        return sorted(hit for hit in [*men, *women] if hit not in paired)

    def _paid_by_others(self) -> list[Hit]:
        """Words of paying, but for those inside "the firm pays", "nobody pays" and the name of a fee."""
        told = [hit for meaning in ("firmpays", "nofee", "fee") for hit in self.hits.get(meaning, ())]
        return [
            hit
            for hit in self.hits.get("pay", ())
            if not any(one.start < hit.end and hit.start < one.end for one in told)
        ]

    def is_listed(self, hit: Hit) -> bool:
        """Does it stand alone between commas, as the wishes of an advert do?"""
        text = self.plain.text
        return bool(_LIST_BEFORE.search(text[max(0, hit.start - 4) : hit.start]) and _LIST_AFTER.match(text, hit.end))

    def nearest(self, anchor: Hit, want: Want) -> float | None:
        """How near the nearest of the wanted meanings is, or None when none is within its reach."""
        own = lexicon(anchor.language)
        scale = own.scale if own else 1.0
        found: list[float] = []
        for meaning, reach, side in want.meanings:
            if meaning == "listed":
                found += [0] if self.is_listed(anchor) else []
                continue
            for hit in self.hits.get(meaning, ()):
                if reach >= ANYWHERE:
                    found.append(reach)
                    continue
                if (side == "<" and hit.start > anchor.start) or (side == ">" and hit.end < anchor.end):
                    continue
                # "no" is a word of its own in other languages: an English denial denies English words.
                if meaning == "other" and anchor.start <= hit.start and hit.end <= anchor.end:
                    continue
                if meaning in ("neg", "free") and hit.language == "en" and anchor[:2] not in self.english:
                    continue
                distance = self.gap(anchor, hit)
                if distance <= reach * scale:
                    found.append(distance)
        return min(found, default=None)


def _holds(reading: Reading, check: Check, anchor: Hit) -> bool:
    cues = [reading.nearest(anchor, want) for want in check.beside]
    if None in cues:
        return False
    if any(reading.nearest(anchor, want) is not None for want in check.unless):
        return False
    firm = reading.nearest(anchor, check.outweighed)
    if firm is not None:
        payer = reading.nearest(anchor, PAYER)
        if payer is None or firm <= payer:
            return False
    if check.about_others:
        others = reading.nearest(anchor, Want((("other", NEAR, ":"),)))
        nearest = min((cue for cue in cues if cue is not None), default=ALONE)
        # Whom a refusal touches is the one who applies.
        is_refused = reading.nearest(anchor, Want((("refuse", 0, ":"),))) is not None
        if others is not None and others <= nearest and not is_refused:
            return False
    return True


def evidence_in(reading: Reading) -> Iterator[Evidence]:
    """The evidence of each check, once a place."""
    for check in advert_checks():
        for meaning in check.anchors:
            for anchor in reading.hits.get(meaning, ()):
                if _holds(reading, check, anchor):
                    start, end = reading.plain.given(anchor.start, anchor.end)
                    yield Evidence(
                        check.code,
                        check.kind,
                        check.points,
                        reading.given[start:end],
                        start,
                        end,
                        check.why,
                        anchor.language,
                    )


def read_advert(text: str, languages: Sequence[str] = ("en",)) -> tuple[Evidence, ...]:
    """All evidence in an advert, in the order of the checks. English is always read too, for adverts mix languages."""
    return _read(text, tuple(languages))


@lru_cache(maxsize=8)
def _read(text: str, languages: tuple[str, ...]) -> tuple[Evidence, ...]:
    # The grounds and the signals of one advert are asked for one after the other.
    return tuple(evidence_in(Reading(text, languages)))
