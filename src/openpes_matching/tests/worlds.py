"""Small random worlds as rows, rich in unknown values, ties and edges; and larger ones as arrays."""

from __future__ import annotations

import random
from typing import Any

from openpes_matching import SHIFTS

CODES = ["1111", "1112", "1120", "2221", "2222", "2310", "5321", "5322", "5329", "5411", "9111", "9112", "9621"]
RELATED = {("5321", "2221"): 200, ("9111", "5329"): 255, ("1120", "1112"): 20, ("9621", "1111"): 90}
LANGUAGES = ["fil", "en", "EN-ph", "km", "vi", "zh-Hans", "zh"]


def world(
    seed: int, people: int, vacancies: int, *, licences: int = 6, skills: int = 25, unknown: float = 0.15
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Rows of people and vacancies. licences: how many kinds there are (more than 62 fill more than one word)."""
    draw = random.Random(seed)

    def some(labels: list[str], most: int) -> list[str]:
        return draw.sample(labels, draw.randint(0, min(most, len(labels))))

    def maybe(value: Any) -> Any:
        return None if draw.random() < unknown else value

    skill_labels = [f"skill {i}" for i in range(skills)]
    licence_labels = [f"licence {i}" for i in range(licences)]
    west, south = draw.choice([(120.0, 14.0), (104.0, 11.0), (179.0, -17.0), (-179.9, 50.0)])

    def lat() -> float:
        return round(south + draw.random() * draw.choice([0.05, 0.6, 3.0]), 4)

    def lon() -> float:
        return round(west + draw.random() * draw.choice([0.05, 0.6, 3.0]), 4) % 180.0

    ids = draw.sample(range(5 * (people + vacancies)), people + vacancies)
    made_people = []
    for i in range(people):
        made_people.append(
            {
                "id": ids[i],
                "isco": maybe(draw.sample(CODES, draw.randint(0, 3))),
                "skills": maybe(some(skill_labels, 15)),
                "lat": lat(),
                "lon": lon(),
                "max_km": maybe(draw.choice([0, 0.5, 5, 12.345, 25, 60, 150, 400, 5000])),
                "min_wage": maybe(draw.choice([0, 1, 999, 15_000, 15_001, draw.randint(1, 10**9)])),
                "education": maybe(draw.randint(0, 8)),
                "experience_months": maybe(draw.choice([0, 1, 7, 24, 1200])),
                "languages": maybe(some(LANGUAGES, 3)),
                "licences": maybe(some(licence_labels, licences)),
                "permits": maybe(some(["work permit", "health card"], 2)),
                "shifts": maybe(draw.choice([["any"], some(list(SHIFTS), 21), ["mon-day", "tue-day"]])),
                "age": maybe(draw.randint(13, 70)),
            }
        )
        if draw.random() < unknown:
            made_people[-1]["lat"] = made_people[-1]["lon"] = None
    made_vacancies = []
    for i in range(vacancies):
        made_vacancies.append(
            {
                "id": ids[people + i],
                "isco": maybe(draw.choice(CODES)),
                "must_skills": maybe(some(skill_labels, draw.choice([0, 0, 1, 2]))),
                "skills": maybe(some(skill_labels, 8)),
                "lat": lat(),
                "lon": lon(),
                "wage": maybe(draw.choice([0, 800, 12_000, 14_999, 15_000, draw.randint(1, 10**9)])),
                "education": maybe(draw.randint(0, 8)),
                "experience_months": maybe(draw.choice([0, 1, 6, 7, 36, 120])),
                "languages": maybe(some(LANGUAGES, 3)),
                "licences": maybe(some(licence_labels, draw.choice([0, 0, 1, 2]))),
                "permits": maybe(some(["work permit", "health card"], draw.choice([0, 0, 1]))),
                "shifts": maybe(draw.choice([["any"], [], ["mon-day"], ["mon-day", "tue-day"], ["sat-night"]])),
                "min_age": maybe(draw.choice([0, 0, 16, 18, 21])),
                "hazardous": draw.random() < 0.15,
                "places": draw.randint(1, 4),
            }
        )
        if draw.random() < unknown:
            made_vacancies[-1]["lat"] = made_vacancies[-1]["lon"] = None
    return made_people, made_vacancies
