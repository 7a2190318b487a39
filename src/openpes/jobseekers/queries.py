"""Reads of the jobseekers room."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, F, Q, QuerySet, TextField
from django.db.models.functions import Cast

from openpes.core.access_log import record_search, record_view
from openpes.core.actors import Actor
from openpes.core.columns import chunks_by_key, raw_rows
from openpes.core.decisions import NotFound
from openpes.core.ids import fold_ref
from openpes.core.privacy import export_rows
from openpes.jobseekers.access import visible_to
from openpes.jobseekers.models import (
    JobAlert,
    Jobseeker,
    JobseekerCard,
    JobseekerMove,
    PaperForm,
    SavedSearch,
    WantedOccupation,
)
from openpes.jobseekers.states import JobseekerState
from openpes.people.access import require_may_search
from openpes.people.names import likeness, match_key
from openpes.people.phones import NotAPhone, fold_digits, normalise
from openpes.reference.country import country

SEARCH_LIMIT = 20
MOST_COMPARED = 20_000
LEAST_ALIKE = 70


def jobseeker_for(actor: Actor, ref: str, *, at: datetime, reason: str = "") -> Jobseeker:
    """Open a person's registration; the view is logged and shown to them. Raises NotFound."""
    row = (
        visible_to(actor)
        .filter(ref=fold_ref(ref))
        .select_related("person", "office", "counsellor")
        .prefetch_related("wanted", "person__phones")
        .first()
    )
    if row is None:
        raise NotFound("jobseeker")
    if actor.person_id != row.person_id:
        record_view(by=actor, at=at, subject=row.person.log_key, thing=f"jobseeker:{row.ref}", reason=reason)
    return row


@dataclass(frozen=True)
class Care:
    """In whose care somebody is; nothing else of them. `account_id` None: in nobody's."""

    account_id: int | None
    name: str


def care_of(actor: Actor, ref: str) -> Care | None:
    """In whose care a person is whom the actor may see, without opening the record; None when there is nobody."""
    row = visible_to(actor).filter(ref=fold_ref(ref)).values_list("counsellor", "counsellor__name").first()
    return Care(row[0], row[1] or "") if row else None


def _elsewhere(actor: Actor, ref: str) -> QuerySet[Jobseeker]:
    """Somebody of another office, by the whole number only."""
    require_may_search(actor)
    offices = actor.scope_ids("jobseeker.view", "office")
    rows = Jobseeker.objects.filter(ref=fold_ref(ref), person__erased_at=None, person__merged_into=None)
    return rows.exclude(office__in=offices).exclude(state=JobseekerState.LEFT)


def office_of_elsewhere(actor: Actor, ref: str) -> str:
    """At which other office somebody with this whole number is, and nothing else; "" when there is nobody."""
    return _elsewhere(actor, ref).values_list("office__name", flat=True).first() or ""


def open_elsewhere(actor: Actor, ref: str, *, reason: str, at: datetime) -> Jobseeker:
    """Look at somebody of another office for a reason, which the person can read. Raises NotFound, ValueError."""
    if not reason.strip():
        raise ValueError("Somebody of another office is looked at for a reason.")
    row = _elsewhere(actor, ref).select_related("person", "office", "counsellor").prefetch_related("wanted").first()
    if row is None:
        raise NotFound("jobseeker")
    record_view(by=actor, at=at, subject=row.person.log_key, thing=f"elsewhere:{row.ref}", reason=reason)
    return row


def keys_by_ref(refs: Iterable[str]) -> dict[str, int]:
    """The key of each registration by its number, for reports that name nobody."""
    return dict(Jobseeker.objects.filter(ref__in=list(refs)).order_by().values_list("ref", "pk"))


def own_registration(actor: Actor) -> Jobseeker:
    """The registration of the person who asks. Raises NotFound."""
    row = (
        Jobseeker.objects.filter(person=actor.person_id, person__erased_at=None)
        .select_related("person", "office")
        .prefetch_related("wanted", "person__phones")
        .first()
        if actor.person_id is not None
        else None
    )
    if row is None:
        raise NotFound("jobseeker")
    return row


def jobseeker_by_id(pk: int) -> Jobseeker:
    """A registration by key, for journeys that have checked access. Raises NotFound."""
    row = Jobseeker.objects.filter(pk=pk).select_related("person", "office").prefetch_related("wanted").first()
    if row is None:
        raise NotFound("jobseeker")
    return row


def registration_of(person_id: int) -> Jobseeker | None:
    """The registration of a person, or None; for journeys that have checked access."""
    return Jobseeker.objects.filter(person=person_id).select_related("person", "office").first()


def paper_is_known(number: str) -> bool:
    """True when this paper was keyed in before."""
    return PaperForm.objects.filter(number=number).exists()


