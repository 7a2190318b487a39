"""Rules in force: what the law says, what the service has decided, from where, and who has verified it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, gettext_noop
from django.utils.translation import gettext as _

from openpes.insights.standards import measured, measured_by_office
from openpes.organisations.queries import open_offices
from openpes.reference.country import country, today
from openpes.vacancies.words import GROUND, PAY_PERIOD
from openpes.web.audience import Door, audience
from openpes.web.requests import OpenpesRequest
from openpes.web.templatetags.openpes import money, number
from openpes_countries import (
    GROUNDS,
    Country,
    Dated,
    advert_ground,
    fee_allowed,
    guardian_consent_age,
    hazardous_age,
    minimum_age,
    weekly_hours_limit,
)
from openpes_countries.answers import Answer

LAW, POLICY = "law", "policy"
SECTIONS: dict[str, dict[str, str | Promise]] = {
    LAW: {
        "ages": gettext_lazy("Ages for work"),
        "hours": gettext_lazy("Hours of work"),
        "minimum_wage": gettext_lazy("Minimum wage"),
        "fees": gettext_lazy("Fees"),
        "advert_rules": gettext_lazy("What a job advert may ask"),
        "probation": gettext_lazy("Trial period"),
        "data_protection": gettext_lazy("Personal data"),
        "legal_bases": gettext_lazy("Why personal data may be kept"),
        "vacancy_rules": gettext_lazy("Reporting vacancies"),
        "programmes": gettext_lazy("Programmes"),
        "ratifications": gettext_lazy("Conventions of the ILO"),
        "priority_groups": gettext_lazy("People who come first"),
        "pes": gettext_lazy("The employment service"),
        "institutions": gettext_lazy("Advisers, agencies and standards"),
        "overseas_placement": gettext_lazy("Work abroad"),
        "unemployment_benefit": gettext_lazy("Unemployment benefit"),
        "first_job": gettext_lazy("Papers for a first job"),
    },
    POLICY: {
        "clocks": gettext_lazy("How long things take"),
        "consent": gettext_lazy("Registration and consent"),
        "matching": gettext_lazy("How jobs are matched"),
        "messaging": gettext_lazy("Text messages"),
        "retention": gettext_lazy("How long data is kept"),
        "youth_bands": gettext_lazy("Age groups in the figures"),
        "service_standards": gettext_lazy("What the service promises"),
        "law_keeping": gettext_lazy("How the rules are kept up to date"),
        "employers": gettext_lazy("Employers"),
        "enrolments": gettext_lazy("Programmes and training"),
    },
}
# Files of the pack that stand under the heading of another.
UNDER = {
    **dict.fromkeys(
        ("after_hire", "answers", "appointments", "casework", "complaints", "desk", "guidance", "liveness"), "clocks"
    ),
    **dict.fromkeys(("profiling", "travel"), "matching"),
    **dict.fromkeys(("introductions", "advert_signals"), "employers"),
    "dialogues": "messaging",
    "imports": "retention",
    "partners": "consent",
}
# What is no law in itself and says who the law makes responsible, and for whom.
FACTS_BESIDE_LAW = ("pes", "priority_groups")
NAMES = {
    "ages.minimum": gettext_lazy("Youngest age for ordinary work"),
    "ages.hazardous": gettext_lazy("Youngest age for dangerous work"),
    "ages.light_work": gettext_lazy("Youngest age for light work"),
    "ages.youth": gettext_lazy("Who counts as young"),
    "hours.day": gettext_lazy("Normal hours in a day"),
    "hours.week": gettext_lazy("Normal hours in a week"),
    "fees.domestic": gettext_lazy("Fees for a job in this country"),
    "fees.overseas": gettext_lazy("Fees for a job abroad"),
    "fees.public_service": gettext_lazy("Fees of the public employment service"),
    "minimum_wage.system": gettext_lazy("How minimum wages are set"),
    "advert_rules.forbidden_fields": gettext_lazy("Words that a public advert may not show"),
    "advert_rules.may_ask_birth_date": gettext_lazy("May an employer ask for the birth date?"),
    "data_protection.law": gettext_lazy("The law on personal data"),
    "data_protection.guardian_consent_age": gettext_lazy("Under this age a parent or guardian agrees too"),
    "data_protection.erasure": gettext_lazy("Having a record erased"),
    "data_protection.breach_notice_hours": gettext_lazy("How soon a leak is reported"),
    "probation.longest": gettext_lazy("Longest trial period"),
}
RULE = {
    "forbidden": gettext_lazy("forbidden"),
    "allowed": gettext_lazy("allowed"),
    "justified_only": gettext_lazy("only for a real reason"),
    "unregulated": gettext_lazy("the law does not say"),
}
UNIT = {
    "years": gettext_lazy("%(n)s years"),
    "days": gettext_lazy("%(n)s days"),
    "months": gettext_lazy("%(n)s months"),
    "hours": gettext_lazy("%(n)s hours"),
    "hours a week": gettext_lazy("%(n)s hours a week"),
    "hours a day": gettext_lazy("%(n)s hours a day"),
    "km": gettext_lazy("%(n)s km"),
    "people": gettext_lazy("%(n)s people"),
    "parts of 256": gettext_lazy("%(n)s parts of 256"),
    "thousandths": gettext_lazy("%(n)s in a thousand"),
    "messages a day": gettext_lazy("%(n)s messages a day"),
}
# What the shared policy promises: the pack's own sentences, named here so that the catalogues hold them.
PROMISES = (
    gettext_noop("An employer answers about a person who was introduced."),
    gettext_noop("An officer decides about a new job advert."),
    gettext_noop("An officer checks a new employer."),
    gettext_noop("A person who registered is introduced to a first job."),
    gettext_noop("A person who registered has a first talk with a counsellor."),
    gettext_noop("A complaint is answered by the day that was promised."),
)
CHECKED = {
    "library": gettext_lazy("from a licensed library"),
    "source_read": gettext_lazy("read in its source"),
    "partly_read": gettext_lazy("read in part"),
    "recall": gettext_lazy("written from memory, not read yet"),
    "default": gettext_lazy("decided by the service"),
}


BASIS = {
    "consent": gettext_lazy("the person agrees"),
    "legal_duty": gettext_lazy("the law tells the service to"),
    "public_task": gettext_lazy("the service needs it for its public task"),
    "contract": gettext_lazy("a contract needs it"),
    "vital_interest": gettext_lazy("to save a life"),
    "legitimate_interest": gettext_lazy("the service has a good reason that the law accepts"),
    "not_regulated": gettext_lazy("the law does not say"),
}
WHO_PAYS = {
    "employer": gettext_lazy("The employer pays; the worker pays nothing."),
    "worker_capped": gettext_lazy("The law lets agencies ask the worker for a limited amount."),
    "worker": gettext_lazy("The law lets agencies ask the worker for money."),
    "unknown": gettext_lazy("Who pays is not known here."),
}
LICENCE = {
    True: gettext_lazy("A licence is needed."),
    False: gettext_lazy("No licence is needed."),
    "unknown": gettext_lazy("Whether a licence is needed is not known here."),
}


@dataclass(frozen=True)
class Rule:
    """One line of the page. `applies` says what counts instead when the ILO floor stands in."""

    name: str
    value: str
    source: str
    link: str
    since: date | None
    checked: str
    verified_by: str
    needs_verifying: bool
    note: str
    applies: str = ""
    waived_by: str = ""


def value_words(dated: Dated) -> str:
    """A value as a sentence would say it."""
    if dated.kind == "standard" and dated.known:
        facts = {
            "promise": _(dated.value["promise"]).rstrip("."),
            "n": dated.value["target"],
            "share": dated.value["share"],
        }
        return _("%(promise)s within %(n)s days, in at least %(share)s of 100 cases.") % facts
    return _words(dated.value, dated.unit) if dated.known else _("not known")


def _words(value: Any, unit: str | None) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Mapping):
        return _of_mapping(value)
    if isinstance(value, int | Decimal):
        return str(UNIT[unit]) % {"n": number(value)} if unit in UNIT else number(value)
    if isinstance(value, Iterable) and not isinstance(value, str):
        return "; ".join(_words(one, None) for one in value)
    return str(value)


def _of_mapping(value: Mapping[str, Any]) -> str:
    """The mappings of a pack: a rule, a wage, an age band, a ratification, or something with a name."""
    institution = _of_institution(value)
    if institution:
        return institution
    if "rule" in value and isinstance(value["rule"], str):
        words = str(RULE.get(value["rule"], value["rule"]))
        return f"{words}. {value['says']}" if value.get("says") else words
    if "amount" in value:
        amount = money(value["amount"], value.get("currency", ""))
        per = PAY_PERIOD.get(value.get("per", ""), "")
        return f"{amount} {per}".strip()
    if "from_age" in value:
        if value.get("to_age") is None:
            return _("%(first)s and older") % {"first": value["from_age"]}
        words = _("%(first)s to %(last)s") % {"first": value["from_age"], "last": value["to_age"]}
        return f"{words} ({value['used_for']})" if value.get("used_for") else words
    if "ratified" in value:
        if not value["ratified"]:
            return _("not ratified")
        return _("ratified in %(year)s") % {"year": value["year"]} if value.get("year") else _("ratified")
    if "names" in value:
        return _own(value["names"], value["names"].get("en", ""))
    return str(value.get("benefit") or value.get("name") or _key_by_key(value))


def _key_by_key(value: Mapping[str, Any]) -> str:
    """Settings of the service that have no sentence of their own: each by its name, one inside another in brackets."""
    told = []
    for key, one in value.items():
        words = f"({_key_by_key(one)})" if isinstance(one, Mapping) else _words(one, None)
        told.append(f"{str(key).replace('_', ' ')}: {words}")
    return "; ".join(told)


def _own(names: Mapping[str, str], english: str) -> str:
    """The name in the reader's language, where the pack has it."""
    by_tag = {tag.casefold(): name for tag, name in names.items()}
    wanted = (get_language() or "en").casefold()
    return str(by_tag.get(wanted) or by_tag.get(wanted.split("-")[0]) or english)


