"""Writes about handed lists and targets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from openpes.core.actors import Actor
from openpes.core.change_log import record_change
from openpes.core.decisions import NotPermitted, Reason, Refused, no
from openpes.imports.models import ImportBatch
from openpes.organisations.models import Office, Partner
from openpes.partnerships.models import GroupTarget, HandedList
from openpes.partnerships.rules import may_hand_over, may_set_target
from openpes.partnerships.states import HandedKind, TargetMeasure
from openpes.reference.country import country


@dataclass(frozen=True)
class SaidList:
    """Why a list comes: from whom, called what, on which day, and how its people agreed to be handed over."""

    kind: HandedKind
    label: str
    day: date | None
    how_agreed: str = ""


def check_list(*, said: SaidList, school: Partner | None) -> None:
    """Raises Refused, before any row is read."""
    decision = may_hand_over(
        kind=said.kind, label=said.label, day=said.day, how_agreed=said.how_agreed, has_school=school is not None
    )
    if decision.refused:
        raise Refused(decision)


@transaction.atomic
def label_list(*, said: SaidList, school: Partner | None, batch: ImportBatch, by: Actor, at: datetime) -> HandedList:
    """Say why a list came. The same file twice is the same list. Raises Refused, NotPermitted."""
    if not by.may("shock.batch", office_id=batch.office_id):
        raise NotPermitted("shock.batch")
    check_list(said=said, school=school)
    if said.day is None:
        raise Refused(no(Reason("list_day_needed")))
    made, is_new = HandedList.objects.get_or_create(
        batch=batch,
        defaults={
            "kind": said.kind,
            "label": said.label.strip(),
            "office_id": batch.office_id,
            "partner": school,
            "day": said.day,
            "how_agreed": said.how_agreed.strip()[:400],
            "made_by_id": by.account_id,
            "made_at": at,
        },
    )
    if is_new:
        record_change(by=by, at=at, verb=f"list.{said.kind.value}", thing=f"list:{made.ref}")
    return made


@dataclass(frozen=True)
class NewTarget:
    """A target as somebody sets it."""

    group: str
    measure: TargetMeasure
    number: int
    starts_on: date
    ends_before: date
    why: str = ""


@transaction.atomic
def set_target(*, office: Office, new: NewTarget, by: Actor, at: datetime) -> GroupTarget:
    """Set a target; who set it is kept with it. Raises Refused, NotPermitted."""
    if not by.may("target.set", office_id=office.pk):
        raise NotPermitted("target.set")
    known = [one.code for one in country().priority_groups]
    decision = may_set_target(
        group=new.group,
        known_groups=known,
        measure=new.measure,
        number=new.number,
        starts_on=new.starts_on,
        ends_before=new.ends_before,
    )
    if decision.refused:
        raise Refused(decision)
    target = GroupTarget.objects.create(
        office=office,
        group=new.group,
        measure=new.measure,
        number=new.number,
        starts_on=new.starts_on,
        ends_before=new.ends_before,
        why=new.why.strip()[:400],
        set_by_id=by.account_id,
        set_by_name=by.label[:120],
        set_at=at,
    )
    record_change(by=by, at=at, verb="target.set", thing=f"target:{target.ref}")
    return target


@transaction.atomic
def end_target(*, target: GroupTarget, by: Actor, at: datetime) -> GroupTarget:
    """A target holds no more; it stays readable. Raises Refused, NotPermitted."""
    if not by.may("target.set", office_id=target.office_id):
        raise NotPermitted("target.set")
    if target.ended_at is not None:
        raise Refused(no(Reason("ended_already")))
    target.ended_at = at
    target.save(update_fields=["ended_at"])
    record_change(by=by, at=at, verb="target.end", thing=f"target:{target.ref}")
    return target
