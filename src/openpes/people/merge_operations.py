"""Writes about two records of one person: proposed by one, agreed to by another, taken back without loss."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from openpes.core.actors import Actor
from openpes.core.change_log import record_change
from openpes.core.decisions import Reason, Refused, no
from openpes.people.models import Person, PersonMerge
from openpes.people.rules import may_decide_merge, may_undo_merge
from openpes.people.states import MergeState

# What a person's record says once and may be taken from the record that goes. The name brings its match key along.
VALUES: dict[str, tuple[str, ...]] = {
    "name": ("name_as_given", "name_key"),
    "born_on": ("born_on",),
    "sex": ("sex",),
    "language": ("language",),
    "national_number": ("national_number_hash",),
}


@transaction.atomic
def propose_merge(
    *, kept: Person, gone: Person, taken: tuple[str, ...], note: str, by: Actor, at: datetime
) -> PersonMerge:
    """Propose that two records are one person. `taken` names the values that come from the record that goes."""
    reasons = []
    if kept.pk == gone.pk:
        reasons.append(Reason("merge_with_itself"))
    if kept.merged_into_id or gone.merged_into_id:
        reasons.append(Reason("merged_already"))
    open_ones = PersonMerge.objects.filter(state=MergeState.PROPOSED)
    if open_ones.filter(gone__in=(kept.pk, gone.pk)).exists() or open_ones.filter(kept=gone).exists():
        reasons.append(Reason("merge_proposed_already"))
    if reasons:
        raise Refused(no(*reasons))
    merge = PersonMerge.objects.create(
        kept=kept,
        gone=gone,
        taken=[one for one in taken if one in VALUES],
        note=note.strip()[:400],
        proposed_by_id=by.account_id,
        proposed_at=at,
    )
    _log("person.merge_propose", merge, by, at)
    return merge


def _log(verb: str, merge: PersonMerge, by: Actor, at: datetime) -> None:
    for person in (merge.kept, merge.gone):
        record_change(by=by, at=at, verb=verb, thing=f"merge:{merge.ref}", subject=person.log_key)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _columns(taken: list[str]) -> list[str]:
    return [column for name in taken for column in VALUES[name]]


@transaction.atomic
def refuse_merge(*, merge: PersonMerge, by: Actor, at: datetime) -> PersonMerge:
    """They are two people, or the one who proposed it thinks again."""
    merge = PersonMerge.objects.select_for_update(of=("self",)).select_related("kept", "gone").get(pk=merge.pk)
    if merge.state != MergeState.PROPOSED:
        raise Refused(no(Reason("merge_decided")))
    merge.state, merge.decided_by_id, merge.decided_at = MergeState.REFUSED, by.account_id, at
    merge.save(update_fields=["state", "decided_by", "decided_at"])
    _log("person.merge_refuse", merge, by, at)
    return merge


def begin_merge(*, merge: PersonMerge, by: Actor, at: datetime) -> PersonMerge:
    """A second person agrees: the values are taken over, the old ones kept. The journey then moves the rows."""
    merge = PersonMerge.objects.select_for_update(of=("self",)).select_related("kept", "gone").get(pk=merge.pk)
    decision = may_decide_merge(
        state=MergeState(merge.state), proposed_by=merge.proposed_by_id, decided_by=by.account_id
    )
    if decision.refused:
        raise Refused(decision)
    kept, gone, columns = merge.kept, merge.gone, _columns(merge.taken)
    merge.before = {"values": {name: _plain(getattr(kept, name)) for name in columns}}
    for name in columns:
        setattr(kept, name, getattr(gone, name))
    if columns:
        kept.save(update_fields=columns)
    gone.merged_into = kept
    gone.save(update_fields=["merged_into"])
    merge.state, merge.decided_by_id, merge.decided_at = MergeState.DONE, by.account_id, at
    merge.save(update_fields=["state", "decided_by", "decided_at", "before"])
    _log("person.merge", merge, by, at)
    return merge


def note_moved(*, merge: PersonMerge, moved: Mapping[str, Any], before: Mapping[str, Any]) -> None:
    """Keep what went over and what stood before: the way back."""
    merge.moved, merge.before = dict(moved), {**merge.before, **before}
    merge.save(update_fields=["moved", "before"])


def begin_unmerge(*, merge: PersonMerge, by: Actor, at: datetime) -> PersonMerge:
    """They were two people after all: the values go back. Raises Refused when one of them was changed since."""
    merge = PersonMerge.objects.select_for_update(of=("self",)).select_related("kept", "gone").get(pk=merge.pk)
    kept, gone, columns = merge.kept, merge.gone, _columns(merge.taken)
    decision = may_undo_merge(
        state=MergeState(merge.state),
        changed_since=[name for name in columns if getattr(kept, name) != getattr(gone, name)],
    )
    if decision.refused:
        raise Refused(decision)
    old = merge.before.get("values", {})
    for name in columns:
        value = old[name]
        setattr(kept, name, date.fromisoformat(value) if name == "born_on" and value else value)
    if columns:
        kept.save(update_fields=columns)
    gone.merged_into = None
    gone.save(update_fields=["merged_into"])
    merge.state, merge.undone_at = MergeState.UNDONE, at
    merge.save(update_fields=["state", "undone_at"])
    _log("person.unmerge", merge, by, at)
    return merge