def paper_of(jobseeker_id: int) -> PaperForm | None:
    """The paper that a registration was written on first, or None."""
    return PaperForm.objects.filter(jobseeker=jobseeker_id).first()


def persons_of(keys: Iterable[int]) -> dict[int, int]:
    """The person of each registration, both as keys."""
    return dict(Jobseeker.objects.filter(pk__in=list(keys)).order_by().values_list("pk", "person"))


def agreed_among(keys: Iterable[int]) -> frozenset[int]:
    """Which of these registrations somebody has agreed to: not only known from a list. One query."""
    rows = Jobseeker.objects.filter(pk__in=list(keys)).exclude(state=JobseekerState.FROM_LIST)
    return frozenset(rows.order_by().values_list("pk", flat=True))


def with_any_licence(keys: Iterable[int]) -> frozenset[int]:
    """Which of these registrations name a licence at all. One query."""
    rows = Jobseeker.objects.filter(pk__in=list(keys)).order_by().values_list("pk", "licence_ids")
    return frozenset(key for key, licences in rows if licences)


def registrations_of(person_ids: Iterable[int]) -> dict[int, Jobseeker]:
    """The registrations of some people, by person, in one query; for callers that show only what the actor may see."""
    return {
        row.person_id: row
        for row in Jobseeker.objects.filter(person__in=list(person_ids))
        .select_related("person", "office")
        .order_by("pk")
    }


def open_several(actor: Actor, keys: Iterable[int], *, thing: str, at: datetime) -> dict[int, Jobseeker]:
    """Registrations the actor may see, by key, in three queries. Each view is logged with what they are seen for."""
    rows = (
        visible_to(actor)
        .filter(pk__in=list(keys))
        .select_related("person", "office", "counsellor")
        .prefetch_related("wanted")
    )
    found = {row.pk: row for row in rows.order_by("pk")}
    for row in found.values():
        record_view(by=actor, at=at, subject=row.person.log_key, thing=thing)
    return found


def find_jobseekers(actor: Actor, *, text: str, born_on: date | None = None, at: datetime) -> list[Jobseeker]:
    """People whom the actor may see, by number, phone, or a name that is alike; never a list to browse.

    An empty search finds nobody. The search and whom it found are logged.
    """
    require_may_search(actor)
    wanted = text.strip()
    if not wanted and born_on is None:
        return []
    rows = visible_to(actor).select_related("person", "office").prefetch_related("wanted", "person__phones")
    found = _exact(rows, wanted) if wanted else []
    if not found:
        found = _alike(rows, wanted, born_on)
    used = "+".join(name for name, given in (("text", wanted), ("birth date", born_on)) if given)
    record_search(by=actor, at=at, what=used, found=[row.person.log_key for row in found])
    return found


def _exact(rows: QuerySet[Jobseeker], text: str) -> list[Jobseeker]:
    """By registration number, personal code or phone."""
    text = fold_digits(text)
    by_ref = list(rows.filter(Q(ref=fold_ref(text)) | Q(person__account__username__iexact=text))[:SEARCH_LIMIT])
    if by_ref:
        return by_ref
    try:
        number = normalise(text, country().code)
    except NotAPhone:
        return []
    return list(rows.filter(person__phones__number=number).distinct().order_by("pk")[:SEARCH_LIMIT])


def _alike(rows: QuerySet[Jobseeker], text: str, born_on: date | None) -> list[Jobseeker]:
    """By a name that sounds or looks alike in any script, narrowed by the birth date when it is given."""
    if born_on is not None:
        rows = rows.filter(person__born_on=born_on)
    key = match_key(text)
    words = key.split()
    if not words:
        return list(rows.order_by("pk")[:SEARCH_LIMIT]) if born_on is not None else []
    if born_on is None:
        # Two letters of the beginning or the end narrow the candidates cheaply; likeness then decides.
        wanted = Q()
        for word in words:
            wanted |= Q(person__name_key__contains=word[:2]) | Q(person__name_key__contains=word[-2:])
        rows = rows.filter(wanted)
    pairs = rows.order_by("pk").values_list("pk", "person__name_key")[:MOST_COMPARED]
    scored = sorted((-likeness(key, name_key), pk) for pk, name_key in pairs)
    best = [pk for score, pk in scored[:SEARCH_LIMIT] if -score >= LEAST_ALIKE]
    found = {row.pk: row for row in rows.filter(pk__in=best)}
    return [found[pk] for pk in best]


def newest_of_office(office_ids: Iterable[int], *, limit: int = 10) -> list[Jobseeker]:
    """The latest registrations of offices that nobody serves yet."""
    rows = Jobseeker.objects.filter(office__in=list(office_ids), counsellor=None, state=JobseekerState.ACTIVE)
    return list(
        rows.select_related("person", "office").prefetch_related("wanted").order_by("-registered_at", "-pk")[:limit]
    )


