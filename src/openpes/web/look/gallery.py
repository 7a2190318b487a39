"""What the gallery page shows: every piece of the look once, filled with specimens."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from django import forms
from django.core.paginator import Paginator

from openpes.web.forms import (
    MoneyField,
    OpenpesForm,
    PhoneField,
    PlainDateField,
    Proposal,
    SearchThenChooseField,
    with_look,
)
from openpes.web.look.specimens import words_in

AT = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)


class GalleryForm(OpenpesForm):
    """Each kind of field once."""

    name = with_look(forms.CharField(), width=20)
    born_on = PlainDateField(birth=True, latest=date(2011, 11, 24))
    phone = PhoneField(example="0917 123 4567")
    sex = with_look(forms.ChoiceField(widget=forms.RadioSelect), inline=True)
    hours = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, required=False)
    pay = MoneyField(currency="PHP")
    work = SearchThenChooseField()
    distance = with_look(forms.IntegerField(min_value=1, max_value=300), width=3, suffix="km")
    about = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), required=False)
    consent = forms.BooleanField()

    def __init__(self, words: dict[str, str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = words["born" if name == "born_on" else name]
        self.fields["name"].help_text = words["name_hint"]
        self.fields["sex"].choices = [("f", words["woman"]), ("m", words["man"])]  # type: ignore[attr-defined]
        self.fields["hours"].choices = [("am", words["mornings"]), ("pm", words["evenings"])]  # type: ignore[attr-defined]
        self.fields["work"].widget.own_words_label = words["own_words"]
        self.fields["work"].set_propose(  # type: ignore[attr-defined]
            lambda _text: [
                Proposal("5120", words["cook"]),
                Proposal("9412", words["helper"], words["because"]),
            ]
        )


class GalleryFilters(OpenpesForm):
    """A short form in a box."""

    mark_optional = False
    about_self = False
    q = forms.CharField(required=False)
    area = forms.ChoiceField(required=False)

    def __init__(self, words: dict[str, str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["q"].label, self.fields["area"].label = words["search"], words["area"]
        self.fields["area"].choices = [("", words["all"]), ("1", "Phnom Penh"), ("2", "Quezon City")]  # type: ignore[attr-defined]


def gallery_context(language: str) -> dict[str, Any]:
    """Everything ``openpes/gallery.html`` needs, with specimen words in ``language`` (en, vi, km)."""
    words = words_in(language)
    typed = {
        "name": "",
        "born_on_day": "៣១",
        "born_on_month": "2",
        "born_on_year": "2004",
        "phone": "call me",
        "pay_amount": "12,000",
        "pay_period": "month",
        "work_text": words["cook"],
        "work_code": "",
        "distance": "12",
        "about": words["because"],
        "hours": ["am"],
    }
    parts = [
        {"label": words["skills"], "value": 80, "words": words["has"]},
        {"label": words["near"], "value": 55, "words": "12 km"},
        {"label": words["wish"], "value": 20, "words": "₱500"},
        {"label": words["hours"], "value": None, "words": words["unknown"]},
    ]
    jobs = [
        {
            "title": words["baker"],
            "employer": words["bakery"],
            "amount": 14500,
            "km": 12.2,
            "score": 71,
            "posted_at": AT - timedelta(days=3),
            "state": "open",
            "state_label": words["open"],
            "parts": parts,
        },
        {
            "title": words["warehouse"],
            "employer": words["bakery"],
            "amount": "13250.50",
            "km": None,
            "score": 64,
            "posted_at": AT - timedelta(hours=5),
            "state": "waiting",
            "state_label": words["waiting"],
            "parts": parts,
        },
    ]
    rows = [
        {
            "person": words["first_person"],
            "job": words["baker"],
            "state": "hired",
            "state_label": words["hired"],
            "on": date(2026, 11, 20),
            "share": 0.71,
        },
        {
            "person": words["second_person"],
            "job": words["warehouse"],
            "state": "waiting",
            "state_label": words["waiting"],
            "on": date(2026, 11, 23),
            "share": 0.64,
        },
    ]
    return {
        "words": words,
        "at": AT,
        "currency": "PHP",
        "jobs": jobs,
        "rows": rows,
        "form": GalleryForm(words, typed),
        "filters": GalleryFilters(words),
        "page": Paginator(range(60), 20).page(2),
        "tiles": [
            {"label": words[key], "value": value}
            for key, value in (("registered", 12480), ("jobs", 1500), ("hired", 318), ("waiting", 0))
        ],
        "bars": [("15–19", 2310), ("20–24", 5120), ("25–29", 3480), ("30+", 1570), ("?", None)],
        "months": ["06/26", "07/26", "08/26", "09/26", "10/26", "11/26"],
        "series": [
            (words["registered"], [900, 1100, 1050, None, 1400, 1520]),
            (words["hired"], [90, 140, 150, 210, 260, 318]),
        ],
        "story": [
            {"at": AT - timedelta(days=6), "text": words["story_sent"]},
            {"at": AT - timedelta(days=3), "text": words["story_interview"]},
            {"at": AT, "text": words["story_hired"]},
        ],
        "states": ["active", "hired", "draft", "overdue", "programme", "closed"],
        "percent": 62,
        "steps": [
            {"label": words["registered"], "state": "done", "done": 5000, "total": 5000},
            {"label": words["jobs"], "state": "running", "done": 930, "total": 1500},
            {"label": words["figures"], "state": "waiting", "done": 0, "total": 0},
        ],
        "tasks": [
            {"label": words["name"], "state": "done", "state_label": words["hired"]},
            {"label": words["work"], "state": "waiting", "state_label": words["waiting"]},
        ],
        "facts": [
            {"label": words["name"], "value": words["second_person"]},
            {"label": words["phone"], "value": "+63 917 123 4567"},
        ],
    }
