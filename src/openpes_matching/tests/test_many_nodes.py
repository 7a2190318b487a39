"""Several workers give what one machine gives, also when one of them is lost. Needs Ray; skipped without it."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from openpes_matching import Matcher, Vocabulary, proximity_from_isco
from openpes_matching import many_nodes as module
from openpes_matching.many_nodes import RayIsMissing, match_people_on_nodes
from openpes_matching.tests.worlds import CODES, world


def made(seed: int = 5, people: int = 300, vacancies: int = 200) -> Matcher:
    words = Vocabulary(CODES)
    rows = world(seed, people, vacancies)
    return Matcher(
        words.people(rows[0]),
        words.vacancies(rows[1]),
        proximity=proximity_from_isco(CODES, [("1111", "9112", 77)]),
        engine="numpy",
    )


@pytest.fixture(scope="module")
def cluster() -> Iterator[None]:
    """A local cluster of two workers."""
    ray = pytest.importorskip("ray", reason="Ray is not installed (requirements/ray.in)")
    paths = os.pathsep.join([str(Path(module.__file__).parents[1]), os.environ.get("PYTHONPATH", "")])
    ray.init(num_cpus=2, include_dashboard=False, runtime_env={"env_vars": {"PYTHONPATH": paths}})
    yield
    ray.shutdown()


def same(a: object, b: object) -> bool:
    return all(np.array_equal(getattr(a, name), getattr(b, name)) for name in ("query", "id", "score"))


def test_other_people_against_the_same_vacancies() -> None:
    """What a worker does with a piece of the people."""
    whole = made()
    piece = whole.people.take(np.arange(100, 200))
    found = whole.for_people(piece).match_people(5)
    assert same(found, whole.match_people(5, piece.id))


def test_two_workers_give_what_one_machine_gives(cluster: None) -> None:
    """And the progress ends with everybody."""
    matcher, told = made(), []
    found = match_people_on_nodes(matcher, 7, people_a_task=40, progress=lambda done, all_: told.append((done, all_)))
    assert same(found, matcher.match_people(7))
    assert told[-1] == (300, 300) and len(told) == 8


def test_a_lost_worker_is_survived(cluster: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first task kills its own process; its people are matched elsewhere."""
    mark, match_some = tmp_path / "died", module._match_some

    def dies_once(*args: object) -> object:
        if not mark.exists():
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return match_some(*args)

    monkeypatch.setattr(module, "_match_some", dies_once)
    matcher = made(6)
    assert same(match_people_on_nodes(matcher, 3, people_a_task=50), matcher.match_people(3))
    assert mark.exists()


def test_without_ray_it_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """No traceback from an import."""
    import builtins

    real = builtins.__import__

    def no_ray(name: str, *args: object, **kwargs: object) -> object:
        if name == "ray":
            raise ImportError(name)
        return real(name, *args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", no_ray)
    with pytest.raises(RayIsMissing, match="requirements/ray"):
        match_people_on_nodes(made(), 3)