def count_waiting(office_ids: Iterable[int]) -> tuple[int, int]:
    """How many people of offices nobody serves yet, and how many wait for a parent or guardian."""
    found = Jobseeker.objects.filter(office__in=list(office_ids), person__erased_at=None).aggregate(
        new=Count("pk", filter=Q(state=JobseekerState.ACTIVE, counsellor=None)),
        guardian=Count("pk", filter=Q(state=JobseekerState.WAITING_FOR_GUARDIAN)),
    )
    return found["new"], found["guardian"]


@dataclass(frozen=True)
class Seeker:
    """What the matcher may know of a jobseeker: no name, no sex, no group. `born_on` only for the legal ages."""

    id: int
    isco: tuple[str, ...]
    skill_ids: tuple[str, ...] | None
    latitude: float | None
    longitude: float | None
    max_km: int | None
    min_pay: tuple[Any, str, str] | None
    education_level: int | None
    experience_months: int | None
    language_codes: tuple[str, ...] | None
    licence_ids: tuple[str, ...] | None
    shifts: int
    born_on: date | None


SEEKER_FIELDS = (
    "pk",
    "skill_ids",
    "skills_confirmed_at",
    "latitude",
    "longitude",
    "max_km",
    "min_pay_amount",
    "min_pay_currency",
    "min_pay_period",
    "education_level",
    "experience_months",
    "language_codes",
    "licence_ids",
    "shifts",
    "person__born_on",
)


def seekers(*, only: Iterable[int] | None = None, offices: Iterable[int] | None = None) -> Iterator[Seeker]:
    """Everybody who looks for work now, in the order of their keys, for the ranker.

    only: these registrations, whatever their state. offices: those who look for work at these offices.
    """
    rows = Jobseeker.objects.filter(state=JobseekerState.ACTIVE, person__erased_at=None)
    wanted_rows = WantedOccupation.objects.filter(jobseeker__state=JobseekerState.ACTIVE)
    if only is not None:
        keys = list(only)
        rows, wanted_rows = Jobseeker.objects.filter(pk__in=keys), WantedOccupation.objects.filter(jobseeker__in=keys)
    elif offices is not None:
        here = list(offices)
        rows, wanted_rows = rows.filter(office__in=here), wanted_rows.filter(jobseeker__office__in=here)
    wanted: dict[int, list[str]] = {}
    pairs = wanted_rows.order_by("jobseeker", "position").values_list("jobseeker", "isco")
    for pk, isco in pairs.iterator(chunk_size=5000):
        wanted.setdefault(pk, []).append(isco)
    for row in rows.order_by("pk").values_list(*SEEKER_FIELDS).iterator(chunk_size=5000):
        (
            pk,
            skills,
            confirmed_at,
            latitude,
            longitude,
            max_km,
            amount,
            currency,
            period,
            education,
            experience,
            languages,
            licences,
            shifts,
            born_on,
        ) = row
        yield Seeker(
            pk,
            tuple(wanted.get(pk, ())),
            tuple(skills) if confirmed_at else None,
            latitude,
            longitude,
            max_km,
            (amount, currency, period) if amount is not None else None,
            education,
            experience,
            None if languages is None else tuple(languages),
            None if licences is None else tuple(licences),
            shifts,
            born_on,
        )


def seeker_chunks() -> Iterator[tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]]:
    """Everybody who looks for work now, for the national run: (SEEKER_FIELDS rows, (key, isco) of what they want).

    Values are as the database holds them; a chunk is a short read of its own, in the order of the keys.
    """
    people = Jobseeker.objects.filter(state=JobseekerState.ACTIVE, person__erased_at=None)
    wanted = WantedOccupation.objects.order_by("jobseeker", "position").values_list("jobseeker", "isco")
    for chunk in chunks_by_key(people, *SEEKER_FIELDS[1:]):
        yield chunk, raw_rows(wanted.filter(jobseeker__gte=chunk[0][0], jobseeker__lte=chunk[-1][0]))


def count_seekers_by_area(isco: str) -> dict[str, int]:
    """How many people look for an occupation, by area; to be shown in bands only."""
    rows = Jobseeker.objects.filter(state=JobseekerState.ACTIVE, wanted__isco=isco)
    return dict(rows.order_by().values_list("area_code").annotate(number=Count("pk", distinct=True)))


