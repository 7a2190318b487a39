"""The form of a CV: a few words, jobs, schools, and skills that an old CV seemed to name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy

from openpes.documents.rules import LONGEST_ABOUT, LONGEST_WHAT, LONGEST_WHERE, LONGEST_WORDS, MOST_ENTRIES, Entry
from openpes.documents.states import EntryKind
from openpes.reference.labels import skill_label
from openpes.web.forms import DigitsCharField, OpenpesForm, with_look

ROWS = {EntryKind.WORK: 6, EntryKind.SCHOOL: 4}
EMPTY_ROWS = 2
PARTS = ("what", "where", "from", "to", "words")


@dataclass(frozen=True)
class FieldsOfRow:
    """The boxes of one line, as the page prints them, and whether anything stands in them."""

    number: int
    boxes: tuple[Any, ...]


def _year(label: Any) -> Any:
    return with_look(
        DigitsCharField(label=label, required=False, max_length=4, only_digits=True),
        width=4,
    )


def _boxes(kind: EntryKind) -> dict[str, forms.Field]:
    is_work = kind == EntryKind.WORK
    return {
        "what": forms.CharField(
            label=gettext_lazy("What work?") if is_work else gettext_lazy("What did you learn?"),
            required=False,
            max_length=LONGEST_WHAT,
        ),
        "where": forms.CharField(label=gettext_lazy("Where?"), required=False, max_length=LONGEST_WHERE),
        "from": _year(gettext_lazy("From which year?")),
        "to": _year(gettext_lazy("Until which year? Leave it empty if it goes on.")),
        "words": forms.CharField(
            label=gettext_lazy("What did you do there?"), required=False, max_length=LONGEST_WORDS
        ),
    }


class CvForm(OpenpesForm):
    """The whole of what a CV says beyond the registration."""

    mark_optional = False

    about = forms.CharField(
        label=gettext_lazy("A few words about you, for employers"),
        required=False,
        max_length=LONGEST_ABOUT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    shows_phone = forms.BooleanField(label=gettext_lazy("My phone number stands in my CV"), required=False)

    def __init__(self, *args: Any, rows: dict[EntryKind, int], language: str, skill_ids: Sequence[str], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.numbers = rows
        for kind, number in rows.items():
            for row in range(number):
                for part, box in _boxes(kind).items():
                    if part == "words" and kind == EntryKind.SCHOOL:
                        continue
                    self.fields[f"{kind}{row}_{part}"] = box
        if skill_ids:
            self.fields["skills"] = forms.MultipleChoiceField(
                label=gettext_lazy("Your old CV seems to say that you can do this. Is it right?"),
                required=False,
                widget=forms.CheckboxSelectMultiple,
                choices=[(one, skill_label(one, language)) for one in skill_ids],
            )

    def rows(self, kind: EntryKind) -> list[FieldsOfRow]:
        """The lines of one kind."""
        return [
            FieldsOfRow(row + 1, tuple(self[name] for part in PARTS if (name := f"{kind}{row}_{part}") in self.fields))
            for row in range(self.numbers[kind])
        ]

    @property
    def work_rows(self) -> list[FieldsOfRow]:
        return self.rows(EntryKind.WORK)

    @property
    def school_rows(self) -> list[FieldsOfRow]:
        return self.rows(EntryKind.SCHOOL)

    def entries(self) -> tuple[Entry, ...]:
        """The lines that were filled in, without the empty ones."""
        said, made = self.cleaned_data, []
        for kind, number in self.numbers.items():
            for row in range(number):
                texts = {part: str(said.get(f"{kind}{row}_{part}") or "").strip() for part in PARTS}
                if not any(texts.values()):
                    continue
                years = {part: int(texts[part]) if texts[part] else None for part in ("from", "to")}
                made.append(Entry(kind, texts["what"], texts["where"], years["from"], years["to"], texts["words"]))
        return tuple(made)


def rows_for(entries: Sequence[Entry], data: QueryDict | None = None) -> dict[EntryKind, int]:
    """How many lines the form has: those that are filled in and some empty ones; never fewer than were sent."""
    rows = {}
    for kind, usual in ROWS.items():
        filled = sum(one.kind == kind for one in entries)
        sent = sum(f"{kind}{row}_what" in data for row in range(MOST_ENTRIES)) if data is not None else 0
        rows[kind] = min(MOST_ENTRIES, max(filled + EMPTY_ROWS, sent, usual // 2))
    return rows


def initial_of(entries: Sequence[Entry]) -> dict[str, Any]:
    """Lines as the boxes hold them."""
    boxes: dict[str, Any] = {}
    for kind in ROWS:
        for row, one in enumerate(one for one in entries if one.kind == kind):
            boxes |= {
                f"{kind}{row}_what": one.what,
                f"{kind}{row}_where": one.where,
                f"{kind}{row}_from": "" if one.from_year is None else str(one.from_year),
                f"{kind}{row}_to": "" if one.to_year is None else str(one.to_year),
                f"{kind}{row}_words": one.words,
            }
    return boxes


class UploadForm(OpenpesForm):
    """An old CV."""

    file = forms.FileField(
        label=gettext_lazy("Your old CV: a PDF or DOCX file"),
        widget=forms.FileInput(attrs={"accept": ".pdf,.docx,application/pdf"}),
    )
