"""One row of a list, read: what is clear, what is wrong and in which column, and what a person should look at."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from rapidfuzz import fuzz

from openpes.imports.dates import read_date
from openpes.imports.states import ListKind
from openpes.people.names import as_given, match_key
from openpes.people.phones import NotAPhone, fold_digits, normalise
from openpes.people.states import Sex
from openpes.reference import titles
from openpes.reference.country import area_choices, country
from openpes.reference.labels import education_choices, education_isced

FEMALE = "f female woman girl w babae perempuan wanita nữ nu ស្រី ຍິງ หญิง महिला মহিলা নারী 女 여 여자 эмэгтэй feto feminino"
MALE = "m male man boy lalaki laki-laki pria lelaki nam ប្រុស ຊາຍ ชาย पुरुष পুরুষ 男 남 남자 эрэгтэй mane masculino"
SEXES = dict.fromkeys(FEMALE.split(), Sex.FEMALE) | dict.fromkeys(MALE.split(), Sex.MALE)
# Words of schooling that every ladder knows, by the ISCED 2011 level that they mean.
SCHOOLING = (
    (0, "none", "no schooling", "never went to school", "tidak sekolah", "wala"),
    (1, "primary", "elementary", "sd", "tieu hoc", "elementarya"),
    (2, "lower secondary", "junior high", "smp", "trung hoc co so", "middle school", "grade 10"),
    (3, "secondary", "upper secondary", "high school", "senior high", "sma", "smk", "trung hoc pho thong", "grade 12"),
    (4, "vocational", "tvet", "tesda", "post secondary", "nc ii", "technical"),
    (5, "diploma", "associate", "short cycle", "college level", "d3", "cao dang"),
    (6, "bachelor", "college", "college graduate", "degree", "university", "s1", "dai hoc", "ba", "bs", "bsc"),
    (7, "master", "masters", "postgraduate", "s2", "thac si", "ma", "msc"),
    (8, "doctorate", "phd", "doctor", "s3", "tien si"),
)
SURE, LIKELY = 94, 75
SHORTEST_NAME = 2
MOST_PLACES = 1000


@dataclass(frozen=True)
class Setting:
    """What the reading of a whole list rests on. `office_area` stands where a row names none."""

    kind: ListKind
    language: str
    today: date
    office_area: str
    day_first: bool | None


@dataclass
class Cleaned:
    """A row as read. Problems and doubts are plain, to be stored: field, code, and the facts of their sentence."""

    values: dict[str, Any] = field(default_factory=dict)
    problems: list[dict[str, Any]] = field(default_factory=list)
    doubts: list[dict[str, Any]] = field(default_factory=list)

    def wrong(self, name: str, code: str, /, **facts: Any) -> None:
        """Write down why the row cannot be taken."""
        self.problems.append({"field": name, "code": code, "facts": facts})

    def doubt(self, name: str, code: str, /, **facts: Any) -> None:
        """Write down what a person should look at; the row waits until somebody has."""
        self.doubts.append({"field": name, "code": code, "facts": facts})


@lru_cache(maxsize=16)
def _area_keys(country_code: str, language: str) -> dict[str, str]:
    keys: dict[str, str] = {}
    tags = (language, "en", *(one.tag for one in country().languages))
    for tag in dict.fromkeys(tags):
        for code, name in area_choices(tag):
            keys.setdefault(match_key(name), code)
            keys.setdefault(match_key(code), code)
    return keys


def read_area(text: str, language: str) -> tuple[str, bool]:
    """(area code, whether it is sure) of what somebody wrote, an address too; ("", False) when no area is near."""
    keys = _area_keys(country().code, language)
    for part in (text, *reversed(re.split(r"[,;/\n]", text))):
        code = keys.get(match_key(part))
        if code:
            return code, True
    scored = max(((fuzz.ratio(match_key(text), key), code) for key, code in keys.items() if key), default=(0, ""))
    return (scored[1], scored[0] >= SURE) if scored[0] >= LIKELY else ("", False)


def read_education(text: str, language: str) -> tuple[int | None, bool]:
    """(ISCED 2011 level, whether it is sure) of words about schooling; (None, False) when nothing is near."""
    key = match_key(text)
    folded = fold_digits(text.strip())
    if folded.isdigit() and int(folded) in range(9):
        return int(folded), True
    known = [(match_key(name), education_isced(code)) for code, name in education_choices(language)]
    known += [(code.replace("_", " "), education_isced(code)) for code, _name in education_choices(language)]
    known += [(match_key(word), level) for level, *words in SCHOOLING for word in words]
    exact = [level for name, level in known if name == key and level is not None]
    if exact:
        return exact[0], True
    scored = max(((fuzz.token_set_ratio(key, name), -place) for place, (name, _level) in enumerate(known)))
    level = known[-scored[1]][1]
    return (level, False) if scored[0] >= LIKELY and level is not None else (None, False)


def read_phone(text: str, country_code: str) -> str:
    """The first number in a cell in E.164; "" when none is one. Two numbers in one cell are usual."""
    for part in (text, *re.split(r"[/;,\n]| or ", text)):
        try:
            return normalise(part, country_code)
        except NotAPhone:
            continue
    return ""


def clean_row(cells: Mapping[str, str], setting: Setting) -> Cleaned:
    """Read one row (field -> text). Nothing is written, nobody is looked up."""
    made = Cleaned()
    {ListKind.PEOPLE: _person, ListKind.EMPLOYERS: _employer, ListKind.VACANCIES: _vacancy}[setting.kind](
        {name: text.strip() for name, text in cells.items()}, setting, made
    )
    return made


def _person(cells: Mapping[str, str], setting: Setting, made: Cleaned) -> None:
    whole = cells.get("name") or f"{cells.get('given_name', '')} {cells.get('family_name', '')}"
    name = as_given(re.sub(r"\s*,\s*", ", ", whole))
    if "," in name and name.count(",") == 1:
        family, given = (part.strip() for part in name.split(","))
        name = f"{given} {family}".strip()
    made.values["name"] = name[:120]
    if len(name) < SHORTEST_NAME or not match_key(name):
        made.wrong("name", "name_missing")
    elif any(letter.isdigit() for letter in name):
        made.wrong("name", "name_with_digits", said=name)
    _born(cells.get("born_on", ""), setting, made)
    _phone(cells.get("phone", ""), made)
    said = cells.get("sex", "").casefold()
    sexes = SEXES | ({"l": Sex.MALE, "p": Sex.FEMALE} if country().code in {"ID", "MY"} else {})
    made.values["sex"] = sexes.get(said, Sex.NOT_SAID).value
    if said and said not in sexes:
        made.doubt("sex", "sex_unread", said=cells["sex"])
    _area(cells.get("area", ""), setting, made)
    _schooling(cells.get("education", ""), setting, made)
    _work("work", cells.get("work", ""), setting, made)
    made.values["national_number"] = "".join(
        one for one in fold_digits(cells.get("national_number", "")) if one.isalnum()
    )
    made.values["old_number"] = cells.get("old_number", "")[:40]
    if not made.values["born_on"] and not made.values["phone"] and not made.problems:
        made.wrong("born_on", "birth_or_phone")


def _born(text: str, setting: Setting, made: Cleaned) -> None:
    made.values["born_on"] = ""
    if not text:
        return
    read = read_date(text, day_first=setting.day_first, calendar=country().calendar.civil, near=setting.today)
    if read.day is None:
        made.wrong("born_on", "date_unread", said=text)
    elif read.day > setting.today:
        made.wrong("born_on", "date_to_come", said=text)
    else:
        made.values["born_on"] = read.day.isoformat()
        if read.other is not None:
            made.doubt("born_on", "date_two_ways", said=text, one=read.day.isoformat(), other=read.other.isoformat())


def _phone(text: str, made: Cleaned) -> None:
    made.values["phone"] = read_phone(text, country().code) if text else ""
    if text and not made.values["phone"]:
        made.wrong("phone", "phone_unread", said=text)


def _area(text: str, setting: Setting, made: Cleaned) -> None:
    code, sure = read_area(text, setting.language) if text else (setting.office_area, True)
    made.values["area"] = code or setting.office_area
    if not sure:
        made.doubt("area", "area_unsure" if code else "area_unread", said=text, code=made.values["area"])


def _schooling(text: str, setting: Setting, made: Cleaned) -> None:
    level, sure = read_education(text, setting.language) if text else (None, True)
    made.values["education"] = level
    if not sure:
        made.doubt("education", "education_unread" if level is None else "education_unsure", said=text, level=level)


def _work(name: str, text: str, setting: Setting, made: Cleaned) -> None:
    proposals = titles.propose(text, setting.language) if text else []
    made.values["isco"] = proposals[0].isco if proposals else ""
    made.values["words"] = text[:120]
    if text and (not proposals or proposals[0].confidence != "high"):
        made.doubt(name, "work_unsure" if proposals else "work_unread", said=text, code=made.values["isco"])


def _employer(cells: Mapping[str, str], setting: Setting, made: Cleaned) -> None:
    made.values["name"] = as_given(cells.get("name", ""))[:160]
    if len(made.values["name"]) < SHORTEST_NAME:
        made.wrong("name", "name_missing")
    made.values["registration_number"] = cells.get("registration_number", "")[:40]
    made.values["contact_name"] = as_given(cells.get("contact_name", ""))[:120]
    made.values["street"] = cells.get("street", "")[:240]
    sector = cells.get("sector", "").strip().upper()
    made.values["sector"] = sector if re.fullmatch(r"[A-U]", sector) else ""
    if sector and not made.values["sector"]:
        made.doubt("sector", "sector_unread", said=cells["sector"])
    staff = fold_digits(cells.get("size", ""))
    made.values["staff"] = int(staff) if staff.isdigit() else None
    _phone(cells.get("phone", ""), made)
    if not made.values["phone"] and not made.problems:
        made.wrong("phone", "phone_missing")
    _area(cells.get("area", ""), setting, made)


def number_of(text: str) -> str | None:
    """A number as people write it, as plain digits with a point; None when it is none."""
    digits = re.sub(r"[^\d.,]", "", fold_digits(text))
    if re.fullmatch(r"\d{1,3}([.,]\d{3})+", digits):
        return re.sub(r"[.,]", "", digits)
    digits = digits.replace(",", ".") if re.fullmatch(r"\d+,\d{1,2}", digits) else digits.replace(",", "")
    return digits if re.fullmatch(r"\d+(\.\d{1,2})?", digits) else None


def _vacancy(cells: Mapping[str, str], setting: Setting, made: Cleaned) -> None:
    made.values["employer"] = as_given(cells.get("employer", ""))[:160]
    made.values["registration_number"] = cells.get("registration_number", "")[:40]
    if not made.values["employer"] and not made.values["registration_number"]:
        made.wrong("employer", "employer_missing")
    made.values["title"] = as_given(cells.get("title", ""))[:120]
    if len(made.values["title"]) < SHORTEST_NAME:
        made.wrong("title", "title_missing")
    else:
        _work("title", made.values["title"], setting, made)
        if not made.values["isco"]:
            made.doubts.pop()
            made.wrong("title", "title_unknown", said=made.values["title"])
    places = fold_digits(cells.get("places", "")) or "1"
    made.values["places"] = int(places) if places.isdigit() else 0
    if not 1 <= made.values["places"] <= MOST_PLACES:
        made.wrong("places", "places_unread", said=cells.get("places", ""))
    for name in ("pay", "weekly_hours"):
        made.values[name] = number_of(cells[name]) if cells.get(name) else None
        if cells.get(name) and made.values[name] is None:
            made.wrong(name, "number_unread", said=cells[name])
    made.values["description"] = cells.get("description", "")[:4000]
    _area(cells.get("area", ""), setting, made)
    _schooling(cells.get("education", ""), setting, made)
