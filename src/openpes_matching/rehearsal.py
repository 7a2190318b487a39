"""One tiny match in each direction, so that every kernel is compiled for the types the Matcher uses."""

from __future__ import annotations

from types import ModuleType

import numpy as np

from openpes_matching.arrays import People, Vacancies
from openpes_matching.lists import Lists
from openpes_matching.needs import NeedBits
from openpes_matching.policy import Policy
from openpes_matching.rules import Rules
from openpes_matching.segments import people_segment, vacancy_segment
from openpes_matching.tables import people_table, vacancy_table


def run(kernels: ModuleType) -> None:
    """Call each kernel once."""
    zero = np.zeros(1, np.int64)
    people = People(id=zero, skills=Lists.of([[0]]), lat=np.zeros(1), lon=np.zeros(1))
    vacancies = Vacancies(id=zero, skills=Lists.of([[0]]), lat=np.zeros(1), lon=np.zeros(1))
    rules = Rules(Policy(), np.full((1, 1), 255, np.uint8), np.ones(1, np.int32))
    bits = NeedBits(rules.policy)
    bits.learn(vacancies)
    p = people_table(people, bits, rules.spoken)
    v = vacancy_table(vacancies, bits, rules.asked, rules.skill_weight)
    constants = kernels.constants(rules)
    out = np.empty((1, 1), np.int64)
    kernels.best_vacancies(zero, 0, 1, p, vacancy_segment(v, zero, rules), constants, out)
    kernels.best_people(zero, 0, 1, v, people_segment(p, zero, rules), constants, out)
