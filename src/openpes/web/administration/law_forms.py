"""Forms with which officers keep the law: sign many values of a topic, waive, set another value, take back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from openpes.reference.law_operations import Signing
from openpes.web.forms import OpenpesForm, PlainDateField, with_look
from openpes_countries import Dated, Source

LONG = forms.Textarea(attrs={"rows": 3})


@dataclass(frozen=True)
class Ticked:
    """A row of the topic page as it was typed."""

    key: str
    instrument: str
    article: str


class SignForm(OpenpesForm):
    """What is common to all values that are ticked: when they were read, and a note."""

    about_self = False
    read_on = PlainDateField(label=_("I read the sources on"))
    note = forms.CharField(label=_("Note for those who come later"), required=False, max_length=2000, widget=LONG)


class WaiveForm(OpenpesForm):
    """Why, and until when, values may be used without being verified."""

    about_self = False
    why = forms.CharField(label=_("Why they may be used unverified"), max_length=2000, widget=LONG)
    before = PlainDateField(label=_("The waiver ends on"))


class VerifyForm(SignForm):
    """One value is right as written, and where that was read."""

    instrument = forms.CharField(label=_("Law, order or page"), max_length=300)
    article = with_look(forms.CharField(label=_("Article or section"), max_length=200), width=20)
    url = forms.URLField(label=_("Link to the text"), required=False, max_length=500, assume_scheme="https")

    field_order = ("instrument", "article", "url", "read_on", "note")

    def source(self) -> Source:
        """What was read."""
        return source_of(self.cleaned_data)


class SetForm(OpenpesForm):
    """Another value, from a day on, and where it comes from."""

    about_self = False
    written = forms.CharField(label=_("The value"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 6}))
    starts_on = PlainDateField(label=_("It holds from"))
    instrument = forms.CharField(label=_("Law, order or decision that says so"), max_length=300)
    article = with_look(forms.CharField(label=_("Article or section"), max_length=200, required=False), width=20)
    url = forms.URLField(label=_("Link to the text"), required=False, max_length=500, assume_scheme="https")
    read_on = PlainDateField(label=_("I read it on"))
    note = forms.CharField(label=_("Note for those who come later"), required=False, max_length=2000, widget=LONG)

    def __init__(self, *args: Any, dated: Dated, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if dated.kind == "boolean":
            self.fields["written"] = forms.ChoiceField(
                label=_("The switch"), choices=[("true", _("on (yes)")), ("false", _("off (no)"))]
            )
        elif dated.kind in {"age", "integer", "decimal", "date", "clock"}:
            self.fields["written"] = with_look(forms.CharField(label=_("The value"), max_length=40), width=10)
        else:
            self.fields["written"].help_text = _(
                "Write it as it stands in the box, or the one word “unknown”. Keep the names before the colons."
            )

    def source(self) -> Source:
        """Where the value comes from."""
        return source_of(self.cleaned_data)


class WithdrawForm(OpenpesForm):
    """Why something that was signed is taken back."""

    about_self = False
    why = forms.CharField(label=_("Why is it taken back?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))


class AnswerForm(OpenpesForm):
    """The second officer's word."""

    about_self = False
    note = forms.CharField(
        label=_("Note (needed when you refuse)"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


def source_of(given: dict[str, Any]) -> Source:
    """The source in a form's clean values."""
    return Source(given["instrument"], given.get("article") or None, given.get("url") or None, given.get("read_on"))


def ticked_rows(data: QueryDict, values: Sequence[Dated]) -> list[Ticked]:
    """The ticked values among these, with the source typed beside each."""
    keys = set(data.getlist("key"))
    return [
        Ticked(one.key, data.get(f"instrument:{one.key}", "").strip(), data.get(f"article:{one.key}", "").strip())
        for one in values
        if one.key in keys
    ]


def signings(rows: Sequence[Ticked], values: Sequence[Dated], read_on: date) -> list[Signing]:
    """The ticked rows as signings; the link stays with the instrument that the pack names."""
    held = {one.key: one.source for one in values}
    return [
        Signing(
            row.key,
            Source(
                row.instrument,
                row.article or None,
                held[row.key].url if row.instrument == held[row.key].instrument else None,
                read_on,
            ),
        )
        for row in rows
    ]
