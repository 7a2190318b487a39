"""The paper twin of the registration: blank forms to print, and a page to key them in one after the other."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from openpes.core.decisions import NotFound, Refused
from openpes.jobseekers.paper import forms_pdf
from openpes.jobseekers.paper_numbers import fold_paper, in_groups, is_number, new_number
from openpes.jobseekers.queries import paper_is_known
from openpes.jobseekers.words import REASON
from openpes.journeys.register_from_paper import register_from_paper
from openpes.journeys.register_jobseeker import people_like
from openpes.organisations.queries import offices_of
from openpes.reference.country import today
from openpes.web.audience import Door, audience
from openpes.web.counsellor.forms import RegisterForm
from openpes.web.counsellor.person import alike_in_words
from openpes.web.counsellor.registering import SLIP, registration_of_form, say_no
from openpes.web.counsellor.roles import PEOPLE_DESK
from openpes.web.forms import OpenpesForm, PlainDateField, with_look
from openpes.web.requests import OpenpesRequest

MOST_FORMS = 200
LAST = "last_paper"


class PrintForm(OpenpesForm):
    """How many blank forms, and in which language."""

    about_self = False
    count = with_look(
        forms.IntegerField(label=gettext_lazy("How many forms?"), min_value=1, max_value=MOST_FORMS, initial=20),
        width=4,
    )
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=settings.LANGUAGES)


class KeyForm(RegisterForm):
    """One paper form: its number and its day, then the questions in the order of the paper."""

    no_paper = None  # type: ignore[assignment]  # the paper twin does not ask for it
    number = with_look(
        forms.CharField(label=gettext_lazy("Form number"), max_length=14, help_text=gettext_lazy("At the top right.")),
        width=10,
    )
    held_on = PlainDateField(label=gettext_lazy("Filled in on"))
    agreed = forms.BooleanField(
        label=gettext_lazy("The box “has heard this and agrees” is ticked, and an officer has signed"),
        error_messages={
            "required": gettext_lazy("Without the tick and the signature nobody is registered. Ask the person again.")
        },
    )
    field_order = (
        "number",
        "held_on",
        "office",
        "name",
        "born_on",
        "sex",
        "phone",
        "phone_owner",
        "area_code",
        "education",
        "work",
        "share_contact",
        "guardian_name",
        "guardian_phone",
        "agreed",
        "language",
        "another_person",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["held_on"].latest = kwargs["today"]  # type: ignore[attr-defined]

    def clean_number(self) -> str:
        """A number that a form can carry, and that was not keyed in before."""
        number = fold_paper(self.cleaned_data["number"])
        if not is_number(number):
            raise forms.ValidationError(str(REASON["paper_number"]))
        if paper_is_known(number):
            raise forms.ValidationError(str(REASON["paper_known"]))
        return number


@audience(Door.ROLES, *PEOPLE_DESK)
@require_safe
def blank_forms(request: OpenpesRequest) -> HttpResponse:
    """Blank forms, each with a number of its own. A number that is never keyed in is lost paper, nothing more."""
    offices = list(offices_of(request.actor, "jobseeker.register"))
    form = PrintForm(request.GET)
    if not offices or not form.is_valid():
        return HttpResponseRedirect(reverse("counsellor:papers"))
    given = form.cleaned_data
    pdf = forms_pdf([new_number() for _n in range(given["count"])], language=given["language"], office=offices[0].name)
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = 'inline; filename="registration-forms.pdf"'
    return answer


@audience(Door.ROLES, *PEOPLE_DESK)
@never_cache
def papers(request: OpenpesRequest) -> HttpResponse:
    """Key in one form after the other; what repeats (day, area, language) stays from the last one."""
    actor, at = request.actor, request.at
    offices = list(offices_of(actor, "jobseeker.register"))
    if not offices:
        raise NotFound("office")
    last = request.session.get(LAST) or {}
    form = KeyForm(
        request.POST if request.method == "POST" else None,
        language=request.LANGUAGE_CODE,
        today=today(at),
        offices=offices,
        initial={
            "area_code": last.get("area_code", offices[0].area_code),
            "language": last.get("language", request.LANGUAGE_CODE),
            "held_on": today(at),
        },
    )
    alike: list[dict[str, Any]] = []
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        registration = registration_of_form(form, given.get("office") or offices[0].ref)
        alike = alike_in_words(people_like(registration), request)
        if not alike or given["another_person"]:
            try:
                made = register_from_paper(
                    number=given["number"], held_on=given["held_on"], registration=registration, by=actor, at=at
                )
            except Refused as refused:
                say_no(form, refused)
            else:
                request.session[SLIP] = {"ref": made.jobseeker_ref, "code": made.code, "pin": made.first_pin}
                request.session[LAST] = {
                    "area_code": given["area_code"],
                    "language": given["language"],
                    "ref": made.jobseeker_ref,
                }
                told = {"number": in_groups(given["number"]), "name": registration.person.name}
                messages.success(request, _("Form %(number)s: %(name)s is registered.") % told)
                return HttpResponseRedirect(reverse("counsellor:papers"))
    return render(
        request,
        "openpes/counsellor/papers.html",
        {
            "form": form,
            "alike": alike,
            "print_form": PrintForm(initial={"language": request.LANGUAGE_CODE}),
            "last": last.get("ref", ""),
        },
        status=422 if form.errors or alike else 200,
    )
