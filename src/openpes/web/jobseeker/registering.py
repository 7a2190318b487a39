"""A person registers alone: one group of questions a screen, back and forth at will, nothing lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth import login
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from openpes.core.decisions import NotFound, Refused
from openpes.jobseekers.operations import Profile
from openpes.jobseekers.queries import own_registration
from openpes.jobseekers.rules import needs_guardian
from openpes.jobseekers.states import Channel
from openpes.jobseekers.words import REASON
from openpes.journeys.expectations import expectations_of
from openpes.journeys.register_jobseeker import Registration, register_jobseeker, with_phone
from openpes.people.operations import NewPerson
from openpes.people.queries import account_by_username
from openpes.people.states import ConsentWay, Sex
from openpes.reference import taxonomy
from openpes.reference.country import country, today
from openpes.reference.labels import occupation_name
from openpes.vacancies.queries import public_vacancy
from openpes.web.audience import Door, audience
from openpes.web.doorkeeper import SIGNED_IN_BY_DEMO
from openpes.web.forms import OpenpesForm
from openpes.web.jobseeker.draft import STEPS, Draft
from openpes.web.jobseeker.forms import (
    ConsentForm,
    PhoneStepForm,
    PinForm,
    PlaceForm,
    SkillsForm,
    WhoForm,
    WishesForm,
    WorkForm,
)
from openpes.web.jobseeker.summaries import summary_of_draft
from openpes.web.requests import OpenpesRequest
from openpes_countries import guardian_consent_age

BACKEND = "django.contrib.auth.backends.ModelBackend"
NO_OFFICE = gettext_lazy("No office is open yet to look after you. Please try again later.")
TITLES = {
    "who": gettext_lazy("About you"),
    "phone": gettext_lazy("Your phone"),
    "place": gettext_lazy("Home and school"),
    "work": gettext_lazy("The work you want"),
    "skills": gettext_lazy("What you can do"),
    "wishes": gettext_lazy("Distance, times, pay"),
    "consent": gettext_lazy("Check and agree"),
    "pin": gettext_lazy("Choose your PIN"),
}
MAJOR_GROUPS = tuple("0123456789")


def form_for(step: str, draft: Draft, request: OpenpesRequest, data: QueryDict | None) -> OpenpesForm:
    """The form of a step, with what earlier steps said."""
    language: str = request.LANGUAGE_CODE
    makers: dict[str, Callable[[], OpenpesForm]] = {
        "who": lambda: WhoForm(data, today=today(request.at)),
        "phone": lambda: PhoneStepForm(data),
        "place": lambda: PlaceForm(data, language=language),
        "work": lambda: WorkForm(data, language=language),
        "skills": lambda: SkillsForm(data, language=language, iscos=wanted_codes(draft, request)),
        "wishes": lambda: WishesForm(data),
        "consent": lambda: ConsentForm(data),
        "pin": lambda: PinForm(data),
    }
    return makers[step]()


def wanted_codes(draft: Draft, request: OpenpesRequest) -> list[str]:
    """The kinds of work chosen so far."""
    form = form_for("work", draft, request, draft.typed("work") or QueryDict())
    return [one.isco for one in form.wanted()] if form.is_valid() else []  # type: ignore[attr-defined]


@audience(Door.PUBLIC)
@never_cache
def register(request: OpenpesRequest) -> HttpResponse:
    """What is asked and why, and the way in. Who is registered already goes to their own page."""
    if request.actor.person_id is not None:
        return HttpResponseRedirect(reverse("jobseeker:home"))
    draft = Draft(request.session)
    if request.GET.get("job"):
        draft.remember_job(request.GET["job"])
    return render(request, "openpes/jobseeker/register.html", {"begun": draft.begun, "next_step": draft.first_open()})


@audience(Door.PUBLIC)
@never_cache
def register_step(request: OpenpesRequest, step: str) -> HttpResponse:
    """One screen of the registration."""
    if step not in STEPS:
        raise NotFound("step")
    if request.actor.person_id is not None:
        return HttpResponseRedirect(reverse("jobseeker:home"))
    draft = Draft(request.session)
    if not draft.may_open(step):
        return HttpResponseRedirect(reverse("jobseeker:register_step", args=[draft.first_open()]))
    if request.method == "POST":
        return _take(request, step, draft)
    typed = draft.typed(step)
    form = form_for(step, draft, request, typed)
    if typed is not None and step not in draft.held["done"]:
        form.is_valid()
    return _page(request, step, draft, form)


def _take(request: OpenpesRequest, step: str, draft: Draft) -> HttpResponse:
    """What was typed at a step: keep it, go on, or say what is missing."""
    form = form_for(step, draft, request, request.POST)
    valid = form.is_valid()
    if step == "pin":
        return _finish(request, draft, form) if valid else _page(request, step, draft, form)
    draft.keep(step, request.POST, done=valid)
    if "browse" in request.POST:
        return HttpResponseRedirect(reverse("jobseeker:kinds"))
    if not valid:
        return _page(request, step, draft, form)
    following = STEPS[STEPS.index(step) + 1]
    if "then" in request.POST and draft.may_open("consent"):
        following = "consent"
    return HttpResponseRedirect(reverse("jobseeker:register_step", args=[following]))


def _page(request: OpenpesRequest, step: str, draft: Draft, form: OpenpesForm) -> HttpResponse:
    number = STEPS.index(step)
    context: dict[str, Any] = {
        "form": form,
        "step": step,
        "title": TITLES[step],
        "number": number + 1,
        "steps": len(STEPS),
        "back": (
            reverse("jobseeker:register_step", args=[STEPS[number - 1]]) if number else reverse("jobseeker:register")
        ),
        "then": request.GET.get("then") == "check" or "then" in request.POST,
    }
    if step == "consent":
        context |= {
            "rows": summary_of_draft(lambda name: _said(name, draft, request), request.LANGUAGE_CODE),
            "guardian": _guardian_needed(draft, request),
        }
    return render(request, "openpes/jobseeker/register_step.html", context, status=422 if form.errors else 200)


def _said(step: str, draft: Draft, request: OpenpesRequest) -> Any:
    """The valid form of a step that is done; None when a rule has changed since."""
    form = form_for(step, draft, request, draft.typed(step) or QueryDict())
    return form if form.is_valid() else None


def _guardian_needed(draft: Draft, request: OpenpesRequest) -> int:
    """The age under which a parent or guardian agrees too, when this person is younger; else 0."""
    who = _said("who", draft, request)
    on = today(request.at)
    if who is None or not needs_guardian(country(), born_on=who.cleaned_data["born_on"], on=on):
        return 0
    return int(guardian_consent_age(country(), on=on).value)


def _finish(request: OpenpesRequest, draft: Draft, pin: OpenpesForm) -> HttpResponse:
    """Everything is said: one call writes it. Whether somebody like this is known already changes nothing here."""
    forms = {step: _said(step, draft, request) for step in STEPS[:-1]}
    for step, form in forms.items():
        if form is None:
            draft.reopen(step)
            return HttpResponseRedirect(reverse("jobseeker:register_step", args=[step]))
    language: str = request.LANGUAGE_CODE
    who, phone, consent = (forms[step].cleaned_data for step in ("who", "phone", "consent"))
    registration = Registration(
        person=NewPerson(
            name=who["name"],
            born_on=who["born_on"],
            sex=Sex(who["sex"]),
            language=language,
            phone=with_phone(phone["phone"]),
            phone_owner=forms["phone"].said_owner,
        ),
        profile=Profile(
            wanted=forms["work"].wanted(),
            **forms["place"].profile_parts(),
            **forms["skills"].profile_parts(),
            **forms["wishes"].profile_parts(),
        ),
        consent_way=ConsentWay.SELF_ON_SCREEN,
        share_contact=consent["share_contact"],
        pin=pin.secret,  # type: ignore[attr-defined]
    )
    try:
        registered = register_jobseeker(
            registration=registration,
            channel=Channel.WEB,
            by=request.actor,
            at=request.at,
        )
    except Refused as refused:
        for reason in refused.decision.reasons:
            pin.add_error(None, str(REASON.get(reason.code) or reason.text or NO_OFFICE) % reason.facts)
        return _page(request, "pin", draft, pin)
    job = draft.job
    draft.forget()
    login(request, account_by_username(registered.code), backend=BACKEND)
    request.session.pop(SIGNED_IN_BY_DEMO, None)
    return HttpResponseRedirect(reverse("jobseeker:registered") + (f"?job={job}" if job else ""))


@audience(Door.PUBLIC)
@require_POST
def forget(request: OpenpesRequest) -> HttpResponse:
    """Drop what was typed: somebody else may use this phone next."""
    Draft(request.session).forget()
    return HttpResponseRedirect(reverse("jobseeker:register"))


@audience(Door.PUBLIC)
@never_cache
def kinds(request: OpenpesRequest) -> HttpResponse:
    """The ten kinds of work and the parts of each, for people who would rather look than type."""
    language: str = request.LANGUAGE_CODE
    groups = [
        {
            "name": occupation_name(code, language),
            "parts": [(part.code, occupation_name(part.code, language)) for part in taxonomy.children_of(code)],
        }
        for code in (*MAJOR_GROUPS[1:], MAJOR_GROUPS[0])
    ]
    return render(
        request, "openpes/jobseeker/kinds.html", {"groups": groups, "back": _back_of(request), "own": _is_own(request)}
    )


@audience(Door.PUBLIC)
@never_cache
def kind(request: OpenpesRequest, code: str) -> HttpResponse:
    """The occupations of one part; choosing one fills the next free place of the question."""
    language: str = request.LANGUAGE_CODE
    if len(code) != 2 or code not in taxonomy.occupations():
        raise NotFound("kind of work")
    units = sorted(
        (
            (unit.code, occupation_name(unit.code, language))
            for minor in taxonomy.children_of(code)
            for unit in taxonomy.children_of(minor.code)
        ),
        key=lambda pair: pair[1],
    )
    chosen = request.POST.get("isco", "")
    if request.method == "POST" and chosen in dict(units):
        if _is_own(request):
            return HttpResponseRedirect(f"{reverse('jobseeker:profile_work')}?add={chosen}")
        _add_to(Draft(request.session), chosen, occupation_name(chosen, language))
        return HttpResponseRedirect(reverse("jobseeker:register_step", args=["work"]))
    return render(
        request,
        "openpes/jobseeker/kind.html",
        {
            "name": occupation_name(code, language),
            "units": units,
            "own": _is_own(request),
            "missing": _("Choose one, or go back to the other kinds of work.") if request.method == "POST" else "",
        },
        status=422 if request.method == "POST" else 200,
    )


def _is_own(request: OpenpesRequest) -> bool:
    """Is somebody who is registered changing their own profile?"""
    return request.actor.person_id is not None


def _back_of(request: OpenpesRequest) -> str:
    return reverse("jobseeker:profile_work") if _is_own(request) else reverse("jobseeker:register_step", args=["work"])


def _add_to(draft: Draft, isco: str, name: str) -> None:
    """Put a kind of work into the first box that has none; into the last when all are full."""
    typed = draft.typed("work")
    boxes = ("work1", "work2", "work3")
    free = next(
        (
            box
            for box in boxes
            if typed is None or not typed.get(f"{box}_code") or not (typed.get(f"{box}_text") or "").strip()
        ),
        boxes[-1],
    )
    draft.change("work", {f"{free}_text": name, f"{free}_code": isco})


@audience(Door.ROLES, "jobseeker")
def registered(request: OpenpesRequest) -> HttpResponse:
    """The code to keep, the office, and what to expect, honestly."""
    jobseeker = own_registration(request.actor)
    try:
        job = public_vacancy(request.GET["job"]) if request.GET.get("job") else None
    except NotFound:
        job = None
    return render(
        request,
        "openpes/jobseeker/registered.html",
        {
            "jobseeker": jobseeker,
            "code": request.user.username,
            "job": job,
            "waits": jobseeker.state == "waiting_for_guardian",
            "expect": expectations_of(jobseeker, request.LANGUAGE_CODE, request.at),
        },
    )
