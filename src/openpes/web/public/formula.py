"""How matching works in this country: every term, its weight, from where, what is never used, and an example."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from openpes.matching.explanations import facts_of
from openpes.matching.policy import list_policy_on, policy_on
from openpes.matching.words import TERM, Line, lines_of
from openpes.reference.country import country, today
from openpes.reference.queries import skills_of_work
from openpes.reference.relatedness import proximity_matrix
from openpes.web.audience import Door, audience
from openpes.web.public.rules_in_force import CHECKED, value_words
from openpes.web.requests import OpenpesRequest
from openpes_countries import Country
from openpes_matching import TERMS, TOP_SCORE, Explanation, Matcher, Policy, Vocabulary

HOW: dict[str, str | Promise] = {
    "occupation": _("How close the job is to the work you want. Your first choice counts in full."),
    "skills": _("The share of the skills the job names that you have."),
    "distance": _("Full at the door, less the farther it is, nothing at the distance you named."),
    "wage": _("What the job pays, against the lowest pay you asked for."),
    "experience": _("Your months of experience, against what the job asks. More than asked gains nothing."),
    "education": _("Your level of education, against what the job asks. More than asked gains nothing."),
    "languages": _("The share of the languages the job asks that you speak."),
}
CONSTRAINTS: tuple[str | Promise, ...] = (
    _("It is farther away than you said."),
    _("It needs hours that you cannot work."),
    _("It needs a licence or permit, and you told us you do not have it."),
    _("It cannot be done without a skill, and you told us your skills and it is not among them."),
    _("The law says you are too young for it. Dangerous work is for people whose age we know."),
)
NEVER: tuple[str | Promise, ...] = (
    _("whether you are a woman or a man"),
    _("your age, beyond the legal minimum"),
    _("whether you are married"),
    _("your religion"),
    _("your ethnic group"),
    _("a disability"),
    _("your name"),
    _("a photo"),
    _("how often you were not hired"),
    _("what people like you did before"),
)
WANTED, OFFERED = "5120", "5131"
HOME, WORKPLACE = (0.0, 10.0), (0.0, 10.05)


@dataclass(frozen=True)
class Term:
    """One term of the score. share: of the highest score, in hundredths."""

    label: str
    how: str
    weight: int
    share: int
    source: str
    since: date | None
    checked: str


@dataclass(frozen=True)
class Setting:
    """One more number of the policy."""

    means: str
    value: str
    source: str
    since: date | None


def _terms(pack: Country, policy: Policy, on: date) -> list[Term]:
    found = []
    for name, weight in zip(TERMS, policy.weights, strict=True):
        key = f"matching.{name}"
        held = pack.value(key, on=on) if key in pack.keys else None
        found.append(
            Term(
                str(TERM[name]),
                str(HOW[name]),
                weight,
                round(weight * 100 / 256),
                held.source.cite() if held else "",
                held.effective_from if held else None,
                str(CHECKED.get(held.checked, held.checked)) if held else "",
            )
        )
    return found


def _settings(pack: Country, on: date) -> list[Setting]:
    """All values of the matching policy that are not a weight."""
    keys = [key for key in pack.keys if key.startswith("matching.") and key.split(".", 1)[1] not in TERMS]
    held = [pack.value(key, on=on) for key in keys]
    return [Setting(one.means or one.key, value_words(one), one.source.cite(), one.effective_from) for one in held]


def _example(policy: Policy) -> tuple[Explanation, Vocabulary]:
    """A made-up person and job, scored by the matcher itself under the policy in force."""
    codes, proximity = proximity_matrix()
    words = Vocabulary(codes)
    asked = [one.skill_id for one in skills_of_work(OFFERED)[:4]]
    people = words.people(
        [
            {
                "id": 1,
                "isco": [WANTED, OFFERED],
                "skills": asked[:3],
                "lat": HOME[0],
                "lon": HOME[1],
                "max_km": 20,
                "min_wage": 10_000,
                "education": 2,
                "experience_months": 6,
                "languages": ["en"],
                "licences": [],
                "shifts": ["any"],
                "age": 30,
            }
        ]
    )
    vacancies = words.vacancies(
        [
            {
                "id": 1,
                "isco": OFFERED,
                "skills": asked,
                "lat": WORKPLACE[0],
                "lon": WORKPLACE[1],
                "wage": 9_000,
                "education": 3,
                "experience_months": 12,
                "languages": ["en"],
            }
        ]
    )
    matcher = Matcher(people, vacancies, proximity=proximity, policy=policy, engine="numpy")
    return matcher.explain(1, 1), words


@audience(Door.PUBLIC)
def formula(request: OpenpesRequest) -> HttpResponse:
    """The whole arithmetic, in public."""
    pack, on = country(), today(request.at)
    policy, lists = policy_on(on), list_policy_on(on)
    explanation, words = _example(policy)
    lines: list[Line] = lines_of(facts_of(explanation, words), get_language() or "en")
    return render(
        request,
        "openpes/public/formula.html",
        {
            "terms": _terms(pack, policy, on),
            "settings": _settings(pack, on),
            "constraints": CONSTRAINTS,
            "never": NEVER,
            "lines": lines,
            "score": explanation.score,
            "top_score": TOP_SCORE,
            "percent": explanation.score * 100 // TOP_SCORE,
            "lists": lists,
            "policy": policy,
            "pack": pack,
        },
    )
