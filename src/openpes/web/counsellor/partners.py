"""Partners at the desk: who offers what to whom, with places left; agreements; who of a partner signs in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from openpes.core.decisions import NotFound, NotPermitted, Refused
from openpes.journeys.refer_to_partner import close_partner, end_agreement
from openpes.organisations.models import Partner
from openpes.organisations.partner_operations import (
    NewPartner,
    add_partner,
    end_partner_membership,
    invite_partner_staff,
)
from openpes.organisations.partner_queries import partner_for, partners_of, staff_of_partner
from openpes.organisations.queries import offices_of
from openpes.organisations.states import PartnerKind
from openpes.partnerships.operations import make_agreement
from openpes.partnerships.queries import Offer, agreement_for, agreements_with, ending_soon, is_live, offers
from openpes.partnerships.rules import LONGEST_WORDS, AgreementFacts
from openpes.partnerships.states import PartnerPurpose
from openpes.partnerships.words import PURPOSE
from openpes.people.phones import NotAPhone, normalise
from openpes.people.roles import OfficeManager
from openpes.reference.country import area_choices, area_name, country, today
from openpes.web.audience import Door, audience
from openpes.web.counsellor.roles import PEOPLE_DESK
from openpes.web.date_field import PlainDateField
from openpes.web.forms import OpenpesForm, PhoneField, with_look
from openpes.web.partner.forms import add_reasons
from openpes.web.partner.words import KIND
from openpes.web.requests import OpenpesRequest

MANAGER = OfficeManager.code
A_PAGE = 20


def group_choices(language: str) -> list[tuple[str, str]]:
    """The country's priority groups, by name."""
    return [(one.code, one.name(language)) for one in country().priority_groups]


def offer_line(one: Offer, language: str, *, on: Any) -> dict[str, Any]:
    """A line of the directory in words."""
    agreement, groups = one.agreement, dict(group_choices(language))
    return {
        "agreement": agreement,
        "partner": agreement.partner,
        "kind": KIND[PartnerKind(agreement.partner.kind)],
        "purposes": [PURPOSE[PartnerPurpose(code)] for code in agreement.purposes],
        "areas": [area_name(code, language) for code in agreement.areas],
        "groups": [groups.get(code, code) for code in agreement.groups],
        "places_left": one.places_left,
        "live": is_live(agreement, on=on),
        "days_left": (agreement.ends_before - on).days,
    }


@audience(Door.ROLES, *PEOPLE_DESK)
@require_safe
def partners(request: OpenpesRequest) -> HttpResponse:
    """The directory: searched by words, purpose, area and group; those with places first."""
    actor, language, on = request.actor, request.LANGUAGE_CODE, today(request.at)
    asked = {key: request.GET.get(key, "").strip() for key in ("words", "purpose", "area", "group")}
    found = offers(
        actor,
        on=on,
        purpose=asked["purpose"],
        area_code=asked["area"],
        words=asked["words"],
        group=asked["group"],
    )
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "openpes/counsellor/partners.html",
        {
            "page": page,
            "lines": [offer_line(one, language, on=on) for one in page],
            "asked": asked,
            "purposes": list(PURPOSE.items()),
            "areas": area_choices(language),
            "groups": group_choices(language),
            "ending": [{"agreement": one, "days": (one.ends_before - on).days} for one in ending_soon(actor, on=on)],
            "partners": list(partners_of(actor)),
            "may_manage": actor.holds("partner.manage"),
        },
    )


class PartnerForm(OpenpesForm):
    """A new partner."""

    about_self = False
    name = with_look(forms.CharField(label=gettext_lazy("Name of the partner"), max_length=160), width=30)
    kind = forms.ChoiceField(label=gettext_lazy("What is it?"), choices=list(KIND.items()))
    area = forms.ChoiceField(label=gettext_lazy("Where is it?"))
    address = with_look(forms.CharField(label=gettext_lazy("Address"), required=False, max_length=240), width=30)
    contact_name = with_look(
        forms.CharField(label=gettext_lazy("Who is asked first?"), required=False, max_length=120), width=30
    )
    contact_phone = PhoneField(
        label=gettext_lazy("Phone for links to answer"),
        required=False,
        help_text=gettext_lazy("A partner without accounts gets a text with a link for each person."),
    )

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = area_choices(language)  # type: ignore[attr-defined]

    def clean_contact_phone(self) -> str:
        """The number in E.164, or empty."""
        typed = self.cleaned_data["contact_phone"]
        try:
            return normalise(typed, country().code) if typed else ""
        except NotAPhone as error:
            raise forms.ValidationError(_("Enter a phone number, or leave this empty.")) from error


