"""The employer adviser's portfolio: who answers, who is new, who is due a visit, on one screen; visits noted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from openpes.core.decisions import Refused
from openpes.journeys.change_firm import policy
from openpes.organisations.models import Employer
from openpes.organisations.papers import ending_papers
from openpes.organisations.portfolio import Held, answers_in_bands, note_contact, portfolio, visit_rule
from openpes.organisations.queries import employer_for
from openpes.organisations.states import ContactKind
from openpes.people.phones import as_dialled
from openpes.people.roles import EmployerAdviser, OfficeManager
from openpes.reference.country import country, today
from openpes.vacancies.reporting import count_reported
from openpes.web.audience import Door, audience
from openpes.web.counsellor.employer_words import CONTACT, CONTACT_REASON, SHOW
from openpes.web.date_field import PlainDateField
from openpes.web.forms import OpenpesForm, with_look
from openpes.web.requests import OpenpesRequest

ADVISERS = (EmployerAdviser.code, OfficeManager.code)
A_PAGE = 20
A_YEAR = timedelta(days=365)


class ContactForm(OpenpesForm):
    """A visit or a call, and when the next one is due."""

    about_self = False
    kind = with_look(
        forms.ChoiceField(label=gettext_lazy("What was it?"), widget=forms.RadioSelect, choices=list(CONTACT.items())),
        inline=True,
    )
    happened_on = PlainDateField(label=gettext_lazy("When"))
    words = with_look(
        forms.CharField(
            label=gettext_lazy("What was said"),
            required=False,
            max_length=1000,
            widget=forms.Textarea(attrs={"rows": 3}),
        )
    )
    next_on = PlainDateField(
        label=gettext_lazy("Next visit or call"),
        required=False,
        help_text=gettext_lazy("Leave it empty, and the rule of the office says when."),
    )


def contact_form(request: OpenpesRequest) -> ContactForm:
    """The form, for today unless another day is typed."""
    on = today(request.at)
    form = ContactForm(request.POST if request.POST.get("act") == "contact" else None, initial={"happened_on": on})
    form.fields["happened_on"].latest = on  # type: ignore[attr-defined]
    return form


def take_contact(request: OpenpesRequest, employer: Employer, form: ContactForm) -> bool:
    """Write the visit or call down. True when it was; refusals stand in the form."""
    if not form.is_valid():
        return False
    said = form.cleaned_data
    try:
        note_contact(
            employer=employer,
            kind=ContactKind(said["kind"]),
            happened_on=said["happened_on"],
            words=said["words"],
            next_on=said["next_on"],
            by=request.actor,
            at=request.at,
        )
    except Refused as refused:
        for one in refused.decision.reasons:
            form.add_error(None, str(CONTACT_REASON.get(one.code, one.code)))
        return False
    return True


@audience(Door.ROLES, *ADVISERS)
@require_POST
def contact(request: OpenpesRequest, ref: str) -> HttpResponse:
    """A visit or call from the firm's page; what is wrong is said on a page of its own."""
    employer = employer_for(request.actor, ref)
    form = contact_form(request)
    if take_contact(request, employer, form):
        messages.success(request, _("Written down."))
        return HttpResponseRedirect(reverse("counsellor:employer", args=[employer.ref]))
    return render(request, "openpes/counsellor/employer_contact.html", {"employer": employer, "form": form}, status=422)


@audience(Door.ROLES, *ADVISERS)
@require_safe
def portfolio_page(request: OpenpesRequest) -> HttpResponse:
    """The firms of the office, narrowed by one tap, with how they answer."""
    on = today(request.at)
    held = portfolio(request.actor, on=on)
    keys = [one.employer.pk for one in held]
    ending = ending_papers(keys, before=on + timedelta(days=policy("paper_warn_days", request.at)))
    duty = country().value("vacancy_rules.must_report", on=on)
    must_report = bool(duty.known and duty.value)
    reported = count_reported(keys, since=request.at - A_YEAR, on=on) if must_report else {}
    show = request.GET.get("show", "")
    low = visit_rule(on).low_share

    def fits(one: Held) -> bool:
        key = one.employer.pk
        return {
            "due": one.is_due,
            "new": one.is_new,
            "silent": one.share is not None and one.share < low,
            "paper": key in ending,
            "report": must_report and key in reported and reported[key][1] < reported[key][0],
        }.get(show, True)

    page = Paginator([one for one in held if fits(one)], A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "openpes/counsellor/portfolio.html",
        {
            "page": page,
            "rows": [_row(one, ending, reported) for one in page],
            "show": show,
            "choices": [(code, words) for code, words in SHOW.items() if code != "report" or must_report],
            "chart": [(f"{first}–{last} %", number) for first, last, number in answers_in_bands(held)],
            "counts": {
                "all": len(held),
                "due": sum(one.is_due for one in held),
                "new": sum(one.is_new for one in held),
                "untold": sum(one.share is None for one in held),
            },
            "must_report": must_report,
            "duty": duty if must_report else None,
        },
    )


def _row(one: Held, ending: Mapping[int, date], reported: Mapping[int, tuple[int, int]]) -> dict[str, object]:
    key, phone = one.employer.pk, one.employer.contact_phone
    posted, told = reported.get(key, (0, 0))
    return {
        "held": one,
        "phone": as_dialled(phone, country().code) if phone else "",
        "paper_ends": ending.get(key),
        "posted": posted,
        "told": told,
    }
