"""Forms of the exchange: a card, a file that came in, a line of the log."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from openpes.core.decisions import Refused
from openpes.exchange.making import Told
from openpes.exchange.papers import LARGEST
from openpes.exchange.reuse import chosen_scripts, scripts_to_share
from openpes.exchange.states import EntryKind, Grade
from openpes.exchange.words import ENTRIES, GRADES, told
from openpes.web.forms import OpenpesForm, with_look
from openpes_evidence.definitions import registry

GRADE_CHOICES = [(one.value, GRADES[one]) for one in Grade]


def _words(label: Any, hint: Any = "", *, required: bool = True, rows: int = 3) -> Any:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=hint, required=required, max_length=4000, widget=widget)


def lines_of(text: str) -> tuple[str, ...]:
    """The lines of a box that say something."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def add_reasons(form: forms.Form, refused: Refused) -> None:
    """Why it was refused, at the top of the form."""
    for sentence in told(refused):
        form.add_error(None, sentence)


class CardForm(OpenpesForm):
    """What only people can tell of a practice."""

    about_self = False
    problem = _words(_("What was wrong before"))
    target_group = _words(_("Whom it is for"), rows=2)
    preconditions = _words(_("What the law must allow"), _("One a line."))
    staff = _words(_("Staff"), _("How many people, of what kind, for how many who take part?"), rows=2)
    cost = _words(_("Cost"), _("What one place costs, and what is not counted in it."), rows=2)
    steps = _words(_("Steps"), _("One a line, in their order."), rows=6)
    result = _words(_("What was seen"), _("The places are counted for you. Empty: no more is known."), required=False)
    grade = forms.ChoiceField(label=_("How well it is known"), choices=GRADE_CHOICES, initial=Grade.ASSOCIATION)
    texts = _words(_("Texts to reuse"), _("Messages or questions, one a line."), required=False)
    scripts = forms.MultipleChoiceField(
        label=_("Interview scripts to send along"), required=False, widget=forms.CheckboxSelectMultiple
    )
    contact = forms.CharField(label=_("Who answers questions (an office, not a person)"), max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        minutes = _("%(title)s (%(minutes)s minutes)")
        self.fields["scripts"].choices = [  # type: ignore[attr-defined]
            (one.key, minutes % {"title": one.script.title, "minutes": one.script.minutes})
            for one in scripts_to_share()
        ]

    def told(self) -> Told:
        """The answers as the card takes them."""
        said = self.cleaned_data
        return Told(
            problem=said["problem"],
            target_group=said["target_group"],
            staff=said["staff"],
            cost=said["cost"],
            contact=said["contact"],
            preconditions=lines_of(said["preconditions"]),
            steps=lines_of(said["steps"]),
            result=said["result"],
            grade=said["grade"],
            texts=lines_of(said["texts"]),
            scripts=chosen_scripts(said["scripts"]),
        )


class TakeForm(OpenpesForm):
    """A signed file of another service."""

    about_self = False
    file = forms.FileField(label=_("Signed file (YAML)"))
    compared = forms.BooleanField(label=_("I compared the key by telephone"), required=False)

    def clean_file(self) -> str:
        """The text of the file."""
        held = self.cleaned_data["file"]
        if held.size > LARGEST:
            raise forms.ValidationError(_("The file is larger than a card or a data set can be."))
        try:
            return str(held.read().decode("utf-8-sig"))
        except UnicodeDecodeError:
            raise forms.ValidationError(_("The file is not text. Send the file as it came.")) from None


class EntryForm(OpenpesForm):
    """One line of an adaptation log."""

    about_self = False
    kind = forms.ChoiceField(label=_("What it is"), choices=[(one.value, ENTRIES[one]) for one in EntryKind])
    what = _words(_("What was changed or seen"))
    why = _words(_("Why it was changed"), required=False, rows=2)
    indicator = forms.ChoiceField(label=_("Indicator (for a result)"), required=False)
    value = with_look(forms.FloatField(label=_("Value (for a result)"), required=False), width=10)
    n = with_look(forms.IntegerField(label=_("People behind it"), required=False, min_value=0), width=10)
    period = with_look(forms.CharField(label=_("Period, for example 2027-Q1"), required=False, max_length=40), width=20)
    grade = forms.ChoiceField(
        label=_("How well it is known (for a result)"), choices=GRADE_CHOICES, initial=Grade.ASSOCIATION
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(one.id, one.title) for one in registry().values()]
        self.fields["indicator"].choices = [("", _("none")), *known]  # type: ignore[attr-defined]
