"""How often somebody may do something in an hour, by a key that says nothing of who it is.

is_over("register", key, most=10, at=at) counts one more and answers whether that is too many. Counts lie in the cache
of each server process: the limit is there to stop a flood, not to count exactly.
"""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.core.cache import cache

from openpes.core.ids import keyed_hash

AN_HOUR = 3600


def is_over(what: str, who: str, *, most: int, at: datetime) -> bool:
    """Count one more of this kind by this key in the hour of `at`; True when there were `most` before."""
    hour = int(at.timestamp()) // AN_HOUR
    # A keyed hash that changes with the hour: the cache holds no address of anybody.
    key = f"limit:{what}:{keyed_hash(f'{hour}:{who}', settings.SECRET_KEY)[:32]}"
    cache.add(key, 0, timeout=AN_HOUR)
    try:
        return cache.incr(key) > most
    except ValueError:
        # It went between the two calls: begin again.
        cache.set(key, 1, timeout=AN_HOUR)
        return False
