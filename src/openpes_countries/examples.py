"""Worked examples: a situation on a date and the decision that the pack must give."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

from openpes_countries.advert_findings import find_forbidden_words
from openpes_countries.answers import Answer, Verdict, facts_text
from openpes_countries.country import PACKS, Country
from openpes_countries.eligibility import programme_eligibility
from openpes_countries.errors import PackError, PackProblem
from openpes_countries.hazardous import hazardous_work
from openpes_countries.lines import Lined, read_yaml
from openpes_countries.rules import (
    guardian_consent_age,
    hazardous_age,
    may_register,
    may_work,
    minimum_age,
    weekly_hours_limit,
)
from openpes_countries.rules_adverts import (
    advert_ground,
    fee_allowed,
    forbidden_advert_fields,
    may_show_birth_date_to_employer,
    required_report_fields,
)
from openpes_countries.rules_institutions import legal_basis, overseas_licence_needed, reporting_duty
from openpes_countries.rules_pay import minimum_wage_for, pay_meets_minimum
from openpes_countries.schema import Example

_FIELDS: Final = ("name", "ask", "on", "given", "expect", "source")
_EXPECT: Final = ("answer", "value", "includes", "fallback", "recalled")


def _programme(country: Country, *, on: date, programme: str, **facts: Any) -> Answer:
    found = next(one for one in country.programmes if one.code == programme)
    in_force = [one for one in country.programmes_on(on) if one.code == programme]
    return programme_eligibility(in_force[0] if in_force else found, facts, on=on)


def _words(country: Country, *, on: date, text: str) -> Answer:
    found = find_forbidden_words(text, languages=[language.tag for language in country.languages])
    return Answer(Verdict.YES if found else Verdict.NO, tuple(finding.ground for finding in found))


def _value(country: Country, *, on: date, key: str) -> Answer:
    dated = country.value(key, on=on)
    return Answer(Verdict.YES if dated.known else Verdict.UNKNOWN, dated.value, sources=(dated.source,))


def _hazard(country: Country, *, on: date, isco: str) -> Answer:
    return hazardous_work(isco)


ASK: Final[Mapping[str, Callable[..., Answer]]] = {
    "minimum_age": minimum_age,
    "hazardous_age": hazardous_age,
    "guardian_consent_age": guardian_consent_age,
    "weekly_hours_limit": weekly_hours_limit,
    "may_register": may_register,
    "may_work": may_work,
    "minimum_wage_for": minimum_wage_for,
    "pay_meets_minimum": pay_meets_minimum,
    "fee_allowed": fee_allowed,
    "advert_ground": advert_ground,
    "may_show_birth_date_to_employer": may_show_birth_date_to_employer,
    "forbidden_advert_fields": forbidden_advert_fields,
    "required_report_fields": required_report_fields,
    "overseas_licence_needed": overseas_licence_needed,
    "reporting_duty": reporting_duty,
    "legal_basis": legal_basis,
    "programme": _programme,
    "advert_text": _words,
    "hazardous_work": _hazard,
    "value": _value,
}


def load_examples(code: str) -> tuple[Example, ...]:
    """The worked examples of one pack. Raises PackError listing every fault of writing."""
    shown = f"packs/{code.lower()}/examples.yaml"
    loaded = read_yaml(PACKS / code.lower() / "examples.yaml", shown)
    problems: list[PackProblem] = []
    made: list[Example] = []
    for entry in loaded.get("examples") or ():
        line = entry.line if isinstance(entry, Lined) else 1
        wrong = [field for field in _FIELDS if field not in entry] or [field for field in entry if field not in _FIELDS]
        if wrong:
            mend = f"An example has exactly: {', '.join(_FIELDS)}."
            problems.append(PackProblem(shown, line, str(entry.get("name", "?")), f"check {', '.join(wrong)}.", mend))
        elif entry["ask"] not in ASK:
            problems.append(
                PackProblem(
                    shown, line, entry["name"], f"“{entry['ask']}” is not a question.", f"Ask one of: {', '.join(ASK)}."
                )
            )
        elif not set(entry["expect"]) <= set(_EXPECT) or not entry["expect"]:
            problems.append(
                PackProblem(
                    shown, line, entry["name"], "expects nothing that can be checked.", f"Use: {', '.join(_EXPECT)}."
                )
            )
        else:
            fields = {field: entry[field] for field in _FIELDS}
            made.append(Example(**fields, line=line, file=shown))
    if problems:
        raise PackError(problems)
    return tuple(made)


def run_example(country: Country, example: Example) -> str | None:
    """None when the pack decides as the example says; otherwise what it said instead."""
    given = dict(example.given or {})
    try:
        said = ASK[example.ask](country, on=example.on, **given)
    except (LookupError, TypeError, ValueError, StopIteration) as fault:
        return f"{example.ask}({facts_text(given)}) could not be asked: {fault!r}"
    wrong = [f"{name} is {got!r}, not {wanted!r}" for name, wanted, got in _compared(example, said) if wanted != got]
    return "; ".join(wrong) or None


def _compared(example: Example, said: Answer) -> list[tuple[str, Any, Any]]:
    expect = example.expect
    found: list[tuple[str, Any, Any]] = []
    if "answer" in expect:
        found.append(("answer", expect["answer"], said.verdict.value))
    if "value" in expect:
        found.append(("value", _plain(expect["value"]), _plain(said.value)))
    if "includes" in expect:
        found.append(("includes", True, set(expect["includes"]) <= set(said.value)))
    if "fallback" in expect:
        found.append(("fallback", expect["fallback"], said.fallback_used))
    if "recalled" in expect:
        found.append(("recalled", expect["recalled"], said.recalled))
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(part) for part in value]
    if hasattr(value, "amount"):
        return _plain(value.amount)
    return Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value
