"""Reads of the vacancies room."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Case, Count, F, Max, Q, QuerySet, Sum, TextField, When
from django.db.models.functions import Cast

from openpes.core.actors import Actor
from openpes.core.columns import chunks_by_key
from openpes.core.decisions import NotFound
from openpes.core.ids import fold_ref
from openpes.vacancies.access import PUBLIC, public_vacancies, visible_to
from openpes.vacancies.liveness import LivenessDays
from openpes.vacancies.models import AdvertPair, LivenessStep, Vacancy
from openpes.vacancies.states import ACCOMMODATIONS, PairState, Pause, VacancyState


def public_vacancy(ref: str) -> Vacancy:
    """A vacancy that anybody may see. Raises NotFound."""
    row = public_vacancies().filter(ref=fold_ref(ref)).select_related("employer", "office").first()
    if row is None:
        raise NotFound("vacancy")
    return row


def still_public(vacancy_ids: Iterable[int]) -> frozenset[int]:
    """Which of these vacancies anybody may still see."""
    return frozenset(public_vacancies().filter(pk__in=list(vacancy_ids)).values_list("pk", flat=True))


def vacancy_for(actor: Actor, ref: str) -> Vacancy:
    """A vacancy that the actor may see. Raises NotFound, also for one that exists elsewhere."""
    row = visible_to(actor).filter(ref=fold_ref(ref)).select_related("employer", "office", "posted_by").first()
    if row is None:
        raise NotFound("vacancy")
    return row


def vacancy_by_id(pk: int) -> Vacancy:
    """A vacancy by key, for journeys that have checked access. Raises NotFound."""
    row = Vacancy.objects.filter(pk=pk).select_related("employer", "office").first()
    if row is None:
        raise NotFound("vacancy")
    return row


def vacancy_by_ref(ref: str) -> Vacancy:
    """A vacancy by its number, for doors that have checked a signature. Raises NotFound."""
    row = Vacancy.objects.filter(ref=fold_ref(ref)).select_related("employer", "office").first()
    if row is None:
        raise NotFound("vacancy")
    return row


def vacancies_by_id(keys: Iterable[int]) -> dict[int, Vacancy]:
    """Public vacancies by key, in one query."""
    rows = public_vacancies().filter(pk__in=list(keys)).select_related("employer")
    return {row.pk: row for row in rows}


def search_public(
    *,
    iscos: Iterable[str] = (),
    text: str = "",
    area_codes: Iterable[str] = (),
    faded_before: datetime | None = None,
    facts: Iterable[str] = (),
    contract_types: Iterable[str] = (),
    live_after: datetime | None = None,
) -> QuerySet[Vacancy]:
    """Public vacancies of some occupations or with some words, in some areas; the freshest first.

    `facts`: codes of what the job must offer, childcare for instance; a fact about the job, asked of nobody.
    `faded_before`: what nobody confirmed since this instant stands below everything else.
    `contract_types`: only these kinds of contract. `live_after`: only what became public after this instant.
    """
    rows = public_vacancies().select_related("employer").order_by("-live_since", "-pk")
    if faded_before is not None:
        faded = Case(When(last_confirmed_at__gte=faded_before, then=0), default=1)
        rows = rows.annotate(faded=faded).order_by("faded", "-live_since", "-pk")
    codes, places = tuple(iscos), tuple(area_codes)
    for fact in facts:
        # A list of known codes as it is written in the row: quotes keep one code from being part of another.
        rows = rows.annotate(
            **{f"has_{fact}": Cast("accommodations" if fact in ACCOMMODATIONS else "offers", TextField())}
        )
        rows = rows.filter(**{f"has_{fact}__contains": f'"{fact}"'})
    wanted = Q()
    if codes:
        wanted |= Q(isco__in=codes)
    if text.strip():
        wanted |= Q(title__icontains=text.strip())
    if places:
        rows = rows.filter(area_code__in=places)
    kinds = tuple(contract_types)
    if kinds:
        rows = rows.filter(contract_type__in=kinds)
    if live_after is not None:
        rows = rows.filter(live_since__gt=live_after)
    return rows.filter(wanted)


def vacancies_of_employer(actor: Actor, employer_id: int) -> QuerySet[Vacancy]:
    """All vacancies of one employer that the actor works for, the latest first."""
    if employer_id not in actor.scope_ids("vacancy.view", "employer"):
        raise NotFound("employer")
    return Vacancy.objects.filter(employer=employer_id).order_by(
        F("closed_at").desc(nulls_first=True), "-posted_at", "-pk"
    )


def vacancies_at_employer(actor: Actor, employer_id: int, *, limit: int = 20) -> list[Vacancy]:
    """The latest vacancies of an employer that the actor may see, those that have not ended first."""
    return list(
        visible_to(actor)
        .filter(employer=employer_id)
        .order_by(F("closed_at").desc(nulls_first=True), "-posted_at", "-pk")[:limit]
    )


def vacancies_to_copy(actor: Actor, employer_id: int, *, limit: int = 5) -> list[Vacancy]:
    """The latest vacancies of an employer that the actor may see, to start a new one from."""
    return list(visible_to(actor).filter(employer=employer_id).order_by("-posted_at", "-pk")[:limit])


def waiting_for_decision(actor: Actor) -> QuerySet[Vacancy]:
    """Adverts of the actor's offices that wait for an officer, the oldest first."""
    return (
        Vacancy.objects.filter(office__in=actor.scope_ids("vacancy.approve", "office"), state=VacancyState.SUBMITTED)
        .select_related("employer", "posted_by")
        .order_by("posted_at", "pk")
    )


