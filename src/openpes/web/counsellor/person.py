"""One person at the desk: who, what they look for, what has become of it."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from openpes.casework.papers_to_show import paper_asked_of, paper_shown
from openpes.core.clock import age_on
from openpes.core.decisions import Refused
from openpes.desks.look_alikes import shown_to
from openpes.guidance.queries import plan_of
from openpes.imports.queries import provenance_of
from openpes.jobseekers.models import Jobseeker
from openpes.jobseekers.operations import Profile, change_profile, confirm_looking, profile_of, take_on
from openpes.jobseekers.queries import jobseeker_for
from openpes.jobseekers.rules import GivenByGuardian
from openpes.jobseekers.states import Channel
from openpes.jobseekers.words import STATE
from openpes.journeys.change_person import PersonChanges, change_person
from openpes.journeys.register_jobseeker import accept_guardian
from openpes.people.merge_queries import merges_into
from openpes.people.phones import as_dialled
from openpes.people.queries import LookAlike, live_consent, look_alikes
from openpes.people.rules import Likeness
from openpes.people.states import PhoneOwner, Purpose, Sex
from openpes.people.words import LOOK_ALIKE
from openpes.placements.queries import outcomes_of
from openpes.placements.words import GRADE, KIND
from openpes.reference.country import area_name, country, today
from openpes.reference.labels import education_name, language_name, licence_label, occupation_name, skill_label
from openpes.referrals.queries import referrals_of
from openpes.referrals.words import ENDING
from openpes.referrals.words import STATE as REFERRAL_STATE
from openpes.web.audience import Door, audience
from openpes.web.counsellor.forms import DeskForm, PersonForm, ProfileForm, WantedForm
from openpes.web.counsellor.looking_up import reason_given
from openpes.web.counsellor.roles import PEOPLE_DESK
from openpes.web.counsellor.two_at_once import FIELD, seen_now, settle
from openpes.web.counsellor.words import NOW_SAID, SEX_SAID, WHOSE_PHONE, reasons_in_words, said
from openpes.web.forms import OpenpesForm, PhoneField, with_look
from openpes.web.jobseeker.forms import times_words
from openpes.web.requests import OpenpesRequest
from openpes.web.typed_before import typed_before


def opened(request: OpenpesRequest, ref: str) -> Jobseeker:
    """Open a person's record: logged with the reason that was given for it, or 404."""
    return jobseeker_for(request.actor, ref, at=request.at, reason=reason_given(request, ref))


def back(jobseeker: Jobseeker) -> HttpResponseRedirect:
    """Back to the person's page."""
    return HttpResponseRedirect(reverse("counsellor:person", args=[jobseeker.ref]))


def alike_in_words(found: list[LookAlike], request: OpenpesRequest) -> list[dict[str, Any]]:
    """People who may be the same, with the reasons in words."""
    return [
        {"alike": one, "reasons": [LOOK_ALIKE[reason] for reason in one.reasons]}
        for one in shown_to(request.actor, found, at=request.at)
    ]


def _alike(jobseeker: Jobseeker, request: OpenpesRequest) -> list[dict[str, Any]]:
    person = jobseeker.person
    return alike_in_words(
        look_alikes(
            Likeness(
                person.name_key,
                person.born_on,
                frozenset(phone.number for phone in person.phones.all()),
                person.national_number_hash,
            ),
            except_person_id=person.pk,
        ),
        request,
    )


def facts_of(jobseeker: Jobseeker, request: OpenpesRequest) -> dict[str, Any]:
    """What the page says of a person, in words."""
    person, language = jobseeker.person, request.LANGUAGE_CODE
    phones = sorted(person.phones.all(), key=lambda phone: not phone.is_main)
    return {
        "age": age_on(person.born_on, today(request.at)) if person.born_on else None,
        "sex": said(SEX_SAID, person.sex),
        "phones": [(as_dialled(one.number, country().code), said(WHOSE_PHONE, one.owner)) for one in phones],
        "area": area_name(jobseeker.area_code, language),
        "state": said(STATE, jobseeker.state),
        "education": education_name(jobseeker.education_level, language),
        "status": said(NOW_SAID, jobseeker.work_status),
        "wanted": [(occupation_name(one.isco, language), one.words) for one in jobseeker.wanted.all()],
        "times": times_words(jobseeker.shifts),
        "skills": [skill_label(one, language) for one in jobseeker.skill_ids],
        "licences": None
        if jobseeker.licence_ids is None
        else [licence_label(one, language) for one in jobseeker.licence_ids],
        "languages": None
        if jobseeker.language_codes is None
        else [language_name(one, language) for one in jobseeker.language_codes],
    }


