"""Writes about cards, saved searches and the hour of news of jobs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from openpes.core.actors import Actor
from openpes.core.change_log import record_change
from openpes.core.decisions import Decision, NotFound, Refused
from openpes.jobseekers.access import require_may_edit
from openpes.jobseekers.models import JobAlert, Jobseeker, JobseekerCard, SavedSearch
from openpes.jobseekers.operations import confirm_looking
from openpes.jobseekers.rules import may_keep_search, may_set_alert
from openpes.reference.country import country, today


def _require(decision: Decision) -> None:
    if decision.refused:
        raise Refused(decision)


def _log(jobseeker: Jobseeker, verb: str, by: Actor, at: datetime) -> None:
    record_change(by=by, at=at, verb=verb, thing=f"jobseeker:{jobseeker.ref}", subject=jobseeker.person.log_key)


@transaction.atomic
def renew_card(*, jobseeker: Jobseeker, by: Actor, at: datetime) -> JobseekerCard:
    """Make the card, or make it valid for the days of the policy from today. It is also a sign of life.

    Raises NotPermitted, and Refused where the registration waits for a guardian or for a yes.
    """
    require_may_edit(by, jobseeker)
    jobseeker = confirm_looking(jobseeker=jobseeker, by=by, at=at)
    on = today(at)
    before = on + timedelta(days=int(country().value("clocks.card_valid_days", on=on).value))
    card, made = JobseekerCard.objects.get_or_create(
        jobseeker=jobseeker, defaults={"issued_at": at, "renewed_at": at, "valid_before": before}
    )
    if not made:
        card.renewed_at, card.valid_before = at, before
        card.save(update_fields=["renewed_at", "valid_before"])
    _log(jobseeker, "card.make" if made else "card.renew", by, at)
    return card


@transaction.atomic
def keep_search(
    *, jobseeker: Jobseeker, text: str, iscos: Sequence[str], area_code: str, kind: str, by: Actor, at: datetime
) -> SavedSearch:
    """Keep a search; the same one is kept once. Raises NotPermitted, Refused: it is empty, or there are too many."""
    require_may_edit(by, jobseeker)
    text = " ".join(text.split())[:80]
    same = SavedSearch.objects.filter(jobseeker=jobseeker, text__iexact=text, area_code=area_code, kind=kind).first()
    if same is not None:
        return same
    kept = SavedSearch.objects.filter(jobseeker=jobseeker).count()
    _require(may_keep_search(text=text, area_code=area_code, kind=kind, kept=kept))
    made = SavedSearch.objects.create(
        jobseeker=jobseeker, text=text, iscos=list(iscos), area_code=area_code, kind=kind, kept_at=at
    )
    _log(jobseeker, "search.keep", by, at)
    return made


@transaction.atomic
def drop_search(*, jobseeker: Jobseeker, ref: str, by: Actor, at: datetime) -> None:
    """Forget a search. Raises NotFound for anybody else's."""
    require_may_edit(by, jobseeker)
    row = SavedSearch.objects.filter(jobseeker=jobseeker, ref=ref).first()
    if row is None:
        raise NotFound("search")
    row.delete()
    _log(jobseeker, "search.drop", by, at)


@transaction.atomic
def set_alert(*, jobseeker: Jobseeker, weekday: int, hour: int, by: Actor, at: datetime) -> JobAlert:
    """Hear of new jobs on this day and hour from now on. Raises NotPermitted, Refused."""
    require_may_edit(by, jobseeker)
    _require(may_set_alert(weekday=weekday, hour=hour))
    # What was there before today is no news.
    alert, _made = JobAlert.objects.get_or_create(
        jobseeker=jobseeker, defaults={"weekday": weekday, "hour": hour, "looked_at": at}
    )
    alert.weekday, alert.hour = weekday, hour
    alert.save(update_fields=["weekday", "hour"])
    _log(jobseeker, "alert.set", by, at)
    return alert


@transaction.atomic
def stop_alert(*, jobseeker: Jobseeker, by: Actor, at: datetime) -> None:
    """No more news of jobs. Doing it twice changes nothing."""
    require_may_edit(by, jobseeker)
    if JobAlert.objects.filter(jobseeker=jobseeker).delete()[0]:
        _log(jobseeker, "alert.stop", by, at)


def note_looked(*, alert: JobAlert, told: bool, at: datetime) -> None:
    """The clock has looked for new jobs, and has told the person of some or not. For the journey."""
    alert.looked_at = at
    if told:
        alert.told_at = at
    alert.save(update_fields=["looked_at", "told_at"])