def to_confirm(actor: Actor, *, confirmed_before: datetime) -> QuerySet[Vacancy]:
    """Live vacancies of the actor's offices of which nobody has said lately that they are open, the oldest first."""
    return (
        Vacancy.objects.filter(
            office__in=actor.scope_ids("vacancy.edit", "office"),
            state=VacancyState.LIVE,
            last_confirmed_at__lt=confirmed_before,
        )
        .select_related("employer")
        .order_by("last_confirmed_at", "pk")
    )


def held_at_offices(actor: Actor) -> QuerySet[Vacancy]:
    """Adverts of the actor's offices that are held after a report until a person has looked, the oldest first."""
    return (
        Vacancy.objects.filter(
            office__in=actor.scope_ids("vacancy.approve", "office"),
            state=VacancyState.PAUSED,
            paused_because=Pause.HELD,
        )
        .select_related("employer")
        .order_by("changed_at", "pk")
    )


def live_at_offices(actor: Actor, *, text: str = "") -> QuerySet[Vacancy]:
    """Live vacancies of the actor's offices: all, or those with this number or these words in title or employer."""
    rows = Vacancy.objects.filter(office__in=actor.scope_ids("vacancy.view", "office"), state=VacancyState.LIVE)
    if text.strip():
        rows = rows.filter(
            Q(title__icontains=text.strip()) | Q(employer__name__icontains=text.strip()) | Q(ref=fold_ref(text))
        )
    return rows.select_related("employer").order_by("-live_since", "-pk")


@dataclass(frozen=True)
class Offer:
    """What the matcher may know of a live vacancy."""

    id: int
    isco: str
    must_skill_ids: tuple[str, ...]
    skill_ids: tuple[str, ...]
    latitude: float | None
    longitude: float | None
    pay: tuple[Any, str, str] | None
    weekly_hours: Any
    education_level: int | None
    experience_months: int | None
    language_codes: tuple[str, ...]
    licence_ids: tuple[str, ...]
    shifts: int
    hazardous: bool
    places_left: int


OFFER_FIELDS = (
    "pk",
    "isco",
    "must_skill_ids",
    "skill_ids",
    "latitude",
    "longitude",
    "pay_amount",
    "pay_currency",
    "pay_period",
    "weekly_hours",
    "education_level",
    "experience_months",
    "language_codes",
    "licence_ids",
    "shifts",
    "hazardous",
    "places_left",
)


def offers(*, only: Iterable[int] | None = None) -> Iterator[Offer]:
    """Every public vacancy with a place left, in the order of their keys, for the ranker."""
    rows = public_vacancies().filter(places_left__gt=0)
    if only is not None:
        rows = Vacancy.objects.filter(pk__in=list(only))
    for row in rows.order_by("pk").values_list(*OFFER_FIELDS).iterator(chunk_size=5000):
        (
            pk,
            isco,
            must,
            nice,
            latitude,
            longitude,
            amount,
            currency,
            period,
            hours,
            education,
            experience,
            languages,
            licences,
            shifts,
            hazardous,
            left,
        ) = row
        yield Offer(
            pk,
            isco,
            tuple(must),
            tuple(nice),
            latitude,
            longitude,
            (amount, currency, period) if amount is not None else None,
            hours,
            education,
            experience,
            tuple(languages),
            tuple(licences),
            shifts,
            hazardous,
            left,
        )


