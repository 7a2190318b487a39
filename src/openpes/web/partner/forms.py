"""Forms of the partners' desk."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from openpes.core.decisions import Refused
from openpes.partnerships.rules import LONGEST_WORDS
from openpes.partnerships.states import PartnerStep
from openpes.web.date_field import PlainDateField
from openpes.web.forms import OpenpesForm, with_look
from openpes.web.partner.words import REASON, RESULT, STEP


def add_reasons(form: OpenpesForm, refused: Refused) -> None:
    """Say on the form why it was refused."""
    for reason in refused.decision.reasons:
        words = REASON.get(reason.code)
        form.add_error(None, str(words) % reason.facts if words else reason.code)


class NoForm(OpenpesForm):
    """Why the partner cannot help."""

    about_self = False
    words = with_look(
        forms.CharField(
            label=_("Why can you not help?"), required=False, max_length=LONGEST_WORDS, widget=forms.TextInput
        ),
        width=30,
    )


class StepForm(OpenpesForm):
    """What happened, on which day."""

    about_self = False
    step = with_look(
        forms.ChoiceField(label=_("What happened?"), choices=list(STEP.items()), widget=forms.RadioSelect), inline=True
    )
    on = PlainDateField(label=_("On which day?"))
    words = forms.CharField(label=_("A note to the office"), required=False, max_length=LONGEST_WORDS)

    def first_contact_only(self) -> None:
        """Before the first contact nobody comes or stays away."""
        self.fields["step"].choices = [(PartnerStep.FIRST_CONTACT.value, STEP[PartnerStep.FIRST_CONTACT])]  # type: ignore[attr-defined]
        self.fields["step"].initial = PartnerStep.FIRST_CONTACT.value

    def after_first_contact(self) -> None:
        """There is one first contact."""
        left = [(one.value, STEP[one]) for one in (PartnerStep.ATTENDED, PartnerStep.MISSED)]
        self.fields["step"].choices = left  # type: ignore[attr-defined]


class CloseForm(OpenpesForm):
    """What became of it."""

    about_self = False
    result = with_look(
        forms.ChoiceField(label=_("What became of it?"), choices=list(RESULT.items()), widget=forms.RadioSelect)
    )
    words = forms.CharField(label=_("A note to the office"), required=False, max_length=LONGEST_WORDS)
