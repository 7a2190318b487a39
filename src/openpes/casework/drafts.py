"""Forms left half done: kept as they stood, given back to the same account alone, gone after some days.

keep_draft(...)      after each save on the way, and whenever a form comes back unfinished
draft_at(...)        what the account typed on this page, or None
drafts_of(...)       all forms that the account began
drop_draft(...)      the form was sent, or is no longer wanted
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.db import transaction

from openpes.casework.models import FormDraft
from openpes.casework.queries import policy_number
from openpes.core.actors import Actor
from openpes.jobseekers.queries import visible_to
from openpes.reference.country import today

LONGEST_VALUE, MOST_BOXES, LONGEST_PLACE = 6000, 400, 200
# A yes is spoken before it is ticked. After a cut it is asked for again, so no draft ever brings one back.
A_YES = ("agreed", "share_contact", "barriers_agreed", "purposes", "way")
CARRIED = frozenset(
    {"seen", "seen_version", "barriers_seen", "needs_seen", "groups_seen", "interview", "key", "office"}
)
NOT_TYPED = CARRIED | {"csrfmiddlewaretoken", "keep_draft", "draft", "act"}
SECRET = ("password", "secret", "pin", "one_time_code")

Typed = Mapping[str, Sequence[str]]


def worth_keeping(typed: Typed) -> dict[str, list[str]]:
    """What a draft holds of what was sent: no token, no secret, no spoken yes, nothing endless. Pure."""
    kept = {
        name: [value[:LONGEST_VALUE] for value in values]
        for name, values in typed.items()
        if name not in {"csrfmiddlewaretoken", "keep_draft", "draft"}
        and name not in A_YES
        and not any(part in name for part in SECRET)
    }
    return dict(list(kept.items())[:MOST_BOXES])


def holds_words(kept: Typed) -> bool:
    """True when somebody typed or chose something; a page's own hidden values are not that. Pure."""
    return any(value.strip() for name, values in kept.items() if name not in NOT_TYPED for value in values)


def _since(at: datetime) -> datetime:
    return at - timedelta(days=policy_number("draft_days", on=today(at)))


@transaction.atomic
def keep_draft(
    *, address: str, query: str = "", typed: Typed, person: str = "", by: Actor, at: datetime
) -> FormDraft | None:
    """Keep a form as it stands, in place of what was kept of it before. None when there is nothing to keep.

    `person` is the number in the address of a person's page. Of somebody whom the actor may not see nothing is kept.
    """
    kept = worth_keeping(typed)
    if by.account_id is None or not holds_words(kept) or len(address) > LONGEST_PLACE:
        return None
    jobseeker = visible_to(by).filter(ref=person).first() if person else None
    if person and jobseeker is None:
        return None
    row, _made = FormDraft.objects.update_or_create(
        account_id=by.account_id,
        address=address,
        defaults={"query": query[:LONGEST_PLACE], "jobseeker": jobseeker, "words": kept, "kept_at": at},
    )
    return row


def draft_at(by: Actor, address: str, *, at: datetime) -> FormDraft | None:
    """What this account typed on this page and did not finish; an old one counts no longer."""
    if by.account_id is None:
        return None
    return FormDraft.objects.filter(account=by.account_id, address=address, kept_at__gte=_since(at)).first()


def drafts_of(by: Actor, *, at: datetime, limit: int = 10) -> list[FormDraft]:
    """The forms that this account began, the latest first. Those of a person who may not be seen now are left out."""
    if by.account_id is None:
        return []
    rows = FormDraft.objects.filter(account=by.account_id, kept_at__gte=_since(at)).select_related("jobseeker__person")
    found = list(rows[:limit])
    of_people = [one.jobseeker_id for one in found if one.jobseeker_id is not None]
    seen = set(visible_to(by).filter(pk__in=of_people).values_list("pk", flat=True)) if of_people else set()
    return [one for one in found if one.jobseeker_id is None or one.jobseeker_id in seen]


def drop_draft(by: Actor, address: str) -> int:
    """The form was sent, or is no longer wanted: nothing of it stays. Returns how many went."""
    if by.account_id is None:
        return 0
    return FormDraft.objects.filter(account=by.account_id, address=address).delete()[0]


def forget_drafts(*, at: datetime) -> int:
    """Old drafts go for good. Returns how many."""
    return FormDraft.objects.filter(kept_at__lt=_since(at)).delete()[0]
