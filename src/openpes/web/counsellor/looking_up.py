"""Why somebody opens the record of a person in a colleague’s care: asked once a day, kept, shown to the person."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from openpes.casework.queries import caseload_of
from openpes.core.decisions import NotFound
from openpes.core.ids import fold_ref
from openpes.desks.look_ups import without_contact
from openpes.jobseekers.queries import Care, care_of, office_of_elsewhere, open_elsewhere
from openpes.jobseekers.words import STATE
from openpes.reference.country import today
from openpes.web.audience import Door, audience
from openpes.web.counsellor.roles import PEOPLE_DESK
from openpes.web.counsellor.words import said
from openpes.web.forms import OpenpesForm, with_look
from openpes.web.requests import OpenpesRequest

KEPT = "look_ups"
OTHER = "other"
SHORTEST = 5
REASONS = {
    "here": gettext_lazy("the person is at the desk"),
    "called": gettext_lazy("the person called"),
    "colleague": gettext_lazy("a colleague is away or has asked"),
    "employer": gettext_lazy("an employer asked about the person"),
    "double": gettext_lazy("the person may be registered twice"),
    OTHER: gettext_lazy("another reason"),
}


class ReasonForm(OpenpesForm):
    """A reason from the list, or in words."""

    about_self = False
    mark_optional = False
    reason = with_look(
        forms.ChoiceField(label=gettext_lazy("Why?"), choices=list(REASONS.items()), widget=forms.RadioSelect),
        small=True,
    )
    words = with_look(
        forms.CharField(label=gettext_lazy("In your own words"), max_length=200, required=False), width=30
    )

    def clean(self) -> dict[str, Any]:
        """Another reason is told in words."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("reason") == OTHER and len(cleaned.get("words", "").strip()) < SHORTEST:
            self.add_error("words", _("Write the reason in a few words."))
        return cleaned

    def told(self) -> str:
        """The reason as the person reads it. Call when valid."""
        code, words = self.cleaned_data["reason"], self.cleaned_data["words"].strip()
        return words if code == OTHER else f"{REASONS[code]}. {words}".strip() if words else str(REASONS[code])


def reason_given(request: OpenpesRequest, ref: str) -> str:
    """The reason that was given today for opening this person, or "". Another day asks again."""
    kept = request.session.get(KEPT, {}).get(fold_ref(ref))
    return kept[1] if kept and kept[0] == today(request.at).isoformat() else ""


def was_given(request: OpenpesRequest, ref: str) -> bool:
    """Was a reason given for this person since the officer signed in, on whatever day?"""
    return fold_ref(ref) in request.session.get(KEPT, {})


def needs_reason(request: OpenpesRequest, ref: str) -> Care | None:
    """In whose care the person is, when it is a colleague's and no reason was given yet; else None."""
    care = care_of(request.actor, ref)
    if care is None or care.account_id is None or reason_given(request, ref):
        return None
    return None if care.account_id in caseload_of(request.actor.account_id, on=today(request.at)) else care


def _wanted(request: OpenpesRequest, ref: str) -> str:
    """The page of this person that was wanted, or the person's own: never any other address."""
    wanted = request.GET.get("next", "")
    own = reverse("counsellor:person", args=[ref])
    call = reverse("counsellor:call", args=[ref])
    path = wanted.split("?", 1)[0]
    # An address with dots or two slashes in it could lead elsewhere; ours have none.
    safe = path.startswith((own, call)) and ".." not in path and "//" not in path and "\\" not in path
    return wanted if safe else own


@audience(Door.ROLES, *PEOPLE_DESK)
@never_cache
def why(request: OpenpesRequest, ref: str) -> HttpResponse:
    """Ask for the reason. Nothing of the person is shown here but in whose care they are."""
    care = care_of(request.actor, ref)
    if care is None:
        raise NotFound("jobseeker")
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        kept = dict(request.session.get(KEPT, {}))
        kept[fold_ref(ref)] = [today(request.at).isoformat(), form.told()]
        request.session[KEPT] = kept
        return HttpResponseRedirect(_wanted(request, ref))
    return render(
        request,
        "openpes/counsellor/why.html",
        {"form": form, "care": care},
        status=422 if form.errors else 200,
    )


@audience(Door.ROLES, *PEOPLE_DESK)
@never_cache
def elsewhere(request: OpenpesRequest, ref: str) -> HttpResponse:
    """Somebody of another office: only by the whole number, only for a reason, only to read."""
    office = office_of_elsewhere(request.actor, ref)
    if not office:
        raise NotFound("jobseeker")
    form = ReasonForm(request.POST if request.method == "POST" else None)
    found = None
    if request.method == "POST" and form.is_valid():
        found = open_elsewhere(request.actor, ref, reason=form.told(), at=request.at)
    return render(
        request,
        "openpes/counsellor/elsewhere.html",
        {"form": form, "office": office, "found": found, "state": said(STATE, found.state) if found else ""},
        status=422 if form.errors else 200,
    )


@audience(Door.ROLES, "office_manager")
@require_safe
def look_up_report(request: OpenpesRequest) -> HttpResponse:
    """The week's look-ups after which nobody spoke with the person: for the manager to ask about."""
    return render(request, "openpes/counsellor/look_ups.html", {"rows": without_contact(request.actor, at=request.at)})
