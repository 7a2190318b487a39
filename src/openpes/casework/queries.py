"""Reads of the casework room."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q

from openpes.casework.access import require_may_view
from openpes.casework.filters import CasePolicy
from openpes.casework.models import CaseNote, FormDraft, KeptList, KeyedLine, NamedHelper, PaperToShow, StandIn
from openpes.core.actors import Actor
from openpes.core.decisions import NotFound
from openpes.core.ids import fold_ref
from openpes.core.privacy import export_rows
from openpes.jobseekers.models import Jobseeker
from openpes.organisations.models import Office
from openpes.reference.country import country


def policy_number(key: str, *, on: date) -> int:
    """A whole number of the country's policy on casework on a day."""
    return int(country().value(f"casework.{key}", on=on).value)


def case_policy(on: date) -> CasePolicy:
    """The days that the next step with a person is told from."""
    pack = country()
    return CasePolicy(
        silent_days=int(pack.value("desk.not_contacted_days", on=on).value),
        sleep_days=int(pack.value("clocks.jobseeker_sleep_days", on=on).value),
        sleeping_soon_days=policy_number("sleeping_soon_days", on=on),
    )


def notes_of(actor: Actor, jobseeker: Jobseeker, *, limit: int = 50) -> list[CaseNote]:
    """The notes on a person, the pinned ones first, then the latest. Raises NotPermitted."""
    require_may_view(actor, jobseeker)
    rows = CaseNote.objects.filter(jobseeker=jobseeker).select_related("corrects", "corrected_by")
    return sorted(rows[:limit], key=lambda one: one.pinned_at is None)


def note_for(actor: Actor, jobseeker: Jobseeker, ref: str) -> CaseNote:
    """One note on a person. Raises NotFound."""
    require_may_view(actor, jobseeker)
    row = CaseNote.objects.filter(jobseeker=jobseeker, ref=fold_ref(ref)).first()
    if row is None:
        raise NotFound("note")
    return row


def helpers_of(actor: Actor, jobseeker: Jobseeker) -> list[NamedHelper]:
    """Who else helps a person, those who do so now first. Raises NotPermitted."""
    require_may_view(actor, jobseeker)
    return list(NamedHelper.objects.filter(jobseeker=jobseeker))


def helper_for(actor: Actor, jobseeker: Jobseeker, ref: str) -> NamedHelper:
    """One of them. Raises NotFound."""
    require_may_view(actor, jobseeker)
    row = NamedHelper.objects.filter(jobseeker=jobseeker, ref=fold_ref(ref)).first()
    if row is None:
        raise NotFound("helper")
    return row


def kept_lists(actor: Actor) -> list[KeptList]:
    """The lists that the actor keeps, by name."""
    return list(KeptList.objects.filter(account=actor.account_id)) if actor.account_id is not None else []


def kept_list(actor: Actor, ref: str) -> KeptList:
    """One of them. Raises NotFound, also for somebody else's."""
    row = KeptList.objects.filter(account=actor.account_id, ref=fold_ref(ref)).first() if actor.account_id else None
    if row is None:
        raise NotFound("list")
    return row


def stood_in_for(account_id: int | None, *, on: date) -> list[StandIn]:
    """For whom an account stands in on a day."""
    if account_id is None:
        return []
    rows = StandIn.objects.filter(deputy=account_id, ended_at=None, first_day__lte=on, last_day__gte=on)
    return list(rows.select_related("absent", "office"))


def caseload_of(account_id: int | None, *, on: date) -> frozenset[int]:
    """The accounts whose people are somebody's caseload on a day: their own, and those they stand in for."""
    if account_id is None:
        return frozenset()
    return frozenset({account_id, *(one.absent_id for one in stood_in_for(account_id, on=on))})


def stand_ins_at(offices: Iterable[Office], *, on: date) -> list[StandIn]:
    """The stand-ins of offices that run on a day or begin later."""
    rows = StandIn.objects.filter(office__in=list(offices), ended_at=None, last_day__gte=on)
    return list(rows.select_related("absent", "deputy", "office"))


def stand_in_for(office: Office, ref: str) -> StandIn:
    """A stand-in of an office. Raises NotFound."""
    row = StandIn.objects.filter(office=office, ref=fold_ref(ref)).select_related("absent", "deputy").first()
    if row is None:
        raise NotFound("stand-in")
    return row


def is_stood_in(absent_id: int, *, first: date, last: date) -> bool:
    """Does somebody stand in for this account on any of these days already?"""
    overlaps = Q(first_day__lte=last, last_day__gte=first)
    return StandIn.objects.filter(overlaps, absent=absent_id, ended_at=None).exists()


def export_person(person_id: int) -> dict[str, list[dict[str, Any]]]:
    """All that this room knows about a person, for their own download."""
    return {
        "notes": export_rows(CaseNote, person_id),
        "who else helps me": export_rows(NamedHelper, person_id),
        "forms that were begun": export_rows(FormDraft, person_id),
        "paper of identity": export_rows(PaperToShow, person_id),
        "days on paper": export_rows(KeyedLine, person_id),
    }