def keys_wanting(iscos: Iterable[str], area_codes: Iterable[str], *, limit: int) -> list[int]:
    """Registrations of people in some areas who look for one of some occupations now, by key."""
    rows = Jobseeker.objects.filter(
        state=JobseekerState.ACTIVE, area_code__in=list(area_codes), wanted__isco__in=list(iscos)
    )
    return list(rows.order_by("pk").values_list("pk", flat=True).distinct()[:limit])


def silent_since(instant: datetime, *, at_once: int) -> Iterator[list[Jobseeker]]:
    """Registrations without a sign of life since an instant, of people who are not forgotten yet, in pieces by key."""
    rows = Jobseeker.objects.filter(last_confirmed_at__lt=instant, person__erased_at=None)
    last = 0
    while piece := list(rows.filter(pk__gt=last).select_related("person", "office").order_by("pk")[:at_once]):
        yield piece
        last = piece[-1].pk


def silent_between(asked_after: datetime, sleeps_after: datetime, *, at_once: int) -> Iterator[list[Jobseeker]]:
    """Who looks for work and was last heard of at or after one instant and before another, in pieces by key."""
    rows = Jobseeker.objects.filter(
        state=JobseekerState.ACTIVE,
        last_confirmed_at__gte=sleeps_after,
        last_confirmed_at__lt=asked_after,
        person__erased_at=None,
    )
    last = 0
    while piece := list(rows.filter(pk__gt=last).select_related("person", "office").order_by("pk")[:at_once]):
        yield piece
        last = piece[-1].pk


def export_person(person_id: int) -> dict[str, list[dict[str, Any]]]:
    """All that this room knows about a person, for their own download."""
    return {
        "registration": export_rows(Jobseeker, person_id),
        "work wanted": export_rows(WantedOccupation, person_id),
        "moves": export_rows(JobseekerMove, person_id),
        "papers": export_rows(PaperForm, person_id),
        "card": export_rows(JobseekerCard, person_id),
        "searches": export_rows(SavedSearch, person_id),
        "news of jobs": export_rows(JobAlert, person_id),
    }


def waiting_for_guardian(office_ids: Iterable[int], *, limit: int = 10) -> list[Jobseeker]:
    """Registrations of minors that wait for a parent or guardian to come to the office, the oldest first."""
    rows = Jobseeker.objects.filter(office__in=list(office_ids), state=JobseekerState.WAITING_FOR_GUARDIAN)
    return list(rows.select_related("person", "office").order_by("registered_at", "pk")[:limit])


def caseload_to_look_at(actor: Actor, *, limit: int) -> list[Jobseeker]:
    """Who looks for work and is in the actor's care, or in nobody's at their offices; the longest registered first.

    Two queries. For proposals of whom to call; the caller logs whose names it shows.
    """
    rows = Jobseeker.objects.filter(
        office__in=actor.scope_ids("jobseeker.view", "office"), state=JobseekerState.ACTIVE, person__erased_at=None
    ).filter(Q(counsellor=actor.account_id) | Q(counsellor=None))
    # One's own people come before those whom nobody serves yet, however many those are.
    ordered = rows.order_by(F("counsellor").asc(nulls_last=True), "registered_at", "pk")
    return list(ordered.select_related("person", "office")[:limit])


@dataclass(frozen=True)
class ChosenPeople:
    """Plain filters for a text to many: kinds of work, skills (one is enough), areas, how far they travel."""

    isco: tuple[str, ...] = ()
    skill_ids: tuple[str, ...] = ()
    area_codes: tuple[str, ...] = ()
    least_km: int | None = None


def choose_people(actor: Actor, office_id: int, chosen: ChosenPeople, *, limit: int) -> list[Jobseeker]:
    """Who looks for work at an office and fits plain filters, by key. No protected attribute is a filter.

    Somebody who never said how far they travel counts as travelling. Raises NotFound for another office.
    """
    if not actor.may("jobseeker.view", office_id=office_id):
        raise NotFound("office")
    rows = Jobseeker.objects.filter(office=office_id, state=JobseekerState.ACTIVE, person__erased_at=None)
    if chosen.area_codes:
        rows = rows.filter(area_code__in=chosen.area_codes)
    if chosen.least_km is not None:
        rows = rows.filter(Q(max_km=None) | Q(max_km__gte=chosen.least_km))
    work = Q()
    if chosen.isco:
        work |= Q(wanted__isco__in=chosen.isco)
    for skill in chosen.skill_ids:
        # Lists are stored as JSON: the quotes keep one id from being found inside another, on both databases.
        work |= Q(skill_text__contains=f'"{skill}"')
    if chosen.skill_ids:
        rows = rows.annotate(skill_text=Cast("skill_ids", TextField()))
    if chosen.isco or chosen.skill_ids:
        rows = rows.filter(work)
    return list(rows.distinct().select_related("person", "office").order_by("pk")[:limit])
