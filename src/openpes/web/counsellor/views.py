"""Finding a person: never a list to browse."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from openpes.core.clock import age_on
from openpes.core.ids import fold_ref
from openpes.jobseekers.models import Jobseeker
from openpes.jobseekers.queries import SEARCH_LIMIT, find_jobseekers, office_of_elsewhere
from openpes.jobseekers.words import STATE
from openpes.people.phones import masked
from openpes.reference.country import area_name, today
from openpes.reference.labels import occupation_name
from openpes.web.audience import Door, audience
from openpes.web.counsellor.roles import PEOPLE_DESK
from openpes.web.counsellor.words import said
from openpes.web.forms import OpenpesForm, PlainDateField, with_look
from openpes.web.requests import OpenpesRequest


class FindForm(OpenpesForm):
    """One box for all that identifies a person, and the birth date to narrow it."""

    about_self = False
    mark_optional = False
    text = with_look(
        forms.CharField(
            label=_("Name, phone, code or number"),
            required=False,
            max_length=120,
            help_text=_("A name may sound alike, in any script."),
        ),
        width=30,
    )
    born_on = PlainDateField(label=_("Birth date, to narrow it down"), required=False)

    @property
    def narrowed(self) -> bool:
        """True when a birth date was typed, right or wrong."""
        return any(self.data.get(f"born_on_{part}") for part in ("day", "month", "year"))


def work_wanted(jobseeker: Jobseeker, language: str) -> str:
    """The kinds of work that somebody wants, in words."""
    return ", ".join(occupation_name(one.isco, language) for one in jobseeker.wanted.all())


def short(jobseeker: Jobseeker, request: OpenpesRequest) -> dict[str, object]:
    """A person in a list: just enough to know the right one."""
    person, language = jobseeker.person, request.LANGUAGE_CODE
    phones = sorted(person.phones.all(), key=lambda phone: not phone.is_main)
    return {
        "jobseeker": jobseeker,
        "person": person,
        "area": area_name(jobseeker.area_code, language),
        "age": age_on(person.born_on, today(request.at)) if person.born_on else None,
        "phone": masked(phones[0].number) if phones else "",
        "state": said(STATE, jobseeker.state),
        "work": work_wanted(jobseeker, language),
    }


@audience(Door.ROLES, *PEOPLE_DESK)
@require_safe
def find(request: OpenpesRequest) -> HttpResponse:
    """Search by GET, so that the browser's back button returns to the result."""
    asked = bool({"text", "born_on_day", "born_on_month", "born_on_year"} & set(request.GET))
    form = FindForm(request.GET if asked else None)
    found: list[dict[str, object]] | None = None
    elsewhere = ""
    if asked and form.is_valid():
        rows = find_jobseekers(
            request.actor, text=form.cleaned_data["text"], born_on=form.cleaned_data["born_on"], at=request.at
        )
        found = [short(row, request) for row in rows]
        if not found and form.cleaned_data["text"]:
            elsewhere = office_of_elsewhere(request.actor, form.cleaned_data["text"])
    return render(
        request,
        "openpes/counsellor/find.html",
        {
            "form": form,
            "found": found,
            "elsewhere": elsewhere,
            "is_manager": request.actor.holds("accesslog.view_office"),
            "elsewhere_ref": fold_ref(form.cleaned_data["text"]) if elsewhere else "",
            "full": found is not None and len(found) >= SEARCH_LIMIT,
        },
        status=422 if asked and form.errors else 200,
    )
