"""The nation has the shape of the published figures, and pay and people keep to the law."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from decimal import Decimal

import phonenumbers
import pytest

from openpes.core.clock import age_on
from openpes.demo import labour
from openpes.demo.chance import Weighted, stream
from openpes.demo.nation import ImpossibleNation, Nation
from openpes.demo.registrations import SHARE_FROM_30, RegistrationDrawer
from openpes.jobseekers.states import JobseekerState
from openpes.people.names import match_key
from openpes.people.rules import Likeness, reasons_to_look_alike
from openpes.people.states import ConsentWay, Sex
from openpes.reference import taxonomy
from openpes.vacancies.rules import wage_sector
from openpes_countries import known_countries, load_country, pay_meets_minimum

AT = datetime(2026, 11, 24, 4, 30, tzinfo=UTC)
MANY = 2_500
COUNTRIES = ("KH", "PH", "VN")


def nation_of(code: str, **changes: int) -> Nation:
    sizes = {"people": MANY, "employers": 40, "vacancies": 100, "offices": 4, "seed": 7} | changes
    return Nation(load_country(code), at=AT, page_languages=("en",), **sizes)


@pytest.fixture(scope="module", params=COUNTRIES)
def registrations(request):
    nation = nation_of(request.param)
    drawer = RegistrationDrawer(nation, lambda office: [(1, "key")])
    return nation, [drawer.draw(position) for position in range(MANY)]


@pytest.mark.parametrize("code", COUNTRIES)
def test_work_divides_into_sectors_as_published(code):
    nation, rng = nation_of(code), stream(1, code)
    found = Counter(nation.labour.draw_sector(rng) for _number in range(6_000))
    published = {figure: float(nation.country.demo[figure].value) for figure in labour.BROAD_SECTORS}
    for figure, parts in labour.BROAD_SECTORS.items():
        share = 100 * sum(found[sector] for sector in parts) / 6_000
        assert share == pytest.approx(100 * published[figure] / sum(published.values()), abs=2.5)


def test_ages_and_sexes_follow_the_figures(registrations):
    nation, drawn = registrations
    ages = [age_on(one.person.born_on, nation.clock.today) for one in drawn]
    demo = nation.country.demo
    young = float(demo["population_15_24"].value) / float(demo["population_15_29"].value)
    assert sum(age < 25 for age in ages) / MANY == pytest.approx((1 - SHARE_FROM_30) * young, abs=0.035)
    assert sum(age >= 30 for age in ages) / MANY == pytest.approx(SHARE_FROM_30, abs=0.03)
    women = sum(one.person.sex == Sex.FEMALE for one in drawn) / MANY
    assert women == pytest.approx(nation.share_of_women, abs=0.035)


def test_nobody_registered_too_young_and_minors_have_a_guardian_or_wait(registrations):
    nation, drawn = registrations
    minors = 0
    for one in drawn:
        age = age_on(one.person.born_on, one.registered_at.astimezone(nation.clock.zone).date())
        assert age >= nation.youngest
        if age < nation.guardian_age:
            minors += 1
            waits = one.state == JobseekerState.WAITING_FOR_GUARDIAN
            assert waits != bool(one.person.consents)
            assert all(given.way == ConsentWay.GUARDIAN and given.guardian_name for given in one.person.consents)
    assert minors


def test_states_stand_in_plausible_shares_and_nothing_lies_in_the_future(registrations):
    _nation, drawn = registrations
    shares = {state: count / MANY for state, count in Counter(one.state for one in drawn).items()}
    assert 0.6 < shares[JobseekerState.ACTIVE] < 0.9
    assert 0.05 < shares[JobseekerState.SLEEPING] < 0.2
    assert 0.02 < shares[JobseekerState.LEFT] < 0.08
    assert all(one.registered_at <= one.last_confirmed_at <= AT and one.open_until <= AT for one in drawn)


def test_the_same_human_being_twice_is_found_by_the_duplicate_check(registrations):
    _nation, drawn = registrations
    by_ref = {one.person.ref: one for one in drawn}
    pairs = [(by_ref[one.duplicate_of], one) for one in drawn if one.duplicate_of]
    assert len(pairs) >= 3

    def likeness(one):
        phones = frozenset(filter(None, [one.person.phone]))
        return Likeness(match_key(one.person.name), one.person.born_on, phones)

    for first, again in pairs:
        assert first.person.name != again.person.name
        assert reasons_to_look_alike(likeness(first), likeness(again))


def test_phones_are_valid_and_some_are_shared_by_a_family(registrations):
    nation, drawn = registrations
    numbers = Counter(one.person.phone for one in drawn)
    assert 0.02 < numbers.pop("") / MANY < 0.12
    assert max(numbers.values()) > 1
    for number in list(numbers)[:200]:
        parsed = phonenumbers.parse(number)
        assert phonenumbers.is_valid_number_for_region(parsed, nation.country.code), number


def test_profiles_use_only_known_codes(registrations):
    nation, drawn = registrations
    tags = {language.tag for language in nation.country.languages}
    for one in drawn[:500]:
        assert 1 <= len(one.profile.wanted) <= 3
        assert set(one.profile.skill_ids) <= set(taxonomy.skills())
        assert set(one.profile.licence_ids or ()) <= set(taxonomy.licences())
        assert set(one.profile.language_codes or ()) <= tags


@pytest.mark.parametrize("code", known_countries())
def test_no_offer_is_below_the_minimum_wage(code):
    nation = nation_of(code)
    pay, rng = nation.pay, stream(2, code)
    for number in range(150):
        area, sector = nation.places.draw_area(rng), nation.labour.draw_sector(rng)
        isco = nation.labour.draw_occupation(rng, sector)
        hours = Weighted({Decimal(20): 1, Decimal(40): 1, pay.full_week: 1}).draw(rng)
        level = labour.skill_level(isco)
        amount, period = pay.offer(rng, area_code=area, sector=sector, isco=isco, level=level, weekly_hours=hours)
        answer = pay_meets_minimum(
            nation.country, pay=amount, currency=pay.currency, period=period, on=nation.clock.today,
            weekly_hours=hours, area=area, sector=wage_sector(sector, isco))  # fmt: skip
        assert not answer.is_no, (number, area, sector, isco, amount, period, hours, answer.reasons)


@pytest.mark.parametrize("sizes", [{"people": 3}, {"employers": 0}, {"vacancies": 1}, {"offices": 0}])
def test_a_nation_too_small_is_refused_in_words(sizes):
    with pytest.raises(ImpossibleNation, match=f"at least .* {next(iter(sizes))}"):
        nation_of("PH", **sizes)


def test_an_instant_without_a_time_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        Nation(load_country("PH"), 100, 10, 20, 2, 1, datetime(2026, 11, 24), ("en",))  # noqa: DTZ001