@audience(Door.ROLES, MANAGER)
def new_partner(request: OpenpesRequest) -> HttpResponse:
    """Write a partner down, at the manager's first office."""
    form = PartnerForm(request.POST if request.method == "POST" else None, language=request.LANGUAGE_CODE)
    office = offices_of(request.actor, "partner.manage").first()
    if office is None:
        raise NotFound("office")
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        new = NewPartner(
            name=given["name"],
            kind=PartnerKind(given["kind"]),
            area_code=given["area"],
            address=given["address"],
            contact_name=given["contact_name"],
            contact_phone=given["contact_phone"],
            language=request.LANGUAGE_CODE,
        )
        try:
            partner = add_partner(new=new, office=office, by=request.actor, at=request.at)
        except Refused as refused:
            add_reasons(form, refused)
        else:
            return _back(partner)
    return render(
        request,
        "openpes/counsellor/partner_form.html",
        {"form": form, "title": _("A new partner")},
        status=422 if form.errors else 200,
    )


def _back(partner: Partner) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("counsellor:partner", args=[partner.ref]))


class AgreementForm(OpenpesForm):
    """What a partner does for whom, from when until when."""

    about_self = False
    offers = with_look(
        forms.CharField(
            label=gettext_lazy("What does the partner offer?"),
            max_length=LONGEST_WORDS,
            help_text=gettext_lazy("In words that a counsellor can read to a person."),
            widget=forms.Textarea(attrs={"rows": 2}),
        )
    )
    purposes = with_look(
        forms.MultipleChoiceField(
            label=gettext_lazy("For what may people be sent?"),
            choices=list(PURPOSE.items()),
            widget=forms.CheckboxSelectMultiple,
        ),
        small=True,
    )
    areas = forms.MultipleChoiceField(
        label=gettext_lazy("For people who live in"),
        required=False,
        help_text=gettext_lazy("Choose none for everywhere."),
        widget=forms.SelectMultiple(attrs={"size": 5}),
    )
    groups = with_look(
        forms.MultipleChoiceField(
            label=gettext_lazy("Meant above all for"),
            required=False,
            help_text=gettext_lazy("Shown in the directory. It keeps nobody out. Choose none for everybody."),
            widget=forms.CheckboxSelectMultiple,
        ),
        small=True,
    )
    capacity = with_look(
        forms.IntegerField(label=gettext_lazy("How many people at a time?"), min_value=1, max_value=100_000), width=5
    )
    starts_on = PlainDateField(label=gettext_lazy("First day"))
    ends_before = PlainDateField(
        label=gettext_lazy("Ends before"),
        help_text=gettext_lazy("On this day access closes by itself. It warns 90, 30 and 7 days before."),
    )

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["areas"].choices = area_choices(language)  # type: ignore[attr-defined]
        self.fields["groups"].choices = group_choices(language)  # type: ignore[attr-defined]