def _of_institution(value: Mapping[str, Any]) -> str:
    """Bases, licences, advisers, benefits and promises; "" for anything else."""
    if "basis" in value:
        parts: list[Any] = [BASIS.get(value["basis"], value["basis"]), value.get("says")]
        return ". ".join(str(one) for one in parts if one)
    if "licence_required" in value:
        parts = [LICENCE.get(value["licence_required"])]
        if value.get("authority"):
            parts.append(_("It comes from: %(authority)s.") % {"authority": value["authority"]})
        parts += [value.get("contract"), WHO_PAYS.get(value.get("who_pays", "")), value.get("says")]
        return " ".join(str(one) for one in parts if one)
    if "exists" in value:
        if value["exists"] is False:
            return _("There is none.")
        duties = value.get("duties") or ()
        parts = [value.get("name"), value.get("says"), value.get("report_how"), *duties]
        if value.get("report_every_days"):
            parts.append(_("Report at least every %(days)s days") % {"days": value["report_every_days"]})
        return ". ".join(str(one).rstrip(".") for one in parts if one)
    if "promise" in value:
        return _(value["promise"])
    if "owner" in value and "supervisor" in value:
        return _("%(level)s: run by %(owner)s, supervised by %(supervisor)s") % {
            "level": _own(value.get("own_names") or {}, value["name"]),
            "owner": value["owner"],
            "supervisor": value["supervisor"],
        }
    return ""


