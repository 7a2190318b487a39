"""A small simulated year: every application ends, and every closed clock is explained; a broken one is told."""

from __future__ import annotations

import pytest

from openpes.referrals.models import Referral, ReferralEvent
from openpes.referrals.states import EventKind
from tests.soak.answers import Year, _check, simulate

pytestmark = pytest.mark.django_db(databases=["default", "access"])


def test_every_application_ends_and_every_clock_is_explained() -> None:
    """Good, slow, silent and cheating employers; the check itself finds what is taken away afterwards."""
    year = simulate(vacancies=40, seed=3)
    assert year.wrong == []
    assert year.counts["sent"] == Referral.objects.count() > 40
    assert year.counts["closed_unanswered"] > 0
    assert year.counts["paused"] > 0
    assert year.counts["refused: already_ended"] > 0
    closed = Referral.objects.filter(ending="closed_unanswered").first()
    ReferralEvent.objects.filter(referral=closed, kind=EventKind.REMINDED).delete()
    again = Year(year.draw, year.vacancies, year.kinds)
    _check(again)
    assert any("closed_without_reminder" in line for line in again.wrong)
