"""The kinds of value a pack may hold, and how each is checked. A checker returns the frozen value or raises Misfit."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Final

from openpes_countries.eligibility import check_rule
from openpes_countries.errors import Misfit

GROUND_RULES: Final = ("allowed", "justified_only", "forbidden", "unregulated")
LEGAL_BASES: Final = (
    "consent", "legal_duty", "public_task", "contract", "vital_interest", "legitimate_interest", "not_regulated",
)  # fmt: skip
WHO_PAYS: Final = ("employer", "worker_capped", "worker")
MEASURES: Final = (
    "first_answer", "vacancy_decision", "employer_check", "first_introduction", "first_interview", "complaint_answer",
)  # fmt: skip
PERIODS: Final = ("hour", "day", "week", "month")
_TAG: Final = re.compile(r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$")
_CODE: Final = re.compile(r"^[a-z][a-z0-9_]*$")
_CLOCK: Final = re.compile(r"^([01][0-9]|2[0-3]):[0-5][0-9]$")


def frozen(value: Any) -> Any:
    """The same value, unchangeable all the way down."""
    if isinstance(value, Mapping):
        return MappingProxyType({key: frozen(part) for key, part in value.items()})
    if isinstance(value, list):
        return tuple(frozen(part) for part in value)
    return value


def _need(good: bool, problem: str, mend: str) -> None:
    if not good:
        raise Misfit(problem, mend)


def _text(value: Any) -> str:
    _need(
        isinstance(value, str) and bool(value.strip()), f"{value!r} is not text.", "Write words, in quotes if need be."
    )
    return str(value)


def _texts(value: Any) -> tuple[str, ...]:
    _need(isinstance(value, list), f"{value!r} is not a list.", "Write [first, second].")
    return tuple(_text(part) for part in value)


def _codes(value: Any) -> tuple[str, ...]:
    for part in _texts(value):
        _need(bool(_CODE.match(part)), f"“{part}” is not a code.", "Use small letters, digits and _.")
    return tuple(value)


def _boolean(value: Any) -> bool:
    _need(isinstance(value, bool), f"{value!r} is not true or false.", "Write true or false.")
    return bool(value)


def _integer(value: Any) -> int:
    whole = isinstance(value, int) and not isinstance(value, bool) and value >= 0
    _need(whole, f"{value!r} is not a whole number.", "Write digits only, without separators.")
    return int(value)


def _age(value: Any) -> int:
    _need(_integer(value) <= 120, f"{value} is not an age in years.", "Write full years.")
    return int(value)


def _decimal(value: Any) -> Decimal:
    try:
        return Decimal(str(value))
    except ArithmeticError:
        raise Misfit(f"{value!r} is not a number.", "Write digits with a point, without separators.") from None


def _date(value: Any) -> date:
    _need(isinstance(value, date), f"{value!r} is not a date.", "Write YYYY-MM-DD.")
    return value


def _clock(value: Any) -> str:
    _need(bool(_CLOCK.match(str(value))), f"{value!r} is not a time of day.", 'Write "21:00" in quotes.')
    return str(value)


def _fields(value: Any, must: tuple[str, ...], may: tuple[str, ...] = ()) -> Mapping[str, Any]:
    _need(isinstance(value, Mapping), f"{value!r} is not a block of fields.", f"Write the fields {', '.join(must)}.")
    missing = [name for name in must if name not in value]
    extra = [name for name in value if name not in must + may]
    _need(not missing, f"the field {', '.join(missing)} is missing.", "Add it, or write `unknown`.")
    _need(not extra, f"the field {', '.join(extra)} is not known here.", f"Use: {', '.join(must + may)}.")
    return value


def tag(value: Any) -> str:
    """A language tag as BCP 47 writes it: km, zh-Hans, ms-Arab."""
    _need(bool(_TAG.match(str(value))), f"{value!r} is not a language tag.", "Write it as BCP 47 does: km, zh-Hans.")
    return str(value)


def names(value: Any) -> Mapping[str, str]:
    """Names by language tag; English is always among them."""
    _need(isinstance(value, Mapping) and "en" in value, "the English name is missing.", "Write {en: Name}.")
    return {tag(key): _text(text) for key, text in value.items()}


def _languages(value: Any) -> tuple[Any, ...]:
    _need(isinstance(value, list) and bool(value), "no language is listed.", "List at least the main language.")
    for one in value:
        _fields(one, ("tag", "name", "own_name", "direction", "script", "official"))
        tag(one["tag"])
        _need(one["direction"] in ("ltr", "rtl", "ttb"), "the direction is wrong.", "Write ltr, rtl or ttb.")
        _boolean(one["official"])
    return tuple(value)


def _currency(value: Any) -> Mapping[str, Any]:
    _fields(value, ("code", "digits"))
    _need(bool(re.match(r"^[A-Z]{3}$", str(value["code"]))), "the code is not ISO 4217.", "Write three capitals.")
    _need(_integer(value["digits"]) <= 3, "too many digits.", "Write 0, 2 or 3.")
    return value


def _phone(value: Any) -> Mapping[str, Any]:
    _fields(value, ("country_code", "mobile_example", "mobile_national", "trunk_prefix"))
    starts = str(value["mobile_example"]).startswith(f"+{value['country_code']}")
    _need(starts, "the example does not begin with the country code.", "Write the example as +<code><number>.")
    return value


def _calendar(value: Any) -> Mapping[str, Any]:
    _fields(value, ("civil", "weekend", "first_weekday"), ("also", "fiscal_year"))
    days = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"}
    _need(set(value["weekend"]) <= days, "a weekend day is wrong.", "Write mon, tue, wed, thu, fri, sat or sun.")
    _need(value["first_weekday"] in days, "the first day of the week is wrong.", "Write mon or sun.")
    return value


def _holidays(value: Any) -> tuple[Any, ...]:
    _need(isinstance(value, list) and bool(value), "no day is listed.", "List {on, name}, or write `unknown`.")
    for day in value:
        _fields(day, ("on", "name"), ("estimated",))
        _date(day["on"])
        _text(day["name"])
    days = [day["on"] for day in value]
    _need(days == sorted(days), "the days are not in order.", "List the earliest first.")
    return tuple(value)


def _ladder(value: Any) -> tuple[Any, ...]:
    _need(isinstance(value, list) and bool(value), "no level is listed.", "List the levels, lowest first.")
    last = 0
    for step in value:
        _fields(step, ("code", "names", "isced"))
        names(step["names"])
        _need(0 <= _integer(step["isced"]) <= 8, "ISCED runs from 0 to 8.", "Write the ISCED 2011 level.")
        _need(step["isced"] >= last, "the levels are not in order.", "List the lowest first.")
        last = step["isced"]
    codes = [step["code"] for step in value]
    _codes(codes)
    _need(len(set(codes)) == len(codes), "a code is written twice.", "Give each level its own code.")
    return tuple(value)


def _groups(value: Any) -> tuple[Any, ...]:
    _need(isinstance(value, list), "not a list.", "List {code, names}.")
    for group in value:
        _fields(group, ("code", "names"))
        names(group["names"])
    _codes([group["code"] for group in value])
    return tuple(value)


def _own_names(value: Mapping[str, Any]) -> None:
    """Names in the country's own languages beside the English one; drafts are those that nobody has reviewed."""
    own = value.get("own_names") or {}
    _need(isinstance(own, Mapping), "own_names is not a block.", "Write {th: Name}.")
    for key, text in own.items():
        tag(key)
        _text(text)
    _need("en" not in own, "own_names holds English.", "The English name stands under `name`.")
    strange = [key for key in value.get("drafts") or () if key not in own]
    _need(not strange, f"drafts names {', '.join(strange)}.", "Name languages of own_names only.")


