"""Nothing is kept longer than the policy says, and nobody is forgotten without a notice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from tests.factories import NOW, JobseekerFactory, ReferralFactory, VacancyFactory, actor_with

from openpes.core import files, outbox
from openpes.core.actors import system
from openpes.core.clock import months_before
from openpes.core.decisions import NotFound
from openpes.core.models import OutboxMessage, StoredFile
from openpes.journeys.retention import NOTICE, run_retention
from openpes.messaging.models import Message
from openpes.people.models import Person
from openpes.referrals.access import visible_to
from openpes.referrals.queries import referral_for

pytestmark = pytest.mark.django_db(databases=["default", "access"])
LONG_AGO = months_before(NOW, 25)
DAY = timedelta(days=1)


def erased(seeker) -> bool:
    return Person.objects.get(pk=seeker.person_id).erased_at is not None


def test_calendar_months() -> None:
    assert months_before(datetime(2026, 3, 31, tzinfo=UTC), 1) == datetime(2026, 2, 28, tzinfo=UTC)
    assert months_before(datetime(2026, 1, 15, tzinfo=UTC), 13) == datetime(2024, 12, 15, tzinfo=UTC)


def test_a_silent_person_is_told_and_forgotten_only_after_the_days_of_the_notice() -> None:
    silent = JobseekerFactory(last_confirmed_at=LONG_AGO)
    lately = JobseekerFactory(last_confirmed_at=months_before(NOW, 23))
    done = run_retention(at=NOW)
    assert (done["told_before_erasing"], done["erased_after_silence"]) == (1, 0)
    text = Message.objects.get(kind=NOTICE)
    assert text.person_id == silent.person_id and "24/12/2026" in text.text
    assert run_retention(at=NOW + timedelta(hours=5)) == {}
    assert run_retention(at=NOW + 29 * DAY)["told_before_erasing"] == 0
    assert not erased(silent)
    assert run_retention(at=NOW + 31 * DAY)["erased_after_silence"] == 1
    assert erased(silent) and not erased(lately)


def test_who_comes_back_is_left_alone_and_told_anew_after_the_next_silence() -> None:
    seeker = JobseekerFactory(last_confirmed_at=LONG_AGO)
    run_retention(at=NOW)
    seeker.last_confirmed_at = NOW + 10 * DAY
    seeker.save()
    assert run_retention(at=NOW + 40 * DAY)["erased_after_silence"] == 0 and not erased(seeker)
    next_silence = NOW + timedelta(days=10 + 760)
    Message.objects.update(made_at=NOW + 9 * DAY)
    done = run_retention(at=next_silence)
    assert (done["told_before_erasing"], done["erased_after_silence"]) == (1, 0)


def test_without_a_phone_the_days_of_the_notice_are_waited_for_all_the_same() -> None:
    waits = JobseekerFactory(person__phone=False, last_confirmed_at=months_before(NOW, 24) - 20 * DAY)
    gone = JobseekerFactory(person__phone=False, last_confirmed_at=months_before(NOW, 24) - 40 * DAY)
    assert run_retention(at=NOW)["erased_after_silence"] == 1
    assert erased(gone) and not erased(waits)


def test_texts_finished_work_and_files_go_by_their_own_clocks(settings, tmp_path) -> None:
    settings.STORED_FILES = tmp_path
    by = system(label="test")
    old = files.store(content=b"old", name="a", media_type="text/plain", by=by, at=LONG_AGO)
    files.store(content=b"shared", name="b", media_type="text/plain", by=by, at=LONG_AGO)
    kept = files.store(content=b"shared", name="c", media_type="text/plain", by=by, at=NOW)
    OutboxMessage.objects.create(kind="x", payload={}, created_at=LONG_AGO, due_at=LONG_AGO, done_at=LONG_AGO)
    waiting = OutboxMessage.objects.create(kind="x", payload={}, created_at=LONG_AGO, due_at=LONG_AGO)
    person = JobseekerFactory().person
    for at in (months_before(NOW, 13), NOW):
        Message.objects.create(
            person=person, number="+639171234567", kind="welcome", language="en", text="x", segments=1, made_at=at
        )
    done = run_retention(at=NOW)
    assert (done["texts_forgotten"], done["outbox_forgotten"], done["files_forgotten"]) == (1, 1, 2)
    assert list(OutboxMessage.objects.filter(kind="x")) == [waiting]
    assert list(StoredFile.objects.all()) == [kept] and files.read(kept) == b"shared"
    assert not files.path_of(old.sha256).exists()
    assert outbox.forget_done(before=NOW) == 0


def test_who_was_not_hired_disappears_from_the_employers_side_only() -> None:
    job = VacancyFactory()
    old, fresh, hired = (
        ReferralFactory(vacancy=job, state="ended", ending=ending, ended_at=ended_at)
        for ending, ended_at in (
            ("not_hired", months_before(NOW, 4)),
            ("not_hired", months_before(NOW, 2)),
            ("hired", months_before(NOW, 4)),
        )
    )
    employer, office = (
        actor_with("employer_staff", scope_id=job.employer_id),
        actor_with("counsellor", scope_id=old.office_id),
    )
    assert run_retention(at=NOW)["hidden_from_employers"] == 1
    assert {one.pk for one in visible_to(employer)} == {fresh.pk, hired.pk}
    assert old in visible_to(office)
    with pytest.raises(NotFound):
        referral_for(employer, old.ref)
