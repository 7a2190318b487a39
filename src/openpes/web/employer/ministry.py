"""What the ministry wants to know about a vacancy and the advert may not show; and the ministry's report as a file."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openpes.core.decisions import Refused
from openpes.reference.country import today
from openpes.vacancies.queries import vacancy_for
from openpes.vacancies.reporting import OLDEST, YOUNGEST, Answers, answer_report, answers_of, asked_on
from openpes.web.audience import Door, audience
from openpes.web.forms import OpenpesForm, with_look
from openpes.web.requests import OpenpesRequest

REFUSED = {
    "not_asked_here": gettext_lazy("The ministry does not ask this here."),
    "sex_of_the_list": gettext_lazy("Choose one of the list."),
    "ages_in_order": gettext_lazy("Write the lower age first, from %(youngest)s to %(oldest)s."),
}


class ReportForm(OpenpesForm):
    """Only for the ministry."""

    about_self = False
    sex = with_look(
        forms.ChoiceField(
            label=gettext_lazy("Who is wanted, for the report"),
            required=False,
            choices=[
                ("", gettext_lazy("Not said")),
                ("any", gettext_lazy("Women and men alike")),
                ("women", gettext_lazy("Women")),
                ("men", gettext_lazy("Men")),
            ],
            widget=forms.RadioSelect,
        )
    )
    age_from = with_look(
        forms.IntegerField(label=gettext_lazy("Age from"), required=False, min_value=YOUNGEST, max_value=OLDEST),
        width=3,
    )
    age_to = with_look(
        forms.IntegerField(label=gettext_lazy("Age to"), required=False, min_value=YOUNGEST, max_value=OLDEST), width=3
    )

    def only(self, asked: tuple[str, ...]) -> None:
        """Leave only what the country asks."""
        wanted = {"age": ("age_from", "age_to"), "sex": ("sex",)}
        keep = {name for one in asked for name in wanted[one]}
        for name in set(self.fields) - keep:
            del self.fields[name]


@audience(Door.ROLES, "employer_staff", "employer_administrator")
def ministry(request: OpenpesRequest, ref: str) -> HttpResponse:
    """Answer for the report. Where the country asks nothing, the page is not there."""
    held, on = vacancy_for(request.actor, ref), today(request.at)
    known = answers_of(request.actor, held, on=on)
    initial: dict[str, Any] = {"sex": known.sex, "age_from": known.age_from, "age_to": known.age_to}
    form = ReportForm(request.POST if request.method == "POST" else None, initial=initial)
    form.only(asked_on(on))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        answers = Answers(given.get("sex") or "", given.get("age_from"), given.get("age_to"))
        try:
            answer_report(vacancy=held, answers=answers, by=request.actor, at=request.at, on=on)
        except Refused as refused:
            for one in refused.decision.reasons:
                form.add_error(None, str(REFUSED[one.code]) % one.facts)
        else:
            messages.success(request, _("Kept for the report. The advert stays as it is."))
            return HttpResponseRedirect(reverse("employer:vacancy", args=[held.ref]))
    status = 422 if form.errors else 200
    return render(request, "openpes/employer/ministry.html", {"vacancy": held, "form": form}, status=status)
