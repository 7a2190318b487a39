"""Drawing what people look for and bring: work wanted, schooling, skills, languages, licences, times, reach, pay."""

from __future__ import annotations

from random import Random

from openpes.demo import labour
from openpes.demo.chance import Weighted, around, happens
from openpes.demo.nation import Nation
from openpes.jobseekers.operations import Profile, Wanted
from openpes.jobseekers.states import WorkStatus
from openpes.reference.shifts import ANY_SHIFT, mask_of

EDUCATION_BY_AGE = (
    (18, {1: 25, 2: 65, 3: 10}),
    (20, {1: 10, 2: 40, 3: 50}),
    (200, {1: 10, 2: 24, 3: 38, 4: 7, 5: 8, 6: 12, 7: 1}),
)
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri")
DAYTIME = mask_of([f"{day}-day" for day in (*WEEKDAYS, "sat")])
SHIFTS = Weighted(
    {
        ANY_SHIFT: 0.45,
        DAYTIME: 0.3,
        DAYTIME | mask_of([f"{day}-evening" for day in (*WEEKDAYS, "sat")]): 0.15,
        mask_of(["sat-day", "sat-evening", "sun-day", "sun-evening", *[f"{day}-evening" for day in WEEKDAYS]]): 0.1,
    }
)
MAX_KM = Weighted({10: 0.12, 15: 0.15, 20: 0.2, 25: 0.2, 30: 0.15, 50: 0.13, 90: 0.05})


class ProfileDrawer:
    """Draws profiles. The schooling keeps to the levels of the country's ladder; its shares are an assumption."""

    def __init__(self, nation: Nation) -> None:
        self.nation = nation
        ladder = {level.isced for level in nation.country.education_levels}
        self._education = [
            (age, Weighted({level: weight for level, weight in shares.items() if level in ladder}))
            for age, shares in EDUCATION_BY_AGE
        ]

    def draw(self, rng: Random, area: str, age: int, *, showcase: bool, position: int) -> Profile:
        """A profile for somebody of an age in an area; people of the showcase bring what its employer asks for."""
        nation = self.nation
        education = next(shares for limit, shares in self._education if age < limit).draw(rng)
        wanted = self._wanted(rng, education, showcase, position)
        first = wanted[0].isco
        months = min(max(0, round(around(rng, 6 + 5 * max(0, age - 19), 0.8)) - 4), 12 * max(0, age - 15))
        share, helpful = (1.0, 0.8) if showcase else (0.72, 0.38) if months else (0.55, 0.25)
        skills = [one for one in labour.essential_skills(first) if happens(rng, share)]
        skills += [one for one in labour.useful_skills(first) if happens(rng, helpful)]
        for other in wanted[1:]:
            skills += [one for one in labour.essential_skills(other.isco) if happens(rng, share * 0.6)]
        sector = nation.labour.sector_of.get(first, "G")
        asks = showcase or happens(rng, 0.6)
        return Profile(
            area_code=area,
            wanted=wanted,
            education_level=None if happens(rng, 0.02) else education,
            work_status=self._work_status(rng, age),
            experience_months=0 if months <= 1 else months,
            max_km=30 if showcase else MAX_KM.draw(rng),
            min_pay_amount=nation.pay.floor(area, sector, first)
            if showcase
            else nation.pay.wish(rng, area_code=area, sector=sector, isco=first)
            if asks
            else None,
            min_pay_currency=nation.pay.currency if asks else "",
            shifts=ANY_SHIFT if showcase else SHIFTS.draw(rng),
            skill_ids=tuple(dict.fromkeys(skills)),
            language_codes=self._languages(rng, education),
            licence_ids=self._licences(rng, wanted, age),
        )

    def _wanted(self, rng: Random, education: int, showcase: bool, position: int) -> tuple[Wanted, ...]:
        nation, codes = self.nation, []
        if showcase:
            codes.append(labour.SHOWCASE_OCCUPATIONS[position % len(labour.SHOWCASE_OCCUPATIONS)])
        many = Weighted({1: 0.45, 2: 0.35, 3: 0.2}).draw(rng)
        sector = labour.SHOWCASE_SECTOR if codes else nation.labour.draw_sector(rng)
        for _try in range(8):
            if len(codes) >= many:
                break
            isco = nation.labour.draw_occupation(rng, sector)
            if isco not in codes and not happens(rng, _reluctance(education, isco)):
                codes.append(isco)
            if happens(rng, 0.5):
                sector = nation.labour.draw_sector(rng)
        codes = codes or [nation.labour.draw_occupation(rng, sector)]
        language = nation.page_languages[0]
        return tuple(
            Wanted(isco, nation.labour.title(rng, isco, language) if happens(rng, 0.85) else "") for isco in codes
        )

    def _work_status(self, rng: Random, age: int) -> WorkStatus:
        """Where few young people are outside school and work, more of those who register still study."""
        studying = self.nation.share_studying if age < 25 else 0.02
        return Weighted(
            {
                WorkStatus.LOOKING: 0.74 - studying,
                WorkStatus.WORKING_WANTS_OTHER: 0.14,
                WorkStatus.STUDYING: studying,
                WorkStatus.CARING: 0.07,
                WorkStatus.NOT_SAID: 0.05,
            }
        ).draw(rng)

    def _languages(self, rng: Random, education: int) -> tuple[str, ...]:
        main, *others = (language.tag for language in self.nation.spoken)
        spoken = [main] if happens(rng, 0.99) else []
        for tag in others:
            chance = 0.12 + 0.13 * education if tag == "en" else 0.1
            if happens(rng, min(chance, 0.92)):
                spoken.append(tag)
        return tuple(spoken or [main])

    def _licences(self, rng: Random, wanted: tuple[Wanted, ...], age: int) -> tuple[str, ...]:
        held = [one for want in wanted for one in labour.needed_licences(want.isco) if age >= 18 and happens(rng, 0.75)]
        held += [one for want in wanted for one in labour.useful_licences(want.isco) if happens(rng, 0.2)]
        held += [one for one, share in labour.EVERYDAY_LICENCES if age >= 18 and happens(rng, share)]
        return tuple(sorted(set(held)))


def _reluctance(education: int, isco: str) -> float:
    """How rarely somebody of this schooling asks for this work: the schooled for labouring, others for professions."""
    asked = {"2": 6, "3": 3, "4": 2}.get(isco[0], 0)
    if education < asked:
        return 0.95 if asked == 6 else 0.7
    return 0.7 if education >= 5 and isco[0] == "9" else 0.0
