"""The quarter for the committee: three published months, what changed, and the questions that follow."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from tests.factories import NOW, VacancyFactory

from openpes.core.decisions import NotFound
from openpes.insights.freezing import publish_freeze
from openpes.insights.quarterly import QuarterLine, _questions, as_pdf, change_text, quarter_of, table_of, words_of
from openpes.insights.tests.test_freezing import MAKER, frozen, registered
from openpes.vacancies.models import VacancyMove

AUGUST = datetime(2026, 8, 10, tzinfo=UTC)
OCTOBER = datetime(2026, 10, 15, tzinfo=UTC)


def published(*months: str) -> None:
    for month in months:
        publish_freeze(freeze=frozen(month), by=MAKER, at=NOW)


@pytest.mark.django_db
def test_three_published_months_make_a_page_and_a_paper() -> None:
    for number in range(20):
        registered(AUGUST if number < 10 else OCTOBER)
    vacancy = VacancyFactory(posted_at=AUGUST, live_since=AUGUST, places=10)
    VacancyMove.objects.create(vacancy=vacancy, state="live", places_left=10, at=AUGUST, actor="t")
    published("2026-08", "2026-09")
    with pytest.raises(NotFound):
        quarter_of()
    published("2026-10")
    made = quarter_of()
    assert made.months == ("2026-08", "2026-09", "2026-10")
    assert made.headline.startswith("20 people looked for work and 10 places were open: 2 people")
    stock = made.lines[0]
    assert (stock.values, stock.change) == ((10.0, 10.0, 20.0), 100.0)
    assert "People looking for work: what is behind the change?" in made.questions
    head, rows = table_of(made, "en")
    assert head == ["Figure", "August 2026", "September 2026", "October 2026", "+ / −"]
    assert rows[0] == ["People looking for work", "10", "10", "20", "+100 %"]
    assert as_pdf(words_of(made, [], "en")).startswith(b"%PDF")
    with pytest.raises(NotFound):
        quarter_of("2026-09")


def line(change: float | None, *, last: float = 90.0, is_rate: bool = True) -> QuarterLine:
    return QuarterLine("answer_rate", "Answers", (80.0, 85.0, last), change, is_rate)


def test_questions_follow_from_the_figures_and_there_is_always_one() -> None:
    assert _questions([line(1.0)]) == ["What should the service do differently in the next quarter?"]
    assert _questions([line(-5.0)]) == ["Answers: what is behind the change?"]
    assert _questions([line(5.0, is_rate=False)]) == ["What should the service do differently in the next quarter?"]
    assert _questions([line(0.5, last=60.0)]) == ["Answers: what would make it better?"]
    assert _questions([line(None)]) == ["Answers: why can the change not be told?"]


def test_a_change_is_written_with_its_sign() -> None:
    assert (change_text(line(-3.2)), change_text(line(None))) == ("−3.2 points", "–")
    assert change_text(line(1250.0, is_rate=False)) == "+1,250 %"