def _office_levels(value: Any) -> tuple[Any, ...]:
    _need(isinstance(value, list) and bool(value), "no level is listed.", "List the levels, highest first.")
    for level in value:
        _fields(level, ("code", "name", "owner", "supervisor"), ("services", "own_names", "drafts"))
        _own_names(level)
    _codes([level["code"] for level in value])
    return tuple(value)


def _wage(value: Any) -> Mapping[str, Any]:
    may = ("areas", "sectors", "not_sectors", "region", "complete", "at_least", "small_staff", "hours_week")
    _fields(value, ("scope", "amount", "currency", "per"), may)
    _need(_decimal(value["amount"]) > 0, "the amount is not above zero.", "Write the amount, without separators.")
    _need(value["per"] in PERIODS, f"“{value['per']}” is not a pay period.", f"Write {', '.join(PERIODS)}.")
    return value


def _ground(value: Any) -> Mapping[str, Any]:
    _fields(value, ("rule",), ("binding", "applies_to", "exceptions", "says"))
    rules = ", ".join(GROUND_RULES)
    _need(
        value["rule"] in (*GROUND_RULES, "unknown"), f"“{value['rule']}” is not a rule.", f"Write {rules} or unknown."
    )
    return value


def _band(value: Any) -> Mapping[str, Any]:
    _fields(value, ("from_age", "to_age"), ("used_for",))
    low, high = value["from_age"], value["to_age"]
    for age in (low, high):
        if age is not None:
            _age(age)
    _need(low is None or high is None or low <= high, "the band ends before it begins.", "Write from_age below to_age.")
    return value


def _bands(value: Any) -> tuple[Any, ...]:
    _need(isinstance(value, list) and bool(value), "no band is listed.", "List {from_age, to_age}.")
    return tuple(_band(band) for band in value)


def _ratification(value: Any) -> Mapping[str, Any]:
    _fields(value, ("ratified", "year"))
    _boolean(value["ratified"])
    return value


def _figure(value: Any) -> Mapping[str, Any]:
    _fields(value, ("figure", "year"))
    _decimal(value["figure"])
    return value


def _programme(value: Any) -> Mapping[str, Any]:
    _fields(value, ("name", "law", "rule", "benefit"), ("not_checked", "services", "own_names", "drafts"))
    _own_names(value)
    if value["rule"] is not None:
        check_rule(value["rule"])
    return value


