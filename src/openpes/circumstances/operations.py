"""Writes of the circumstances room. The change log says that something changed, never what stands in the way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from openpes.circumstances.access import require_may_edit
from openpes.circumstances.models import Agreement, Barrier, GroupMembership, Need
from openpes.circumstances.queries import agreed_uses, group_codes
from openpes.circumstances.rules import (
    LONGEST_WORDS,
    may_name_group,
    may_note_barrier,
    may_write,
    must_forget,
)
from openpes.circumstances.states import Accommodation, BarrierKind, GivenHow, Severity, UsedFor
from openpes.core.actors import Actor
from openpes.core.change_log import record_change
from openpes.core.decisions import Reason, Refused, no
from openpes.core.privacy import erase_rows
from openpes.jobseekers.models import Jobseeker

WORDING_VERSION = "2026-11"
"""Which wording of the consent sentence is in use; a new wording gets a new version."""


@dataclass(frozen=True)
class SaidBarrier:
    """A barrier as somebody told it. `severity` empty: it no longer stands in the way."""

    kind: str
    severity: str
    words: str = ""
    would_help: str = ""


def _log(jobseeker: Jobseeker, verb: str, by: Actor, at: datetime, **detail: object) -> None:
    record_change(
        by=by,
        at=at,
        verb=verb,
        thing=f"circumstances:{jobseeker.ref}",
        subject=jobseeker.person.log_key,
        detail=dict(detail),
    )


@transaction.atomic
def agree(*, jobseeker: Jobseeker, purposes: Iterable[UsedFor], way: GivenHow, by: Actor, at: datetime) -> int:
    """The person agrees to uses of their circumstances. What was agreed before stays. Returns how many are new."""
    require_may_edit(by, jobseeker)
    new = [one for one in UsedFor if one in set(purposes) - agreed_uses(jobseeker.person_id)]
    for purpose in new:
        Agreement.objects.create(
            person_id=jobseeker.person_id,
            purpose=purpose,
            way=way,
            language=jobseeker.person.language,
            version=WORDING_VERSION,
            given_at=at,
            given_to=by.log_key,
        )
    if new:
        _log(jobseeker, "circumstances.agree", by, at, purposes=sorted(new))
    return len(new)


@transaction.atomic
def take_back(*, jobseeker: Jobseeker, purpose: UsedFor, by: Actor, at: datetime) -> int:
    """The person takes a consent back, at once. Without any left, all of it is forgotten.

    Without guidance as a purpose barriers have none either, and go. Returns the rows forgotten.
    """
    require_may_edit(by, jobseeker)
    person = jobseeker.person_id
    ended = Agreement.objects.filter(person=person, purpose=purpose, withdrawn_at=None).update(withdrawn_at=at)
    if not ended:
        return 0
    forgotten = 0
    if purpose == UsedFor.GUIDANCE:
        forgotten += Barrier.objects.filter(person=person).delete()[0]
        forgotten += Need.objects.filter(person=person).delete()[0]
    if must_forget(agreed=agreed_uses(person)):
        forgotten += GroupMembership.objects.filter(person=person).delete()[0]
    _log(jobseeker, "circumstances.take_back", by, at, purpose=purpose.value)
    return forgotten


@transaction.atomic
def note_barriers(*, jobseeker: Jobseeker, said: Iterable[SaidBarrier], by: Actor, at: datetime) -> int:
    """Write down what stands in the way, one row a kind; an empty severity ends it. Returns how many changed.

    Kinds that are not named stay as they are. Raises Refused, and then nothing is changed.
    """
    require_may_edit(by, jobseeker)
    agreed = agreed_uses(jobseeker.person_id)
    held = {row.kind: row for row in Barrier.objects.filter(person=jobseeker.person_id, ended_at=None)}
    changed = 0
    for one in said:
        row = held.get(one.kind)
        if not one.severity and not one.words.strip() and not one.would_help.strip():
            if row is not None:
                row.ended_at = at
                row.save(update_fields=["ended_at"])
                changed += 1
            continue
        decision = may_note_barrier(agreed=agreed, kind=one.kind, severity=one.severity)
        if decision.refused:
            raise Refused(decision)
        words, help_ = one.words.strip()[:LONGEST_WORDS], one.would_help.strip()[:LONGEST_WORDS]
        if row is None:
            row = Barrier(person_id=jobseeker.person_id, kind=BarrierKind(one.kind), noted_by_id=by.account_id)
        elif (row.severity, row.words, row.would_help) == (one.severity, words, help_):
            continue
        row.severity, row.words, row.would_help, row.noted_at = Severity(one.severity), words, help_, at
        row.save()
        changed += 1
    if changed:
        _log(jobseeker, "circumstances.barriers", by, at, number=changed)
    return changed


@transaction.atomic
def set_needs(*, jobseeker: Jobseeker, needs: Mapping[str, str], by: Actor, at: datetime) -> None:
    """Say what is needed at work: kind -> words. Replaces what was said before. Raises Refused."""
    require_may_edit(by, jobseeker)
    agreed = agreed_uses(jobseeker.person_id)
    if needs:
        # Needs are for guidance, like barriers: another use alone is no ground to hold them.
        decision = may_write(agreed=agreed & {UsedFor.GUIDANCE})
        if decision.refused:
            raise Refused(decision)
    odd = [Reason("unknown_need", {"code": kind}) for kind in needs if kind not in set(Accommodation)]
    if odd:
        raise Refused(no(*odd))
    Need.objects.filter(person=jobseeker.person_id).exclude(kind__in=list(needs)).delete()
    for kind, words in needs.items():
        Need.objects.update_or_create(
            person_id=jobseeker.person_id,
            kind=kind,
            defaults={"words": words.strip()[:LONGEST_WORDS]},
            create_defaults={"words": words.strip()[:LONGEST_WORDS], "noted_at": at},
        )
    _log(jobseeker, "circumstances.needs", by, at, number=len(needs))


@transaction.atomic
def set_groups(*, jobseeker: Jobseeker, codes: Iterable[str], by: Actor, at: datetime) -> None:
    """The groups that the person says they belong to; replaces what was said before. Raises Refused."""
    require_may_edit(by, jobseeker)
    wanted, agreed, known = list(dict.fromkeys(codes)), agreed_uses(jobseeker.person_id), group_codes()
    for code in wanted:
        decision = may_name_group(agreed=agreed, code=code, known=known)
        if decision.refused:
            raise Refused(decision)
    rows = GroupMembership.objects.filter(person=jobseeker.person_id)
    rows.exclude(code__in=wanted).delete()
    held = set(rows.values_list("code", flat=True))
    GroupMembership.objects.bulk_create(
        [GroupMembership(person_id=jobseeker.person_id, code=code, said_at=at) for code in wanted if code not in held]
    )
    _log(jobseeker, "circumstances.groups", by, at, number=len(wanted))


def erase_person(*, person_id: int) -> int:
    """Forget a person in this room. Inside the journey's transaction."""
    return sum(erase_rows(model, person_id) for model in (Barrier, Need, GroupMembership, Agreement))