def offer_chunks() -> Iterator[list[tuple[Any, ...]]]:
    """Every public vacancy with a place left, for the national run: OFFER_FIELDS rows as the database holds them."""
    yield from chunks_by_key(public_vacancies().filter(places_left__gt=0), *OFFER_FIELDS[1:])


def standing_rows() -> Iterator[tuple[int, datetime | None, int, int]]:
    """Of every public vacancy: key, last confirmed, introductions its employer answered, and all that fell due."""
    yield from (
        public_vacancies()
        .filter(places_left__gt=0)
        .order_by("pk")
        .values_list("pk", "last_confirmed_at", "employer__answers", "employer__introductions")
    )


@dataclass(frozen=True)
class LiveCount:
    """Live vacancies and the places left in them now: a stock, never to be mixed with postings over time."""

    vacancies: int
    places: int


def count_live(
    *,
    office_ids: Iterable[int] | None = None,
    iscos: Iterable[str] | None = None,
    area_codes: Iterable[str] | None = None,
) -> LiveCount:
    """The live stock now."""
    rows = Vacancy.objects.filter(PUBLIC)
    if office_ids is not None:
        rows = rows.filter(office__in=list(office_ids))
    if iscos is not None:
        rows = rows.filter(isco__in=list(iscos))
    if area_codes is not None:
        rows = rows.filter(area_code__in=list(area_codes))
    found = rows.aggregate(vacancies=Count("pk"), places=Sum("places_left"))
    return LiveCount(found["vacancies"], found["places"] or 0)


def count_live_of(iscos: Iterable[str]) -> dict[str, tuple[int, int]]:
    """Live vacancies and their free places by occupation, of these occupations, in one query."""
    rows = Vacancy.objects.filter(PUBLIC, isco__in=list(iscos)).order_by().values_list("isco")
    return {isco: (number, places or 0) for isco, number, places in rows.annotate(n=Count("pk"), p=Sum("places_left"))}


def live_places_by_area(isco: str) -> dict[str, int]:
    """Free places of the live vacancies of one occupation by area, in one query. Areas without any are left out."""
    rows = Vacancy.objects.filter(PUBLIC, isco=isco, places_left__gt=0).order_by().values_list("area_code")
    return {area: places or 0 for area, places in rows.annotate(p=Sum("places_left"))}