@audience(Door.ROLES, *PEOPLE_DESK)
def person(request: OpenpesRequest, ref: str) -> HttpResponse:
    """The person's page."""
    jobseeker = opened(request, ref)
    actor = request.actor
    referrals = [
        (one, said(ENDING, one.ending) if one.ending else said(REFERRAL_STATE, one.state))
        for one in referrals_of(actor, jobseeker.pk)
    ]
    outcomes = [(one, said(KIND, one.kind), said(GRADE, one.grade)) for one in outcomes_of(actor, jobseeker.pk)]
    return render(
        request,
        "openpes/counsellor/person.html",
        {
            "jobseeker": jobseeker,
            "person": jobseeker.person,
            "facts": facts_of(jobseeker, request),
            "referrals": referrals,
            "outcomes": outcomes,
            "plan": plan_of(actor, jobseeker),
            "alike": _alike(jobseeker, request),
            "consents": {
                "registration": live_consent(jobseeker.person_id, Purpose.REGISTRATION),
                "share_contact": live_consent(jobseeker.person_id, Purpose.SHARE_CONTACT),
            },
            "paper": paper_asked_of(actor, jobseeker),
            "merged": merges_into(jobseeker.person_id),
            "provenance": provenance_of(jobseeker.pk) if jobseeker.channel == Channel.IMPORT else None,
            "is_mine": jobseeker.counsellor_id == actor.account_id,
            "can_match": jobseeker.state == "active",
            "may_wake": jobseeker.state in {"sleeping", "in_work"},
        },
    )


@audience(Door.ROLES, *PEOPLE_DESK)
@require_POST
def mine(request: OpenpesRequest, ref: str) -> HttpResponse:
    """Take a person into the own caseload."""
    jobseeker = opened(request, ref)
    take_on(jobseeker=jobseeker, by=request.actor, at=request.at)
    messages.success(request, _("This person is now in your care."))
    return back(jobseeker)


@audience(Door.ROLES, *PEOPLE_DESK)
@require_POST
def shows_paper(request: OpenpesRequest, ref: str) -> HttpResponse:
    """Somebody who came without a paper of identity has brought one."""
    jobseeker = opened(request, ref)
    if paper_shown(jobseeker=jobseeker, by=request.actor, at=request.at):
        messages.success(request, _("Written down: a paper was shown. Nothing of what stands on it is kept."))
    return back(jobseeker)


@audience(Door.ROLES, *PEOPLE_DESK)
@require_POST
def looks_again(request: OpenpesRequest, ref: str) -> HttpResponse:
    """Somebody who rested or worked looks for work again; who looks already is confirmed."""
    jobseeker = opened(request, ref)
    try:
        confirm_looking(jobseeker=jobseeker, by=request.actor, at=request.at)
        messages.success(request, _("This person looks for work again."))
    except Refused as refused:
        for sentence in reasons_in_words(refused):
            messages.error(request, sentence)
    return back(jobseeker)


def edit(
    request: OpenpesRequest, jobseeker: Jobseeker, form: OpenpesForm, heading: str, save: Any, seen: str = ""
) -> HttpResponse:
    """Show a form, save it by one call, say refusals in words, keep all that was typed.

    `seen` is what the page carries against two officers overwriting each other; a save that finds both at one field
    adds an error to the form and writes nothing.
    """
    if request.method == "POST" and form.is_valid():
        try:
            save()
        except Refused as refused:
            for sentence in reasons_in_words(refused):
                form.add_error(None, sentence)
        if not form.errors:
            messages.success(request, _("Saved."))
            return back(jobseeker)
    return render(
        request,
        "openpes/counsellor/edit.html",
        {"form": form, "jobseeker": jobseeker, "heading": heading, "seen": _seen_then(seen)},
        status=422 if form.errors else 200,
    )


def _seen_then(seen: str) -> str:
    """What the page carries. A form that is gone on with after a cut carries what stood when it was begun."""
    before = typed_before()
    return before.get(FIELD, seen) if seen and before is not None else seen


# The box of each part of a profile, where it is called otherwise.
BOXES = {"education_level": "education", "shifts": "times", "min_pay_amount": "pay", "wanted": "first"}
BOXES |= {"min_pay_currency": "pay", "min_pay_period": "pay"}
PARTS = tuple(one.name for one in fields(Profile) if one.name != "wanted")


def _settled_profile(request: OpenpesRequest, jobseeker: Jobseeker, form: OpenpesForm, typed: Profile) -> Profile:
    """The profile to be saved, after looking at what a colleague wrote meanwhile."""
    held = profile_of(jobseeker)
    names = ("wanted",) if typed.wanted != held.wanted or "first" in form.fields else PARTS
    facts = facts_of(jobseeker, request)
    words = {
        "area_code": facts["area"],
        "education_level": facts["education"],
        "work_status": facts["status"],
        "shifts": facts["times"],
        "skill_ids": ", ".join(facts["skills"]),
        "licence_ids": ", ".join(facts["licences"] or ()),
        "language_codes": ", ".join(facts["languages"] or ()),
        "wanted": ", ".join(name for name, _words in facts["wanted"]),
    }
    settled = settle(
        form,
        carried=request.POST.get(FIELD, ""),
        now={name: getattr(held, name) for name in names},
        typed={name: getattr(typed, name) for name in names},
        boxes=BOXES,
        say=lambda name, value: str(words.get(name, "" if value is None else value)),
    )
    return replace(held, **settled)


