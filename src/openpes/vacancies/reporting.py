"""The report of vacancies to the ministry, in countries whose law asks for it.

Some countries ask employers for facts in the report that the public advert may not show (in Indonesia age and sex).
The two lists are kept apart: answers for the report lie in a table of their own, and only the report reads it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Subquery
from django.db.models import Value as Constant

from openpes.core.actors import Actor
from openpes.core.change_log import record_change
from openpes.core.decisions import Decision, NotFound, NotPermitted, Reason, Refused, no, yes
from openpes.core.spreadsheets import Value
from openpes.reference.country import area_name, country
from openpes.vacancies.access import require_may
from openpes.vacancies.models import Vacancy
from openpes.vacancies.report_models import ReportAnswer

ASKED_HERE = ("age", "sex")
SEXES = ("any", "women", "men")
YOUNGEST, OLDEST = 13, 99
HEADER = (
    "number", "employer", "registration_number", "title", "isco08", "places", "places_left", "area", "pay", "currency",
    "pay_period", "contract", "state", "public_since", "closed_at", "close_reason", "sex_for_the_report",
    "age_from_for_the_report", "age_to_for_the_report",
)  # fmt: skip


@dataclass(frozen=True)
class Answers:
    """What is told for the report. sex: "" not said; ages in years, None not said."""

    sex: str = ""
    age_from: int | None = None
    age_to: int | None = None


def asked_on(on: date) -> tuple[str, ...]:
    """Which facts the country's report carries on a day that the advert does not; () in most countries."""
    held = country().value("vacancy_rules.report_required_fields", on=on)
    return tuple(one for one in ASKED_HERE if held.known and one in held.value)


def may_answer(answers: Answers, *, asked: tuple[str, ...]) -> Decision:
    """Only what is asked, and only what can be true. Pure."""
    reasons = []
    if (answers.sex and "sex" not in asked) or (
        (answers.age_from is not None or answers.age_to is not None) and "age" not in asked
    ):
        reasons.append(Reason("not_asked_here"))
    if answers.sex and answers.sex not in SEXES:
        reasons.append(Reason("sex_of_the_list"))
    ages = [age for age in (answers.age_from, answers.age_to) if age is not None]
    if any(not YOUNGEST <= age <= OLDEST for age in ages) or ages != sorted(ages):
        reasons.append(Reason("ages_in_order", {"youngest": YOUNGEST, "oldest": OLDEST}))
    return no(*reasons) if reasons else yes()


def answers_of(actor: Actor, vacancy: Vacancy, *, on: date) -> Answers:
    """What was told for the report, for those who may change the advert. Raises NotFound where nothing is asked."""
    require_may("vacancy.edit", actor, employer_id=vacancy.employer_id, office_id=vacancy.office_id)
    if not asked_on(on):
        raise NotFound("report")
    held = ReportAnswer.objects.filter(vacancy=vacancy).first()
    return Answers() if held is None else Answers(held.sex, held.age_from, held.age_to)


@transaction.atomic
def answer_report(*, vacancy: Vacancy, answers: Answers, by: Actor, at: datetime, on: date) -> None:
    """Keep the answers for the report. Raises Refused, and then nothing is changed."""
    require_may("vacancy.edit", by, employer_id=vacancy.employer_id, office_id=vacancy.office_id)
    decision = may_answer(answers, asked=asked_on(on))
    if decision.refused:
        raise Refused(decision)
    ReportAnswer.objects.update_or_create(
        vacancy=vacancy,
        defaults={"sex": answers.sex, "age_from": answers.age_from, "age_to": answers.age_to, "given_at": at},
    )
    record_change(by=by, at=at, verb="vacancy.report_answer", thing=f"vacancy:{vacancy.ref}")


def count_reported(employer_ids: Iterable[int], *, since: datetime, on: date) -> dict[int, tuple[int, int]]:
    """Of each firm (vacancies that became public since then, those with every answer that the report needs).

    Where the report needs nothing beside the advert, a public vacancy is reported by being here. One query.
    """
    rows = Vacancy.objects.filter(employer__in=list(employer_ids), live_since__gte=since)
    told = ReportAnswer.objects.filter(vacancy=OuterRef("pk"))
    asked = asked_on(on)
    if "sex" in asked:
        told = told.exclude(sex="")
    if "age" in asked:
        told = told.filter(age_from__isnull=False)
    rows = rows.annotate(is_told=Exists(told)) if asked else rows.annotate(is_told=Constant(True))
    found: dict[int, tuple[int, int]] = {}
    for employer_id, is_told in rows.order_by("pk").values_list("employer", "is_told"):
        posted, done = found.get(employer_id, (0, 0))
        found[employer_id] = (posted + 1, done + bool(is_told))
    return found


@transaction.atomic
def ministry_report(
    actor: Actor, *, starts_at: datetime, ends_before: datetime, at: datetime
) -> list[tuple[Value, ...]]:
    """Rows under HEADER of every vacancy that became public in a span of time. The report is logged.

    An office's own, or all for those who hold "vacancy.report" everywhere. Raises NotPermitted.
    """
    offices = actor.scope_ids("vacancy.report", "office")
    rows = Vacancy.objects.filter(live_since__gte=starts_at, live_since__lt=ends_before).select_related("employer")
    if not actor.everywhere("vacancy.report"):
        if not offices:
            raise NotPermitted("vacancy.report")
        rows = rows.filter(office__in=offices)
    told = ReportAnswer.objects.filter(vacancy=OuterRef("pk"))
    rows = rows.annotate(
        report_sex=Subquery(told.values("sex")[:1]),
        report_from=Subquery(told.values("age_from")[:1]),
        report_to=Subquery(told.values("age_to")[:1]),
    )
    found = list(_lines(rows.order_by("live_since", "pk")))
    record_change(
        by=actor, at=at, verb="vacancy.report", thing=f"report:{starts_at.date()}", detail={"rows": len(found)}
    )
    return found


def _lines(rows: object) -> Iterator[tuple[Value, ...]]:
    for one in rows:  # type: ignore[attr-defined]
        yield (
            one.ref,
            one.employer.name,
            one.employer.registration_number,
            one.title,
            one.isco,
            one.places,
            one.places_left,
            area_name(one.area_code, "en"),
            one.pay_amount,
            one.pay_currency,
            one.pay_period,
            one.contract_type,
            one.state,
            one.live_since.date() if one.live_since else None,
            one.closed_at.date() if one.closed_at else None,
            one.close_reason,
            one.report_sex,
            one.report_from,
            one.report_to,
        )