@audience(Door.ROLES, MANAGER)
def new_agreement(request: OpenpesRequest, ref: str) -> HttpResponse:
    """A dated agreement with a partner."""
    partner = partner_for(request.actor, ref)
    form = AgreementForm(
        request.POST if request.method == "POST" else None,
        language=request.LANGUAGE_CODE,
        initial={"starts_on": today(request.at)},
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        facts = AgreementFacts(
            tuple(given["purposes"]),
            given["starts_on"],
            given["ends_before"],
            given["capacity"],
            tuple(given["areas"]),
            tuple(given["groups"]),
        )
        try:
            make_agreement(partner=partner, facts=facts, offers=given["offers"], by=request.actor, at=request.at)
        except Refused as refused:
            add_reasons(form, refused)
        else:
            messages.success(request, _("The agreement is written down."))
            return _back(partner)
    return render(
        request,
        "openpes/counsellor/partner_form.html",
        {"form": form, "title": _("An agreement with %(name)s") % {"name": partner.name}, "partner": partner},
        status=422 if form.errors else 200,
    )


class InviteForm(OpenpesForm):
    """Somebody who works for the partner."""

    about_self = False
    name = with_look(forms.CharField(label=gettext_lazy("Name"), max_length=120), width=20)
    username = with_look(forms.CharField(label=gettext_lazy("Sign-in name"), max_length=80), width=20)


@audience(Door.ROLES, *PEOPLE_DESK)
@never_cache
def partner(request: OpenpesRequest, ref: str) -> HttpResponse:
    """One partner: agreements, places, who signs in. A manager invites here; the link is shown once."""
    held, on, actor = partner_for(request.actor, ref), today(request.at), request.actor
    may_manage = actor.may("partner.manage", office_id=held.office_id)
    form = InviteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and not may_manage:
        raise NotPermitted("partner.manage")
    link, invited = "", None
    if request.method == "POST" and form.is_valid():
        try:
            invited, key = invite_partner_staff(
                partner=held, by=actor, at=request.at, secret=settings.SECRET_KEY, **form.cleaned_data
            )
        except Refused as refused:
            add_reasons(form, refused)
        else:
            link = request.build_absolute_uri(reverse("web:invitation", args=[key]))
    return render(
        request,
        "openpes/counsellor/partner.html",
        {
            "partner": held,
            "kind": KIND[PartnerKind(held.kind)],
            "area": area_name(held.area_code, request.LANGUAGE_CODE),
            "lines": [offer_line(one, request.LANGUAGE_CODE, on=on) for one in agreements_with(actor, held.pk)],
            "staff": list(staff_of_partner(held)),
            "form": form,
            "link": link,
            "invited": invited,
            "may_manage": may_manage,
        },
        status=422 if form.errors else 200,
    )


class EndForm(OpenpesForm):
    """Why an agreement ends before its day."""

    about_self = False
    note = with_look(
        forms.CharField(label=gettext_lazy("Why does it end?"), required=False, max_length=LONGEST_WORDS), width=30
    )


@audience(Door.ROLES, MANAGER)
def end(request: OpenpesRequest, ref: str) -> HttpResponse:
    """End an agreement today, asked once more. Whoever is there comes back to the office as a task."""
    offer = agreement_for(request.actor, ref)
    form = EndForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            back = end_agreement(
                agreement=offer.agreement, note=form.cleaned_data["note"], by=request.actor, at=request.at
            )
        except Refused as refused:
            add_reasons(form, refused)
        else:
            messages.success(request, _("Ended. %(number)s people came back to the office.") % {"number": back})
            return _back(offer.agreement.partner)
    return render(
        request,
        "openpes/counsellor/partner_end.html",
        {"form": form, "line": offer_line(offer, request.LANGUAGE_CODE, on=today(request.at))},
        status=422 if form.errors else 200,
    )


@audience(Door.ROLES, MANAGER)
@require_POST
def close(request: OpenpesRequest, ref: str) -> HttpResponse:
    """The partner helps nobody any more."""
    held = partner_for(request.actor, ref)
    back = close_partner(partner=held, by=request.actor, at=request.at)
    messages.success(request, _("Closed. %(number)s people came back to the office.") % {"number": back})
    return _back(held)


@audience(Door.ROLES, MANAGER)
@require_POST
def end_staff(request: OpenpesRequest, ref: str, key: int) -> HttpResponse:
    """Somebody no longer works for the partner: their access ends with this click."""
    held = partner_for(request.actor, ref)
    row = staff_of_partner(held).filter(pk=key).first()
    if row is None:
        raise NotFound("membership")
    end_partner_membership(membership=row, by=request.actor, at=request.at)
    messages.success(request, _("%(name)s can no longer sign in.") % {"name": row.account.name})
    return _back(held)