def usual_pay(isco: str, currency: str, period: str, *, area_code: str = "") -> tuple[Any, Any, Any, int] | None:
    """Lower quartile, median, upper quartile and number of live offers for an occupation; None under five.

    In one area, or everywhere when none is named.
    """
    rows = public_vacancies().filter(isco=isco, pay_currency=currency, pay_period=period, pay_amount__isnull=False)
    rows = rows.filter(area_code=area_code) if area_code else rows
    amounts = list(rows.order_by("pay_amount").values_list("pay_amount", flat=True))
    if len(amounts) < 5:
        return None
    last = len(amounts) - 1
    return amounts[last // 4], amounts[last // 2], amounts[last * 3 // 4], len(amounts)


def newest_public(*, limit: int = 6) -> list[Vacancy]:
    """The freshest public vacancies."""
    return list(
        public_vacancies().filter(places_left__gt=0).select_related("employer").order_by("-live_since", "-pk")[:limit]
    )


def live_since_before(instant: datetime) -> QuerySet[Vacancy]:
    """Live vacancies that nobody has confirmed since an instant."""
    return Vacancy.objects.filter(state=VacancyState.LIVE, last_confirmed_at__lt=instant).order_by("pk")


@dataclass(frozen=True)
class Changes:
    """Vacancies changed since an instant: all keys, those of them that are public with a place left, the latest."""

    keys: tuple[int, ...]
    public_keys: tuple[int, ...]
    latest: datetime | None


def changed_since(instant: datetime | None) -> Changes:
    """What has changed since an instant (that instant included); everything public when there is none.

    An employer's verification or suspension changes its vacancies too: the operation touches their `changed_at`.
    """
    rows = (
        Vacancy.objects.filter(PUBLIC, places_left__gt=0)
        if instant is None
        else Vacancy.objects.filter(changed_at__gte=instant)
    )
    found = list(
        rows.order_by("pk").values_list("pk", "changed_at", "state", "employer__state", "places_left", "same_as")
    )
    public = tuple(
        pk
        for pk, _at, state, employer_state, left, same_as in found
        if state == VacancyState.LIVE and employer_state == "verified" and left > 0 and same_as is None
    )
    latest = max((at for _pk, at, *_rest in found), default=instant)
    return Changes(tuple(one[0] for one in found), public, latest)


def liveness_due(*, at: datetime, days: LivenessDays, limit: int) -> list[Vacancy]:
    """Vacancies with which the liveness clock may have something to do, those silent for longest first."""

    def silent(number: int) -> Q:
        return Q(last_confirmed_at__lte=at - timedelta(days=number))

    def asked(number: int) -> Q:
        return Q(asked_at__lte=at - timedelta(days=number))

    live, paused = Q(state=VacancyState.LIVE), Q(state=VacancyState.PAUSED) & ~Q(paused_because=Pause.HELD)
    due = (
        (live & Q(asked_times=0) & silent(days.first_ask))
        | (live & Q(asked_times=1) & silent(days.second_ask) & asked(days.second_ask - days.first_ask))
        | (live & Q(asked_times__gte=2) & silent(days.pause) & asked(days.pause - days.second_ask))
        | (paused & silent(days.close) & (Q(asked_at__isnull=True) | asked(days.close - days.second_ask)))
    )
    rows = Vacancy.objects.filter(due).select_related("employer", "office")
    return list(rows.order_by("last_confirmed_at", "pk")[:limit])


def liveness_of(vacancy: Vacancy, *, limit: int = 20) -> list[LivenessStep]:
    """Who was asked and who said when that a job is open, the latest first."""
    return list(LivenessStep.objects.filter(vacancy=vacancy.pk).order_by("-at", "-pk")[:limit])


def doubtful_pairs(actor: Actor) -> QuerySet[AdvertPair]:
    """Adverts of the actor's offices that may be one job, the likest first."""
    offices = actor.scope_ids("vacancy.approve", "office")
    return (
        AdvertPair.objects.filter(state=PairState.DOUBTFUL, first__office__in=offices, second__office__in=offices)
        .select_related("first__employer", "second__employer")
        .order_by("-likeness", "pk")
    )


def sources_of(vacancy: Vacancy) -> list[Vacancy]:
    """The public copies of an advert: the same job as others offer it, the oldest first."""
    rows = Vacancy.objects.filter(same_as=vacancy.pk, state=VacancyState.LIVE, employer__state="verified")
    return list(rows.select_related("employer").order_by("live_since", "pk"))


def other_firms(keys: Iterable[int]) -> dict[int, list[str]]:
    """The firms that offer the same jobs too, by the key of the advert that stands for all of them. One query."""
    found: dict[int, list[str]] = {}
    rows = Vacancy.objects.filter(same_as__in=list(keys), state=VacancyState.LIVE, employer__state="verified")
    for head, name in rows.order_by("live_since", "pk").values_list("same_as", "employer__name"):
        found.setdefault(int(head or 0), []).append(name)
    return found


def live_list(*, area_code: str = "", isco: str = "") -> QuerySet[Vacancy]:
    """The whole live list with places left, in the order of keys, each with `copies_live`: other public sources of it.

    Narrowed to an area and to an ISCO-08 code from the left, when they are given.
    """
    rows = public_vacancies().filter(places_left__gt=0).select_related("employer").order_by("pk")
    if area_code:
        rows = rows.filter(area_code=area_code)
    if isco:
        rows = rows.filter(isco__startswith=isco)
    return rows.annotate(copies_live=Count("copies", filter=Q(copies__state=VacancyState.LIVE)))


def live_list_version() -> tuple[datetime | None, int]:
    """When anything about the live list last changed, and how many are on it: a mark of the list as it stands."""
    changed = Vacancy.objects.aggregate(at=Max("changed_at"))["at"]
    return changed, public_vacancies().filter(places_left__gt=0).count()


def draft_of_source(*, employer_id: int, source: str) -> Vacancy | None:
    """The unfinished advert of an employer that came by this way, if there is one."""
    rows = Vacancy.objects.filter(employer=employer_id, state=VacancyState.DRAFT, source=source)
    return rows.select_related("employer", "office").order_by("-pk").first()
