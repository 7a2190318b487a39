"""The words of a sheet on paper: headings and lines as plain data, for the press in reference.sheet_pdf."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from openpes.web.public.occupation_facts import LicenceLine, LiveFacts, OccupationFacts
from openpes.web.templatetags.openpes import money, number, plain_date, programme_title


def licence_words(line: LicenceLine) -> str:
    """A licence in one line: its name, who gives it, under which law, and how sure that is."""
    words = line.name if line.needed else _("%(licence)s (useful)") % {"licence": line.name}
    if line.authority:
        words = _("%(licence)s, from: %(authority)s. %(law)s.") % {
            "licence": words,
            "authority": line.authority,
            "law": line.law,
        }
        if not line.checked:
            words += " " + _("Not yet compared with the law by an officer.")
        return words
    # A dash, for there are scripts without a full stop.
    return f"{words} – {_('Who gives it here is not known.')}"


def _programme_lines(now: LiveFacts) -> list[str]:
    """Open programmes that lead to the work and until when one may apply, or that there is none."""
    words = [
        f"{programme_title(one.version.title)} ({_('apply until')} {plain_date(one.apply_until)})"
        for one in now.programmes
    ]
    return words or [_("none just now")]


def _now_lines(now: LiveFacts) -> list[str]:
    if now.live.vacancies:
        vacancies = ngettext("%(number)s live vacancy", "%(number)s live vacancies", now.live.vacancies)
        places = ngettext("%(number)s place still free", "%(number)s places still free", now.live.places)
        lines = [vacancies % {"number": number(now.live.vacancies)}, places % {"number": number(now.live.places)}]
    else:
        lines = [_("No live vacancy just now")]
    lines += [
        ngettext(
            "Half of the adverts offer %(lower)s to %(upper)s, the middle one %(middle)s (%(number)s advert).",
            "Half of the adverts offer %(lower)s to %(upper)s, the middle one %(middle)s (%(number)s adverts).",
            pay.adverts,
        )
        % {
            "lower": money(pay.lower, pay.currency, pay.period),
            "upper": money(pay.upper, pay.currency, pay.period),
            "middle": money(pay.middle, pay.currency, pay.period),
            "number": number(pay.adverts),
        }
        for pay in now.pay
    ] or [_("Too few adverts with pay to say what is usual.")]
    return [*lines, _("People who look for this work: %(band)s") % {"band": now.people}]


def paper_of(facts: OccupationFacts, *, country_name: str, language: str, demo: bool) -> dict[str, Any]:
    """Everything that is printed, as text. `demo`: the live figures are invented, and the paper says so."""
    text, on = facts.text, plain_date(facts.now.on)
    sections = [
        (_("A day"), text.day),
        (_("Ways in"), text.ways_in),
        (_("Where it leads"), text.leads_to),
        (_("Good to know"), text.good_to_know),
        (_("Danger"), facts.hazard),
    ]
    return {
        "language": language.split("-")[0],
        "name": facts.name,
        "official": _("ISCO-08 %(code)s: %(title)s") % {"code": facts.isco, "title": facts.title_en},
        "standing": _("Signed by %(name)s, %(day)s.") % {"name": text.signed_by, "day": plain_date(facts.signed_on)}
        if text.signed_by
        else _("Draft: no expert has signed this sheet yet."),
        "does": text.does,
        "sections": [{"title": title, "text": words} for title, words in sections if words],
        "lists": [
            {"title": title, "lines": list(lines)}
            for title, lines in (
                (_("You need to be able to"), facts.essential),
                (_("It helps if you can"), facts.useful),
                (_("Licences"), [licence_words(one) for one in facts.licences]),
                (_("Programmes that lead to this work"), _programme_lines(facts.now)),
            )
            if lines
        ],
        "now": {
            "title": _("%(country)s, %(date)s") % {"country": country_name, "date": on},
            "lines": _now_lines(facts.now),
            "note": _("Demonstration: all people, employers and jobs are invented.")
            if demo
            else _("Only what this service knows: jobs posted here and people registered here."),
        },
        "related": {
            "title": _("Work that is near"),
            "rows": [
                {
                    "name": one.name,
                    "words": " ".join(filter(None, (one.words.headline, one.words.learns, one.words.licences))),
                }
                for one in facts.related
            ],
        },
    }
