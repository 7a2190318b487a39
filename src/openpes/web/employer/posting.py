"""Post a vacancy, change one, start from an older one: one form in two steps that needs no JavaScript."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from openpes.core.decisions import NotFound, Refused
from openpes.organisations.models import Employer
from openpes.organisations.queries import own_employers
from openpes.people.roles import EMPLOYER_ROLES
from openpes.reference.country import area_name, today
from openpes.reference.labels import occupation_name
from openpes.vacancies.models import Vacancy
from openpes.vacancies.operations import Offered, change_vacancy, offered_of, submit_vacancy
from openpes.vacancies.queries import vacancies_to_copy, vacancy_for
from openpes.vacancies.states import Weight
from openpes.web.audience import Door, audience
from openpes.web.employer.vacancy_check import NOT_YET, findings_of, market_of, put_beside_fields, put_refusal, told
from openpes.web.employer.vacancy_form import VacancyForm
from openpes.web.requests import OpenpesRequest

SEND = "send"
# The firm that somebody with several of them acts for now, by its reference, in the session.
CHOSEN_FIRM = "firm"
SENT_TWICE_WITHIN = timedelta(minutes=2)


@dataclass(frozen=True)
class Writing:
    """One advert being written: for whom, from what, where it is checked, and what to do when it is sent."""

    employer: Employer
    check_url: str
    back_url: str
    heading: str
    save: Callable[[Offered], str]
    held: Offered | None = None
    by_staff: bool = False


def own_employer(request: OpenpesRequest) -> Employer:
    """The firm that the signed-in person acts for: the one chosen, else the first. Raises NotFound."""
    held, chosen = own_employers(request.actor).select_related("office"), request.session.get(CHOSEN_FIRM)
    employer = (held.filter(ref=chosen).first() if chosen else None) or held.first()
    if employer is None:
        raise NotFound("employer")
    return employer


def form_for(request: OpenpesRequest, employer: Employer, held: Offered | None) -> VacancyForm:
    """The form, filled with what was typed, or with the advert at hand."""
    return VacancyForm(
        request.POST if request.method == "POST" else None,
        language=request.LANGUAGE_CODE,
        area_code=employer.area_code,
        today=today(request.at),
        held=held,
    )


def write(request: OpenpesRequest, writing: Writing) -> HttpResponse:
    """Show the form, go on to its second step, or send it; a refusal stands beside the fields, all typed is kept."""
    form = form_for(request, writing.employer, writing.held)
    if request.method != "POST":
        return _show(request, writing, form, second=writing.held is not None)
    sends = request.POST.get("step") == SEND
    form.is_valid()
    if not sends:
        form.ask_choice_later()
    findings = findings_of(form.offered(), employer=writing.employer, on=today(request.at))
    offered = form.offered()
    stops = put_beside_fields(form, findings)
    if sends and not form.errors and not stops:
        if not form.skills_are_of_this_work:
            return _show(request, writing, form, second=True, offered=offered, new_skills=True)
        try:
            return HttpResponseRedirect(writing.save(offered))
        except Refused as refused:
            put_refusal(form, refused.decision)
    return _show(request, writing, form, second=sends or not form.errors, offered=offered)


def _show(
    request: OpenpesRequest,
    writing: Writing,
    form: VacancyForm,
    *,
    second: bool,
    offered: Offered | None = None,
    new_skills: bool = False,
) -> HttpResponse:
    actor, on = request.actor, today(request.at)
    offered = offered or writing.held
    context = {
        "form": form,
        "second": second,
        "writing": writing,
        "new_skills": new_skills,
        "first_errors": any(form.has_error(name) for name in FIRST_STEP) if form.is_bound else False,
        "earlier": [] if second or form.is_bound else vacancies_to_copy(actor, writing.employer.pk),
        **(checked(offered, writing.employer, request) if offered is not None else {}),
    }
    context["on"] = on
    return render(request, "openpes/employer/post.html", context, status=422 if form.is_bound and form.errors else 200)


FIRST_STEP = (
    "places",
    "pay",
    "area_code",
    "address",
    "weekly_hours",
    "times",
    "slots",
    "description",
    "contract_type",
    "starts_on",
    "abroad_in",
    "abroad_contract",
    "abroad_costs",
    "wage_region",
    "exception",
    "exception_reason",
)


def checked(offered: Offered, employer: Employer, request: OpenpesRequest) -> dict[str, object]:
    """What the fragment of the check shows."""
    language, on = request.LANGUAGE_CODE, today(request.at)
    findings = findings_of(offered, employer=employer, on=on)
    return {
        "told": told(findings),
        "stops": any(one.weight == Weight.STOPS and one.code not in NOT_YET for one in findings),
        "market": market_of(offered, on=on),
        "offered": offered,
        "occupation": occupation_name(offered.isco, language) if offered.isco else "",
        "area": area_name(offered.area_code, language) if offered.area_code else "",
    }


def check_page(request: OpenpesRequest, employer: Employer, held: Offered | None = None) -> HttpResponse:
    """A fragment: the check's result for what stands in the form now, and the choices that follow from it."""
    form = form_for(request, employer, held)
    form.is_valid()
    offered = form.offered()
    return render(
        request,
        "openpes/employer/check.html",
        {
            "form": form,
            **checked(offered, employer, request),
            "renew_choices": "skills_for" in request.POST and not form.skills_are_of_this_work,
        },
    )


