"""Which catalogues a speaker of the language has read, and which texts on consent and safety nobody has.

    review_of("ne")                  Review(reviewer, on, whole): who has read it, when, and whether that still holds
    unreviewed_texts(["ne", "en"])   the sentences about consent and safety that block going live
    sign("ne", reviewer, on)         write down that somebody has read it (`openpes messages reviewed`)

A catalogue carries its review in its header. With it stands a mark of the texts on consent and safety as they were
read; when one of them has changed since, or a new one has come, those texts count as unread again until somebody
signs anew.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from openpes.config import catalogues
from openpes.config.locale_info import OWN_NAMES, folder_of

# Where people agree to something, learn what becomes of their data, or are kept from harm: known by place.
CONSENT_AND_SAFETY = (
    "people/words.py",
    "jobseekers/words.py",
    "circumstances/",
    "complaints/",
    "referrals/words.py",
    "vacancies/words.py",
    "messaging/words.py",
    "web/jobseeker/registering.py",
    "web/jobseeker/own_pages.py",
    "web/jobseeker/my_data.py",
    "web/public/answers.py",
    "web/public/pages.py",
    "web/public/complaints",
    "web/jobseeker/complaints",
    "web/templates/openpes/jobseeker/data.html",
    "web/templates/openpes/jobseeker/leave.html",
    "web/templates/openpes/jobseeker/register",
    "web/templates/openpes/jobseeker/complaint",
    "web/templates/openpes/public/complaint",
    "web/templates/openpes/public/privacy.html",
    "web/templates/openpes/signing/answer.html",
)


@dataclass(frozen=True)
class Review:
    """Who has read a catalogue and on which day; `whole` says that its texts on consent and safety are still those."""

    language: str
    reviewer: str
    on: date | None
    whole: bool

    @property
    def is_draft(self) -> bool:
        """True until a named person has read it."""
        return not (self.reviewer and self.on)


@dataclass(frozen=True)
class UnreviewedText:
    """A text on consent or safety that no speaker of the language has read."""

    language: str
    sentence: str
    translation: str
    place: str


def review_of(code: str) -> Review:
    """The review of a language's catalogue. The sentences are written in English, so English has none to wait for."""
    if code == "en":
        return Review("en", "the authors", date.min, whole=True)
    said = catalogues.header_fields(folder_of(code))
    by, on, mark = (said.get(field, "") for field in catalogues.REVIEW_FIELDS)
    try:
        day = date.fromisoformat(on) if on else None
    except ValueError:
        day = None
    return Review(code, by, day, whole=bool(by and day) and mark == _mark(_texts(code)))


def unreviewed_texts(codes: Iterable[str]) -> list[UnreviewedText]:
    """The texts on consent and safety that nobody has read, in the languages that the pages speak."""
    found: list[UnreviewedText] = []
    for code in codes:
        if not review_of(code).whole:
            found += _texts(code)
    return found


def sign(code: str, *, reviewer: str, on: date) -> Review:
    """Write into a catalogue that somebody has read it. Raises ValueError when it has gaps or the name is none."""
    folder = folder_of(code)
    if code not in OWN_NAMES or code == "en" or not catalogues.path_of(folder).exists():
        raise ValueError(f"There is no catalogue of “{code}” to review.")
    if not reviewer.strip() or re.search(r'["\\\n]', reviewer):
        raise ValueError("Say who has read it: a name and the office, on one line, without quotation marks.")
    gaps = catalogues.gaps(folder, catalogues.collect())
    if gaps:
        raise ValueError(f"{len(gaps)} sentences are not translated yet: `openpes messages check --lang {code}`.")
    fields = dict(zip(catalogues.REVIEW_FIELDS, (reviewer.strip(), on.isoformat(), _mark(_texts(code))), strict=True))
    catalogues.set_header(folder, fields)
    return review_of(code)


def _texts(code: str) -> list[UnreviewedText]:
    """Every text on consent and safety in a language, in the order of the sentences."""
    held, found = catalogues.read(folder_of(code)), []
    for message in catalogues.collect():
        places = sorted({place[0] for place in message.locations if place[0].startswith(CONSENT_AND_SAFETY)})
        if not message.id or not places:
            continue
        known = held.get(message.id)
        string = known.string if known is not None else ""
        sentence = message.id if isinstance(message.id, str) else message.id[0]
        text = string if isinstance(string, str) else " | ".join(string or ())
        found.append(UnreviewedText(code, sentence, text, places[0]))
    return sorted(found, key=lambda one: one.sentence)


def _mark(texts: Iterable[UnreviewedText]) -> str:
    joined = "\n".join(f"{one.sentence}\t{one.translation}" for one in texts)
    return hashlib.sha256(joined.encode()).hexdigest()[:16]
