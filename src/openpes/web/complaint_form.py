"""The questions of a complaint: the same on the public page, on a person's own page and at the desk."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from openpes.complaints.rules import LONGEST_WORDS
from openpes.complaints.states import ComplaintKind, Danger
from openpes.complaints.words import DANGER, KIND, REASON
from openpes.core.decisions import Refused
from openpes.vacancies.models import Vacancy
from openpes.web.forms import OpenpesForm, with_look

# What visitors and jobseekers can choose; the other kinds come from decisions about a firm or an advice.
FROM_OUTSIDE = (
    ComplaintKind.NOT_PAID,
    ComplaintKind.UNSAFE,
    ComplaintKind.HARASSED,
    ComplaintKind.ASKED_FOR_MONEY,
    ComplaintKind.FAKE_ADVERT,
    ComplaintKind.WRONG_DECISION,
    ComplaintKind.LOST_REFERRAL,
    ComplaintKind.DATA,
    ComplaintKind.OTHER,
)


class ComplaintForm(OpenpesForm):
    """What went wrong, whether the person is safe, and what happened."""

    danger = with_look(
        forms.ChoiceField(
            label=gettext_lazy("Are you in danger?"),
            choices=[(one.value, DANGER[one]) for one in Danger],
            widget=forms.RadioSelect,
            error_messages={"required": REASON["danger_needed"]},
        )
    )
    kind = with_look(
        forms.ChoiceField(
            label=gettext_lazy("What went wrong?"),
            choices=[(one.value, KIND[one]) for one in FROM_OUTSIDE],
            widget=forms.RadioSelect,
            error_messages={"required": REASON["kind_needed"]},
        )
    )
    words = with_look(
        forms.CharField(
            label=gettext_lazy("What happened?"),
            help_text=gettext_lazy("When, where and who, as far as you want to say."),
            max_length=LONGEST_WORDS,
            widget=forms.Textarea(attrs={"rows": 5}),
            error_messages={"required": REASON["words_needed"]},
        )
    )
    about = with_look(
        forms.CharField(label=gettext_lazy("Which firm, job or office is it about?"), required=False, max_length=200)
    )
    may_pass_on = forms.BooleanField(
        label=gettext_lazy("The labour inspectorate may learn this, with my name"), required=False
    )

    def for_job(self, vacancy: Vacancy | None) -> None:
        """The advert is known: it is not asked again."""
        if vacancy is not None:
            del self.fields["about"]


def add_reasons(form: forms.Form, refused: Refused, more: Mapping[str, Any] | None = None) -> None:
    """What stands in the way, on the form. more: words for the reasons that only staff meet."""
    words = {**REASON, **(more or {})}
    for one in refused.decision.reasons:
        form.add_error(None, str(words.get(one.code, one.code)) % one.facts)


def told_by(form: ComplaintForm) -> dict[str, Any]:
    """What was filled in, as `Told` takes it."""
    given = form.cleaned_data
    return {
        "kind": given["kind"],
        "words": given["words"],
        "danger": given["danger"],
        "about": given.get("about", ""),
        "may_pass_on": given["may_pass_on"],
    }