def _save_profile(request: OpenpesRequest, jobseeker: Jobseeker, form: OpenpesForm, typed: Profile) -> None:
    profile = _settled_profile(request, jobseeker, form, typed)
    if not form.errors:
        change_profile(jobseeker=jobseeker, profile=profile, by=request.actor, at=request.at)


@audience(Door.ROLES, *PEOPLE_DESK)
def edit_profile(request: OpenpesRequest, ref: str) -> HttpResponse:
    """Skills, schooling, experience, distance, pay, licences, languages."""
    jobseeker = opened(request, ref)
    held = profile_of(jobseeker)
    form = ProfileForm(request.POST if request.method == "POST" else None, language=request.LANGUAGE_CODE, held=held)
    return edit(
        request,
        jobseeker,
        form,
        _("What the person can do and wants"),
        lambda: _save_profile(request, jobseeker, form, form.profile()),
        seen_now({name: getattr(held, name) for name in PARTS}),
    )


@audience(Door.ROLES, *PEOPLE_DESK)
def edit_wanted(request: OpenpesRequest, ref: str) -> HttpResponse:
    """The kinds of work wanted."""
    jobseeker = opened(request, ref)
    held = profile_of(jobseeker)
    form = WantedForm(request.POST if request.method == "POST" else None, language=request.LANGUAGE_CODE, held=held)
    return edit(
        request,
        jobseeker,
        form,
        _("Work wanted"),
        lambda: _save_profile(request, jobseeker, form, replace(held, wanted=form.wanted())),
        seen_now({"wanted": held.wanted}),
    )


@audience(Door.ROLES, *PEOPLE_DESK)
def edit_person(request: OpenpesRequest, ref: str) -> HttpResponse:
    """Name, birth date, sex, phone, language."""
    jobseeker = opened(request, ref)
    held = jobseeker.person
    phone = next((one for one in held.phones.all() if one.is_main), None)
    form = PersonForm(
        request.POST if request.method == "POST" else None,
        initial={
            "name": held.name_as_given,
            "born_on": held.born_on,
            "sex": held.sex,
            "language": held.language,
            "phone": as_dialled(phone.number, country().code) if phone else "",
            "phone_owner": phone.owner if phone else PhoneOwner.OWN,
        },
    )
    form.fields["born_on"].latest = today(request.at)  # type: ignore[attr-defined]
    now = {
        "name": held.name_as_given,
        "born_on": held.born_on,
        "sex": Sex(held.sex),
        "language": held.language,
        "phone": phone.number if phone else "",
        "phone_owner": PhoneOwner(phone.owner) if phone else PhoneOwner.OWN,
    }

    def save() -> None:
        new = form.new_person()
        settled = settle(
            form,
            carried=request.POST.get(FIELD, ""),
            now=now,
            typed={name: getattr(new, name) for name in now},
            boxes={},
            say=lambda name, value: said({**SEX_SAID, **WHOSE_PHONE}, value),
        )
        if not form.errors:
            changes = PersonChanges(**settled)
            change_person(jobseeker=jobseeker, changes=changes, by=request.actor, at=request.at)

    return edit(request, jobseeker, form, _("Who the person is"), save, seen_now(now))


class GuardianForm(DeskForm):
    """A parent or guardian at the desk."""

    name = with_look(forms.CharField(label=gettext_lazy("Name of the parent or guardian"), max_length=120), width=30)
    phone = with_look(PhoneField(label=gettext_lazy("Their phone"), required=False), width=20)
    share_contact = forms.BooleanField(label=gettext_lazy("Employers may see the phone number"), required=False)
    agreed = forms.BooleanField(label=gettext_lazy("They are here, have heard the two sentences, and agree"))


@audience(Door.ROLES, *PEOPLE_DESK)
def guardian(request: OpenpesRequest, ref: str) -> HttpResponse:
    """A guardian agrees to a minor's registration."""
    jobseeker = opened(request, ref)
    form = GuardianForm(request.POST if request.method == "POST" else None)
    return edit(
        request,
        jobseeker,
        form,
        _("A parent or guardian agrees"),
        lambda: accept_guardian(
            jobseeker_ref=jobseeker.ref,
            share_contact=form.cleaned_data["share_contact"],
            guardian=GivenByGuardian(form.cleaned_data["name"], form.cleaned_data["phone"]),
            by=request.actor,
            at=request.at,
        ),
    )
