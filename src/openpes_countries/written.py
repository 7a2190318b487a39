"""One value as text: the way it stands in a pack's YAML, for a form in which an officer writes another."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import yaml

from openpes_countries.errors import Misfit
from openpes_countries.kinds import checked_value
from openpes_countries.lines import Loader
from openpes_countries.schema import UNKNOWN

LONGEST = 20_000


class _Dumper(yaml.SafeDumper):
    """Writes exact decimals as figures."""


_Dumper.add_representer(
    Decimal, lambda dumper, value: dumper.represent_scalar("tag:yaml.org,2002:float", format(value, "f"))
)


def as_written(value: Any) -> str:
    """The value as a pack would write it."""
    if value is UNKNOWN:
        return "unknown"
    if isinstance(value, str | date) and not isinstance(value, Mapping):
        return str(value)
    dumped = yaml.dump(_plain(value), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100)
    return dumped.removesuffix("...\n").strip()


def from_writing(kind: str, text: str) -> Any:
    """What the text says, in the form that an overlay entry carries; `unknown` stays that word.

    kind: the kind of the value, which is checked. Raises Misfit with the mend.
    """
    written = text.strip()
    if not written:
        raise Misfit("Nothing is written.", "Write the value, or `unknown`.")
    if len(written) > LONGEST:
        raise Misfit("This is too long for one value.", f"Write at most {LONGEST} characters.")
    value = written if kind in {"text", "clock"} else _loaded(written)
    if value != "unknown":
        checked_value(kind, value)
    return value


def _loaded(written: str) -> Any:
    try:
        # A reference to an earlier part could make a short text swell without end.
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(written, Loader=yaml.SafeLoader)):
            raise Misfit("This points back at itself with *.", "Write each part out.")
        return yaml.load(written, Loader=Loader)
    except (yaml.YAMLError, ValueError) as fault:
        if isinstance(fault, Misfit):
            raise
        said = getattr(fault, "problem", None) or str(fault)
        raise Misfit(f"This cannot be read: {said}.", "Write it as the value above is written.") from fault


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(name): _plain(part) for name, part in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(part) for part in value]
    return value
