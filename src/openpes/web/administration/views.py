"""Offices, staff and the country pack: for administrators, and for managers of their own office."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from openpes.core.access_log import check_access_log
from openpes.core.change_log import check_change_log
from openpes.core.decisions import NotFound, Refused
from openpes.core.tables import UnreadableTable
from openpes.journeys.load_offices import OFFICE_COLUMNS, STAFF_COLUMNS, Loaded, load_offices, load_staff
from openpes.organisations.operations import NewOffice, end_membership, invite_staff, save_office
from openpes.organisations.queries import (
    all_staff,
    office_by_ref,
    offices_of,
    open_invitations,
    open_offices,
)
from openpes.organisations.words import REASON
from openpes.people.words import ROLE
from openpes.reference.country import area_name, country, today
from openpes.reference.law_queries import altered_entries
from openpes.web.administration.forms import FileForm, InviteForm, OfficeForm
from openpes.web.audience import Door, audience
from openpes.web.requests import OpenpesRequest

OFFICE_OPTIONAL = ("level", "address", "phone", "opening_hours", "latitude", "longitude", "supervisor_code")
STAFF_OPTIONAL = ("office", "language")


def _tell(form: Any, refused: Refused) -> None:
    for reason in refused.decision.reasons:
        form.add_error(None, str(REASON.get(reason.code, reason.code)) % reason.facts)


@audience(Door.ROLES, "administrator")
def offices(request: OpenpesRequest) -> HttpResponse:
    """All offices, and a form for one more."""
    rows = [(one, area_name(one.area_code, request.LANGUAGE_CODE)) for one in open_offices()]
    return render(request, "openpes/administration/offices.html", {"rows": rows})


@audience(Door.ROLES, "administrator")
def office(request: OpenpesRequest, ref: str = "") -> HttpResponse:
    """Make or change one office."""
    held = office_by_ref(ref) if ref else None
    names = (*OFFICE_COLUMNS, "level", "address", "phone", "opening_hours")
    initial = {name: getattr(held, name) for name in names} if held else {}
    if held is not None and held.supervisor is not None:
        initial["supervisor_code"] = held.supervisor.code
    form = OfficeForm(request.POST or None, initial=initial)
    if held is not None:
        form.fields["code"].disabled = True
    if request.method == "POST" and form.is_valid():
        try:
            save_office(
                new=NewOffice(
                    **form.cleaned_data,
                    latitude=held.latitude if held else None,
                    longitude=held.longitude if held else None,
                ),
                by=request.actor,
                at=request.at,
            )
        except Refused as refused:
            _tell(form, refused)
        else:
            messages.success(request, _("The office is saved."))
            return HttpResponseRedirect(reverse("administration:offices"))
    return render(
        request,
        "openpes/administration/office.html",
        {"form": form, "office": held},
        status=422 if form.errors else 200,
    )


def _load(
    request: OpenpesRequest,
    load: Any,
    columns: tuple[tuple[str, ...], tuple[str, ...]],
    *,
    heading: str,
    back: str,
) -> HttpResponse:
    """A file in, a report of every row out."""
    form = FileForm(request.POST or None, request.FILES or None)
    loaded: Loaded | None = None
    if request.method == "POST" and form.is_valid():
        try:
            loaded = load(content=form.cleaned_data["file"].read(), by=request.actor, at=request.at)
        except UnreadableTable as error:
            form.add_error("file", str(error))
    links = [
        (name, username, request.build_absolute_uri(reverse("web:invitation", args=[key])))
        for name, username, key in (loaded.keys if loaded else [])
    ]
    return render(
        request,
        "openpes/administration/load.html",
        {
            "heading": heading,
            "back_url": reverse(back),
            "form": form,
            "loaded": loaded,
            "links": links,
            "needed": columns[0],
            "optional": columns[1],
        },
        status=422 if form.errors else 200,
    )


@audience(Door.ROLES, "administrator")
@never_cache
def load_offices_page(request: OpenpesRequest) -> HttpResponse:
    """Offices from a CSV or XLSX file."""
    return _load(
        request,
        load_offices,
        (OFFICE_COLUMNS, OFFICE_OPTIONAL),
        heading=_("Load offices from a file"),
        back="administration:offices",
    )


@audience(Door.ROLES, "administrator")
@never_cache
def load_staff_page(request: OpenpesRequest) -> HttpResponse:
    """Invitations from a CSV or XLSX file."""
    return _load(
        request,
        load_staff,
        (STAFF_COLUMNS, STAFF_OPTIONAL),
        heading=_("Invite staff from a file"),
        back="administration:staff",
    )


def _places(request: OpenpesRequest) -> tuple[list[Any], bool]:
    actor = request.actor
    everywhere = actor.everywhere("staff.invite")
    return list(open_offices() if everywhere else offices_of(actor, "staff.invite")), everywhere


@audience(Door.ROLES, "administrator", "office_manager")
def staff(request: OpenpesRequest) -> HttpResponse:
    """Who works where, in which role, and which invitations are open."""
    places, everywhere = _places(request)
    keys = {one.pk for one in places}
    rows = [row for row in all_staff() if everywhere or row.office_id in keys]
    invitations = [
        row
        for row in open_invitations(at=request.at)
        if row.employer_id is None and row.partner_id is None and (everywhere or row.office_id in keys)
    ]
    return render(
        request,
        "openpes/administration/staff.html",
        {
            "rows": [(row, ROLE.get(row.role, row.role)) for row in rows],
            "invitations": [(row, ROLE.get(row.role, row.role)) for row in invitations],
            "everywhere": everywhere,
        },
    )


@audience(Door.ROLES, "administrator", "office_manager")
@never_cache
def invite(request: OpenpesRequest) -> HttpResponse:
    """Invite one person; the link is shown once, to be handed over."""
    places, everywhere = _places(request)
    form = InviteForm(request.POST or None, offices=places, everywhere=everywhere, initial={"language": "en"})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        place = next((one for one in places if one.ref == given["office"]), None)
        try:
            invitation, key = invite_staff(
                name=given["name"],
                username=given["username"],
                role=given["role"],
                office=place,
                language=given["language"],
                by=request.actor,
                at=request.at,
                secret=settings.SECRET_KEY,
            )
        except Refused as refused:
            _tell(form, refused)
        else:
            link = request.build_absolute_uri(reverse("web:invitation", args=[key]))
            return render(request, "openpes/administration/invited.html", {"invitation": invitation, "link": link})
    return render(request, "openpes/administration/invite.html", {"form": form}, status=422 if form.errors else 200)


@audience(Door.ROLES, "administrator", "office_manager")
@require_POST
def end(request: OpenpesRequest, key: int) -> HttpResponse:
    """End a role today: access ends with this click."""
    row = next((row for row in all_staff() if row.pk == key), None)
    if row is None:
        raise NotFound("membership")
    end_membership(membership=row, by=request.actor, at=request.at)
    messages.success(request, _("The role has ended. %(name)s can no longer use it.") % {"name": row.account.name})
    return HttpResponseRedirect(reverse("administration:staff"))


@audience(Door.ROLES, "administrator")
def pack(request: OpenpesRequest) -> HttpResponse:
    """The country pack in force: what is unverified, what is due for review, the areas and their codes."""
    held, on = country(), today(request.at)
    values = [held.value(key, on=on) for key in held.keys]
    unverified = [one for one in values if one.verify_before_use and not one.verified_by]
    due = [one for one in values if one.review_by is not None and one.review_by <= on]
    return render(
        request,
        "openpes/administration/pack.html",
        {
            "pack": held,
            "unverified": unverified,
            "due": due,
            "unknown": [one for one in values if not one.known],
            "areas": held.areas,
            "total": len(values),
        },
    )


@audience(Door.ROLES, "administrator")
def logs(request: OpenpesRequest) -> HttpResponse:
    """Are the logs whole? Walks both chains."""
    return render(
        request,
        "openpes/administration/logs.html",
        {"change": check_change_log(), "access": check_access_log(), "altered_law": altered_entries()},
    )
