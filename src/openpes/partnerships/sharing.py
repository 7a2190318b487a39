"""What a partner reads about one person: the fields that the person agreed to for this purpose, and no other."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from openpes.partnerships.models import PartnerReferral
from openpes.partnerships.states import SharedField
from openpes.partnerships.words import SHARED
from openpes.people.queries import main_phone_of
from openpes.reference.country import area_name
from openpes.reference.labels import education_name, language_name, occupation_name, skill_label


@dataclass(frozen=True)
class SharedLine:
    """A field with its words."""

    field: SharedField
    label: str
    value: str


def _value(field: SharedField, referral: PartnerReferral, language: str) -> str:
    held, person = referral.jobseeker, referral.jobseeker.person
    if field == SharedField.NAME:
        return person.name_as_given
    if field == SharedField.PHONE:
        phone = main_phone_of(person.pk)
        return phone.number if phone else ""
    if field == SharedField.LANGUAGE:
        return language_name(person.language, language)
    if field == SharedField.AREA:
        return area_name(held.area_code, language)
    if field == SharedField.WANTED_WORK:
        return "; ".join(occupation_name(one.isco, language) for one in held.wanted.all())
    if field == SharedField.EDUCATION:
        return education_name(held.education_level, language)
    if field == SharedField.EXPERIENCE:
        months = held.experience_months
        return "" if months is None else _("%(months)s months") % {"months": months}
    return ", ".join(skill_label(one, language) for one in held.skill_ids)


def shared_lines(referral: PartnerReferral, language: str) -> list[SharedLine]:
    """The lines of one referral that the caller has looked up for its actor. Nothing is read that is not shared."""
    fields = [one for one in SharedField if one.value in referral.shared]
    return [SharedLine(one, str(SHARED[one]), _value(one, referral, language)) for one in fields]
