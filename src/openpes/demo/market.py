"""The adverts of the nation as people meet them: what is near, what fits, what is still free."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from random import Random

from openpes.demo.adverts import Advert
from openpes.demo.employers import Firm
from openpes.demo.places import Places, distance_km
from openpes.vacancies.states import CloseReason, VacancyState

FARTHEST_KM = 90
INTRODUCTIONS_A_PLACE = 4
SPARE_INTRODUCTIONS = 3
# Nobody reads more adverts than this before choosing one.
MOST_LOOKED_AT = 40


@dataclass(slots=True)
class Opening:
    """One public advert, and what the history does to it: how many were sent, how many places were taken."""

    key: int
    position: int
    isco: str
    area_code: str
    latitude: float
    longitude: float
    hazardous: bool
    places: int
    live_since: datetime
    closed_at: datetime | None
    close_reason: CloseReason | None
    firm: Firm
    sent: int = 0
    taken_at: list[datetime] = field(default_factory=list)
    showcase: bool = field(default=False)

    @property
    def may_hire(self) -> bool:
        """A place is left for one more. What was not closed as filled keeps at least one place free to the end."""
        reserve = 0 if self.close_reason == CloseReason.FILLED else 1
        return len(self.taken_at) + reserve < self.places

    @property
    def places_left(self) -> int:
        """The places that can still be had; none when the employer closed it as filled, with us or without us."""
        return 0 if self.close_reason == CloseReason.FILLED else self.places - len(self.taken_at)

    def takes_introductions(self, moment: datetime) -> bool:
        """Public at a moment, and not yet buried in introductions."""
        return (
            self.live_since <= moment
            and (self.closed_at is None or moment < self.closed_at)
            and self.sent < self.places * INTRODUCTIONS_A_PLACE + SPARE_INTRODUCTIONS
        )


class Market:
    """All openings of the nation, found by where one lives and what one wants."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self.openings: list[Opening] = []
        self._by_area: dict[str, list[Opening]] = defaultdict(list)
        self._near: dict[str, dict[str, list[tuple[float, Opening]]]] = {}

    def add(self, advert: Advert, key: int, *, showcase: bool) -> None:
        """Put an advert on the market, if it ever was public."""
        row = advert.row
        if row.live_since is None or row.state == VacancyState.PAUSED:
            return
        opening = Opening(
            key=key,
            position=advert.position,
            isco=row.offered.isco,
            area_code=row.offered.area_code,
            latitude=row.latitude,
            longitude=row.longitude,
            hazardous=row.hazardous,
            places=row.offered.places,
            live_since=row.live_since,
            closed_at=row.closed_at,
            close_reason=row.close_reason,
            firm=advert.firm,
            showcase=showcase,
        )
        self.openings.append(opening)
        self._by_area[opening.area_code].append(opening)

    def showcase(self) -> list[Opening]:
        """The openings of the first employer that a visitor meets."""
        return [opening for opening in self.openings if opening.showcase]

    def find(
        self,
        rng: Random,
        *,
        area_code: str,
        wanted: tuple[str, ...],
        max_km: int,
        adult: bool,
        moment: datetime,
        alike: tuple[int, ...] = (4, 3, 2, 1),
    ) -> Opening | None:
        """An opening that a counsellor might choose: the work wanted, else work like it, within reach, or None.

        `alike`: how many digits of the unit group must agree, tried in this order.
        """
        near = self._near.get(area_code) or self._look_around(area_code)
        for digits in alike:
            for head in dict.fromkeys(isco[:digits] for isco in wanted):
                held = near.get(head, [])
                for km, opening in rng.sample(held, min(len(held), MOST_LOOKED_AT)):
                    if km <= max_km and (adult or not opening.hazardous) and opening.takes_introductions(moment):
                        return opening
        return None

    def _look_around(self, area_code: str) -> dict[str, list[tuple[float, Opening]]]:
        """Openings within the farthest reach of an area, by unit group and by the groups above it."""
        here = self._places.centre(area_code)
        found: dict[str, list[tuple[float, Opening]]] = defaultdict(list)
        for other, openings in self._by_area.items():
            # Two areas may lie far apart at their middles and yet touch; none is wider than three reaches.
            if distance_km(here, self._places.centre(other)) > 4 * FARTHEST_KM:
                continue
            for opening in openings:
                km = distance_km(here, (opening.latitude, opening.longitude))
                if km <= FARTHEST_KM:
                    for digits in (1, 2, 3, 4):
                        found[opening.isco[:digits]].append((km, opening))
        self._near[area_code] = dict(found)
        return self._near[area_code]
