"""A frozen month: counted once, sealed, protected on the way out, and reached by erasure."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from tests.factories import NOW, JobseekerFactory, OfficeFactory, ReferralFactory, VacancyFactory

from openpes.core.actors import VISITOR, Actor, system
from openpes.core.decisions import NotFound, NotPermitted, Refused
from openpes.insights.freezing import forget_pseudonyms, is_whole, make_freeze, publish_freeze
from openpes.insights.models import Freeze, Frozen, FrozenCount, FrozenFigure, FrozenPerson
from openpes.insights.queries import freeze_for, published, series_of
from openpes.insights.release import cell_of, released_figures, released_table, released_tables
from openpes.insights.states import FreezeState
from openpes.insights.tables import TABLES
from openpes.jobseekers.models import JobseekerMove
from openpes.vacancies.models import VacancyMove

MAKER = system("figures.freeze", "figures.publish", "figures.view", label="statistician")
OCTOBER = datetime(2026, 10, 15, tzinfo=UTC)
SEPTEMBER = datetime(2026, 9, 10, tzinfo=UTC)


def registered(at: datetime, *moves: tuple[str, datetime], **traits: object):
    seeker = JobseekerFactory(registered_at=at, **traits)
    JobseekerMove.objects.filter(jobseeker=seeker).delete()
    for state, when in (("active", at), *moves):
        JobseekerMove.objects.create(jobseeker=seeker, state=state, at=when)
    return seeker


def frozen(month: str = "2026-10", *, by: Actor = MAKER, at: datetime = NOW, note: str = "") -> Freeze:
    return make_freeze(month=month, by=by, at=at, note=note)


def true_count(freeze: Freeze, table: str) -> int:
    return sum(FrozenCount.objects.filter(freeze=freeze, table=table).values_list("n", flat=True))


@pytest.mark.django_db
def test_what_came_and_went_explains_the_stock() -> None:
    registered(SEPTEMBER)
    registered(SEPTEMBER, ("in_work", OCTOBER))
    registered(SEPTEMBER, ("sleeping", SEPTEMBER + timedelta(days=5)), ("active", OCTOBER))
    registered(OCTOBER)
    registered(OCTOBER, ("left", OCTOBER + timedelta(days=2)))
    registered(OCTOBER + timedelta(days=40))
    september, october = frozen("2026-09"), frozen("2026-10")
    before = true_count(september, "stock_sex_age")
    came = true_count(october, "inflow_sex_age") + true_count(october, "returned_sex_age")
    went = true_count(october, "outflow_sex_age")
    assert (before, came, went, true_count(october, "stock_sex_age")) == (2, 3, 2, 3)
    assert {one.state_then for one in october.people.filter(is_active=False)} == {"in_work", "left"}


@pytest.mark.django_db
def test_a_freeze_is_sealed_and_never_changed() -> None:
    registered(OCTOBER)
    freeze = frozen()
    assert is_whole(freeze)
    row = FrozenCount.objects.filter(freeze=freeze).first()
    assert row is not None
    row.n += 1
    with pytest.raises(Frozen, match="never changed"):
        row.save()
    with pytest.raises(Frozen):
        FrozenFigure.objects.filter(freeze=freeze).first().delete()  # type: ignore[union-attr]
    FrozenCount.objects.filter(pk=row.pk).update(n=row.n)
    assert not is_whole(freeze)
    with pytest.raises(Refused, match="freeze_was_changed"):
        publish_freeze(freeze=freeze, by=MAKER, at=NOW)


@pytest.mark.django_db
def test_a_revision_says_why_and_takes_the_place_of_the_first() -> None:
    first = publish_freeze(freeze=frozen(), by=MAKER, at=NOW)
    registered(OCTOBER)
    with pytest.raises(Refused, match="revision_needs_note"):
        frozen()
    second = publish_freeze(freeze=frozen(note="One office sent its forms late."), by=MAKER, at=NOW)
    first.refresh_from_db()
    assert (second.number, first.state, second.state) == (2, FreezeState.REPLACED, FreezeState.PUBLISHED)
    assert published() == second
    with pytest.raises(Refused, match="published_already"):
        publish_freeze(freeze=first, by=MAKER, at=NOW)


@pytest.mark.django_db
def test_who_may_and_when() -> None:
    with pytest.raises(NotPermitted):
        frozen(by=system("figures.view"))
    for month, said in (("2026-13", "month_unreadable"), ("2026-12", "month_not_begun")):
        with pytest.raises(Refused, match=said):
            frozen(month)
    assert not Freeze.objects.exists()
    running = frozen("2026-11")
    with pytest.raises(NotPermitted):
        publish_freeze(freeze=running, by=system("figures.freeze"), at=NOW)
    with pytest.raises(Refused, match="month_still_runs"):
        publish_freeze(freeze=running, by=MAKER, at=NOW)
    with pytest.raises(NotFound):
        freeze_for(VISITOR, running.ref)
    assert freeze_for(MAKER, running.ref) == running


@pytest.mark.django_db
def test_erasure_reaches_the_rows_and_leaves_the_counts() -> None:
    seeker = registered(OCTOBER)
    freeze = frozen()
    assert freeze.people.count() == 1
    assert forget_pseudonyms([seeker.person.log_key]) == 1
    assert not FrozenPerson.objects.exists()
    assert true_count(freeze, "stock_sex_age") == 1
    assert is_whole(freeze)


@pytest.mark.django_db
def test_small_counts_stay_in_the_house() -> None:
    office = OfficeFactory()
    for _ in range(14):
        registered(OCTOBER, office=office)
    for _ in range(3):
        registered(OCTOBER, office=office, person__sex="male")
    freeze = frozen()
    table = released_table(freeze, "stock_sex_age")
    assert cell_of(table, "male", "15-19") is None
    assert cell_of(table, "_T", "_T") == 20
    assert all(n is None or n == 0 or n >= 10 for n in table.cells.values())
    stock = next(one for one in released_figures(freeze, place="") if one.indicator == "registered_stock")
    assert (stock.value, stock.n) == (20.0, 20)
    women = next(one for one in released_figures(freeze, place="") if one.indicator == "women_share")
    assert women.value is None and women.status == "Q"


@pytest.mark.django_db
def test_places_are_about_nobody_and_shown_as_they_are() -> None:
    vacancy = VacancyFactory(posted_at=SEPTEMBER, live_since=SEPTEMBER, isco="5120")
    VacancyMove.objects.create(vacancy=vacancy, state="live", places_left=3, at=SEPTEMBER, actor="t")
    freeze = frozen()
    assert cell_of(released_table(freeze, "places_occ_area"), "51", "_T") == 3
    found = {one.indicator: one for one in released_figures(freeze, place="")}
    assert found["live_places"].value == 3 and found["live_vacancies"].value == 1
    assert found["tightness"].status == "M"


@pytest.mark.django_db
def test_rates_carry_their_interval_and_their_n() -> None:
    office = OfficeFactory()
    for at in range(40):
        ReferralFactory(
            office=office,
            sent_at=OCTOBER,
            ended_at=OCTOBER + timedelta(days=3),
            state="ended",
            ending="closed_unanswered" if at < 15 else "not_hired",
            first_answer_at=None if at < 15 else OCTOBER + timedelta(days=3),
        )
    freeze = frozen()
    raw = FrozenFigure.objects.get(freeze=freeze, indicator="answer_rate", place="")
    assert (raw.numerator, raw.n, raw.value) == (25, 40, 62.5)
    assert raw.lower is not None and raw.upper is not None and raw.lower < 62.5 < raw.upper
    at_office = next(one for one in released_figures(freeze, place=f"O:{office.code}"))
    assert at_office.indicator == "answer_rate" and at_office.value == 75.0
    days = FrozenFigure.objects.get(freeze=freeze, indicator="answer_days")
    assert days.value == pytest.approx(3)


@pytest.mark.django_db
def test_all_tables_and_a_series_cost_the_same_for_one_and_twenty(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    def released(month: str) -> None:
        freeze = publish_freeze(freeze=frozen(month), by=MAKER, at=NOW)
        with django_assert_num_queries(1):
            assert len(released_tables(freeze)) == len(TABLES)

    registered(SEPTEMBER)
    released("2026-09")
    for _ in range(20):
        registered(SEPTEMBER)
    released("2026-10")
    with django_assert_num_queries(1):
        assert [month for month, _cell in series_of("registered_stock")] == ["2026-09", "2026-10"]


@pytest.mark.django_db
def test_a_few_who_did_not_say_hide_nobody_else() -> None:
    for _ in range(3):
        registered(OCTOBER, person__sex="not_said")
    for _ in range(20):
        registered(OCTOBER, person__sex="male")
        registered(OCTOBER)
    table = released_table(frozen(), "stock_sex_age")
    assert cell_of(table, "male", "15-19") == 20 and cell_of(table, "female", "_T") == 20
    assert cell_of(table, "_T", "_T") == 40 and table.left_out is None
