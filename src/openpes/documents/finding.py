"""What the text of an old CV seems to say: jobs, schools, skills. A proposal that its person corrects, nothing more."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from openpes.documents.rules import EARLIEST_YEAR, LONGEST_WHAT, LONGEST_WHERE, MOST_ENTRIES, Entry
from openpes.documents.states import EntryKind
from openpes.reference import titles
from openpes.reference.taxonomy import labels_in, skills

YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
MONTH_BEFORE_YEAR = re.compile(r"\b\d{1,2}\s*[/.-]\s*(?=(?:19|20)\d\d)")
EDGES = " \t-–—:;,.|•·()[]/"
BETWEEN = re.compile(r"\s+(?:at|di|sa|tại|in|bei)\s+|\s*[,|–—]\s+|\s+-\s+", re.IGNORECASE)
GOES_ON = re.compile(
    r"present|now|current|sekarang|kasalukuyan|hiện nay|nay|至今|현재|ปัจจุบัน|হাল|वर्तमान|हाल", re.IGNORECASE
)
# Words that stand on lines about learning, in the languages of the countries.
SCHOOL = re.compile(
    r"school|college|universi|academy|institute|diploma|bachelor|certificate|course|grade|tesda|tvet|"
    r"sekolah|kolej|politeknik|\bsm[akp]\b|\bsd\b|kursus|pelatihan|sarjana|"
    r"paaralan|kolehiyo|trường|đại học|cao đẳng|trung cấp|trung học|"
    r"eskola|universidade|សាលា|វិទ្យាល័យ|ໂຮງຮຽນ|ວິທະຍາໄລ|โรงเรียน|วิทยาลัย|มหาวิทยาลัย|"
    r"विद्यालय|विश्वविद्यालय|कॉलेज|স্কুল|কলেজ|বিশ্ববিদ্যালয়|学校|大学|学院|中学|학교|대학|сургууль|коллеж",
    re.IGNORECASE,
)
MOST_SKILLS = 12
LEAST_SKILL_LETTERS = 5
# A line that says nothing of years is taken as a job only when it is short and its title is known well.
SHORT_LINE, SURE = 50, "high"


@dataclass(frozen=True)
class Found:
    """What was found: lines for the CV, skills by reference id, and the kinds of work that the jobs may be."""

    entries: tuple[Entry, ...]
    skill_ids: tuple[str, ...]
    iscos: tuple[str, ...]


def western_digits(text: str) -> str:
    """The same text with the digits of every script as 0-9."""
    return "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in text)


def _split(words: str) -> tuple[str, str]:
    """What, and where: "Waiter at Kusina" in two."""
    parts = [part.strip(EDGES) for part in BETWEEN.split(words, maxsplit=1)]
    what, where = parts[0], parts[1] if len(parts) > 1 else ""
    return (what or where)[:LONGEST_WHAT], (where if what else "")[:LONGEST_WHERE]


def _entry(line: str, words: str, *, this_year: int) -> Entry | None:
    years = [year for year in map(int, YEAR.findall(line)) if EARLIEST_YEAR <= year <= this_year]
    what, where = _split(words)
    if len(what) < 3:
        return None
    kind = EntryKind.SCHOOL if SCHOOL.search(words) else EntryKind.WORK
    first = min(years) if years else None
    last = None if len(years) < 2 or GOES_ON.search(line) else max(years)
    if len(years) == 1 and not GOES_ON.search(line):
        last = first
    return Entry(kind, what, where, first, last)


def _lines(text: str, *, this_year: int, language: str) -> Iterator[Entry]:
    before = ""
    for line in western_digits(text).splitlines():
        words = GOES_ON.sub(" ", YEAR.sub(" ", MONTH_BEFORE_YEAR.sub(" ", line))) if YEAR.search(line) else line
        words = re.sub(r"\s*[-–—]\s*(?=$|[-–—])", " ", " ".join(words.split())).strip(EDGES)
        if YEAR.search(line):
            # A line with years alone belongs to the words above it.
            made = _entry(line, words if len(words) > 2 else before, this_year=this_year)
        elif SCHOOL.search(line) and len(line) <= LONGEST_WHAT:
            made = _entry(line, words, this_year=this_year)
        else:
            made = _entry(line, words, this_year=this_year) if _is_title(line, language) else None
        if made is not None:
            yield made
        before = words


def _is_title(line: str, language: str) -> bool:
    if len(line) > SHORT_LINE or any(sign.isdigit() for sign in line):
        return False
    best = titles.search(line, language, limit=1)
    return bool(best) and best[0].confidence == SURE


def found_in(text: str, *, language: str, this_year: int) -> Found:
    """Jobs, schools and skills that a text seems to name. The same text gives the same answer."""
    entries: dict[tuple[str, str], Entry] = {}
    for one in _lines(text, this_year=this_year, language=language):
        key = (one.kind, one.what.casefold())
        held = entries.get(key)
        if held is None or held.from_year is None:
            entries[key] = one
    kept = tuple(entries.values())[:MOST_ENTRIES]
    proposals = [titles.search(one.what, language, limit=1) for one in kept if one.kind == EntryKind.WORK]
    iscos = dict.fromkeys(one[0].isco for one in proposals if one)
    return Found(kept, skills_in(text, language), tuple(iscos))


def skills_in(text: str, language: str) -> tuple[str, ...]:
    """Skills of the reference whose label stands in a text, the longest labels first."""
    wanted = f" {titles.normalise(text)} "
    spaced = wanted.isascii()
    found: dict[str, int] = {}
    own = labels_in("skill", language.split("-")[0]) if language.split("-")[0] != "en" else {}
    for skill_id, english in ((one.id, one.label_en) for one in skills().values()):
        for label in (own.get(skill_id, ""), english):
            folded = titles.normalise(label)
            if len(folded) < LEAST_SKILL_LETTERS:
                continue
            if (f" {folded} " if spaced or folded.isascii() else folded) in wanted:
                found[skill_id] = max(found.get(skill_id, 0), len(folded))
    return tuple(sorted(found, key=lambda one: (-found[one], one))[:MOST_SKILLS])