def name_words(dated: Dated) -> str:
    """What a rule is called."""
    section, _dot, rest = dated.key.partition(".")
    if dated.key in NAMES:
        return str(NAMES[dated.key])
    if dated.key.startswith("ages.youth"):
        return str(NAMES["ages.youth"])
    if section == "advert_rules" and rest in GROUND:
        return _("Choosing people by %(ground)s") % {"ground": GROUND[rest]}
    if section == "minimum_wage" and isinstance(dated.value, Mapping):
        return str(dated.value.get("scope", rest))
    if section == "programmes" and isinstance(dated.value, Mapping):
        return _own(dated.value.get("own_names") or {}, dated.value.get("name", rest))
    if section == "ratifications":
        return _("Convention %(number)s of the ILO") % {"number": rest.lstrip("c")}
    # The pack's own English sentence; a catalogue may translate it.
    return _(dated.means).rstrip(".") if dated.means else rest.replace("_", " ").capitalize()


def floors_that_stand_in(pack: Country, on: date) -> dict[str, str]:
    """Key of a rule -> what applies here because the ILO floor stands in for it, in words."""
    asked: dict[str, Answer] = {
        "ages.minimum": minimum_age(pack, on=on),
        "ages.hazardous": hazardous_age(pack, on=on),
        "data_protection.guardian_consent_age": guardian_consent_age(pack, on=on),
        "hours.week": weekly_hours_limit(pack, on=on),
        "fees.domestic": fee_allowed(pack, on=on),
        **{f"advert_rules.{ground}": advert_ground(pack, ground, on=on) for ground in GROUNDS},
    }
    words = {}
    for key, answer in asked.items():
        if answer.fallback_used:
            number_known = isinstance(answer.value, int)
            said = number(answer.value) if number_known else str(RULE.get(str(answer.value), RULE["forbidden"]))
            source = answer.sources[0].cite() if answer.sources else ""
            words[key] = _("%(value)s, from %(source)s") % {"value": said, "source": source}
    return words


