"""What a ministry could take instead: NumPy over every vacancy, and two libraries of nearest neighbours.

The libraries know no constraints, so each is asked for 200 neighbours, and its recall says how many of the exact top
10 are among them. None of this is used by the service.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import numpy as np

from openpes_matching import MAX_ID, Matcher
from tests.bench._matching_nation import Nation

NEIGHBOURS = 200


class BruteForce:
    """Every term for every vacancy in plain NumPy, then the best k: the simplest program that is right. Whole-number
    division is done in float64 and rounded down, which is exact here and much quicker than NumPy's own."""

    def __init__(self, matcher: Matcher) -> None:
        self.people, self.vacancies = matcher._people.table, matcher._vacancies.table
        self.rules = matcher.rules
        order = np.argsort(self.vacancies.skill, kind="stable")
        owner = np.repeat(np.arange(len(self.vacancies.id)), np.diff(self.vacancies.skill_start))
        self.owner = owner[order]
        self.begin = np.searchsorted(self.vacancies.skill[order], np.arange(len(self.rules.skill_weight) + 1))
        self.language_bits = _bits(matcher._vacancies.facts.languages)
        self.language_count = np.bitwise_count(self.language_bits)
        self.spoken_bits = _bits(matcher._people.facts.languages)

    def best(self, p: int, k: int) -> Any:
        """Keys of the best k vacancies of the person in row p."""
        people, vacancies, rules, policy = self.people, self.vacancies, self.rules, self.rules.policy
        square = np.zeros(len(vacancies.id), np.int64)
        for a, b in ((people.x, vacancies.x), (people.y, vacancies.y), (people.z, vacancies.z)):
            difference = b.astype(np.int64) - int(a[p])
            square += difference * difference
        reach = int(people.reach[p])
        allowed = (square <= reach * reach) & ((vacancies.need[0] & ~people.have[0, p]) == 0)
        near = np.zeros(len(rules.proximity), np.int64)
        for eighths, want in zip((8, policy.second_choice, policy.third_choice), people.wanted[p], strict=True):
            if want >= 0:
                near = np.maximum(near, rules.proximity[want].astype(np.int64) * eighths // 8)
        score = policy.occupation * near[vacancies.occupation]
        matched = np.zeros(len(square), np.int64)
        for skill in people.skill[people.skill_start[p] : people.skill_start[p + 1]]:
            matched[self.owner[self.begin[skill] : self.begin[skill + 1]]] += rules.skill_weight[skill]
        score += policy.skills * _whole(255 * matched, vacancies.total)
        distance = np.sqrt(square.astype(np.float64)).astype(np.int64)
        score += policy.distance * _whole(255 * np.maximum(reach - distance, 0), reach)
        asked = int(people.wage[p])
        over = 1000 * vacancies.wage.astype(np.int64) - policy.wage_floor * asked
        span = (policy.wage_full - policy.wage_floor) * asked
        score += policy.wage * np.clip(_whole(255 * np.maximum(over, 0), span), 0, 255)
        months = vacancies.experience.astype(np.int64)
        has = int(people.experience[p])
        score += policy.experience * np.where(months <= has, 255, _whole(255 * has, np.maximum(months, 1)))
        missing = np.maximum(vacancies.education - int(people.education[p]), 0)
        score += policy.education * np.maximum(255 - policy.education_step * missing, 0)
        both = np.bitwise_count(self.language_bits & self.spoken_bits[p])
        count = self.language_count
        share = np.where(count == 0, 255, _whole(255 * both.astype(np.int64), np.maximum(count, 1)))
        score += policy.languages * np.where(people.language_set[p] == 1, np.where(count == 0, 255, 128), share)
        score = np.where(allowed, score, -1)
        top = np.argpartition(score, len(score) - k)[-k:]
        worst = score[top].min()
        rows = np.flatnonzero((score >= worst) & allowed)
        keys = np.sort((score[rows] << 32) | (MAX_ID - vacancies.id[rows]))[::-1][:k]
        return np.concatenate([keys, np.full(k - len(keys), -1, np.int64)])


def _whole(a: Any, b: Any) -> Any:
    return ((a + 0.5) / b).astype(np.int64)


def _bits(lists: Any) -> Any:
    bits = np.zeros(len(lists), np.int64)
    np.bitwise_or.at(bits, lists.rows(), np.int64(1) << lists.item.astype(np.int64))
    return bits


def _cpu(work: Callable[[], Any]) -> tuple[float, Any]:
    began = time.process_time()
    result = work()
    return time.process_time() - began, result


def _recall(found: Any, exact: Any) -> float:
    shares = [np.isin(e[e >= 0], f).mean() for f, e in zip(found, exact, strict=True) if (e >= 0).any()]
    return float(np.mean(shares)) if shares else 0.0


def sparse_dot_topn(nation: Nation, rows: Any, exact: Any) -> list[tuple[str, float, float]]:
    """(name, CPU seconds a person, recall): skills only, by sparse products."""
    import scipy.sparse as sparse
    from sparse_dot_topn import sp_matmul_topn

    weight = nation.skill_weight.astype(np.float32)
    offered, had = nation.vacancies.skills, nation.people.skills.take(rows)
    width = len(weight)
    asked = sparse.csr_matrix((weight[offered.item], offered.item, offered.start), shape=(len(offered), width))
    total = np.asarray(asked.sum(1)).ravel()
    right = (sparse.diags((1 / total).astype(np.float32)) @ asked).T.tocsr().astype(np.float32)
    left = sparse.csr_matrix((np.ones(len(had.item), np.float32), had.item, had.start), shape=(len(had), width))
    out = []
    for top in (10, NEIGHBOURS):
        seconds, product = _cpu(lambda top=top: sp_matmul_topn(left, right, top_n=top, n_threads=2, sort=True))
        product = product.tocsr()
        found = [product.indices[a:b] for a, b in zip(product.indptr[:-1], product.indptr[1:], strict=True)]
        out.append((f"sparse_dot_topn, skills only, top {top}", seconds / len(rows), _recall(found, exact)))
    return out


def faiss(nation: Nation, rows: Any, exact: Any) -> list[tuple[str, float, float]]:
    """(name, CPU seconds a person, recall): dense vectors of occupation, skills and place."""
    import faiss as library

    library.omp_set_num_threads(2)
    draw = np.random.default_rng(3)
    values, vectors = np.linalg.eigh(nation.proximity / 255 + 0.5 * np.eye(len(nation.proximity)))
    occupation = (vectors[:, -48:] * np.sqrt(np.maximum(values[-48:], 0))).astype(np.float32)
    projection = draw.normal(0, 1 / 8, (len(nation.skill_weight), 64)).astype(np.float32)
    centres = np.column_stack([draw.choice(nation.vacancies.lat, 32), draw.choice(nation.vacancies.lon, 32)])

    def unit(x: Any) -> Any:
        return x / np.maximum(np.linalg.norm(x, axis=1, keepdims=True), 1e-9)

    def place(lat: Any, lon: Any) -> Any:
        square = (lat[:, None] - centres[None, :, 0]) ** 2 + (lon[:, None] - centres[None, :, 1]) ** 2
        return np.exp(-square / (2 * 0.8**2)).astype(np.float32)

    def skills(lists: Any) -> Any:
        out = np.zeros((len(lists), 64), np.float32)
        np.add.at(out, lists.rows(), projection[lists.item])
        return out

    def dense(wanted: Any, lists: Any, lat: Any, lon: Any) -> Any:
        parts = [unit(occupation[wanted]), unit(skills(lists)), 2 * unit(place(lat, lon))]
        return np.ascontiguousarray(np.hstack(parts), np.float32)

    people, vacancies = nation.people.take(rows), nation.vacancies
    base = dense(vacancies.occupation, vacancies.skills, vacancies.lat, vacancies.lon)
    asked = dense(people.wanted[:, 0], people.skills, people.lat, people.lon)
    out = []
    flat = library.IndexFlatIP(base.shape[1])
    flat.add(base)
    some = min(len(asked), 500)
    seconds, found = _cpu(lambda: flat.search(asked[:some], NEIGHBOURS)[1])
    out.append((f"faiss flat, top {NEIGHBOURS}", seconds / some, _recall(found, exact[:some])))
    lists = max(16, int(4 * np.sqrt(len(base)) / 3))
    inverted = library.IndexIVFFlat(
        library.IndexFlatIP(base.shape[1]), base.shape[1], lists, library.METRIC_INNER_PRODUCT
    )
    inverted.train(base[: 100 * lists])
    inverted.add(base)
    inverted.nprobe = 8
    seconds, found = _cpu(lambda: inverted.search(asked, NEIGHBOURS)[1])
    out.append((f"faiss IVF, 8 probes, top {NEIGHBOURS}", seconds / len(asked), _recall(found, exact)))
    return out
