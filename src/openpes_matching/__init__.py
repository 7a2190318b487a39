"""Matching people and vacancies: exact, explained, equal bit for bit on every machine. Arrays in, arrays out.

    from openpes_matching import Matcher, Policy, Vocabulary, monthly_wage, proximity_from_isco, warm_up

    codes = ["2221", "5321", ...]                              # ISCO-08 unit groups
    words = Vocabulary(codes)                                  # labels -> ids, shared by both sides
    people = words.people([{"id": 1, "isco": ["5321"], "skills": ["first aid"], "lat": 14.6, "lon": 121.0,
                            "max_km": 20, "min_wage": 15000, "education": 4, "experience_months": 12,
                            "languages": ["fil"], "licences": [], "permits": None, "shifts": ["mon-day"], "age": 22}])
    vacancies = words.vacancies([{"id": 7, "isco": "5321", "must_skills": [], "skills": ["first aid"],
                                  "lat": 14.5, "lon": 121.0, "wage": monthly_wage(120, "hour", 40), "education": 3,
                                  "experience_months": None, "languages": ["fil"], "licences": [], "permits": [],
                                  "shifts": ["mon-day"], "min_age": 18, "hazardous": False, "places": 2}])
    matcher = Matcher(people, vacancies, proximity=proximity_from_isco(codes, related), policy=Policy(),
                      skill_weight=None, engine="auto")

    matcher.match_people(k=10, ids=None, progress=None)        # Matches(query (n,), id (n, k), score (n, k)), -1
    padded matcher.match_vacancies(k=10, ids=None, progress=None)     # people for vacancies
    matcher.match_person(1, k=10)                              # [Match(id, score, points)], points in order of TERMS
    matcher.match_vacancy(7, k=10)
    matcher.points(person_ids, vacancy_ids)                    # (m, 7) int32 weighted points of pairs of ids
    matcher.explain(1, 7)                                      # Explanation(score, parts, obstacles) for any pair
    matcher.why_not(1, 7)                                      # (Obstacle(code, facts), ...), empty when eligible
    matcher.put_people(people); matcher.put_vacancies(vacancies)     # add or replace, under a second
    matcher.remove_people([1]); matcher.remove_vacancies([7])
    allocate(person, vacancy, score, places)                   # edges -> Allocation(chosen, total, bound, gap, price)
    capped_lists(person, vacancy, score, cap, length=10)       # lists in which no vacancy is named more than cap[v]
    times why_unserved(matcher, person_ids)                          # [Unserved(person, reason, opens)];
    by_group(found, labels) selection_ratios(selected, group)                          # [GroupRate(...)]: rates,
    ratios, 95 % intervals warm_up(background=True)                                   # compile the fast kernels;
    answers are ready before

Every row key may be left out or None (unknown); an unknown fact never excludes anybody, except that hazardous work
needs a known age of 18. An empty list of skills, languages, licences or permits of a person means "has none". Any
other key, such as sex or name, is refused. Ids are whole numbers below 2**32; ties go to the lower id. Interned
labels: `words.skills.labels[id]`, likewise languages, licences, permits, occupations.
What each term is: docs/matching.md. Facts of parts and obstacles: `Part`, `Obstacle`. Constraint codes: distance,
shifts, licences, permits, must_skills, age, hazardous_age.
"""

from openpes_matching.allocation import Allocation, allocate, capped_lists
from openpes_matching.arrays import ALL_SHIFTS, MAX_ID, SHIFTS, People, Vacancies
from openpes_matching.compiling import warm_up
from openpes_matching.explaining import Explanation, Obstacle, Part
from openpes_matching.fairness import GroupRate, listed_people, selection_ratios
from openpes_matching.features.wage import PERIODS, monthly_wage
from openpes_matching.lists import Lists
from openpes_matching.matcher import Match, Matcher, Matches
from openpes_matching.policy import TERMS, TOP_SCORE, Policy
from openpes_matching.proximity import proximity_from_isco
from openpes_matching.reach import Unserved, by_group, why_unserved
from openpes_matching.rules import rarity_weights
from openpes_matching.vocabulary import Vocabulary, language_key, shift_mask

__all__ = [
    "ALL_SHIFTS",
    "MAX_ID",
    "PERIODS",
    "SHIFTS",
    "TERMS",
    "TOP_SCORE",
    "Allocation",
    "Explanation",
    "GroupRate",
    "Lists",
    "Match",
    "Matcher",
    "Matches",
    "Obstacle",
    "Part",
    "People",
    "Policy",
    "Unserved",
    "Vacancies",
    "Vocabulary",
    "allocate",
    "by_group",
    "capped_lists",
    "language_key",
    "listed_people",
    "monthly_wage",
    "proximity_from_isco",
    "rarity_weights",
    "selection_ratios",
    "shift_mask",
    "warm_up",
    "why_unserved",
]
