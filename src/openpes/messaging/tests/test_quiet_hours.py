"""When a text may go out that nobody waits for."""

from __future__ import annotations

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from openpes.messaging.rules import first_loud, is_quiet

EIGHT_PM, EIGHT_AM, ZONE = time(20), time(8), ZoneInfo("Asia/Manila")


@pytest.mark.parametrize(
    ("moment", "quiet"),
    [(time(7, 59), True), (time(8), False), (time(19, 59), False), (time(20), True), (time(0), True)],
)
def test_the_edges_of_the_quiet_hours(moment, quiet):
    assert is_quiet(moment, quiet_from=EIGHT_PM, quiet_until=EIGHT_AM) is quiet


def test_hours_that_do_not_cross_midnight_and_none_at_all():
    assert is_quiet(time(13), quiet_from=time(12), quiet_until=time(14))
    assert not is_quiet(time(15), quiet_from=time(12), quiet_until=time(14))
    assert not is_quiet(time(3), quiet_from=time(8), quiet_until=time(8))


@pytest.mark.parametrize(
    ("at", "goes"),
    [
        # 22:00 in Manila waits for 08:00 of the next day; 05:00 for 08:00 of the same; noon goes at once.
        (datetime(2026, 11, 24, 14, tzinfo=UTC), datetime(2026, 11, 25, 0, tzinfo=UTC)),
        (datetime(2026, 11, 24, 21, tzinfo=UTC), datetime(2026, 11, 25, 0, tzinfo=UTC)),
        (datetime(2026, 11, 24, 4, tzinfo=UTC), datetime(2026, 11, 24, 4, tzinfo=UTC)),
    ],
)
def test_what_is_quiet_waits_for_the_morning(at, goes):
    assert first_loud(at, quiet_from=EIGHT_PM, quiet_until=EIGHT_AM, zone=ZONE) == goes
