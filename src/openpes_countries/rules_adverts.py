"""What an advert may ask, show and charge; what the ministry's report must carry."""

from __future__ import annotations

from datetime import date

from openpes_countries.answers import Answer, Verdict, answer, because
from openpes_countries.contract import FLOOR_GROUNDS, GROUNDS
from openpes_countries.country import Country
from openpes_countries.floors import floor

__all__ = [
    "GROUNDS",
    "advert_exceptions",
    "advert_ground",
    "fee_allowed",
    "forbidden_advert_fields",
    "may_show_birth_date_to_employer",
    "required_report_fields",
]
YES, NO, UNSURE = Verdict.YES, Verdict.NO, Verdict.UNKNOWN


def _refuse_unknown(ground: str) -> None:
    if ground not in (*GROUNDS, *FLOOR_GROUNDS):
        known = ", ".join((*GROUNDS, *FLOOR_GROUNDS))
        raise ValueError(f"“{ground}” is not an advert ground. Use one of: {known}.")


def advert_ground(country: Country, ground: str, *, on: date) -> Answer:
    """May an advert choose people on this ground?

    value: "allowed", "justified_only" or "forbidden". What is unknown or unregulated nationally is forbidden (ILO
    C111); so is an "allowed" that nobody has verified. A lawful exception needs a written reason, a legal basis and a
    second person.
    """
    _refuse_unknown(ground)
    least, label = floor("unknown_advert_ground"), ground.replace("_", " ")
    if ground in FLOOR_GROUNDS:
        reason = because(
            "advert.forbidden",
            "{country}: an advert may not choose people by {ground}.",
            country=country.name,
            ground=label,
        )
        return answer(NO, reason, value="forbidden", rests_on=(least,), fallback_used=True)
    national = country.value(f"advert_rules.{ground}", on=on)
    rule = national.value["rule"] if national.known else "unknown"
    if rule in ("unknown", "unregulated") or (rule == "allowed" and national.recalled):
        reason = because(
            "advert.floor",
            "{country}: no rule about {ground} in adverts is known here, so the ILO floor applies: leave it out.",
            country=country.name,
            ground=label,
        )
        return answer(NO, reason, value="forbidden", rests_on=(least, national), fallback_used=True)
    if rule == "forbidden":
        reason = because(
            "advert.forbidden",
            "{country}: an advert may not choose people by {ground}.",
            country=country.name,
            ground=label,
        )
        return answer(NO, reason, value="forbidden", rests_on=(national,))
    if rule == "justified_only":
        exceptions = "; ".join(national.value.get("exceptions") or ()) or "a real need of the job"
        reason = because(
            "advert.justified_only",
            "{country}: {ground} only with a recorded reason: {exceptions}.",
            country=country.name,
            ground=label,
            exceptions=exceptions,
        )
        return answer(UNSURE, reason, value="justified_only", rests_on=(national,))
    reason = because(
        "advert.allowed", "{country}: the law allows {ground} in adverts.", country=country.name, ground=label
    )
    return answer(YES, reason, value="allowed", rests_on=(national,))


def advert_exceptions(country: Country, ground: str, *, on: date) -> tuple[str, ...]:
    """The exceptions that the law lists for choosing people on this ground, in its words; empty when it lists none.

    An employer may claim one of them with a reason; two people then decide. Where the ILO floor stands in for an
    unknown law there is nothing to claim.
    """
    _refuse_unknown(ground)
    if ground in FLOOR_GROUNDS:
        return ()
    national = country.value(f"advert_rules.{ground}", on=on)
    if not national.known or national.value["rule"] not in ("forbidden", "justified_only"):
        return ()
    listed = national.value.get("exceptions") or ()
    return (listed,) if isinstance(listed, str) else tuple(listed)


def may_show_birth_date_to_employer(country: Country, *, on: date) -> Answer:
    """May the employer see the birth date or age when a person applies? Unless the law is known to allow it: no."""
    national, least = country.value("advert_rules.may_ask_birth_date", on=on), floor("unknown_advert_ground")
    if national.known and national.value is False:
        reason = because(
            "birth_date.forbidden",
            "{country}: an employer may not ask for age or birth date from an applicant.",
            country=country.name,
        )
        return answer(NO, reason, rests_on=(national,))
    if national.known and not national.recalled:
        reason = because("birth_date.allowed", "{country}: the law lets an employer see it.", country=country.name)
        return answer(YES, reason, rests_on=(national,))
    reason = because(
        "birth_date.floor", "{country}: the law on this is not known here, so it is not shown.", country=country.name
    )
    return answer(NO, reason, rests_on=(least, national), fallback_used=True)


def forbidden_advert_fields(country: Country, *, on: date) -> Answer:
    """Fields the public advert may not show; value: tuple of names. Grounds that are not allowed are always in."""
    listed = country.value("advert_rules.forbidden_fields", on=on)
    fields = list(listed.value) if listed.known else []
    basis = [listed] if listed.known else [floor("unknown_advert_ground")]
    for ground in GROUNDS:
        if not advert_ground(country, ground, on=on).is_yes and ground not in fields:
            fields.append(ground)
    reason = because("advert.fields", "Kept out of the public advert: {fields}.", fields=", ".join(fields))
    return answer(YES, reason, value=tuple(fields), rests_on=basis, fallback_used=not listed.known)


def required_report_fields(country: Country, *, on: date) -> Answer:
    """Fields that the vacancy report to the ministry must carry, even where the public advert may not show them."""
    listed = country.value("vacancy_rules.report_required_fields", on=on)
    if not listed.known:
        reason = because("report.unknown", "{country}: no required report fields are known.", country=country.name)
        return answer(UNSURE, reason, value=(), rests_on=(listed,))
    reason = because("report.fields", "The report to the ministry carries: {fields}.", fields=", ".join(listed.value))
    return answer(YES, reason, value=tuple(listed.value), rests_on=(listed,))


def fee_allowed(country: Country, *, on: date, road: str = "domestic") -> Answer:
    """May a jobseeker be asked for money? In this service never; the reasons say what the national law adds.

    road: "public_service", "domestic" or "overseas".
    """
    least, national = floor("fees_to_jobseekers"), country.value(f"fees.{road}", on=on)
    never = because("fees.never", "Nobody pays to find work through this service.")
    if not national.known:
        unsaid = because(
            "fees.unknown", "{country}: the fee rule is not known here; the ILO floor applies.", country=country.name
        )
        return answer(NO, never, unsaid, rests_on=(least,), fallback_used=True)
    says = national.value.get("says") or national.value["rule"]
    law = because("fees.law", "{country}: {says}.", country=country.name, says=says)
    return answer(NO, never, law, rests_on=(national, least), fallback_used=national.value["rule"] != "forbidden")