def _known_or(value: Any, words: tuple[str, ...], what: str) -> None:
    _need(value in (*words, "unknown"), f"“{value}” is not {what}.", f"Write {', '.join(words)} or unknown.")


def _yes_no(value: Any, what: str) -> None:
    _need(isinstance(value, bool) or value == "unknown", f"{what} is not clear.", "Write true, false or unknown.")


def _may_be_texts(value: Mapping[str, Any], names: tuple[str, ...]) -> None:
    for name in names:
        if value.get(name) is not None:
            _text(value[name])


def _legal_basis(value: Any) -> Mapping[str, Any]:
    _fields(value, ("basis",), ("says",))
    _need(value["basis"] in LEGAL_BASES, f"“{value['basis']}” is not a basis.", f"Write {', '.join(LEGAL_BASES)}.")
    _may_be_texts(value, ("says",))
    return value


def _committee(value: Any) -> Mapping[str, Any]:
    _fields(value, ("exists",), ("name", "says"))
    _yes_no(value["exists"], "exists")
    _may_be_texts(value, ("name", "says"))
    return value


def _agency_rule(value: Any) -> Mapping[str, Any]:
    _fields(value, ("licence_required",), ("authority", "says"))
    _yes_no(value["licence_required"], "licence_required")
    _may_be_texts(value, ("authority", "says"))
    return value


def _benefit(value: Any) -> Mapping[str, Any]:
    _fields(value, ("exists",), ("name", "report_every_days", "report_how", "duties", "says"))
    _yes_no(value["exists"], "exists")
    if value.get("report_every_days") is not None:
        _need(_integer(value["report_every_days"]) > 0, "the days are not above zero.", "Write whole days.")
    if value.get("duties") is not None:
        _texts(value["duties"])
    _may_be_texts(value, ("name", "report_how", "says"))
    return value


def _overseas(value: Any) -> Mapping[str, Any]:
    _fields(value, ("licence_required", "who_pays"), ("authority", "contract", "says"))
    _yes_no(value["licence_required"], "licence_required")
    _known_or(value["who_pays"], WHO_PAYS, "who pays")
    _may_be_texts(value, ("authority", "contract", "says"))
    return value


def _standard(value: Any) -> Mapping[str, Any]:
    _fields(value, ("promise", "target", "share", "measure"))
    _text(value["promise"])
    _need(_integer(value["target"]) > 0, "the target is not above zero.", "Write whole hours or days.")
    _need(0 < _integer(value["share"]) <= 100, "the share is not a percentage.", "Write 1 to 100.")
    _need(value["measure"] in MEASURES, f"“{value['measure']}” is not measured.", f"Use: {', '.join(MEASURES)}.")
    return value


def _papers(value: Any) -> tuple[Any, ...]:
    _need(isinstance(value, list) and bool(value), "no paper is listed.", "List {code, names, where, free}.")
    for paper in value:
        _fields(paper, ("code", "names", "where", "free"), ("cost", "first"))
        names(paper["names"])
        _yes_no(paper["free"], "free")
        _may_be_texts(paper, ("where", "cost"))
    codes = [paper["code"] for paper in value]
    _codes(codes)
    _need(len(set(codes)) == len(codes), "a code is written twice.", "Give each paper its own code.")
    return tuple(value)


def _fee_letter(value: Any) -> Mapping[str, Any]:
    _fields(value, ("first_step", "papers"), ("months_valid",))
    _text(value["first_step"])
    _codes(value["papers"])
    if value.get("months_valid") is not None:
        _need(_integer(value["months_valid"]) > 0, "the months are not above zero.", "Write whole months.")
    return value


def _block(value: Any) -> Mapping[str, Any]:
    _need(isinstance(value, Mapping), f"{value!r} is not a block of fields.", "Write fields, one a line.")
    return value


KINDS: Final[Mapping[str, Callable[[Any], Any]]] = {
    "text": _text,
    "texts": _texts,
    "codes": _codes,
    "boolean": _boolean,
    "integer": _integer,
    "age": _age,
    "decimal": _decimal,
    "date": _date,
    "clock": _clock,
    "block": _block,
    "papers": _papers,
    "fee_letter": _fee_letter,
    "languages": _languages,
    "currency": _currency,
    "phone": _phone,
    "calendar": _calendar,
    "holidays": _holidays,
    "ladder": _ladder,
    "groups": _groups,
    "office_levels": _office_levels,
    "wage": _wage,
    "ground": _ground,
    "band": _band,
    "bands": _bands,
    "ratification": _ratification,
    "figure": _figure,
    "programme": _programme,
    "legal_basis": _legal_basis,
    "committee": _committee,
    "agency_rule": _agency_rule,
    "benefit": _benefit,
    "overseas": _overseas,
    "standard": _standard,
}


def checked_value(kind: str, value: Any) -> Any:
    """The value checked against its kind and frozen. Raises Misfit."""
    return frozen(KINDS[kind](value))