@audience(Door.ROLES, *EMPLOYER_ROLES)
def post(request: OpenpesRequest) -> HttpResponse:
    """A new vacancy, from nothing or from an earlier one (`?copy=`)."""
    actor, at = request.actor, request.at
    employer = own_employer(request)

    def save(offered: Offered) -> str:
        vacancy = just_sent(request, employer, offered) or submit_vacancy(
            offered=offered, employer=employer, by=actor, at=at, synthetic=employer.synthetic
        )
        messages.success(request, _("Sent. An officer reads it next, and makes it public when all is in order."))
        return reverse("employer:vacancy", args=[vacancy.ref])

    return write(
        request,
        Writing(
            employer=employer,
            check_url=reverse("employer:check"),
            back_url=reverse("employer:home"),
            heading=_("Post a vacancy"),
            save=save,
            held=copied(request, employer),
        ),
    )


def just_sent(request: OpenpesRequest, employer: Employer, offered: Offered) -> Vacancy | None:
    """The same advert sent a moment ago: a button pressed twice, or a page sent again on a bad line."""
    for latest in vacancies_to_copy(request.actor, employer.pk, limit=1):
        is_same = (latest.title, latest.isco, latest.area_code, latest.places, latest.description) == (
            offered.title,
            offered.isco,
            offered.area_code,
            offered.places,
            offered.description,
        )
        if is_same and latest.posted_at > request.at - SENT_TWICE_WITHIN:
            return latest
    return None


def copied(request: OpenpesRequest, employer: Employer) -> Offered | None:
    """The earlier advert to start from, without its days, which are over. Raises NotFound for somebody else's."""
    ref = request.GET.get("copy", "")
    if not ref:
        return None
    vacancy = vacancy_for(request.actor, ref)
    if vacancy.employer_id != employer.pk:
        raise NotFound("vacancy")
    return replace(offered_of(vacancy), starts_on=None, closes_before=None)


def own_vacancy(request: OpenpesRequest, ref: str) -> Vacancy:
    """A vacancy of the own firm; another firm's does not exist here, though it may be public. Raises NotFound."""
    actor = request.actor
    vacancy = vacancy_for(actor, ref)
    if vacancy.employer_id not in actor.scope_ids("vacancy.view", "employer"):
        raise NotFound("vacancy")
    return vacancy


@audience(Door.ROLES, *EMPLOYER_ROLES)
def edit(request: OpenpesRequest, ref: str) -> HttpResponse:
    """Change a vacancy; it goes back before an officer."""
    actor, at = request.actor, request.at
    vacancy = own_vacancy(request, ref)

    def save(offered: Offered) -> str:
        change_vacancy(vacancy=vacancy, offered=offered, by=actor, at=at)
        messages.success(request, _("Saved. An officer looks at the change next; until then it is not public."))
        return reverse("employer:vacancy", args=[vacancy.ref])

    return write(
        request,
        Writing(
            employer=vacancy.employer,
            check_url=f"{reverse('employer:check')}?copy={vacancy.ref}",
            back_url=reverse("employer:vacancy", args=[vacancy.ref]),
            heading=_("Change the vacancy"),
            save=save,
            held=offered_of(vacancy),
        ),
    )


@audience(Door.ROLES, *EMPLOYER_ROLES)
@require_POST
def check(request: OpenpesRequest) -> HttpResponse:
    """The check as they type, for the own firm."""
    employer = own_employer(request)
    return check_page(request, employer, copied(request, employer))
