"""Institutions around the service: licences of those who place people abroad, reporting duties, legal bases of data."""

from __future__ import annotations

from datetime import date

from openpes_countries.answers import Answer, Verdict, answer, because
from openpes_countries.contract import PURPOSES
from openpes_countries.country import Country

YES, NO, UNSURE = Verdict.YES, Verdict.NO, Verdict.UNKNOWN


def overseas_licence_needed(country: Country, *, on: date) -> Answer:
    """Does whoever places people in work abroad need a licence? Unless the law is known and verified to say no: yes.

    A protection (ILO C181, art. 8): what is unknown, or only recalled, is answered with yes.
    """
    duties = country.value("overseas_placement.duties", on=on)
    required = duties.value["licence_required"] if duties.known else "unknown"
    if required is True:
        authority = duties.value.get("authority")
        reason = because(
            "overseas.licence",
            "{country}: whoever places people in work abroad needs a licence ({authority}).",
            country=country.name,
            authority=authority or "the authority is not known here",
        )
        return answer(YES, reason, rests_on=(duties,))
    if required is False and not duties.recalled:
        reason = because("overseas.no_licence", "{country}: the law asks for no licence.", country=country.name)
        return answer(NO, reason, rests_on=(duties,))
    reason = because(
        "overseas.floor",
        "{country}: the law on placing people abroad is not known here, so a licence is asked for.",
        country=country.name,
    )
    return answer(YES, reason, rests_on=(duties,), fallback_used=True)


def reporting_duty(country: Country, *, on: date) -> Answer:
    """Does a jobseeker who draws unemployment benefit report? value: the benefit as a mapping.

    An unknown or recalled duty is told, and never takes a benefit from anybody: the verdict stays unknown.
    """
    benefit = country.value("unemployment_benefit.benefit", on=on)
    if not benefit.known or benefit.value["exists"] == "unknown":
        reason = because("benefit.unknown", "{country}: no unemployment benefit is known here.", country=country.name)
        return answer(UNSURE, reason, rests_on=(benefit,))
    if benefit.value["exists"] is False:
        reason = because("benefit.none", "{country}: there is no unemployment benefit.", country=country.name)
        return answer(NO, reason, rests_on=(benefit,))
    reason = because(
        "benefit.report",
        "{country}: {name}. {how}",
        country=country.name,
        name=benefit.value.get("name") or "Unemployment benefit",
        how=benefit.value.get("report_how") or "How to report is not known here.",
    )
    return answer(UNSURE if benefit.recalled else YES, reason, value=benefit.value, rests_on=(benefit,))


def legal_basis(country: Country, purpose: str, *, on: date) -> Answer:
    """On what legal basis is data kept for this purpose? value: the basis, such as "public_task"; unknown: none."""
    if purpose not in PURPOSES:
        raise ValueError(f"“{purpose}” is not a purpose. Use one of: {', '.join(PURPOSES)}.")
    basis = country.value(f"legal_bases.{purpose}", on=on)
    if not basis.known:
        reason = because("basis.unknown", "No legal basis is known here for this purpose.")
        return answer(UNSURE, reason, rests_on=(basis,))
    reason = because("basis.found", "{basis} ({source}).", basis=basis.value["basis"], source=basis.source.cite())
    return answer(YES, reason, value=basis.value["basis"], rests_on=(basis,))
