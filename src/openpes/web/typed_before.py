"""What somebody had typed into the form of this page before a cut, while the page that gives it back is made.

with giving_back(typed):     forms that are made here and were not sent show what was typed
typed_before()               the same for a page that draws its boxes itself; None on every other page
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django import forms
from django.http import QueryDict

_TYPED: ContextVar[QueryDict | None] = ContextVar("typed_before", default=None)


@contextmanager
def giving_back(typed: Mapping[str, Sequence[str]]) -> Iterator[None]:
    """Within this block a page shows these values, by the name of the box, as if they had just been typed."""
    data = QueryDict(mutable=True)
    for name, values in typed.items():
        data.setlist(name, list(values))
    token = _TYPED.set(data)
    try:
        yield
    finally:
        _TYPED.reset(token)


def typed_before() -> QueryDict | None:
    """What was typed on this page before, or None."""
    return _TYPED.get()


def _is_tick(field: forms.Field) -> bool:
    return isinstance(field.widget, forms.CheckboxInput | forms.CheckboxSelectMultiple)


def belongs_to(form: forms.Form, typed: QueryDict) -> bool:
    """True when the boxes of this form were on what was typed: a page can carry more than one form."""
    boxes = [(name, field) for name, field in form.fields.items() if not _is_tick(field)]
    # A tick that is missing looks like one that was never there, so only other boxes tell.
    return any(not field.widget.value_omitted_from_data(typed, {}, form.add_prefix(name)) for name, field in boxes)


def value_before(form: forms.Form, name: str, field: forms.Field) -> tuple[bool, Any]:
    """(was it typed, the value) for one field of a form that was not sent."""
    typed = _TYPED.get()
    if typed is None or form.is_bound or not belongs_to(form, typed):
        return False, None
    prefixed = form.add_prefix(name)
    if field.widget.value_omitted_from_data(typed, {}, prefixed):
        return False, None
    return True, field.widget.value_from_datadict(typed, {}, prefixed)
