"""Nothing is kept longer than the law or the policy says: a notice first, then the person is forgotten.

Once a day. Whoever has given no sign of life for the months of the policy is told, and erased when the days of the
notice have passed in silence. People who were not hired disappear from the employer's side. Texts, finished work of
the outbox and stored files go by clocks of their own; the rows of all other tables by the lines of
`journeys.kept_until`. The two logs keep pseudonyms only, whose key erasure destroys; they are chained, and where their
oldest lines are let go is written into the change log, so that the rest can still be proven whole.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction

from openpes.casework.drafts import forget_drafts
from openpes.core import files, outbox
from openpes.core.access_log import cut_access_log
from openpes.core.actors import Actor, system
from openpes.core.change_log import cut_change_log, record_change
from openpes.core.clock import months_before
from openpes.core.keeping import end_rows
from openpes.core.schedule import is_due, note_run
from openpes.dialogues import operations as dialogues
from openpes.jobseekers.models import Jobseeker
from openpes.jobseekers.queries import silent_since
from openpes.journeys.erase_person import erase_person
from openpes.journeys.kept_until import KEPT
from openpes.journeys.refer_jobseeker import short_date
from openpes.journeys.telling import tell_person
from openpes.messaging import operations as messaging
from openpes.messaging.queries import latest_of_kind
from openpes.people import operations as people
from openpes.people.queries import phones_of
from openpes.people.signing import forget_tries
from openpes.reference.country import country, today
from openpes.referrals import operations as referrals

KEEPER = system("person.erase", label="retention")
JOB, EVERY, AT_ONCE = "retention", timedelta(days=1), 500
NOTICE = "retention_notice"


def run_retention(*, at: datetime, by: Actor = KEEPER) -> dict[str, int]:
    """Run the clocks of keeping if a day has passed since they ran. Returns what was done, by name; {} when not due."""
    if not is_due(JOB, at=at, every=EVERY):
        return {}
    pack, on = country(), today(at)

    def before(name: str) -> datetime:
        return months_before(at, int(pack.value(f"retention.{name}_months", on=on).value))

    notice = timedelta(days=int(pack.value("retention.notice_before_anonymising_days", on=on).value))
    told, erased = _silent_people(before("inactive_jobseeker"), notice, by=by, at=at)
    done = {"told_before_erasing": told, "erased_after_silence": erased}
    with transaction.atomic():
        done["hidden_from_employers"] = referrals.hide_from_employers(ended_before=before("rejected_candidate"), at=at)
        done["texts_forgotten"] = messaging.forget_texts(before=before("messages"))
        done["talks_forgotten"] = dialogues.forget_conversations(before=before("messages"))
        done["outbox_forgotten"] = outbox.forget_done(before=before("outbox"))
        done["files_forgotten"] = files.forget_stored(before=before("stored_files"))
        done["drafts_forgotten"] = forget_drafts(at=at)
        note_run(JOB, at=at)
        done |= _tables(before)
        done["accounts_closed"] = people.close_unused_accounts(unused_since=before("account"), by=by, at=at)
        done["tries_forgotten"] = forget_tries(before=at)
        record_change(by=by, at=at, verb="retention.run", thing="retention:all", detail=done)
    # Last, and each by itself: the line that a cut writes must stand before the lines go, in two databases.
    done["views_forgotten"] = cut_access_log(before=before("access_log"), by=by, at=at)
    done["changes_forgotten"] = cut_change_log(before=before("change_log"), by=by, at=at)
    return done


def _tables(before: Callable[[str], datetime]) -> dict[str, int]:
    """Rows that went or were emptied, by clock; clocks that found nothing are left out."""
    found = {clock: sum(end_rows(one, before=before(clock)) for one in lines) for clock, lines in KEPT.items()}
    return {f"ended_{clock}": rows for clock, rows in found.items() if rows}


def _silent_people(silent: datetime, notice: timedelta, *, by: Actor, at: datetime) -> tuple[int, int]:
    """(told, erased). Nobody with a phone is erased without a notice; who came back since then is left alone."""
    told = erased = 0
    for piece in silent_since(silent, at_once=AT_ONCE):
        keys = [one.person_id for one in piece]
        notices, phones = latest_of_kind(keys, kind=NOTICE), phones_of(keys)
        for one in piece:
            heard = notices.get(one.person_id)
            # A notice of an earlier silence, before the last sign of life, counts for nothing.
            if heard is not None and heard <= one.last_confirmed_at:
                heard = None
            if heard is None and one.person_id in phones:
                _tell(one, at + notice, at)
                told += 1
            elif at >= (heard or one.last_confirmed_at + (at - silent)) + notice:
                erase_person(person_ref=one.person.ref, by=by, at=at)
                erased += 1
    return told, erased


@transaction.atomic
def _tell(jobseeker: Jobseeker, on_day: datetime, at: datetime) -> None:
    facts = {"date": short_date(on_day), "office": jobseeker.office.name}
    tell_person(jobseeker, NOTICE, facts, at=at, asked=True)