def sections_of(pack: Country, layer: str, on: date) -> list[dict[str, Any]]:
    """The rules of a layer in force on a day, under their headings."""
    floors = floors_that_stand_in(pack, on)
    by_section: dict[str, list[Rule]] = {}
    for key in pack.keys:
        dated = pack.value(key, on=on)
        file = key.partition(".")[0]
        section = UNDER.get(file, file)
        of_layer = dated.layer == layer or (layer == LAW and file in FACTS_BESIDE_LAW)
        if not of_layer or section not in SECTIONS[layer]:
            continue
        by_section.setdefault(section, []).append(
            Rule(
                name_words(dated),
                value_words(dated),
                dated.source.cite(),
                dated.source.url or "",
                dated.effective_from,
                str(CHECKED.get(dated.checked, dated.checked)),
                dated.verified_by or "",
                not dated.usable_on(on),
                dated.note,
                floors.get(key, ""),
                (dated.waived_by or "") if dated.waived(on) and not dated.verified_by else "",
            )
        )
    return [
        {"id": section, "title": title, "rules": by_section[section]}
        for section, title in SECTIONS[layer].items()
        if section in by_section
    ]


@audience(Door.PUBLIC)
def rules(request: OpenpesRequest) -> HttpResponse:
    """The rules of the loaded pack, law apart from policy, one heading at a time to keep the page light."""
    pack, on = country(), today(request.at)
    layer = POLICY if request.GET.get("part") == POLICY else LAW
    sections = sections_of(pack, layer, on)
    wanted = request.GET.get("about", "")
    shown = next((one for one in sections if one["id"] == wanted), sections[0] if sections else None)
    every = [rule for one in sections for rule in one["rules"]]
    return render(
        request,
        "openpes/public/rules.html",
        {
            "pack": pack,
            "layer": layer,
            "sections": sections,
            "shown": shown,
            "total": len(every),
            "verified": sum(1 for one in every if one.verified_by),
            "waiting": sum(1 for one in every if one.needs_verifying),
            "today": on,
        },
    )


@audience(Door.PUBLIC)
def standards(request: OpenpesRequest) -> HttpResponse:
    """What the service promises, and how often it kept that lately."""
    pack, on = country(), today(request.at)
    rows = [{"one": one, "promise": value_words(one.dated)} for one in measured(on=on, at=request.at)]
    language = get_language() or "en"
    levels = [(one.name_in(language), one.owner, one.supervisor) for one in pack.service.levels]
    return render(
        request,
        "openpes/public/standards.html",
        {"rows": rows, "levels": levels, "law": value_words(pack.value("institutions.service_standards", on=on))},
    )


@audience(Door.PUBLIC)
def standards_by_office(request: OpenpesRequest) -> HttpResponse:
    """One promise at a time, and how each office kept it lately."""
    held = [one for one in country().values(on=today(request.at)).values() if one.kind == "standard" and one.known]
    keys = {one.key.rpartition(".")[2]: one for one in sorted(held, key=lambda one: one.key)}
    wanted = request.GET.get("about", "")
    about = wanted if wanted in keys else next(iter(keys), "")
    found = measured_by_office(on=today(request.at), at=request.at, key=keys[about].key) if about else []
    kept = {one.office_id: one.kept for one in found}
    rows = [(office, kept[office.pk]) for office in open_offices() if office.pk in kept]
    choices = [(key, value_words(one)) for key, one in keys.items()]
    wanted_share = int(keys[about].value["share"]) if about else 0
    return render(
        request,
        "openpes/public/standards_by_office.html",
        {"choices": choices, "about": about, "rows": rows, "wanted": wanted_share},
    )
