"""Law and institutions of each country as dated, sourced data, and the rules that read them.

Pure Python and PyYAML: no Django, no clock, no database. The date is always passed in.

Load a country
    load_country("PH") -> Country            cached; UnknownCountry names the countries that exist
    known_countries() -> ("BD", "CN", ...)   upper-case ISO 3166-1 alpha-2
    country.code .alpha3 .name .own_name .official_name .hash (sha256 of every file that the answers rest on)
    country.value("ages.minimum", on=date) -> Dated     .value may be UNKNOWN; .known, .recalled, .source.cite()
    country.history("ages.minimum") -> tuple[Dated, ...]      .keys -> every key, .values(on=date) -> mapping
    country.languages  tuple[Language(tag, name, own_name, direction, script, official)]   the main one first
    country.currency   Currency(code, digits)           country.timezone "Asia/Manila"   country.timezones
    country.phone      Phone(country_code, mobile_example, mobile_national, trunk_prefix)
    country.calendar   Calendar(civil, weekend (0=Monday), first_weekday, also, fiscal_year, note)
    country.areas      tuple[Area(code, names, parent, level, latitude, longitude, coordinates_source, towns, checked,
                       note)]
                       Area.name(tag) falls back to English, then to any; Town(name, latitude, longitude, population)
    country.area(code) -> Area        country.areas_at(level)      country.towns -> tuple[(Area, Town), ...]
    country.education_levels  tuple[EducationLevel(code, names, isced)]   the national ladder, lowest first
    country.service    Service(ministry, agency, portal, law, levels=(OfficeLevel(code, name, owner, supervisor,
                       services), ...))
    country.programmes tuple[Programme(code, name, law, rule, benefit, dated)]
    country.priority_groups tuple[PriorityGroup(code, names)]
    country.minimum_wages tuple[MinimumWage(scope, amount, currency, per, areas, sectors, ..., dated)]
    country.demo       mapping of Figure(name, value, unit, year, source, note)   e.g. country.demo["neet_rate"].value
    country.unverified(), country.due_for_review(on=date) -> tuple[Dated, ...]

    with_overlay(country, entries) -> Country   what a named officer verified, waived or replaced; a new hash
    lay_over(country, entries) -> (Country, tuple[Lapsed(entry, why)])   the same, leaving out what no longer fits

Ask a rule: every answer is an Answer(verdict YES|NO|UNKNOWN, value, reasons, sources, fallback_used, recalled)
    minimum_age, hazardous_age, guardian_consent_age, weekly_hours_limit, youth_bands (value = the number or tuple)
    may_register(country, age=, on=)        may_work(country, age=|birth_date=, hazardous=, on=)
    minimum_wage_for(country, area=, sector=, region=, staff=, on=)
    pay_meets_minimum(country, pay=, currency=, period=, weekly_hours=, area=, sector=, region=, staff=, on=)
    overseas_licence_needed(country, on=)   reporting_duty(country, on=)   legal_basis(country, purpose, on=)
    fee_allowed(country, on=)               advert_ground(country, ground, on=)   value allowed|justified_only|forbidden
    advert_exceptions(country, ground, on=) -> tuple[str, ...]   what an employer may claim, in the law's words
    may_show_birth_date_to_employer(country, on=)
    forbidden_advert_fields(country, on=)   required_report_fields(country, on=)
    programme_eligibility(programme, facts, on=)   facts: flat mapping, missing or None = unknown
    find_forbidden_words(text, languages=("en", "fil")) -> tuple[Finding(ground, text, start, end, why)]
    hazardous_work(isco) -> Answer          an ISCO-08 unit group such as "8111"

`if answer:` is refused on purpose (three-valued): write `answer.is_yes`, `answer.is_no` or `answer.is_unknown`.
Protections fall back to the ILO floors in data/ilo_floors.yaml; a recalled or unknown value never denies a person a
service.
"""

from openpes_countries.advert_findings import Finding, find_forbidden_words
from openpes_countries.answers import Answer, Reason, Verdict
from openpes_countries.country import Country, known_countries, load_country
from openpes_countries.eligibility import programme_eligibility
from openpes_countries.errors import PackError, PackProblem, UnknownCountry, UnknownKey
from openpes_countries.hazardous import hazardous_work
from openpes_countries.overlay import Lapsed, OverlayAct, OverlayEntry, lay_over, with_overlay
from openpes_countries.rules import (
    guardian_consent_age,
    hazardous_age,
    may_register,
    may_work,
    minimum_age,
    weekly_hours_limit,
    youth_bands,
)
from openpes_countries.rules_adverts import (
    GROUNDS,
    advert_exceptions,
    advert_ground,
    fee_allowed,
    forbidden_advert_fields,
    may_show_birth_date_to_employer,
    required_report_fields,
)
from openpes_countries.rules_institutions import legal_basis, overseas_licence_needed, reporting_duty
from openpes_countries.rules_pay import minimum_wage_for, pay_meets_minimum
from openpes_countries.schema import (
    UNKNOWN,
    Area,
    Calendar,
    Currency,
    Dated,
    EducationLevel,
    Figure,
    Language,
    MinimumWage,
    OfficeLevel,
    Phone,
    PriorityGroup,
    Programme,
    Service,
    Source,
    Town,
    Unknown,
)

__all__ = [
    "GROUNDS",
    "UNKNOWN",
    "Answer",
    "Area",
    "Calendar",
    "Country",
    "Currency",
    "Dated",
    "EducationLevel",
    "Figure",
    "Finding",
    "Language",
    "Lapsed",
    "MinimumWage",
    "OfficeLevel",
    "OverlayAct",
    "OverlayEntry",
    "PackError",
    "PackProblem",
    "Phone",
    "PriorityGroup",
    "Programme",
    "Reason",
    "Service",
    "Source",
    "Town",
    "Unknown",
    "UnknownCountry",
    "UnknownKey",
    "Verdict",
    "advert_exceptions",
    "advert_ground",
    "fee_allowed",
    "find_forbidden_words",
    "forbidden_advert_fields",
    "guardian_consent_age",
    "hazardous_age",
    "hazardous_work",
    "known_countries",
    "lay_over",
    "legal_basis",
    "load_country",
    "may_register",
    "may_show_birth_date_to_employer",
    "may_work",
    "minimum_age",
    "minimum_wage_for",
    "overseas_licence_needed",
    "pay_meets_minimum",
    "programme_eligibility",
    "reporting_duty",
    "required_report_fields",
    "weekly_hours_limit",
    "with_overlay",
    "youth_bands",
]
