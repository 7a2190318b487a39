"""What can be wrong with a pack, said so that a lawyer can mend it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PackProblem:
    """One thing wrong in one file: where, what, and what to write instead."""

    file: str
    line: int
    field: str
    problem: str
    mend: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.field}: {self.problem} {self.mend}".rstrip()


class Misfit(ValueError):
    """A value does not fit its kind. `mend` says what to write instead."""

    def __init__(self, problem: str, mend: str) -> None:
        super().__init__(problem)
        self.problem = problem
        self.mend = mend


class PackError(ValueError):
    """A pack that may not be loaded. `problems` lists every fault that was found, not only the first."""

    def __init__(self, problems: Sequence[PackProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class UnknownCountry(LookupError):
    """There is no pack with this code."""

    def __init__(self, code: str, known: Sequence[str]) -> None:
        self.code = code
        self.known = tuple(known)
        super().__init__(f"There is no country pack “{code}”. Choose one of: {', '.join(self.known)}.")


class UnknownKey(LookupError):
    """The pack has no value with this key."""

    def __init__(self, code: str, key: str, near: Sequence[str]) -> None:
        self.key = key
        hint = f" Did you mean: {', '.join(near)}?" if near else " `openpes pack show` lists the keys."
        super().__init__(f"The pack {code} has no value “{key}”.{hint}")
