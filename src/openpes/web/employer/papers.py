"""The firm's papers: photographed once, re-used for every later need."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from openpes.core.decisions import Refused
from openpes.core.pictures import EXTENSION
from openpes.journeys.change_firm import policy
from openpes.organisations.models import Employer, EmployerPaper
from openpes.organisations.papers import keep_paper, open_paper, paper_for, papers_of, remove_paper
from openpes.organisations.states import PaperKind
from openpes.organisations.words import PAPER
from openpes.people.roles import EmployerAdministrator, EmployerAdviser, EmployerStaff, OfficeManager
from openpes.reference.country import today
from openpes.web.audience import Door, audience
from openpes.web.date_field import PlainDateField
from openpes.web.employer.firm_details import put_reasons
from openpes.web.employer.posting import own_employer
from openpes.web.forms import OpenpesForm
from openpes.web.requests import OpenpesRequest

KEEPERS = (EmployerStaff.code, EmployerAdministrator.code)
OFFICERS = (EmployerAdviser.code, OfficeManager.code)


class PaperForm(OpenpesForm):
    """One paper."""

    about_self = False
    kind = forms.ChoiceField(
        label=gettext_lazy("Which paper is it?"), choices=[("", gettext_lazy("Choose")), *PAPER.items()]
    )
    file = forms.FileField(
        label=gettext_lazy("Photo or PDF"),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,application/pdf"}),
    )
    expires_on = PlainDateField(
        label=gettext_lazy("Until when is it valid? Leave it empty if it has no end."), required=False
    )


def shown(papers: list[EmployerPaper], request: OpenpesRequest) -> list[dict[str, object]]:
    """Papers with their names, and whether they have ended or end soon."""
    on, warn = today(request.at), policy("paper_warn_days", request.at)
    return [
        {
            "paper": one,
            "kind": PAPER[PaperKind(one.kind)],
            "is_over": one.expires_on is not None and one.expires_on < on,
            "ends_soon": one.expires_on is not None and 0 <= (one.expires_on - on).days <= warn,
        }
        for one in papers
    ]


def take_paper(request: OpenpesRequest, employer: Employer, form: PaperForm) -> bool:
    """Keep the paper in the form. True when it was kept; what was refused stands in the form."""
    if not form.is_valid():
        return False
    said = form.cleaned_data
    try:
        keep_paper(
            employer=employer,
            kind=PaperKind(said["kind"]),
            content=said["file"].read(),
            name=said["file"].name or "",
            expires_on=said["expires_on"],
            largest_mb=policy("paper_largest_mb", request.at),
            most=policy("papers_most", request.at),
            by=request.actor,
            at=request.at,
        )
    except Refused as refused:
        put_reasons(form, refused)
        return False
    return True


@audience(Door.ROLES, *KEEPERS)
@never_cache
def papers(request: OpenpesRequest) -> HttpResponse:
    """What is kept, and one more."""
    employer = own_employer(request)
    form = PaperForm(request.POST or None, request.FILES or None)
    held = papers_of(request.actor, employer)
    if request.method == "POST" and take_paper(request, employer, form):
        messages.success(request, _("Saved."))
        return HttpResponseRedirect(reverse("employer:papers"))
    return render(
        request,
        "openpes/employer/papers.html",
        {"form": form, "employer": employer, "papers": shown(held, request)},
        status=422 if form.errors else 200,
    )


@audience(Door.ROLES, *KEEPERS, *OFFICERS)
@never_cache
def paper(request: OpenpesRequest, ref: str) -> HttpResponse:
    """The paper itself, to be looked at. Who looked is written down."""
    found, content = open_paper(request.actor, ref, at=request.at)
    answer = HttpResponse(content, content_type=found.file.media_type)
    ending = EXTENSION.get(found.file.media_type, "bin")
    answer["Content-Disposition"] = f'inline; filename="paper-{found.ref}.{ending}"'
    answer["Content-Security-Policy"] = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; sandbox"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@audience(Door.ROLES, *KEEPERS)
@require_POST
def remove(request: OpenpesRequest, ref: str) -> HttpResponse:
    """Take a paper out."""
    remove_paper(paper=paper_for(request.actor, ref), by=request.actor, at=request.at)
    messages.success(request, _("Saved."))
    return HttpResponseRedirect(reverse("employer:papers"))
