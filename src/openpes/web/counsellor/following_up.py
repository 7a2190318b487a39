"""Following up what was sent: employers to call, one introduction with its story, what the employer said."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from openpes.core.decisions import Refused
from openpes.desks.today import calls_to_make
from openpes.journeys.answer_referral import answer_referral, withdraw_referral
from openpes.people.phones import as_dialled
from openpes.reference.country import country
from openpes.referrals.models import Referral
from openpes.referrals.queries import audit_of, referral_at_office
from openpes.referrals.states import Answer, AnswerChannel, EventKind, ReferralState, WithdrawnReason
from openpes.referrals.words import ANSWER, CHANNEL, ENDING, EVENT, NOT_HIRED_REASON, STATE, WITHDRAWN_REASON
from openpes.vacancies.words import CONTRACT_TYPE
from openpes.web.audience import Door, audience
from openpes.web.counsellor.roles import JOBS_DESK
from openpes.web.counsellor.words import CLOCK_FAULT, CLOCK_WORDS, habit_in_words, reasons_in_words, said
from openpes.web.forms import OpenpesForm, PlainDateField, with_look
from openpes.web.requests import OpenpesRequest
from openpes.web.templatetags.openpes import short_date


@audience(Door.ROLES, *JOBS_DESK)
@require_safe
def follow_up(request: OpenpesRequest) -> HttpResponse:
    """The employers to call, with the number to dial."""
    page = calls_to_make(request.actor, at=request.at, number=request.GET.get("page"))
    calls = [
        {
            "referral": one,
            "phone": as_dialled(one.vacancy.employer.contact_phone, country().code),
            "state": said(STATE, one.state),
        }
        for one in page
    ]
    return render(request, "openpes/counsellor/follow_up.html", {"page": page, "calls": calls})


class StaffAnswerForm(OpenpesForm):
    """What the employer said on the phone."""

    about_self = False
    answer = with_look(
        forms.ChoiceField(
            label=gettext_lazy("The employer says"), choices=list(ANSWER.items()), widget=forms.RadioSelect
        )
    )
    reason = forms.ChoiceField(
        label=gettext_lazy("If not this time: why?"),
        required=False,
        choices=[("", gettext_lazy("Choose a reason")), *NOT_HIRED_REASON.items()],
    )
    starts_on = PlainDateField(label=gettext_lazy("If hired: first day of work"), required=False)
    contract_type = forms.ChoiceField(
        label=gettext_lazy("If hired: which kind of contract?"),
        required=False,
        choices=[("", gettext_lazy("Not said")), *CONTRACT_TYPE.items()],
    )


class WithdrawForm(OpenpesForm):
    """Why an introduction is taken back."""

    about_self = False
    why = forms.ChoiceField(
        label=gettext_lazy("Why is it taken back?"),
        choices=[("", gettext_lazy("Choose a reason")), *WITHDRAWN_REASON.items()],
    )


def _story(referral: Referral) -> list[dict[str, Any]]:
    story = []
    for event in referral.events.all():
        words = said(EVENT, event.kind)
        answer = event.detail.get("answer") or ""
        if answer in set(Answer):
            words = f"{words}: {said(ANSWER, answer)}"
        if event.detail.get("ending"):
            words = said(ENDING, event.detail["ending"])
        story.append({"at": event.at, "words": words, "channel": said(CHANNEL, event.channel)})
    return story


def _audit(referral: Referral) -> dict[str, Any]:
    """The clock told in one line by its events alone, and what they cannot explain."""
    line = "; ".join(f"{CLOCK_WORDS[EventKind(event.kind)]} {short_date(event.at)}" for event in referral.events.all())
    return {"line": line, "faults": [CLOCK_FAULT[code] for code in audit_of(referral).faults]}


def _write_down(request: OpenpesRequest, held: Referral, form: StaffAnswerForm, withdrawing: WithdrawForm) -> bool:
    """Write the answer down or take the introduction back. True when done; refusals stand in the form."""
    actor, at = request.actor, request.at
    try:
        if form.is_bound and form.is_valid():
            answer_referral(
                referral=held,
                answer=Answer(form.cleaned_data["answer"]),
                reason=form.cleaned_data["reason"],
                starts_on=form.cleaned_data["starts_on"],
                contract_type=form.cleaned_data["contract_type"],
                channel=AnswerChannel.PHONE_CALL,
                by=actor,
                at=at,
            )
            messages.success(request, _("Written down. The person is told now."))
            return True
        if withdrawing.is_bound and withdrawing.is_valid():
            withdraw_referral(referral=held, reason=WithdrawnReason(withdrawing.cleaned_data["why"]), by=actor, at=at)
            messages.success(request, _("Taken back."))
            return True
    except Refused as refused:
        for sentence in reasons_in_words(refused):
            (form if form.is_bound else withdrawing).add_error(None, sentence)
    return False


@audience(Door.ROLES, *JOBS_DESK)
def referral(request: OpenpesRequest, ref: str) -> HttpResponse:
    """One introduction: its story and clock, what the employer said by phone, or taking it back."""
    actor = request.actor
    held = referral_at_office(actor, ref, at=request.at)
    act = request.POST.get("act", "")
    form = StaffAnswerForm(request.POST if act == "answer" else None)
    withdrawing = WithdrawForm(request.POST if act == "withdraw" else None)
    if act and _write_down(request, held, form, withdrawing):
        return HttpResponseRedirect(request.path)
    vacancy, employer = held.vacancy, held.vacancy.employer
    return render(
        request,
        "openpes/counsellor/referral.html",
        {
            "referral": held,
            "is_open": held.state != ReferralState.ENDED,
            "form": form,
            "withdrawing": withdrawing,
            "story": _story(held),
            "audit": _audit(held),
            "state": said(ENDING, held.ending) if held.ending else said(STATE, held.state),
            "reason": said({**NOT_HIRED_REASON, **WITHDRAWN_REASON}, held.ending_reason),
            "sees_person": actor.may("jobseeker.view", office_id=held.jobseeker.office_id),
            "sees_vacancy": actor.may("vacancy.view", office_id=vacancy.office_id),
            "may_answer": any(
                actor.may("referral.answer_for_employer", office_id=one) for one in (held.office_id, vacancy.office_id)
            ),
            "may_withdraw": actor.may("referral.create", office_id=held.office_id),
            "phone": as_dialled(employer.contact_phone, country().code),
            "habit": habit_in_words(employer),
        },
        status=422 if form.errors or withdrawing.errors else 200,
    )
