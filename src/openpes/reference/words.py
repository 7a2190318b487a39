"""Words of the reference room: what it takes to cross from one occupation to another, dangers, licences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from openpes.reference.country_licences import named_licence
from openpes.reference.hazards import hazard_of
from openpes.reference.labels import licence_label, occupation_name, skill_label
from openpes.reference.relatedness import Crossing, crossing
from openpes.reference.taxonomy import Skill

NEAR_FROM, SOME_FROM = 180, 110


@dataclass(frozen=True)
class CrossingWords:
    """A crossing in sentences: how near, what one brings, what one learns first, what helps, which licences are new."""

    headline: str
    brings: str
    learns: str
    helps: str
    licences: str


def _names(skills: Sequence[Skill], language: str, most: int = 6) -> str:
    labels = [skill_label(one.id, language) for one in skills]
    shown = "; ".join(labels[:most])
    if len(labels) <= most:
        return shown
    return _("%(some)s and %(more)s more") % {"some": shown, "more": len(labels) - most}


def _headline(found: Crossing, language: str) -> str:
    facts = {
        "from": occupation_name(found.origin, language),
        "to": occupation_name(found.target, language),
    }
    missing = len(found.missing_essential)
    if not missing and not found.missing_licences:
        return _("From %(from)s to %(to)s: you know what it needs already.") % facts
    if found.relatedness >= NEAR_FROM:
        return _("From %(from)s to %(to)s: a short step.") % facts
    if found.relatedness >= SOME_FROM:
        return _("From %(from)s to %(to)s: some of it you know, some is new.") % facts
    return _("From %(from)s to %(to)s: mostly new work.") % facts


def crossing_words(origin: str, target: str, *, language: str, country_code: str = "") -> CrossingWords:
    """What crosses from one unit group to another, in words. Empty sentences say nothing. Raises UnknownCode."""
    found = crossing(origin, target)
    shared, essential, useful = len(found.shared), len(found.missing_essential), len(found.missing_useful)
    licences = [licence_name(one.id, country_code=country_code, language=language) for one in found.missing_licences]
    return CrossingWords(
        headline=_headline(found, language),
        brings=ngettext("You bring %(count)s skill: %(skills)s.", "You bring %(count)s skills: %(skills)s.", shared)
        % {"count": shared, "skills": _names(found.shared, language)} if shared else "",
        learns=ngettext("To learn first: %(skills)s.", "To learn first (%(count)s): %(skills)s.", essential)
        % {"count": essential, "skills": _names(found.missing_essential, language)} if essential else "",
        helps=_("Also useful: %(skills)s.") % {"skills": _names(found.missing_useful, language)} if useful else "",
        licences=_("Usually needs: %(licences)s.") % {"licences": "; ".join(licences)} if licences else "",
    )  # fmt: skip


def licence_name(licence_id: str, *, country_code: str, language: str) -> str:
    """What a licence is called in a country, with who gives it, where a source says so; else its general name."""
    named = named_licence(country_code, licence_id)
    if named is None:
        return licence_label(licence_id, language)
    return _("%(licence)s (%(authority)s)") % {"licence": named.name, "authority": named.authority}


def hazard_words(isco: str) -> str:
    """Why work of a unit group is kept for adults, or may be; "" when it is not listed. Raises UnknownCode."""
    found = hazard_of(isco)
    if found is None:
        return ""
    if found.always:
        return _("Dangerous work, for adults only: %(danger)s.") % {"danger": _(found.kind)}
    return _("Can be dangerous, depending on the tasks: %(danger)s.") % {"danger": _(found.kind)}
