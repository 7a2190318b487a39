"""The policy desk: a change of ages or amounts tried on a frozen month. Only protected counts leave this file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from openpes.core.actors import Actor
from openpes.core.change_log import record_change
from openpes.core.decisions import Decision, NotFound, Reason, Refused, no, yes
from openpes.core.ids import fold_ref
from openpes.exchange.access import require
from openpes.exchange.law_draft import Draft, touched_by
from openpes.exchange.models import WhatIf
from openpes.insights.models import Freeze
from openpes.insights.queries import frozen_groups, published
from openpes.insights.release import vintage_of, without_small_unknowns
from openpes.people.age_bands import BANDS, OLDEST
from openpes.reference.country import country, larger_areas, today
from openpes_evidence.disclosure import TOTAL, protect, shown_count

OLDEST_AGE = 120
Ages = tuple[int, int]


@dataclass(frozen=True)
class Change:
    """A policy now and as it would be. Ages in full years, both ends included; amounts for one person and month.

    `take_up`: per cent of the eligible who would come, the lower and the upper guess. `lowest_school`: ISCED, or None.
    `rests_on`: the value of the country pack that would change, in words.
    """

    title: str
    ages_now: Ages
    ages_then: Ages
    amount_now: Decimal
    amount_then: Decimal
    months: int
    take_up: tuple[int, int]
    lowest_school: int | None = None
    rests_on: str = ""
    draft: Draft | None = None

    def as_kept(self) -> dict[str, Any]:
        """As plain values, for the record."""
        return {
            "ages_now": list(self.ages_now),
            "ages_then": list(self.ages_then),
            "amount_now": str(self.amount_now),
            "amount_then": str(self.amount_then),
            "months": self.months,
            "take_up": list(self.take_up),
            "lowest_school": self.lowest_school,
            "rests_on": self.rests_on,
            "draft": None if self.draft is None else self.draft.as_kept(),
        }


def may_try(change: Change, *, published_month: bool) -> Decision:
    """A change that changes something, with ages and shares that can be."""
    reasons = []
    if not published_month:
        reasons.append(Reason("nothing_published"))
    if not change.title.strip():
        reasons.append(Reason("title_needed"))
    if any(not 0 <= low <= high <= OLDEST_AGE for low, high in (change.ages_now, change.ages_then)):
        reasons.append(Reason("ages_needed"))
    if not 0 <= change.take_up[0] <= change.take_up[1] <= 100:
        reasons.append(Reason("take_up_needed"))
    drafts = change.draft is not None and change.draft.now != change.draft.then
    if change.ages_now == change.ages_then and change.amount_now == change.amount_then and not drafts:
        reasons.append(Reason("nothing_changes"))
    return no(*reasons) if reasons else yes()


def share_of_band(band: str, ages: Ages) -> str:
    """Whether a band lies "in" the ages, "part" of it does, or it lies "out". A band that says no age is "out"."""
    bounds = {f"{low}-{high}": (low, high) for low, high in BANDS} | {OLDEST: (30, OLDEST_AGE)}
    if band not in bounds:
        return "out"
    low, high = bounds[band]
    if ages[0] <= low and high <= ages[1]:
        return "in"
    return "part" if low <= ages[1] and ages[0] <= high else "out"


@dataclass(frozen=True)
class Group:
    """People of one sex, band, area and school level in the frozen month: a true count that stays in this file."""

    sex: str
    band: str
    area: str
    school: int | None
    n: int


def eligible_between(groups: Iterable[Group], ages: Ages, lowest_school: int | None) -> tuple[int, int]:
    """How many people at least and at most: half a band, and a school level that nobody wrote down, count at most."""
    least = most = 0
    for one in groups:
        share = share_of_band(one.band, ages)
        school = None if one.school is None or one.school < 0 else one.school
        fits = lowest_school is None or (None if school is None else school >= lowest_school)
        if share == "out" or fits is False:
            continue
        most += one.n
        least += one.n if share == "in" and fits else 0
    return least, most


def _newly(groups: Iterable[Group], before_ages: Ages, after_ages: Ages, lowest_school: int | None) -> list[Group]:
    """Who may come in: not wholly in the old ages, and in the new ones or in a band that they cut."""
    found = []
    for one in groups:
        before, after = share_of_band(one.band, before_ages), share_of_band(one.band, after_ages)
        too_low = lowest_school is not None and one.school is not None and 0 <= one.school < lowest_school
        if (before, after) in {("out", "in"), ("out", "part"), ("part", "in")} and not too_low:
            found.append(one)
    return found


def result_of(groups: list[Group], change: Change, *, currency: str) -> dict[str, Any]:
    """Protected counts and the money that they would take, in the currency named. Pure."""
    now = _shown_pair(eligible_between(groups, change.ages_now, change.lowest_school))
    then = _shown_pair(eligible_between(groups, change.ages_then, change.lowest_school))
    newly = _newly(groups, change.ages_now, change.ages_then, change.lowest_school)
    out = _newly(groups, change.ages_then, change.ages_now, change.lowest_school)
    return {
        "currency": currency,
        "people_now": now,
        "people_then": then,
        "cost_now": _cost(now, change.amount_now, change),
        "cost_then": _cost(then, change.amount_then, change),
        "new_by_sex_age": _table(newly, "sex", "band"),
        "new_by_area": _table(newly, "area"),
        "out_by_sex_age": _table(out, "sex", "band"),
    }


def _shown_pair(pair: tuple[int, int]) -> list[int | None]:
    return [shown_count(one) for one in pair]


def _cost(people: list[int | None], amount: Decimal, change: Change) -> list[str | None]:
    """People × amount × months × take-up, from the shown counts; None where the count is hidden."""
    found: list[str | None] = []
    for n, share in zip(people, change.take_up, strict=True):
        found.append(None if n is None else f"{n * amount * change.months * share / 100:.0f}")
    return found


def _table(groups: Iterable[Group], *names: str) -> list[list[Any]]:
    counts: Counter[tuple[str, ...]] = Counter()
    for one in groups:
        counts[tuple(str(getattr(one, name)) or "?" for name in names)] += one.n
    kept = without_small_unknowns(counts)
    shown = protect(kept, names).shown if kept else {}
    several = [len({key[at] for key in kept}) > 1 for at in range(len(names))]
    # A total over one line would say the same twice; totals come last.
    rows = [key for key in shown if all(many or code != TOTAL for many, code in zip(several, key, strict=True))]
    rows.sort(key=lambda key: [(code == TOTAL, code) for code in key])
    return [[*key, shown[key]] for key in rows]


OF_A_FLOOR = (
    "Live places are those at the end of the frozen month, with the pay that is written for them today.",
    "Pay is brought to a full month of the normal week; part-time work is held against its share of the floor.",
    "The branch and the size of a firm are not looked at, and no place is taken to be lost because of the floor.",
)
ASSUMPTIONS = (
    "Counted are people who look for work at the end of the frozen month; who is not registered is not counted.",
    "Ages are frozen in bands. A band that the ages cut counts for nobody in the lower number, for all in the upper.",
    "Nobody changes what they do because of the change, except that the take-up says how many come.",
    "Nobody is taken to be in another programme, and the cost of staff is not counted.",
    "A change of a wage floor is entered as the drafted value of the law, or as the amount for one person.",
    "People of unknown sex or age who are fewer than ten are left out of the tables.",
    "Counts under ten are hidden and all others are in steps of ten; the money is computed from these.",
)


def _groups_of(freeze: Freeze) -> list[Group]:
    return [Group(sex, band, _region(area), school, n) for sex, band, area, school, n in frozen_groups(freeze)]


def _region(code: str) -> str:
    around = larger_areas(code)
    return around[-1] if around else code


@transaction.atomic
def try_change(*, change: Change, by: Actor, at: datetime) -> WhatIf:
    """Try a change on the latest published month and keep the answer. Raises NotPermitted, Refused."""
    require("policy.ask", by)
    freeze = published()
    decision = may_try(change, published_month=freeze is not None)
    if decision.refused or freeze is None:
        raise Refused(decision)
    said = f"Take-up is guessed at {change.take_up[0]} to {change.take_up[1]} per cent."
    result = result_of(_groups_of(freeze), change, currency=country().currency.code)
    floor = None if change.draft is None else touched_by(change.draft, instant=freeze.stock_at, on=today(at))
    kept = WhatIf.objects.create(
        freeze=freeze,
        title=change.title.strip()[:200],
        change=change.as_kept(),
        assumptions=[*ASSUMPTIONS, *(() if floor is None else OF_A_FLOOR), said],
        result=result | {"floor": floor},
        asked_at=at,
        asked_by_id=by.account_id,
    )
    record_change(by=by, at=at, verb="policy.ask", thing=f"whatif:{kept.ref}", detail={"freeze": freeze.ref})
    return kept


def what_if_for(actor: Actor, ref: str) -> WhatIf:
    """One kept answer. Raises NotPermitted, NotFound."""
    require("policy.ask", actor)
    found = WhatIf.objects.filter(ref=fold_ref(ref)).select_related("freeze").first()
    if found is None:
        raise NotFound("whatif")
    return found


def what_ifs(actor: Actor, *, limit: int = 50) -> list[WhatIf]:
    """The latest answers. Raises NotPermitted."""
    require("policy.ask", actor)
    return list(WhatIf.objects.select_related("freeze")[:limit])


def citation(one: WhatIf) -> str:
    """How a paper names the answer."""
    return (
        f"{country().name}, public employment service, policy what-if {one.ref}, register of jobseekers, "
        f"{one.freeze.month}, freeze {vintage_of(one.freeze)}."
    )
