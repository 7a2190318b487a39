"""One text to many: choose by plain filters, see who and what it costs, send once."""

from __future__ import annotations

import secrets
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openpes.appointments.contacts import bulk_text_for, bulk_texts
from openpes.core.access_log import record_search
from openpes.core.decisions import Refused
from openpes.jobseekers.queries import ChosenPeople
from openpes.journeys.bulk_text import Preview, preview, send_bulk_text
from openpes.reference.country import area_choices, area_name
from openpes.reference.labels import occupation_name, skill_label
from openpes.reference.queries import skills_of_work
from openpes.web.audience import Door, audience
from openpes.web.counsellor.forms import work_proposals
from openpes.web.counsellor.queue import own_office
from openpes.web.counsellor.roles import PEOPLE_DESK
from openpes.web.counsellor.words import reasons_in_words
from openpes.web.forms import OpenpesForm, SearchThenChooseField, with_look
from openpes.web.requests import OpenpesRequest

LEFT_OUT = {
    "no_phone": gettext_lazy("have no phone, or a stranger’s"),
    "said_stop": gettext_lazy("said STOP"),
    "enough_today": gettext_lazy("got enough texts today"),
    "same_phone": gettext_lazy("share a phone with somebody on the list"),
}
NAMES_SHOWN = 50


class ChooseForm(OpenpesForm):
    """Whom a text is for, and what it says."""

    about_self = False
    work = SearchThenChooseField(
        label=gettext_lazy("Work wanted, or a skill"),
        help_text=gettext_lazy("For example: plumbing. Everybody who wants this work or has its skills."),
        required=False,
    )
    area = forms.ChoiceField(label=gettext_lazy("Where the people live"), required=False)
    least_km = with_look(
        forms.IntegerField(label=gettext_lazy("Can travel at least"), required=False, min_value=1, max_value=1000),
        width=3,
        suffix="km",
    )
    silent_days = with_look(
        forms.IntegerField(
            label=gettext_lazy("Not contacted for so many days"), required=False, min_value=1, max_value=3650
        ),
        width=4,
    )
    words = with_look(
        forms.CharField(
            label=gettext_lazy("The text"),
            max_length=600,
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text=gettext_lazy("Nothing private: a phone may be shared. The name of the office is put before it."),
        )
    )

    def __init__(self, data: Any = None, *, language: str, areas: list[tuple[str, str]]) -> None:
        super().__init__(data)
        self.fields["area"].choices = [("", _("Everywhere")), *areas]  # type: ignore[attr-defined]
        self.fields["work"].set_propose(work_proposals(language))  # type: ignore[attr-defined]

    def chosen(self) -> ChosenPeople:
        """The filters as typed. Call when valid."""
        given, work = self.cleaned_data, self.cleaned_data.get("work")
        isco = (work.code,) if work is not None and work.code else ()
        skills = tuple(one.skill_id for code in isco for one in skills_of_work(code)[:6])
        return ChosenPeople(
            isco=isco,
            skill_ids=skills,
            area_codes=(given["area"],) if given["area"] else (),
            least_km=given["least_km"],
        )


def shown_filters(form: ChooseForm, language: str) -> dict[str, Any]:
    """The filters in words, as they are kept with what was sent."""
    chosen = form.chosen()
    return {
        "work": [occupation_name(one, "en") for one in chosen.isco],
        "skills": [skill_label(one, "en") for one in chosen.skill_ids],
        "areas": [area_name(one, "en") for one in chosen.area_codes],
        "least_km": chosen.least_km,
        "silent_days": form.cleaned_data["silent_days"],
    }


@audience(Door.ROLES, *PEOPLE_DESK)
def texts(request: OpenpesRequest) -> HttpResponse:
    """Choose, preview, send. Nothing is sent before the preview was shown."""
    office = own_office(request, "text.bulk")
    form = ChooseForm(
        request.POST if request.method == "POST" else None,
        language=request.LANGUAGE_CODE,
        areas=area_choices(request.LANGUAGE_CODE),
    )
    seen: Preview | None = None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        facts = {
            "office": office,
            "chosen": form.chosen(),
            "not_contacted_days": given["silent_days"],
            "words": given["words"],
            "by": request.actor,
            "at": request.at,
        }
        try:
            if request.POST.get("act") == "send" and request.POST.get("key"):
                sent = send_bulk_text(
                    **facts, key=request.POST["key"][:40], shown=shown_filters(form, request.LANGUAGE_CODE)
                )
                messages.success(request, _("On its way to %(people)s people.") % {"people": sent.people})
                return HttpResponseRedirect(reverse("counsellor:text", args=[sent.ref]))
            seen = preview(**facts)
            record_search(
                by=request.actor,
                at=request.at,
                what="text to many",
                found={one.person.log_key for one in seen.people[:NAMES_SHOWN]},
            )
        except Refused as refused:
            for sentence in reasons_in_words(refused):
                form.add_error(None, sentence)
    return render(
        request,
        "openpes/counsellor/texts.html",
        {
            "form": form,
            "office": office,
            "seen": seen,
            "key": request.POST.get("key") or secrets.token_urlsafe(18),
            "names": [one.person for one in seen.people[:NAMES_SHOWN]] if seen else [],
            "more_names": max(0, len(seen.people) - NAMES_SHOWN) if seen else 0,
            "left_out": [(count, LEFT_OUT[code]) for code, count in seen.left_out.items()] if seen else [],
            "waits": seen is not None and seen.goes_at > request.at,
            "sent": bulk_texts(request.actor),
        },
        status=422 if form.errors else 200,
    )


@audience(Door.ROLES, *PEOPLE_DESK)
def text(request: OpenpesRequest, ref: str) -> HttpResponse:
    """What was sent, to how many, and who was left out and why."""
    held = bulk_text_for(request.actor, ref)
    return render(
        request,
        "openpes/counsellor/text.html",
        {
            "text": held,
            "left_out": [(count, LEFT_OUT.get(code, code)) for code, count in held.left_out.items()],
        },
    )
