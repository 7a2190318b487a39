"""The people of a firm who may sign in: invited with a role, and ended the day that they leave."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from openpes.core.decisions import NotPermitted, Refused
from openpes.organisations.firm_operations import (
    become_administrator,
    end_colleague,
    invite_colleague,
    join_firm,
    living_members,
    may_take_over,
    membership_of_firm,
)
from openpes.organisations.queries import invitation_by_key
from openpes.people.queries import account_by_username
from openpes.people.roles import EMPLOYER_ROLES, EmployerAdministrator, EmployerReader, EmployerStaff
from openpes.people.words import ROLE
from openpes.reference.country import today
from openpes.web.audience import Door, audience
from openpes.web.date_field import PlainDateField
from openpes.web.employer.firm_details import put_reasons
from openpes.web.employer.posting import CHOSEN_FIRM, own_employer
from openpes.web.forms import OpenpesForm, with_look
from openpes.web.requests import OpenpesRequest

MAY_DO = {
    EmployerStaff.code: gettext_lazy("Writes vacancies and answers about people"),
    EmployerReader.code: gettext_lazy("Looks on and changes nothing"),
    EmployerAdministrator.code: gettext_lazy("Also changes the firm's details and invites others"),
}


class InviteForm(OpenpesForm):
    """One colleague."""

    about_self = False
    name = with_look(forms.CharField(label=gettext_lazy("Name"), max_length=120), width=20)
    username = with_look(
        forms.CharField(
            label=gettext_lazy("Sign-in name"),
            max_length=80,
            min_length=4,
            help_text=gettext_lazy("Their phone number or e-mail address. Nobody else may have it."),
        ),
        width=20,
    )
    role = with_look(
        forms.ChoiceField(
            label=gettext_lazy("What may they do?"), widget=forms.RadioSelect, choices=list(MAY_DO.items())
        ),
        size="m",
    )


class LeaveForm(OpenpesForm):
    """The last day of somebody at the firm."""

    about_self = False
    last_day = PlainDateField(label=gettext_lazy("Last day. Leave it empty to end it now."), required=False)


@audience(Door.ROLES, *EMPLOYER_ROLES)
@never_cache
def staff(request: OpenpesRequest) -> HttpResponse:
    """Who may sign in for the firm; one more is invited by a link that is shown once."""
    employer, on = own_employer(request), today(request.at)
    may_invite = request.actor.may("employer.invite", employer_id=employer.pk)
    form, link, invited = InviteForm(request.POST if request.method == "POST" and may_invite else None), "", None
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        try:
            invited, key = invite_colleague(
                employer=employer,
                name=said["name"],
                username=said["username"],
                role=said["role"],
                language=employer.language,
                by=request.actor,
                at=request.at,
                secret=settings.SECRET_KEY,
            )
        except Refused as refused:
            put_reasons(form, refused)
        else:
            knows = account_by_username(said["username"]) is not None
            page = "employer:join" if knows else "web:invitation"
            link, form = request.build_absolute_uri(reverse(page, args=[key])), InviteForm()
    return render(
        request,
        "openpes/employer/staff.html",
        {
            "form": form,
            "link": link,
            "invited": invited,
            "employer": employer,
            "may_invite": may_invite,
            "may_take_over": may_take_over(employer, request.actor.account_id, on=on),
            "people": [
                (one, str(ROLE.get(one.role, one.role)), str(MAY_DO.get(one.role, "")))
                for one in living_members(employer, on=on)
            ],
        },
        status=422 if form.errors else 200,
    )


@audience(Door.ROLES, EmployerStaff.code)
def take_over(request: OpenpesRequest) -> HttpResponse:
    """The first person of the firm becomes its administrator; a second step of signing in is needed from then on."""
    employer, on = own_employer(request), today(request.at)
    if not may_take_over(employer, request.actor.account_id, on=on):
        raise NotPermitted("employer.invite")
    if request.method == "POST":
        become_administrator(employer=employer, by=request.actor, at=request.at, on=on)
        # The doorkeeper asks for the second step on the way there.
        return HttpResponseRedirect(reverse("employer:staff"))
    return render(request, "openpes/employer/take_over.html", {"employer": employer})


@audience(Door.ROLES, EmployerAdministrator.code)
def leave(request: OpenpesRequest, key: int) -> HttpResponse:
    """Somebody leaves the firm: at once or after their last day."""
    membership = membership_of_firm(request.actor, key, on=today(request.at))
    form = LeaveForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            end_colleague(
                membership=membership,
                last_day=form.cleaned_data["last_day"],
                on=today(request.at),
                by=request.actor,
                at=request.at,
            )
        except Refused as refused:
            put_reasons(form, refused)
        else:
            messages.success(request, _("Saved."))
            return HttpResponseRedirect(reverse("employer:staff"))
    return render(
        request,
        "openpes/employer/leave.html",
        {"form": form, "membership": membership},
        status=422 if form.errors else 200,
    )


@audience(Door.SIGNED_IN)
@never_cache
def join(request: OpenpesRequest, key: str) -> HttpResponse:
    """Somebody who signs in already takes the invitation of another firm. Raises NotFound for somebody else's."""
    invitation = invitation_by_key(key, at=request.at, secret=settings.SECRET_KEY)
    if request.method == "POST":
        joined = join_firm(
            invitation=invitation,
            account=request.user,  # type: ignore[arg-type]
            at=request.at,
            on=today(request.at),
            by=request.actor,
        )
        request.session[CHOSEN_FIRM] = joined.employer.ref if joined.employer else ""
        return HttpResponseRedirect(reverse("employer:home"))
    return render(request, "openpes/employer/join.html", {"invitation": invitation})
