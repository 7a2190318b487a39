"""The people of a nation matched on several machines with Ray, an optional extra (requirements/ray.in).

    import ray
    ray.init(address="auto")
    found = match_people_on_nodes(matcher, k=10)               # the same Matches as matcher.match_people(k=10)

The vacancies go once to each node's memory, where all workers of the node read them and lay out their index once; a
task is about 10,000 people. A
task whose worker or node is lost is done again elsewhere. Results are those of one machine, bit for bit.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import numpy as np

from openpes_matching.arrays import People
from openpes_matching.matcher import Matcher, Matches

PEOPLE_A_TASK = 10_000
TRIES = 5
"""How often a task is begun again after its worker was lost."""

Progress = Callable[[int, int], None]


class RayIsMissing(RuntimeError):
    """Ray is not installed, or no cluster has been joined."""


def match_people_on_nodes(
    matcher: Matcher, k: int = 10, *, people_a_task: int = PEOPLE_A_TASK, progress: Progress | None = None
) -> Matches:
    """The best k vacancies of everybody, worked out by the nodes of the Ray cluster that was joined.

    Raises RayIsMissing without Ray or a cluster; Ray's own error when a task fails more often than TRIES.
    """
    ray = _ray()
    people = matcher.people
    if not len(people):
        return matcher.match_people(k)
    offered = {
        "vacancies": matcher.vacancies,
        "proximity": matcher.rules.proximity,
        "skill_weight": matcher.rules.skill_weight,
        "policy": matcher.policy,
        "engine": matcher.engine,
    }
    placed, token = ray.put(offered), uuid.uuid4().hex
    # A task holds one processor and one thread: the cluster, not a thread pool, shares out the work.
    task = ray.remote(num_cpus=1, max_retries=TRIES, retry_exceptions=False)(_match_some)
    rows = np.arange(len(people))
    pieces = [rows[start : start + people_a_task] for start in range(0, len(rows), people_a_task)]
    waiting = {task.remote(token, placed, people.take(piece), k): number for number, piece in enumerate(pieces)}
    found: list[Any] = [None] * len(pieces)
    done = 0
    while waiting:
        ready, _rest = ray.wait(list(waiting), num_returns=1)
        number = waiting.pop(ready[0])
        found[number] = ray.get(ready[0])
        done += len(pieces[number])
        if progress:
            progress(done, len(rows))
    query, listed, score = (np.concatenate([one[column] for one in found]) for column in range(3))
    return Matches(query=query, id=listed, score=score)


def _match_some(token: str, offered: dict[str, Any], people: People, k: int) -> tuple[Any, Any, Any]:
    """The best lists of some people, on a worker."""
    found = _ready(token, offered).for_people(people).match_people(k)
    return found.query, found.id, found.score


_held: dict[str, Matcher] = {}


def _ready(token: str, offered: dict[str, Any]) -> Matcher:
    """This worker's own matcher of all vacancies and nobody, kept between tasks.

    What Ray hands out cannot be written to, and kernels are compiled for arrays that can: hence the copies.
    """
    if token not in _held:
        _held.clear()
        nobody = People(id=np.zeros(0, np.int64))
        _held[token] = Matcher(
            nobody,
            offered["vacancies"],
            proximity=np.array(offered["proximity"]),
            skill_weight=np.array(offered["skill_weight"]),
            policy=offered["policy"],
            engine=offered["engine"],
        )
    return _held[token]


def _ray() -> Any:
    try:
        import ray
    except ImportError:
        raise RayIsMissing(
            "Matching on several machines needs Ray. Install it (pip install -r requirements/ray.txt) or match on one "
            "machine with Matcher.match_people."
        ) from None
    if not ray.is_initialized():
        raise RayIsMissing("No cluster has been joined. Call ray.init(address='auto') first.")
    return ray
