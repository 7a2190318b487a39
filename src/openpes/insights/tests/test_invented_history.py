"""The invented years before the first counted month: marked, sealed, in themselves consistent, about nobody."""

from __future__ import annotations

from itertools import pairwise

import pytest
from tests.factories import NOW, JobseekerFactory

from openpes.core.actors import system
from openpes.core.decisions import Refused
from openpes.insights.asking import ask
from openpes.insights.freezing import is_whole, publish_freeze
from openpes.insights.invented_history import NOTE, earlier_months, filled, invent_history, wind
from openpes.insights.invented_survey import SURVEY, invent_survey
from openpes.insights.models import Freeze, FrozenCount, FrozenFigure, FrozenPerson, OutsideFigure
from openpes.insights.queries import series_of
from openpes.insights.release import hidden_beside
from openpes.insights.seeding import wipe_synthetic
from openpes.insights.tables import Basis
from openpes.insights.tests.test_freezing import MAKER, OCTOBER, frozen, registered, true_count
from openpes_evidence.seasonal import adjust

pytestmark = pytest.mark.django_db


def a_history(people: int = 60, months: int = 40) -> Freeze:
    for at in range(people):
        registered(OCTOBER, person__sex="female" if at % 3 else "male")
    first = publish_freeze(freeze=frozen(), by=MAKER, at=NOW)
    Freeze.objects.filter(pk=first.pk).update(synthetic=True)
    first.refresh_from_db()
    assert invent_history(first, months=months, seed=7) == months
    return first


def test_earlier_months_end_before_the_first() -> None:
    assert earlier_months("2026-02", 3) == ["2025-11", "2025-12", "2026-01"]


def test_every_month_is_marked_sealed_and_agrees_with_itself() -> None:
    first = a_history()
    made = list(Freeze.objects.exclude(pk=first.pk).order_by("month"))
    assert made[-1].month == "2026-09" and len({one.digest for one in made}) == 40
    assert all(one.synthetic and one.note == NOTE for one in made)
    assert is_whole(made[0]) and is_whole(made[20])
    assert not FrozenPerson.objects.exclude(freeze=first).exists()
    for freeze in (made[0], made[-1]):
        stock = true_count(freeze, "stock_sex_age")
        assert stock > 0
        assert {true_count(freeze, one) for one in ("stock_area_sex", "stock_occ_area", "stock_dur_age")} == {stock}
        assert FrozenFigure.objects.get(freeze=freeze, indicator="registered_stock", place="").n == stock


def test_the_same_seed_draws_the_same_and_a_season_is_found() -> None:
    a_history(months=47)
    again = [cell.value for _month, cell in series_of("registered_stock")]
    assert len(again) == 48 and again[0] != again[-1]
    winds = [wind(month, 48 - at, _rng(at)).people for at, month in enumerate(earlier_months("2026-10", 48))]
    assert adjust(winds).seasonal


def _rng(seed: int):  # type: ignore[no-untyped-def]
    import numpy as np

    return np.random.default_rng(seed)


def test_a_survey_lies_beside_it_and_all_goes_when_the_demonstration_is_cleared() -> None:
    first = a_history(months=6)
    assert invent_survey(first, seed=7, at=NOW) == 3 * 5
    rates = OutsideFigure.objects.filter(source=SURVEY, indicator="LU1")
    assert all(0 < one.lower < one.value < one.upper < 100 for one in rates)
    wipe_synthetic()
    assert not Freeze.objects.exists() and not OutsideFigure.objects.exists() and not FrozenCount.objects.exists()


def test_counted_months_of_real_people_get_no_invented_past() -> None:
    JobseekerFactory(registered_at=OCTOBER)
    first = publish_freeze(freeze=frozen(), by=MAKER, at=NOW)
    Freeze.objects.filter(pk=first.pk).update(synthetic=False)
    first.refresh_from_db()
    with pytest.raises(ValueError, match="invented people"):
        invent_history(first, months=3, seed=1)


def test_a_month_whose_rows_are_gone_answers_no_question() -> None:
    first = a_history(months=3)
    asker = system("figures.query", label="asker")
    old = Freeze.objects.order_by("month").first()
    assert old is not None
    with pytest.raises(Refused, match="rows_gone"):
        ask(freeze=old, question="How many women?", basis=Basis.STOCK, chosen={}, by=asker, at=NOW)
    assert ask(freeze=first, question="How many?", basis=Basis.STOCK, chosen={}, by=asker, at=NOW).shown == 60


def _row(place: str, n: int) -> FrozenFigure:
    return FrozenFigure(freeze_id=1, indicator="registered_stock", version="1.0", place=place, value=n, n=n, status="A")


def test_a_small_area_takes_a_second_one_with_it() -> None:
    rows = [_row("", 155), _row("A:X", 5), _row("A:Y", 50), _row("A:Z", 100)]
    assert hidden_beside(rows) == {(1, "registered_stock", "A:Y")}
    assert hidden_beside([_row("", 150), _row("A:Y", 50), _row("A:Z", 100)]) == frozenset()
    # People of no known area stand beside the small one: nobody else has to be hidden.
    assert hidden_beside([_row("", 170), _row("A:X", 5), _row("A:Z", 150)]) == frozenset()


def test_the_register_fills_towards_the_first_counted_month_without_a_leap() -> None:
    """Fullest in the last invented month, and there by as much a month as the counted ones grow."""
    levels = [filled(back) for back in range(48, -1, -1)]
    assert levels == sorted(levels) and levels[-1] == 1
    steps = [after / before for before, after in pairwise(levels)]
    assert steps == sorted(steps) and 1.10 < steps[-1] < 1.15
