"""Words of the matching room: why a job fits, what is missing, why it cannot be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from openpes.matching.explanations import MatchFacts, ObstacleFacts, TermFacts
from openpes.reference.labels import language_name, licence_label, occupation_name, skill_label

TERM = {
    "occupation": gettext_lazy("Kind of work"),
    "skills": gettext_lazy("Skills"),
    "distance": gettext_lazy("Distance"),
    "wage": gettext_lazy("Pay"),
    "experience": gettext_lazy("Experience"),
    "education": gettext_lazy("Education"),
    "languages": gettext_lazy("Languages"),
}


REASON = {
    "match_under_way": gettext_lazy("A match is under way. Wait until it is done, or stop it."),
}
NOTHING = {
    "no_vacancies": gettext_lazy("there is no vacancy at all"),
    "distance": gettext_lazy("too far away"),
    "shifts": gettext_lazy("times of work do not fit"),
    "licences": gettext_lazy("a licence is missing"),
    "permits": gettext_lazy("a permit is missing"),
    "must_skills": gettext_lazy("a skill that cannot be done without is missing"),
    "age": gettext_lazy("under the legal age"),
    "hazardous_age": gettext_lazy("too young for dangerous work"),
    "several": gettext_lazy("several reasons at once"),
    "eligible": gettext_lazy("all places in lists went to others"),
}
STEP = {
    "": gettext_lazy("waiting"),
    "read people": gettext_lazy("reading people"),
    "read vacancies": gettext_lazy("reading vacancies"),
    "match": gettext_lazy("matching"),
    "share out": gettext_lazy("sharing out"),
    "write suggestions": gettext_lazy("writing the lists"),
    "report": gettext_lazy("making the report"),
}


def move_in_words(from_place: int, to_place: int, group: str) -> str:
    """Why somebody stands higher than the ranking put them."""
    return _("Moved from place %(before)s to place %(after)s, because the country gives priority to: %(group)s.") % {
        "before": from_place,
        "after": to_place,
        "group": group,
    }


@dataclass(frozen=True)
class Line:
    """One line of an explanation. `good` True: speaks for it; False: something is missing; None: not known."""

    term: str
    label: str
    words: str
    good: bool | None
    points: int
    most: int


def _list(labels: Sequence[str], most: int = 4) -> str:
    shown = ", ".join(labels[:most])
    return (
        shown if len(labels) <= most else _("%(some)s and %(more)s more") % {"some": shown, "more": len(labels) - most}
    )


def _occupation(term: TermFacts, language: str) -> str:
    choice, proximity = term.facts["choice"], term.facts["proximity"]
    if choice is None:
        return _("not known")
    wanted = occupation_name(term.facts["wanted"][choice - 1], language)
    if proximity == 255:
        return _("exactly what you want: %(work)s") % {"work": wanted}
    if proximity >= 110:
        return _("close to what you want: %(work)s") % {"work": wanted}
    return _("different from what you want (%(work)s)") % {"work": wanted}


def _skills(term: TermFacts, language: str) -> str:
    if not term.known:
        return _("not known yet: tell us your skills") if term.facts["total"] else _("none asked for")
    total, matched = term.facts["total"], term.facts["matched"]
    if not total:
        return _("none asked for")
    words = ngettext("%(matched)s of %(total)s skill", "%(matched)s of %(total)s skills", total) % {
        "matched": matched,
        "total": total,
    }
    missing = [skill_label(one, language) for one in term.facts["missing_skills"]]
    return words + (". " + _("Missing: %(skills)s") % {"skills": _list(missing)} if missing else "")


def _distance(term: TermFacts, language: str) -> str:
    km, limit = term.facts["km"], term.facts["max_km"]
    if km is None:
        return _("distance not known")
    shown = _("under 1 km") if km < 1 else _("%(km)s km") % {"km": round(km)}
    return _("%(distance)s, within your %(limit)s km") % {"distance": shown, "limit": f"{limit:g}"} if limit else shown


def _wage(term: TermFacts, language: str) -> str:
    pays, asks = term.facts["pays"], term.facts["asks"]
    if pays is None:
        return _("the advert does not say the pay")
    if asks is None:
        return _("you have not said what you need to earn")
    if pays >= asks:
        return _("pays what you ask for, or more")
    return _("pays %(percent)s%% of what you ask for") % {"percent": pays * 100 // max(1, asks)}


def _experience(term: TermFacts, language: str) -> str:
    asked, has = term.facts["asked_months"], term.facts["has_months"]
    if not asked:
        return _("none asked for")
    if has is None:
        return _("asks for %(asked)s months; yours is not known") % {"asked": asked}
    return _("asks for %(asked)s months, you have %(has)s") % {"asked": asked, "has": has}


def _education(term: TermFacts, language: str) -> str:
    asked, has = term.facts["asked"], term.facts["has"]
    if asked is None or asked == 0:
        return _("none asked for")
    if has is None:
        return _("yours is not known")
    return _("you have what it asks for") if has >= asked else _("asks for more schooling than you have")


def _languages(term: TermFacts, language: str) -> str:
    if not term.facts["asked"]:
        return _("none asked for")
    missing = [language_name(one, language) for one in term.facts["missing"]]
    if not term.known:
        return _("asks for %(languages)s") % {
            "languages": _list([language_name(one, language) for one in term.facts["asked"]])
        }
    return (
        _("you do not speak: %(languages)s") % {"languages": _list(missing)}
        if missing
        else _("you speak what it asks for")
    )


_WORDS = {
    "occupation": _occupation,
    "skills": _skills,
    "distance": _distance,
    "wage": _wage,
    "experience": _experience,
    "education": _education,
    "languages": _languages,
}


def lines_of(match: MatchFacts, language: str) -> list[Line]:
    """The seven lines of an explanation, in the order of the terms; their points add up to the score."""
    return [
        Line(
            term.term,
            str(TERM[term.term]),
            _WORDS[term.term](term, language),
            None if not term.known else term.points * 2 >= term.most,
            term.points,
            term.most,
        )
        for term in match.terms
    ]


def _obstacle(one: ObstacleFacts, language: str) -> str:
    facts = one.facts
    if one.code == "distance":
        return _("Too far: %(km)s km, and you said at most %(limit)s km.") % {
            "km": round(facts["km"]),
            "limit": f"{facts['max_km']:g}",
        }
    if one.code == "shifts":
        return _("It needs times of work that you cannot do.")
    if one.code == "licences":
        names = [licence_label(name, language) for name in facts["missing"]]
        return _("It needs a licence: %(licences)s.") % {"licences": _list(names)}
    if one.code == "permits":
        return _("It needs a permit that is missing.")
    if one.code == "must_skills":
        names = [skill_label(name, language) for name in facts["missing"]]
        return _("It cannot be done without: %(skills)s.") % {"skills": _list(names)}
    if one.code == "hazardous_age":
        return _("This work can be dangerous. The law keeps it for people of %(age)s or older.") % {
            "age": facts["asked"]
        }
    return _("The law allows this work from %(age)s years.") % {"age": facts["asked"]}


def obstacles_of(match: MatchFacts, language: str) -> list[str]:
    """Why a pair cannot be, a sentence each; empty when nothing stands in the way."""
    return [_obstacle(one, language) for one in match.obstacles]
