"""What became of a person: written down at the desk, and who else says so."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openpes.core.decisions import NotFound
from openpes.journeys.record_outcome import add_evidence, record_outcome
from openpes.placements.queries import outcome_for
from openpes.placements.states import EvidenceGrade, OutcomeKind
from openpes.placements.words import GRADE, KIND
from openpes.reference.country import today
from openpes.web.audience import Door, audience
from openpes.web.counsellor.person import edit, opened
from openpes.web.counsellor.roles import PEOPLE_DESK
from openpes.web.forms import OpenpesForm, PlainDateField, with_look
from openpes.web.requests import OpenpesRequest

NEEDS_SOURCE = gettext_lazy("Say which register or paper confirms it: others rely on this.")


def _source_for(form: forms.Form) -> str:
    """The source; a register's confirmation without one is no confirmation."""
    source: str = form.cleaned_data["source"].strip()
    if form.cleaned_data.get("grade") == EvidenceGrade.CONFIRMED_BY_REGISTER and not source:
        raise forms.ValidationError(NEEDS_SOURCE)
    return source


class OutcomeForm(OpenpesForm):
    """What became of a person without a referral of ours."""

    about_self = False
    kind = with_look(
        forms.ChoiceField(
            label=gettext_lazy("What has become of it?"), choices=list(KIND.items()), widget=forms.RadioSelect
        ),
        size="s",
    )
    starts_on = PlainDateField(label=gettext_lazy("Since when, or from when?"))
    grade = with_look(
        forms.ChoiceField(
            label=gettext_lazy("Who says so?"),
            choices=list(GRADE.items()),
            initial=EvidenceGrade.SAID_BY_PERSON,
            widget=forms.RadioSelect,
        )
    )
    source = with_look(
        forms.CharField(
            label=gettext_lazy("How do you know?"),
            required=False,
            max_length=200,
            help_text=gettext_lazy("For example: told me today; saw the contract; social security list of November."),
        ),
        width=30,
    )

    def clean_source(self) -> str:
        """Where the word comes from."""
        return _source_for(self)


@audience(Door.ROLES, *PEOPLE_DESK)
def outcome(request: OpenpesRequest, ref: str) -> HttpResponse:
    """Write down a job found elsewhere, an own business, school, a programme."""
    jobseeker = opened(request, ref)
    form = OutcomeForm(request.POST if request.method == "POST" else None, initial={"starts_on": today(request.at)})
    return edit(
        request,
        jobseeker,
        form,
        _("What has become of it?"),
        lambda: record_outcome(
            jobseeker=jobseeker,
            kind=OutcomeKind(form.cleaned_data["kind"]),
            starts_on=form.cleaned_data["starts_on"],
            grade=EvidenceGrade(form.cleaned_data["grade"]),
            source=form.cleaned_data["source"],
            by=request.actor,
            at=request.at,
        ),
    )


class EvidenceForm(OpenpesForm):
    """One more piece of evidence."""

    about_self = False
    grade = with_look(
        forms.ChoiceField(label=gettext_lazy("Who says so?"), choices=list(GRADE.items()), widget=forms.RadioSelect)
    )
    agrees = with_look(
        forms.TypedChoiceField(
            label=gettext_lazy("Does it agree?"),
            coerce=lambda value: value == "yes",
            widget=forms.RadioSelect,
            choices=[("yes", gettext_lazy("Yes, it is so")), ("no", gettext_lazy("No, they say it is not so"))],
        )
    )
    source = with_look(
        forms.CharField(label=gettext_lazy("How do you know?"), required=False, max_length=200), width=30
    )

    def clean_source(self) -> str:
        """Where the word comes from."""
        return _source_for(self)


@audience(Door.ROLES, *PEOPLE_DESK)
def evidence(request: OpenpesRequest, ref: str, outcome_ref: str) -> HttpResponse:
    """Somebody confirms or contradicts an outcome."""
    jobseeker = opened(request, ref)
    held = outcome_for(request.actor, outcome_ref)
    if held.jobseeker_id != jobseeker.pk:
        raise NotFound("outcome")
    form = EvidenceForm(request.POST if request.method == "POST" else None)
    return edit(
        request,
        jobseeker,
        form,
        _("More evidence"),
        lambda: add_evidence(
            outcome=held,
            grade=EvidenceGrade(form.cleaned_data["grade"]),
            agrees=form.cleaned_data["agrees"],
            source=form.cleaned_data["source"],
            by=request.actor,
            at=request.at,
        ),
    )
