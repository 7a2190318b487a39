"""After the hire, at the desk: whom to call, what each side said, and writing down what is told on the phone."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from openpes.core.access_log import record_search
from openpes.core.decisions import Refused
from openpes.journeys.after_hire import answer_check
from openpes.people.phones import as_dialled
from openpes.people.queries import main_phone_of
from openpes.placements.check_queries import check_at_office, checks_of, checks_to_call
from openpes.placements.checking import sides_of, tell_promise, words_of
from openpes.placements.models import HireCheck
from openpes.placements.rules_checks import kept
from openpes.placements.states import CheckChannel, Kept, LeavingReason, Promise, Side
from openpes.placements.words import LEAVING, PROMISE
from openpes.reference.country import country, today
from openpes.web.audience import Door, audience
from openpes.web.counsellor.roles import PEOPLE_DESK
from openpes.web.counsellor.words import reasons_in_words, said
from openpes.web.forms import OpenpesForm, PlainDateField, with_look
from openpes.web.requests import OpenpesRequest

A_PAGE = 20
SIDE = {Side.WORKER: gettext_lazy("The person"), Side.EMPLOYER: gettext_lazy("The employer")}
SAYS = {True: gettext_lazy("works there"), False: gettext_lazy("does not work there")}
KEPT = {
    Kept.YES: gettext_lazy("Works there"),
    Kept.NO: gettext_lazy("Does not work there"),
    Kept.CONFLICT: gettext_lazy("Two sides say different things"),
    Kept.UNKNOWN: gettext_lazy("Not known"),
}


class CallForm(OpenpesForm):
    """What one side says on the phone; for the person, also how the work is."""

    about_self = False
    side = with_look(
        forms.ChoiceField(label=gettext_lazy("Who says it?"), choices=list(SIDE.items()), widget=forms.RadioSelect)
    )
    works_there = with_look(
        forms.TypedChoiceField(
            label=gettext_lazy("Does the person work there?"),
            coerce=lambda value: value == "yes",
            choices=[("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))],
            widget=forms.RadioSelect,
        )
    )
    reason = forms.ChoiceField(
        label=gettext_lazy("If not: why?"),
        required=False,
        choices=[("", gettext_lazy("Not said")), *LEAVING.items()],
    )
    left_on = PlainDateField(label=gettext_lazy("If not: the last day of work"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for promise in Promise:
            self.fields[promise.value] = forms.ChoiceField(
                label=PROMISE[promise],
                required=False,
                choices=[("", gettext_lazy("Not said")), ("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))],
            )


@audience(Door.ROLES, *PEOPLE_DESK)
@require_safe
def calls(request: OpenpesRequest) -> HttpResponse:
    """Disputed first, then those of whom one side was silent for the policy's days. Logged as a search is."""
    rows = checks_to_call(request.actor, at=request.at, on=today(request.at))
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    keys = {one.outcome.jobseeker.person.log_key for one in page}
    if keys:
        record_search(by=request.actor, at=request.at, what="after hire", found=keys)
    return render(
        request,
        "openpes/counsellor/after_hire.html",
        {"page": page, "rows": [{"check": one, "state": KEPT[kept(words_of(one.answers.all()))]} for one in page]},
    )


def _lines(held: HireCheck) -> list[dict[str, Any]]:
    return [
        {
            "check": one,
            "state": KEPT[kept(words_of(one.answers.all()))],
            "answers": [
                {
                    "at": answer.at,
                    "who": SIDE[Side(answer.side)],
                    "what": SAYS[answer.works_there],
                    "why": said(LEAVING, answer.reason),
                }
                for answer in one.answers.all()
            ],
            "broken": [PROMISE[Promise(row.promise)] for row in one.promises.all() if not row.kept],
        }
        for one in checks_of(held.outcome)
    ]


def _write_down(request: OpenpesRequest, held: HireCheck, form: CallForm) -> bool:
    told, side = form.cleaned_data, Side(form.cleaned_data["side"])
    try:
        answer_check(
            check=held,
            side=side,
            works_there=told["works_there"],
            reason=LeavingReason(told["reason"]) if told["reason"] else None,
            left_on=told["left_on"],
            channel=CheckChannel.PHONE_CALL,
            by=request.actor,
            at=request.at,
        )
        for promise in Promise if side == Side.WORKER else ():
            if told[promise.value]:
                was_kept = told[promise.value] == "yes"
                tell_promise(check=held, promise=promise, was_kept=was_kept, by=request.actor, at=request.at)
    except Refused as refused:
        for sentence in reasons_in_words(refused):
            form.add_error(None, sentence)
        return False
    return True


@audience(Door.ROLES, *PEOPLE_DESK)
def check(request: OpenpesRequest, ref: str) -> HttpResponse:
    """One hire: both phones, all that was said, and a form for a call."""
    held = check_at_office(request.actor, ref, at=request.at)
    form = CallForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _write_down(request, held, form):
        messages.success(request, _("Written down."))
        return HttpResponseRedirect(request.path)
    outcome = held.outcome
    phone, code = main_phone_of(outcome.jobseeker.person_id), country().code
    return render(
        request,
        "openpes/counsellor/after_hire_check.html",
        {
            "check": held,
            "outcome": outcome,
            "lines": _lines(held),
            "form": form,
            "phone": as_dialled(phone.number, code) if phone else "",
            "firm_phone": as_dialled(outcome.employer.contact_phone, code) if outcome.employer else "",
            "both": len(sides_of(outcome)) > 1,
        },
        status=422 if form.errors else 200,
    )
