"""Who waits for a place in a round and why in this order; and, after a draw, the two groups beside each other."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from openpes.core.access_log import record_search
from openpes.core.decisions import NotFound
from openpes.core.spreadsheets import as_csv
from openpes.journeys.compare_drawn import Compared, compare
from openpes.programmes.queries import cycle_for, next_day_of, waiting_lines
from openpes.programmes.rules import priority_score
from openpes.programmes.words import PLACES_GO
from openpes.reference.country import country, today
from openpes.web.audience import Door, audience
from openpes.web.programmes.words import PROGRAMMES_DESK
from openpes.web.requests import OpenpesRequest

A_PAGE = 50
WEEKS = (
    (7, gettext_lazy("up to a week")),
    (28, gettext_lazy("up to four weeks")),
    (91, gettext_lazy("up to a quarter")),
)
LONGER = gettext_lazy("longer")
GROUP = {"drawn": gettext_lazy("Drawn"), "not_drawn": gettext_lazy("Not drawn")}
MEASURE = {
    "all": gettext_lazy("People on the list"),
    "work_known": gettext_lazy("Work in the ledger since the round began"),
    "no_work_known": gettext_lazy("No work known"),
    "entered": gettext_lazy("Entered the round"),
    "not_entered": gettext_lazy("Did not enter it"),
}


def _how_long(days: int) -> str:
    return str(next((words for most, words in WEEKS if days <= most), LONGER))


@audience(Door.ROLES, *PROGRAMMES_DESK)
@require_safe
def waiting(request: OpenpesRequest, ref: str) -> HttpResponse:
    """The line in the order in which places pass: number, office, points and since when. The look is logged."""
    cycle, at = cycle_for(request.actor, ref), request.at
    lines, on = waiting_lines(request.actor, cycle, at=at), today(at)
    page = Paginator(lines, A_PAGE).get_page(request.GET.get("page"))
    names = {one.code: one.name(request.LANGUAGE_CODE) for one in country().priority_groups}
    rows = []
    for one, number in page:
        given = priority_score(one.groups, cycle.version.points)[1]
        rows.append({"one": one, "number": number, "points": [(names.get(code, code), n) for code, n in given]})
    if rows:
        keys = {one.jobseeker.person.log_key for one, _number in page}
        record_search(by=request.actor, at=at, what="waiting list", found=keys)
    waits = Counter(_how_long((on - today(one.submitted_at or one.created_at)).days) for one, _number in lines)
    offices = Counter(one.jobseeker.office.name for one, _number in lines)
    context = {
        "cycle": cycle,
        "version": cycle.version,
        "places_go": PLACES_GO[cycle.place_rule],  # type: ignore[index]
        "page": page,
        "rows": rows,
        "all": len(lines),
        "free": cycle.places - cycle.places_taken,
        "next_day": next_day_of(cycle, at=at),
        "waits": [(words, waits[str(words)]) for words in (*(words for _most, words in WEEKS), LONGER)],
        "offices": offices.most_common(8),
    }
    return render(request, "openpes/programmes/waiting.html", context)


def _in_words(found: Compared) -> list[tuple[str, str, str]]:
    return [
        (str(GROUP[group]), str(MEASURE[code]), _("too few to show") if n is None else str(n))
        for group, code, n in found.rows
    ]


@audience(Door.ROLES, *PROGRAMMES_DESK)
@require_safe
def comparison(request: OpenpesRequest, ref: str) -> HttpResponse:
    """Those whose tickets were drawn beside those whose were not."""
    found = compare(ref=ref, by=request.actor, at=request.at)
    context: dict[str, Any] = {
        "cycle": found.cycle,
        "version": found.cycle.version,
        "found": found,
        "rows": _in_words(found),
        "bars": [(GROUP[group], n) for group, code, n in found.rows if code == "work_known"],
    }
    return render(request, "openpes/programmes/comparison.html", context)


@audience(Door.ROLES, *PROGRAMMES_DESK)
@require_safe
def comparison_file(request: OpenpesRequest, ref: str) -> HttpResponse:
    """The same as a CSV; a hidden count is an empty cell."""
    found = compare(ref=ref, by=request.actor, at=request.at)
    if found.is_empty:
        raise NotFound("draw")
    rows = [(group, code, "" if n is None else n, found.months) for group, code, n in found.rows]
    answer = HttpResponse(
        as_csv(("group", "measure", "people", "months"), rows), content_type="text/csv; charset=utf-8"
    )
    answer["Content-Disposition"] = f'attachment; filename="comparison-{found.cycle.ref}.csv"'
    return answer
