"""A CV as a paper and as lines: what is known of a person, in one language or two, their own words as they typed them.

    lines = cv_lines(facts, language="km", second="en")     what a page shows
    cv_pdf(lines)                                            the bytes of a PDF, A4

Headings and names from lists come in each language, "first / second"; what the person wrote is never translated.
No photo, no birth date, no sex, no marital status: advert rules forbid to ask for them, so nothing here offers them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import override

from openpes.documents.rules import Entry
from openpes.documents.states import EntryKind
from openpes.documents.words import KIND
from openpes.reference.country import area_name
from openpes.reference.labels import education_name, language_name, licence_label, occupation_name, skill_label
from openpes.reference.press import set_paper

TEMPLATE = Path(__file__).parent / "cv.typ"


@dataclass(frozen=True)
class CvFacts:
    """What a CV is made of. `phone` is empty where the person does not want it there."""

    name: str
    phone: str
    area_code: str
    about: str
    wanted: tuple[tuple[str, str], ...]  # (ISCO-08 unit group, own words)
    skill_ids: tuple[str, ...]
    language_codes: tuple[str, ...]
    licence_ids: tuple[str, ...]
    education_level: int | None
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class CvPart:
    """A heading with its lines; each line is a strong first part and a quiet second one."""

    title: str
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class CvLines:
    """A CV ready to be shown."""

    language: str
    name: str
    contact: str
    about: str
    parts: tuple[CvPart, ...]
    foot: str


def _both(said: Callable[[str], str], languages: Sequence[str]) -> str:
    """The same thing in each language; said once where both say the same."""
    texts: list[str] = []
    for language in languages:
        with override(language):
            text = said(language)
        if text and text not in texts:
            texts.append(text)
    return " / ".join(texts)


def _years(one: Entry) -> str:
    if one.from_year is None and one.to_year is None:
        return ""
    if one.from_year == one.to_year or one.to_year is None:
        return f"{one.from_year}" if one.to_year else f"{one.from_year} –"
    return f"{one.from_year or ''} – {one.to_year}".strip()


def _entries(facts: CvFacts, kind: EntryKind) -> tuple[tuple[str, str], ...]:
    return tuple(
        (one.what, " · ".join(part for part in (one.where, _years(one), one.words) if part))
        for one in facts.entries
        if one.kind == kind
    )


def _named(label: Callable[[str, str], str], code: str, languages: Sequence[str]) -> str:
    """The name of a code in each language."""
    return _both(partial(label, code), languages)


def _wanted(facts: CvFacts, languages: Sequence[str]) -> tuple[tuple[str, str], ...]:
    return tuple((_named(occupation_name, isco, languages), own) for isco, own in facts.wanted)


def cv_lines(facts: CvFacts, *, language: str, second: str = "") -> CvLines:
    """The CV in one language, or in two."""
    languages = [language, *([second] if second and second != language else [])]

    def both(said: Callable[[str], str]) -> str:
        return _both(said, languages)

    def named(label: Callable[[str, str], str], codes: Sequence[str]) -> tuple[tuple[str, str], ...]:
        return tuple((_named(label, code, languages), "") for code in codes)

    school = list(_entries(facts, EntryKind.SCHOOL))
    if facts.education_level is not None:
        school.insert(0, (both(lambda tag: education_name(facts.education_level, tag)), ""))
    parts = (
        CvPart(both(lambda _tag: _("Work I want")), _wanted(facts, languages)),
        CvPart(both(lambda _tag: str(KIND[EntryKind.WORK])), _entries(facts, EntryKind.WORK)),
        CvPart(both(lambda _tag: str(KIND[EntryKind.SCHOOL])), tuple(school)),
        CvPart(both(lambda _tag: _("What I can do")), named(skill_label, facts.skill_ids)),
        CvPart(both(lambda _tag: _("Papers and licences")), named(licence_label, facts.licence_ids)),
        CvPart(both(lambda _tag: _("Languages")), named(language_name, facts.language_codes)),
    )
    place = both(lambda tag: area_name(facts.area_code, tag))
    return CvLines(
        language=language,
        name=facts.name,
        contact=" · ".join(part for part in (place, facts.phone) if part),
        about=facts.about,
        parts=tuple(part for part in parts if part.lines),
        foot=both(lambda _tag: _("Written by the person named here. Made with the public employment service.")),
    )


def cv_pdf(lines: CvLines) -> bytes:
    """The PDF of a CV; the same lines give the same bytes."""
    return set_paper(TEMPLATE, asdict(lines))
