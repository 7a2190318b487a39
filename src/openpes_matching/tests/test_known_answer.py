"""Every machine and every engine gives the same integers: the digest was written down on another one."""

from __future__ import annotations

import pytest

from openpes_matching.tests.known_answer import DIGEST, digest


@pytest.mark.parametrize("engine", ["numpy", "numba"])
def test_this_machine_answers_as_all_others(engine: str) -> None:
    assert digest(engine) == DIGEST
