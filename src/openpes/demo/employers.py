"""Drawing employers: who offers work, where, and how quickly they answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from random import Random

from openpes.core.ids import new_ref
from openpes.demo.chance import Weighted, happens, stream
from openpes.demo.labour import SHOWCASE_SECTOR
from openpes.demo.naming import firm_name, person_name
from openpes.demo.nation import Nation
from openpes.demo.places import Spot
from openpes.demo.times import later
from openpes.organisations.operations import NewEmployer
from openpes.organisations.seeding import SyntheticEmployer
from openpes.organisations.states import EmployerState, SizeBand

SIZES = Weighted(
    {
        SizeBand.ONE_TO_FOUR: 0.3,
        SizeBand.FIVE_TO_NINE: 0.25,
        SizeBand.TEN_TO_FORTY_NINE: 0.27,
        SizeBand.FIFTY_TO_249: 0.13,
        SizeBand.FROM_250: 0.05,
    }
)
ADVERTS_BY_SIZE = {
    SizeBand.ONE_TO_FOUR: 1.0,
    SizeBand.FIVE_TO_NINE: 1.5,
    SizeBand.TEN_TO_FORTY_NINE: 3.0,
    SizeBand.FIFTY_TO_249: 6.0,
    SizeBand.FROM_250: 12.0,
}
STATES = Weighted(
    {
        EmployerState.VERIFIED: 0.93,
        EmployerState.SUBMITTED: 0.04,
        EmployerState.REFUSED: 0.02,
        EmployerState.SUSPENDED: 0.01,
    }
)
NOTES = {
    EmployerState.REFUSED: "We could not reach the number given. Please come by with the business registration.",
    EmployerState.SUSPENDED: "Several people report that nobody answers. Suspended until we have talked.",
}
# How employers deal with introductions: (share of them, chance of an answer in time, median days to it).
MANNERS = Weighted[tuple[float, float]]({(0.95, 1.5): 0.28, (0.72, 7.0): 0.42, (0.25, 9.0): 0.30})
SHARE_WITH_ACCOUNT = 0.3


@dataclass(frozen=True, slots=True)
class Firm:
    """An employer as drawn, with what the history needs to know about it."""

    position: int
    row: SyntheticEmployer
    spot: Spot
    office: int
    answers: float
    days_to_answer: float
    has_account: bool
    staff_name: str
    staff_log_key: str

    @property
    def posts(self) -> bool:
        """True when its adverts may be public."""
        return self.row.state == EmployerState.VERIFIED


def draw_firm(nation: Nation, position: int, office_ids: list[int], officers: dict[int, list[int]]) -> Firm:
    """The employer at a position. `officers` are the keys of accounts that verify, by position of the office."""
    rng = stream(nation.seed, "employer", position)
    showcase = position == 0
    sector = SHOWCASE_SECTOR if showcase else nation.labour.draw_sector(rng)
    area = nation.showcase_area if showcase else nation.places.draw_area(rng)
    spot = nation.places.draw_spot(rng, area)
    office = 0 if showcase else nation.office_of(rng, area)
    size = SizeBand.TEN_TO_FORTY_NINE if showcase else SIZES.draw(rng)
    state = EmployerState.VERIFIED if position < 4 else STATES.draw(rng)
    # Who waits to be checked came lately; who was checked may have come long before the history begins.
    days_ago = rng.uniform(0, 4) if state == EmployerState.SUBMITTED else nation.history_days + rng.uniform(-60, 300)
    registered_at = nation.clock.in_office_hours(rng, days_ago)
    contact = person_name(rng, nation.names, rng.choice(("female", "male"))).text
    answers, days_to_answer = (0.95, 1.5) if showcase else MANNERS.draw(rng)
    decided = state != EmployerState.SUBMITTED
    row = SyntheticEmployer(
        ref=new_ref(rng),
        office_id=office_ids[office],
        state=state,
        registered_at=registered_at,
        decided_by_id=rng.choice(officers[office]) if decided else None,
        decided_at=min(later(registered_at, rng.uniform(0.1, 2)), nation.clock.at) if decided else None,
        decision_note=NOTES.get(state, ""),
        new=NewEmployer(
            name=firm_name(rng, nation.names, sector, spot.town),
            area_code=area,
            contact_name=contact,
            contact_phone=nation.numbers.number(nation.people + 1_000 + position),
            registration_number=f"SYN-{position + 1:06d}",
            sector=sector,
            size_band=size,
            address=_address(rng, spot),
            latitude=spot.latitude,
            longitude=spot.longitude,
            language=nation.page_languages[0],
        ),
    )
    return Firm(
        position=position,
        row=row,
        spot=spot,
        office=office,
        answers=answers,
        days_to_answer=days_to_answer,
        has_account=state == EmployerState.VERIFIED and (showcase or happens(rng, SHARE_WITH_ACCOUNT)),
        staff_name=contact,
        staff_log_key=f"{rng.getrandbits(128):032x}",
    )


def _address(rng: Random, spot: Spot) -> str:
    """A house number and the town: enough to look real on a page, too little to be anybody's."""
    return f"{rng.randrange(1, 400)}, {spot.town}"


def account_made_at(firm: Firm, nation: Nation) -> datetime:
    """When the account of a firm's staff was opened."""
    return min(later(firm.row.decided_at or firm.row.registered_at, 0.5), nation.clock.at)
