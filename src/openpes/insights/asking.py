"""Questions to a frozen month ("how many nurses under 25 in …"), answered in steps of ten, kept to be cited."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from openpes.core.actors import Actor
from openpes.core.change_log import record_change
from openpes.core.decisions import NotFound, Refused
from openpes.core.ids import fold_ref
from openpes.insights.access import require_may
from openpes.insights.freezing import PEOPLE
from openpes.insights.models import Freeze, FrozenCount, FrozenPerson, SavedQuery
from openpes.insights.release import vintage_of
from openpes.insights.rules import may_ask
from openpes.insights.states import FreezeState
from openpes.insights.tables import Basis
from openpes.people.age_bands import BAND_CODES
from openpes.people.states import Sex
from openpes.reference import taxonomy
from openpes.reference.country import area, country
from openpes_evidence.disclosure import shown_count

BASES = {
    Basis.STOCK: "people looking at the end of the month",
    Basis.INFLOW: "people who registered in the month",
    Basis.OUTFLOW: "people who left in the month",
}
CHOICES = ("isco", "sex", "age", "area")


def _condition(chosen: Mapping[str, Sequence[str]]) -> Q:
    """Occupations by the beginning of their code, an area with all that lies in it."""
    condition = Q()
    if chosen.get("isco"):
        of_codes = Q()
        for prefix in chosen["isco"]:
            of_codes |= Q(isco__startswith=prefix)
        condition &= of_codes
    if chosen.get("sex"):
        condition &= Q(sex__in=chosen["sex"])
    if chosen.get("age"):
        condition &= Q(age_band__in=chosen["age"])
    if chosen.get("area"):
        condition &= Q(area_code__in=_with_parts(chosen["area"]))
    return condition


def _with_parts(codes: Sequence[str]) -> set[str]:
    wanted = set(codes)
    parents = {one.code: one.parent for one in country().areas}
    grew = True
    while grew:
        more = {code for code, parent in parents.items() if parent in wanted} - wanted
        wanted |= more
        grew = bool(more)
    return wanted


def _known(chosen: Mapping[str, Sequence[str]]) -> bool:
    codes = tuple(taxonomy.unit_codes())
    return (
        set(chosen) <= set(CHOICES)
        and all(any(code.startswith(one) for code in codes) for one in chosen.get("isco", ()))
        and set(chosen.get("sex", ())) <= {sex.value for sex in Sex}
        and set(chosen.get("age", ())) <= set(BAND_CODES)
        and all(area(one) is not None for one in chosen.get("area", ()))
    )


def _rows_kept(freeze: Freeze) -> bool:
    """Whether a question can still be answered: rows go after some years, and their counts stay."""
    counted = FrozenCount.objects.filter(freeze=freeze, table="stock_sex_age", n__gt=0).exists()
    return not counted or FrozenPerson.objects.filter(freeze=freeze).exists()


@transaction.atomic
def ask(
    *, freeze: Freeze, question: str, basis: Basis, chosen: Mapping[str, Sequence[str]], by: Actor, at: datetime
) -> SavedQuery:
    """Answer a question and keep it. `chosen`: codes under isco, sex, age, area; empty means all.

    Fewer than ten people are hidden and the rest comes in steps of ten, so that no two answers differ by fewer.
    Raises NotPermitted, Refused (no words, unknown codes, rows that are not kept any more).
    """
    require_may("figures.query", by)
    decision = may_ask(question=question, codes_known=_known(chosen) and basis in BASES, rows_kept=_rows_kept(freeze))
    if not decision.allowed:
        raise Refused(decision)
    rows = FrozenPerson.objects.filter(PEOPLE[basis], _condition(chosen), freeze=freeze)
    n = rows.count()
    row = SavedQuery.objects.create(
        freeze=freeze,
        question=question.strip()[:200],
        basis=basis.value,
        chosen={key: list(values) for key, values in chosen.items() if values},
        shown=shown_count(n),
        asked_at=at,
        asked_by_id=by.account_id,
    )
    record_change(by=by, at=at, verb="figures.ask", thing=f"query:{row.ref}", detail={"freeze": freeze.ref})
    return row


def query_for(actor: Actor, ref: str) -> SavedQuery:
    """A kept question: anybody's once its month is published. Raises NotFound."""
    row = SavedQuery.objects.filter(ref=fold_ref(ref)).select_related("freeze").first()
    if row is None or (row.freeze.state == FreezeState.MADE and not actor.everywhere("figures.query")):
        raise NotFound("query")
    return row


def kept_queries(actor: Actor, *, limit: int = 50) -> list[SavedQuery]:
    """The latest questions. Raises NotPermitted."""
    require_may("figures.query", actor)
    return list(SavedQuery.objects.select_related("freeze")[:limit])


def citation(query: SavedQuery) -> str:
    """How a letter or a paper names the number."""
    return (
        f"{country().name}, public employment service, register of jobseekers, {BASES[Basis(query.basis)]}, "
        f"{query.freeze.month}, freeze {vintage_of(query.freeze)}, query {query.ref}."
    )
