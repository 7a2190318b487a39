"""How adverts are checked: the published checks with their points, and the words of each language as they are read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from openpes.reference.country import country, today
from openpes.vacancies.operations import signal_limits
from openpes.vacancies.words import GROUND, SIGNAL, SIGNAL_OF_CHECK
from openpes.web.audience import Door, audience
from openpes.web.requests import OpenpesRequest
from openpes_countries.advert_checks import Check, advert_checks
from openpes_countries.advert_findings import MONEY, SCAM
from openpes_countries.advert_lexicon import lexicon


@audience(Door.PUBLIC)
def advert_rules(request: OpenpesRequest) -> HttpResponse:
    """Each kind of check in words with its points; the words that are looked for, of the kind that was chosen."""
    chosen = request.GET.get("about", "")
    rules = [_shown(code, list(checks), is_open=code == chosen) for code, checks in by_words().items()]
    return render(
        request, "openpes/public/advert_rules.html", {"rules": rules, "limits": signal_limits(today(request.at))}
    )


def by_words() -> dict[str, list[Check]]:
    """The checks by what is said about them: a code of SIGNAL, or a ground."""
    found: dict[str, list[Check]] = {}
    for one in advert_checks():
        code = one.kind if one.kind not in (MONEY, SCAM) else SIGNAL_OF_CHECK.get(one.code, "money_asked")
        found.setdefault(code, []).append(one)
    return found


def _shown(code: str, checks: list[Check], *, is_open: bool) -> dict[str, Any]:
    words = SIGNAL.get(code) or _("Choosing people by %(ground)s") % {"ground": GROUND[code]}
    points = sorted({one.points for one in checks if one.kind in (MONEY, SCAM)})
    meanings = dict.fromkeys(meaning for one in checks for meaning in one.anchors)
    return {
        "code": code,
        "words": words,
        "points": "–".join(str(one) for one in dict.fromkeys((*points[:1], *points[-1:]))),
        "find": _by_language(meanings) if is_open else (),
    }


def _by_language(meanings: Iterable[str]) -> list[tuple[str, int, list[str]]]:
    """Each language of the country and English, with how many wordings it has, and the wordings."""
    names = {one.tag.split("-")[0]: one.own_name for one in country().languages} | {"en": "English"}
    found = []
    for base, name in names.items():
        one = lexicon(base)
        ways = [way for meaning in meanings for way in (one.written.get(meaning, ()) if one else ())]
        if ways:
            found.append((name, len(ways), ways))
    return found
