"""A person's own CV: seen, changed, printed in one or two languages, shown by a link, begun from an old one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from openpes.core.decisions import Refused
from openpes.documents.cv import CvFacts, cv_lines, cv_pdf
from openpes.documents.finding import found_in
from openpes.documents.links import link_token
from openpes.documents.models import CvLink
from openpes.documents.old_cv import LARGEST_FILE, NotReadable, text_of
from openpes.documents.operations import make_link, save_cv, take_back_link
from openpes.documents.queries import cv_of, entries_of, links_of
from openpes.documents.rules import LINK_DAYS, MOST_ENTRIES, Entry, link_is_live
from openpes.documents.words import REASON, UPLOAD
from openpes.jobseekers.models import Jobseeker
from openpes.jobseekers.operations import change_profile, profile_of
from openpes.people.queries import main_phone_of
from openpes.reference.country import today
from openpes.web.audience import Door, audience
from openpes.web.forms import OpenpesForm
from openpes.web.jobseeker.cv_form import CvForm, UploadForm, initial_of, rows_for
from openpes.web.jobseeker.draft import KeptForms
from openpes.web.jobseeker.own_pages import own
from openpes.web.requests import OpenpesRequest

NAME = "cv"
MOST_SKILLS_KEPT = 60


def facts_of(jobseeker: Jobseeker) -> CvFacts:
    """All that a CV of this person may show."""
    held, profile = cv_of(jobseeker.pk), profile_of(jobseeker)
    phone = main_phone_of(jobseeker.person_id) if held is None or held.shows_phone else None
    return CvFacts(
        name=jobseeker.person.name_as_given,
        phone=phone.number if phone else "",
        area_code=profile.area_code,
        about=held.about if held else "",
        wanted=tuple((one.isco, one.words) for one in profile.wanted),
        skill_ids=profile.skill_ids,
        language_codes=profile.language_codes or (),
        licence_ids=profile.licence_ids or (),
        education_level=profile.education_level,
        entries=tuple(entries_of(jobseeker.pk)),
    )


def chosen_languages(said: QueryDict, usual: str) -> tuple[str, str]:
    """(first, second or "") of the languages of the service; what is not one of them is left out."""
    known = dict(settings.LANGUAGES)
    first = said.get("language", "")
    first = first if first in known else usual
    second = said.get("second", "")
    return first, second if second in known and second != first else ""


def pdf_answer(content: bytes, *, name: str = "cv.pdf") -> HttpResponse:
    """A PDF to keep."""
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _link(one: CvLink, request: OpenpesRequest) -> dict[str, Any]:
    return {
        "link": one,
        "is_live": link_is_live(ends_at=one.ends_at, revoked_at=one.revoked_at, at=request.at),
        "url": settings.BASE_URL + reverse("web:cv_shared", args=[link_token(one.ref)]),
    }


@audience(Door.ROLES, "jobseeker")
def cv(request: OpenpesRequest) -> HttpResponse:
    """The CV as it stands, as a paper, and who can see it by a link."""
    jobseeker = own(request)
    first, second = chosen_languages(request.GET, request.LANGUAGE_CODE)
    return render(
        request,
        "openpes/jobseeker/cv.html",
        {
            "cv": cv_lines(facts_of(jobseeker), language=first, second=second),
            "begun": cv_of(jobseeker.pk) is not None,
            "kept": NAME in KeptForms(request.session).names,
            "first": first,
            "second": second,
            "choices": settings.LANGUAGES,
            "days": LINK_DAYS,
            "links": [_link(one, request) for one in links_of(jobseeker.pk)],
        },
    )


@audience(Door.ROLES, "jobseeker")
def cv_paper(request: OpenpesRequest) -> HttpResponse:
    """The same on paper."""
    first, second = chosen_languages(request.GET, request.LANGUAGE_CODE)
    return pdf_answer(cv_pdf(cv_lines(facts_of(own(request)), language=first, second=second)))


def _form(request: OpenpesRequest, jobseeker: Jobseeker, kept: KeptForms) -> CvForm:
    """The form with what was sent, else what was begun, else what is saved."""
    held, entries = cv_of(jobseeker.pk), entries_of(jobseeker.pk)
    typed = kept.typed(NAME)
    data = request.POST if request.method == "POST" else typed
    known = typed or request.POST
    skill_ids = known.getlist("found_skills")[:MOST_SKILLS_KEPT]
    return CvForm(
        data,
        rows=rows_for(entries, data),
        language=request.LANGUAGE_CODE,
        skill_ids=[one for one in skill_ids if one],
        initial={
            "about": held.about if held else "",
            "shows_phone": held.shows_phone if held else True,
            **initial_of(entries),
        },
    )


@audience(Door.ROLES, "jobseeker")
def cv_change(request: OpenpesRequest) -> HttpResponse:
    """Write the CV, or go on where one stopped. Nothing is in the CV before it is saved here."""
    jobseeker, kept = own(request), KeptForms(request.session)
    form = _form(request, jobseeker, kept)
    if request.method == "POST":
        if request.POST.get("act") == "forget":
            kept.forget(NAME)
            return HttpResponseRedirect(reverse("jobseeker:cv"))
        if form.is_valid() and _saved(request, jobseeker, form):
            kept.forget(NAME)
            messages.success(request, _("Saved."))
            return HttpResponseRedirect(reverse("jobseeker:cv"))
        _keep(kept, request.POST, form)
    return render(
        request,
        "openpes/jobseeker/cv_change.html",
        {"form": form, "going_on": request.method == "GET" and form.is_bound},
        status=422 if request.method == "POST" else 200,
    )


def _keep(kept: KeptForms, data: QueryDict, form: CvForm) -> None:
    """What was typed is there again next time, with the skills that the old CV seemed to name."""
    known = data.copy()
    skills = form.fields.get("skills")
    if skills is not None:
        known.setlist("found_skills", [code for code, _label in skills.choices])  # type: ignore[attr-defined]
    kept.keep(NAME, known)


def _saved(request: OpenpesRequest, jobseeker: Jobseeker, form: CvForm) -> bool:
    said = form.cleaned_data
    try:
        save_cv(
            jobseeker=jobseeker,
            about=said["about"],
            shows_phone=said["shows_phone"],
            entries=form.entries(),
            by=request.actor,
            at=request.at,
        )
    except Refused as refused:
        _add(form, refused)
        return False
    more = [one for one in said.get("skills", ()) if one not in jobseeker.skill_ids]
    if more:
        profile = profile_of(jobseeker)
        wider = replace(profile, skill_ids=(*profile.skill_ids, *more))
        change_profile(jobseeker=jobseeker, profile=wider, by=request.actor, at=request.at)
    return True


def _add(form: OpenpesForm, refused: Refused) -> None:
    for reason in refused.decision.reasons:
        form.add_error(None, str(REASON[reason.code]) % reason.facts)


@audience(Door.ROLES, "jobseeker")
def cv_upload(request: OpenpesRequest) -> HttpResponse:
    """Hand in an old CV: what it seems to say is shown back for correction. The file itself is not kept."""
    jobseeker = own(request)
    form = UploadForm(request.POST if request.method == "POST" else None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            text = text_of(form.cleaned_data["file"].read(LARGEST_FILE + 1))
        except NotReadable as refused:
            form.add_error("file", str(UPLOAD[refused.code]))
        else:
            found = found_in(text, language=request.LANGUAGE_CODE, this_year=today(request.at).year)
            _propose(request, jobseeker, found.entries, found.skill_ids)
            messages.success(
                request, _("This is what we read. Correct it, then save it. Nothing is saved before you say so.")
            )
            return HttpResponseRedirect(reverse("jobseeker:cv_change"))
    return render(request, "openpes/jobseeker/cv_upload.html", {"form": form}, status=422 if form.errors else 200)


def _propose(request: OpenpesRequest, jobseeker: Jobseeker, found: Sequence[Entry], skill_ids: Sequence[str]) -> None:
    """Put what was found into the form beside what is there already."""
    held = entries_of(jobseeker.pk)
    said = {(one.kind, one.what.casefold()) for one in held}
    entries = [*held, *(one for one in found if (one.kind, one.what.casefold()) not in said)][:MOST_ENTRIES]
    saved = cv_of(jobseeker.pk)
    data = QueryDict(mutable=True)
    data.update({name: value for name, value in initial_of(entries).items()})
    data["about"] = saved.about if saved else ""
    if saved is None or saved.shows_phone:
        data["shows_phone"] = "on"
    new = [one for one in skill_ids if one not in jobseeker.skill_ids]
    data.setlist("found_skills", new)
    data.setlist("skills", [])
    KeptForms(request.session).keep(NAME, data)


@audience(Door.ROLES, "jobseeker")
@require_POST
def cv_share(request: OpenpesRequest) -> HttpResponse:
    """Make a link that shows the CV for some days."""
    first, second = chosen_languages(request.POST, request.LANGUAGE_CODE)
    days = request.POST.get("days", "")
    try:
        make_link(
            jobseeker=own(request),
            language=first,
            second_language=second,
            days=int(days) if days.isascii() and days.isdigit() else 0,
            by=request.actor,
            at=request.at,
        )
    except Refused as refused:
        for reason in refused.decision.reasons:
            messages.error(request, str(REASON[reason.code]) % reason.facts)
    else:
        messages.success(request, _("Your link is ready. Send it only to people who may see your CV."))
    return HttpResponseRedirect(reverse("jobseeker:cv") + "#links")


@audience(Door.ROLES, "jobseeker")
@require_POST
def cv_take_back(request: OpenpesRequest, ref: str) -> HttpResponse:
    """A link shows nothing any more."""
    take_back_link(jobseeker=own(request), ref=ref, by=request.actor, at=request.at)
    messages.success(request, _("Done. This link shows nothing any more."))
    return HttpResponseRedirect(reverse("jobseeker:cv") + "#links")
