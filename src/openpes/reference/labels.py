"""Names of occupations, skills, licences, languages and education levels, as people read them."""

from __future__ import annotations

from functools import lru_cache

from babel import Locale, UnknownLocaleError
from django.utils.translation import gettext as _

from openpes.reference import taxonomy
from openpes.reference.country import country
from openpes.reference.imported import name_of_ref
from openpes.reference.skill_ids import is_imported


def occupation_name(isco: str, language: str) -> str:
    """The everyday name of an occupation; the code itself when it is not known."""
    try:
        return taxonomy.name_of(isco, language)
    except taxonomy.UnknownCode:
        return isco


def skill_label(skill_id: str, language: str) -> str:
    """What a skill is called, in the reader's language where somebody has written it, else in English."""
    if is_imported(skill_id):
        return name_of_ref(skill_id, language) or skill_id
    found = taxonomy.skills().get(skill_id)
    named = taxonomy.labels_in("skill", language.split("-")[0]).get(skill_id)
    return named or (found.label_en if found else skill_id)


def licence_label(licence_id: str, language: str) -> str:
    """What a licence is called, in the reader's language where somebody has written it, else in English."""
    found = taxonomy.licences().get(licence_id)
    named = taxonomy.labels_in("licence", language.split("-")[0]).get(licence_id)
    return named or (found.label_en if found else licence_id)


@lru_cache(maxsize=512)
def language_name(tag: str, language: str) -> str:
    """The name of a language in the reader's language; Babel's English name or the tag when it has none."""
    for reader in (language, "en"):
        try:
            name = Locale.parse(reader.replace("-", "_")).languages.get(tag.split("-")[0])
        except (UnknownLocaleError, ValueError):
            continue
        if name:
            return name
    return tag


def education_choices(language: str) -> list[tuple[str, str]]:
    """(code of the national ladder, name) from the lowest, for a form."""
    return [(level.code, level.name(language)) for level in country().education_levels]


def education_isced(code: str) -> int | None:
    """The ISCED 2011 level of a step of the national ladder, or None."""
    return next((level.isced for level in country().education_levels if level.code == code), None)


def education_name(isced: int | None, language: str) -> str:
    """The national name of an ISCED level: the lowest step of the ladder with it."""
    if isced is None:
        return _("not said")
    for level in country().education_levels:
        if level.isced == isced:
            return level.name(language)
    return taxonomy.education_levels()[isced].name_en


def programme_name(title: str, language: str) -> str:
    """A programme that was taken over from the pack, by its name in this language; any other title as it is."""
    return next((one.name_in(language) for one in country().programmes if one.name == title), title)
