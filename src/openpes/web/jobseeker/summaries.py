"""What somebody has told, as lines to read again, each with the way to change it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from openpes.jobseekers.models import Jobseeker
from openpes.jobseekers.operations import Profile, Wanted, profile_of
from openpes.jobseekers.words import WORK_STATUS
from openpes.people.models import PersonPhone
from openpes.people.states import PhoneOwner
from openpes.people.words import PHONE_OWNER, SEX
from openpes.reference.country import area_name
from openpes.reference.labels import education_name, language_name, licence_label, occupation_name, skill_label
from openpes.web.jobseeker.forms import EXPERIENCE, times_words
from openpes.web.templatetags.openpes import distance, money, plain_date

Row = dict[str, Any]


def _row(label: str, value: object, url: str) -> Row:
    return {"label": label, "value": value or _("not said"), "url": url}


def work_words(wanted: Iterable[Wanted], language: str) -> str:
    """The kinds of work wanted, with the person's own words where they differ."""
    shown = []
    for one in wanted:
        name = occupation_name(one.isco, language)
        own = one.words and one.words.casefold() != name.casefold()
        shown.append(_("%(words)s (%(kind)s)") % {"words": one.words, "kind": name} if own else name)
    return "; ".join(shown)


def _listed(labels: list[str]) -> str:
    return ", ".join(labels)


def experience_words(months: int | None) -> str:
    """Months of experience as they were asked."""
    if months is None:
        return ""
    known = dict(EXPERIENCE)
    return str(known[str(months)]) if str(months) in known else _("%(months)s months") % {"months": months}


def profile_rows(profile: Profile, language: str, url: Callable[[str], str]) -> list[Row]:
    """The lines of a profile. `url` gives the address at which a part is changed."""
    pay = money(profile.min_pay_amount, profile.min_pay_currency, profile.min_pay_period)
    rows = [
        _row(_("Where I live"), area_name(profile.area_code, language), url("place")),
        _row(_("School"), education_name(profile.education_level, language), url("place")),
        _row(_("What I do now"), WORK_STATUS[profile.work_status], url("place")),
        _row(_("Work I want"), work_words(profile.wanted, language), url("work")),
        _row(_("What I can do"), _listed([skill_label(one, language) for one in profile.skill_ids]), url("skills")),
        _row(_("Experience"), experience_words(profile.experience_months), url("skills")),
    ]
    papers = _listed([licence_label(one, language) for one in profile.licence_ids or ()])
    rows += [
        _row(_("Papers and licences"), _("none") if profile.licence_ids == () else papers, url("skills")),
        _row(_("How far"), distance(profile.max_km) if profile.max_km else _("anywhere"), url("wishes")),
        _row(_("When"), times_words(profile.shifts), url("wishes")),
        _row(_("Pay I need"), pay, url("wishes")),
    ]
    return rows


def summary_of_draft(said: Callable[[str], Any], language: str) -> list[Row]:
    """The lines of a registration that is about to be agreed to."""

    def url(step: str) -> str:
        return f"{reverse('jobseeker:register_step', args=[step])}?then=check"

    who, phone = said("who"), said("phone")
    rows = []
    if who is not None:
        rows += [
            _row(_("Name"), who.cleaned_data["name"], url("who")),
            _row(
                _("Born"),
                plain_date(who.cleaned_data["born_on"]) if who.cleaned_data["born_on"] else _("not known"),
                url("who"),
            ),
            _row(_("Sex"), SEX[who.cleaned_data["sex"]], url("who")),
        ]
    if phone is not None:
        number = phone.cleaned_data["phone"]
        rows.append(
            _row(_("Phone"), f"{number} ({PHONE_OWNER[phone.said_owner]})" if number else _("none"), url("phone"))
        )
    place, work, skills, wishes = (said(step) for step in ("place", "work", "skills", "wishes"))
    if place is not None and work is not None and skills is not None and wishes is not None:
        profile = Profile(
            wanted=work.wanted(), **place.profile_parts(), **skills.profile_parts(), **wishes.profile_parts()
        )
        rows += profile_rows(profile, language, url)
    return rows


def summary_of(jobseeker: Jobseeker, phone: PersonPhone | None, language: str) -> list[Row]:
    """The lines of a registration that stands, for its own person."""

    def url(part: str) -> str:
        return reverse(f"jobseeker:profile_{part}")

    profile, person = profile_of(jobseeker), jobseeker.person
    spoken = profile.language_codes
    return [
        _row(_("Name"), person.name_as_given, ""),
        _row(_("Born"), plain_date(person.born_on) if person.born_on else _("not known"), ""),
        _row(
            _("Phone"), f"{phone.number} ({PHONE_OWNER[PhoneOwner(phone.owner)]})" if phone else _("none"), url("phone")
        ),
        *profile_rows(profile, language, url),
        _row(_("Languages"), _listed([language_name(one, language) for one in spoken or ()]), url("languages")),
    ]
