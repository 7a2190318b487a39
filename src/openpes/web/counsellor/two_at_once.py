"""Two officers at one record: changes of different fields both stand, the same field is shown both ways and asked.

The page carries, signed, what each field held when it was opened. What somebody left alone keeps what a colleague wrote
meanwhile; what both changed is told beside the box, and saving again is then a decision.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.core import signing
from django.utils.translation import gettext as _

from openpes.web.forms import OpenpesForm

SALT = "two-at-once"
FIELD = "seen"


def seen_now(values: Mapping[str, Any]) -> str:
    """What a page carries: each value as it stands, signed."""
    return signing.dumps({name: str(value) for name, value in values.items()}, salt=SALT)


def settle_values(
    carried: str, *, now: Mapping[str, Any], typed: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """(what is to be saved, field by field; what stands now of the fields that both changed to something else).

    carried: what the page carried ("" from a page that carried nothing: then what was typed stands).
    """
    try:
        seen = signing.loads(carried, salt=SALT) if carried else {name: str(value) for name, value in now.items()}
    except signing.BadSignature:
        seen = {}
    settled: dict[str, Any] = {}
    clashing: dict[str, Any] = {}
    for name, value in typed.items():
        before = seen.get(name)
        if str(value) == before:
            settled[name] = now[name]
            continue
        settled[name] = value
        if str(now[name]) not in {before, str(value)}:
            clashing[name] = now[name]
    return settled, clashing


def changed_meanwhile(words: str) -> str:
    """The sentence beside a box that a colleague changed too."""
    told = {"value": words or _("nothing")}
    return _("Somebody changed this meanwhile, to: %(value)s. Save again to keep what you wrote.") % told


def settle(
    form: OpenpesForm,
    *,
    carried: str,
    now: Mapping[str, Any],
    typed: Mapping[str, Any],
    boxes: Mapping[str, str],
    say: Callable[[str, Any], str],
) -> dict[str, Any]:
    """What is to be saved; where both changed one field, an error at its box that says what stands now.

    boxes: the box of the form for each field, where it is called otherwise. say: a value in words.
    """
    settled, clashing = settle_values(carried, now=now, typed=typed)
    for name, value in clashing.items():
        form.add_error(boxes.get(name, name), changed_meanwhile(say(name, value)))
    return settled
