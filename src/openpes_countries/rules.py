"""Ages, hours and youth bands: who may register, who may work, and what needs a guardian.

Pure: the country and the day are passed in. Protections take the stricter of the national value and the ILO floor;
nothing here refuses a person a service because a value is unknown or only recalled.
"""

from __future__ import annotations

from datetime import date

from openpes_countries.answers import Answer, Reason, Verdict, answer, because
from openpes_countries.country import Country
from openpes_countries.floors import floor
from openpes_countries.schema import Dated

YES, NO, UNSURE = Verdict.YES, Verdict.NO, Verdict.UNKNOWN


def age_on(birth_date: date, on: date) -> int:
    """Full years on a day. A person born on 29 February comes of age on 1 March of a common year."""
    return on.year - birth_date.year - ((on.month, on.day) < (birth_date.month, birth_date.day))


def _raised(country: Country, key: str, floor_name: str, code: str, what: str, on: date) -> Answer:
    national, least = country.value(key, on=on), floor(floor_name)
    if not national.known:
        reason = because(
            f"{code}.unknown",
            "{country}: the {what} is not known here; the ILO floor of {age} applies.",
            what=what,
            country=country.name,
            age=least.value,
        )
        return answer(YES, reason, value=least.value, rests_on=(least,), fallback_used=True)
    if national.value < least.value:
        reason = because(
            f"{code}.floor",
            "{country}: the {what} is {national}; the ILO floor of {age} is kept.",
            what=what,
            country=country.name,
            national=national.value,
            age=least.value,
        )
        return answer(YES, reason, value=least.value, rests_on=(least, national), fallback_used=True)
    reason = because(
        f"{code}.national", "{country}: the {what} is {age}.", what=what, country=country.name, age=national.value
    )
    return answer(YES, reason, value=national.value, rests_on=(national,))


def minimum_age(country: Country, *, on: date) -> Answer:
    """Youngest age in years at which a person may be shown a job: the national age, never under the ILO's 15."""
    return _raised(country, "ages.minimum", "minimum_age", "age.minimum", "minimum age for work", on)


def hazardous_age(country: Country, *, on: date) -> Answer:
    """Youngest age in years for hazardous work: the national age, never under 18."""
    return _raised(country, "ages.hazardous", "hazardous_age", "age.hazardous", "age for hazardous work", on)


def guardian_consent_age(country: Country, *, on: date) -> Answer:
    """Age in years under which a parent or guardian also agrees to the record being kept."""
    national, majority = country.value("data_protection.guardian_consent_age", on=on), floor("majority_age")
    if national.known:
        reason = because("consent.guardian", "Under {age}, a parent or guardian agrees too.", age=national.value)
        return answer(YES, reason, value=national.value, rests_on=(national,))
    reason = because(
        "consent.guardian_unknown",
        "The law's age is not known here, so under {age} a parent or guardian agrees too.",
        age=majority.value,
    )
    return answer(YES, reason, value=majority.value, rests_on=(majority,), fallback_used=True)


def _age(age: int | None, birth_date: date | None, on: date) -> int | None:
    return age_on(birth_date, on) if birth_date is not None else age


def may_register(country: Country, *, age: int | None = None, birth_date: date | None = None, on: date) -> Answer:
    """May this person register with the service?

    Registering is not working: guidance and a way back to school are there from the youngest registration age of the
    policy, and an unknown age refuses nobody. A yes lists what else is needed (a guardian's consent).
    """
    policy = country.value("consent.youngest_registration_age", on=on)
    years = _age(age, birth_date, on)
    if years is None:
        reason = because("register.age_unknown", "The age is not known; that is no reason to refuse anybody.")
        return answer(YES, reason, rests_on=(policy,))
    if years < policy.value:
        reason = because(
            "register.too_young",
            "Registration begins at {age}. Before that, a counsellor helps with "
            "school and training, without a record here.",
            age=policy.value,
        )
        return answer(NO, reason, rests_on=(policy,))
    reasons: list[Reason] = [because("register.welcome", "Anyone of {age} or more may register.", age=policy.value)]
    basis: tuple[Dated, ...] = (policy,)
    guardian, least = guardian_consent_age(country, on=on), minimum_age(country, on=on)
    if years < guardian.value:
        reasons += guardian.reasons
    if years < least.value:
        reasons.append(
            because(
                "register.guidance_only",
                "Jobs are shown from {age}; guidance and training before that.",
                age=least.value,
            )
        )
    made = answer(YES, *reasons, rests_on=basis)
    return made


def may_work(
    country: Country,
    *,
    on: date,
    age: int | None = None,
    birth_date: date | None = None,
    hazardous: bool | None = False,
) -> Answer:
    """May this person be shown, or referred to, this work on this day?

    hazardous: True, False, or None when nobody has judged the work yet (then it counts as hazardous for anyone under
    the hazardous age: the answer is unknown and a person decides).
    """
    years = _age(age, birth_date, on)
    least, grown = minimum_age(country, on=on), hazardous_age(country, on=on)
    if years is None:
        reason = because("work.age_unknown", "The age is not known; ask before referring to work.")
        return Answer(UNSURE, reasons=(reason,), sources=least.sources)
    if years < least.value:
        reason = because(
            "work.too_young", "At {age}, work is not yet allowed; it begins at {least}.", age=years, least=least.value
        )
        return Answer(NO, reasons=(reason, *least.reasons), sources=least.sources, fallback_used=least.fallback_used)
    if years >= grown.value or hazardous is False:
        reason = because("work.old_enough", "At {age}, this work is allowed.", age=years)
        sources = grown.sources if years >= grown.value else least.sources
        return Answer(YES, reasons=(reason,), sources=sources, fallback_used=least.fallback_used)
    if hazardous:
        reason = because(
            "work.hazardous", "This work may be hazardous, and hazardous work begins at {grown}.", grown=grown.value
        )
        return Answer(NO, reasons=(reason, *grown.reasons), sources=grown.sources, fallback_used=grown.fallback_used)
    reason = because(
        "work.hazard_unknown",
        "Nobody has judged yet whether this work is hazardous; under {grown} that comes first.",
        grown=grown.value,
    )
    return Answer(UNSURE, reasons=(reason,), sources=grown.sources)


def weekly_hours_limit(country: Country, *, on: date) -> Answer:
    """Normal hours of work in a week; the ILO's 48 where the national limit is not known."""
    national, usual = country.value("hours.week", on=on), floor("weekly_hours")
    if national.known:
        reason = because("hours.week", "Normal hours are {hours} a week.", hours=national.value)
        return answer(YES, reason, value=national.value, rests_on=(national,))
    reason = because(
        "hours.week_unknown", "The national limit is not known here; {hours} hours a week are taken.", hours=usual.value
    )
    return answer(YES, reason, value=usual.value, rests_on=(usual,), fallback_used=True)


def youth_bands(country: Country, *, on: date) -> Answer:
    """Every band that counts as youth somewhere in this country; value: tuple of (key, from_age, to_age).

    Youth is a list of bands, never one range: each programme keeps its own in its rule.
    """
    found = [dated for key in country.keys if key.startswith("ages.youth") for dated in (country.value(key, on=on),)]
    known = [dated for dated in found if dated.known]
    bands = tuple((dated.key, dated.value["from_age"], dated.value["to_age"]) for dated in known)
    if not bands:
        return answer(UNSURE, because("youth.unknown", "No youth band is known here."), rests_on=found)
    reason = because("youth.bands", "{count} bands count as youth here.", count=len(bands))
    return answer(YES, reason, value=bands, rests_on=known)
