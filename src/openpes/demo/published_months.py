"""The months that the demonstration has frozen and published, as a service would have done, a few days after each."""

from __future__ import annotations

from datetime import timedelta

from openpes.core.actors import system
from openpes.core.clock import month_bounds, months_before
from openpes.demo.nation import Nation
from openpes.insights.freezing import make_freeze, publish_freeze
from openpes.insights.invented_history import invent_history
from openpes.insights.invented_survey import invent_survey
from openpes.insights.models import Freeze

STATISTICIAN = system("figures.freeze", "figures.publish", "figures.view", label="demo")
# The register of the demonstration fills up at first; only afterwards do its months say something.
FILLING_DAYS = 75
MOST_MONTHS = 13
DAYS_AFTER = 4
# Four years in all: a season shows over three. Of very few people no month would say anything.
MONTHS_IN_ALL = 48
FEWEST_PEOPLE = 200


def months_of(nation: Nation) -> list[str]:
    """The ended months that can be published, the earliest first: none in which the register was still filling."""
    zone, begins = nation.country.timezone, nation.clock.at - timedelta(days=nation.history_days - FILLING_DAYS)
    local = nation.clock.at.astimezone(nation.clock.zone)
    found = []
    for back in range(1, MOST_MONTHS + 1):
        month = f"{months_before(local, back):%Y-%m}"
        starts_at, ends_before = month_bounds(month, zone)
        if starts_at >= begins and ends_before <= nation.clock.at:
            found.append(month)
    return found[::-1]


def publish_months(nation: Nation) -> int:
    """Freeze and publish the ended months, and invent the years before from the first; returns how many in all."""
    months = months_of(nation)
    for month in months:
        _starts, ends_before = month_bounds(month, nation.country.timezone)
        at = min(ends_before + timedelta(days=DAYS_AFTER), nation.clock.at)
        publish_freeze(freeze=make_freeze(month=month, by=STATISTICIAN, at=at), by=STATISTICIAN, at=at)
    if not months or nation.people < FEWEST_PEOPLE:
        return len(months)
    first = Freeze.objects.get(month=months[0], number=1)
    invented = invent_history(first, months=MONTHS_IN_ALL - len(months), seed=nation.seed)
    invent_survey(first, seed=nation.seed, at=nation.clock.at)
    return len(months) + invented
