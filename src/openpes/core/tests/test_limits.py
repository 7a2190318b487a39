"""A flood is stopped by the hour, and the cache holds nobody's address."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.core.cache import cache

from openpes.core.limits import is_over

AT = datetime(2026, 11, 24, 2, 5, tzinfo=UTC)


def test_the_fourth_of_three_is_too_many_until_the_next_hour() -> None:
    """Another address, another thing and another hour count for themselves."""
    cache.clear()
    assert [is_over("a", "10.1.2.3", most=3, at=AT) for _ in range(4)] == [False, False, False, True]
    assert not is_over("a", "10.1.2.4", most=3, at=AT)
    assert not is_over("b", "10.1.2.3", most=3, at=AT)
    assert not is_over("a", "10.1.2.3", most=3, at=AT + timedelta(hours=1))


def test_no_address_stands_in_the_cache() -> None:
    """Only a keyed hash that changes with the hour."""
    cache.clear()
    is_over("a", "10.9.8.7", most=3, at=AT)
    held = getattr(cache, "_cache", {})
    assert held and not any("10.9.8.7" in key for key in held)
