"""Reads about two records of one person."""

from __future__ import annotations

from collections.abc import Iterable

from openpes.core.decisions import NotFound
from openpes.core.ids import fold_ref
from openpes.people.models import Person, PersonMerge
from openpes.people.states import MergeState


def merge_by_ref(ref: str) -> PersonMerge:
    """A proposal or a merge. Raises NotFound. The caller has checked access or does so next."""
    row = (
        PersonMerge.objects.filter(ref=fold_ref(ref))
        .select_related("kept", "gone", "proposed_by", "decided_by")
        .first()
    )
    if row is None:
        raise NotFound("merge")
    return row


def open_merges(person_ids: Iterable[int]) -> list[PersonMerge]:
    """Proposals that wait for a second person, about any of these people."""
    keys = list(person_ids)
    rows = PersonMerge.objects.filter(state=MergeState.PROPOSED, kept__in=keys)
    return list(rows.select_related("kept", "gone", "proposed_by").order_by("proposed_at", "pk"))


def all_open_merges(*, limit: int = 200) -> list[PersonMerge]:
    """Proposals that wait, the oldest first; the caller shows those whose people the actor may see."""
    rows = PersonMerge.objects.filter(state=MergeState.PROPOSED).select_related("kept", "gone", "proposed_by")
    return list(rows.order_by("proposed_at", "pk")[:limit])


def merges_into(person_id: int) -> list[PersonMerge]:
    """Merges by which other records became part of this one, newest first."""
    rows = PersonMerge.objects.filter(state=MergeState.DONE, kept=person_id).select_related("gone", "decided_by")
    return list(rows.order_by("-decided_at", "-pk"))


def refs_merged_into(person_id: int) -> list[str]:
    """The people whose records became part of this one: what is done to one is done to all."""
    return list(
        Person.objects.filter(merged_into=person_id, erased_at=None).order_by("pk").values_list("ref", flat=True)
    )
