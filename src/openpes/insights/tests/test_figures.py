"""The month's figures count what their definitions say."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.factories import NOW, JobseekerFactory, PersonFactory, ReferralFactory, VacancyFactory

from openpes.core.spreadsheets import as_csv, harmless
from openpes.insights.definitions import BY_ID
from openpes.insights.disclosure import SMALLEST_SHOWN, protect
from openpes.insights.files import as_csv_file, as_xlsx_file
from openpes.insights.monthly import month_figures
from openpes.jobseekers.models import Jobseeker, JobseekerMove
from openpes.people.age_bands import band_expression, band_of
from openpes.people.models import Person
from openpes.placements.models import Outcome
from openpes.vacancies.models import VacancyMove

ZONE = "Asia/Manila"


def counted(month: str = "2026-11", at: datetime = NOW, **changes: object):
    return month_figures(month=month, zone=ZONE, at=at, protected=False, **changes)


@pytest.mark.django_db
def test_flows_and_stocks_are_counted_apart():
    before = datetime(2026, 9, 10, tzinfo=UTC)
    seeker = JobseekerFactory(registered_at=before)
    JobseekerMove.objects.create(jobseeker=seeker, state="active", at=before)
    JobseekerMove.objects.create(jobseeker=seeker, state="in_work", at=datetime(2026, 10, 20, tzinfo=UTC))
    assert counted("2026-09").of("registered").total == 1
    assert counted("2026-09").of("active").total == 1
    assert (counted("2026-10").of("registered").total, counted("2026-10").of("active").total) == (0, 0)


@pytest.mark.django_db
def test_a_month_begins_at_midnight_in_the_country():
    JobseekerFactory(registered_at=datetime(2026, 10, 31, 16, 30, tzinfo=UTC))
    assert counted("2026-11").of("registered").total == 1
    assert counted("2026-10").of("registered").total == 0


@pytest.mark.django_db
def test_live_places_follow_the_ledger_and_are_not_postings():
    vacancy = VacancyFactory(live_since=NOW - timedelta(days=40), posted_at=NOW - timedelta(days=41))
    for days, left in ((40, 5), (5, 3)):
        VacancyMove.objects.create(
            vacancy=vacancy, state="live", places_left=left, at=NOW - timedelta(days=days), actor="t"
        )
    assert counted("2026-11").of("live_places").total == 3
    assert counted("2026-10").of("live_places").total == 5
    assert counted("2026-11").of("postings").total == 0


@pytest.mark.django_db
def test_answers_count_only_the_employers_own_act():
    for ending in ("hired", "not_hired", "closed_unanswered", "withdrawn"):
        ReferralFactory(
            state="ended",
            ending=ending,
            ended_at=NOW - timedelta(days=1),
            sent_at=NOW - timedelta(days=5),
            first_answer_at=None if ending in {"closed_unanswered", "withdrawn"} else NOW - timedelta(days=1),
        )
    figures = counted()
    assert figures.of("answer_rate").total == 66.7
    assert figures.of("answer_days").total == 4.0
    assert figures.of("referrals").by_part["ended_withdrawn"] == 1


@pytest.mark.django_db
def test_placements_are_told_apart_by_evidence():
    seeker = JobseekerFactory()
    referral = ReferralFactory(jobseeker=seeker)
    Outcome.objects.create(
        jobseeker=seeker,
        office=seeker.office,
        kind="job",
        referral=referral,
        starts_on=NOW.date(),
        grade="said_by_employer",
        recorded_at=NOW - timedelta(hours=1),
    )
    Outcome.objects.create(
        jobseeker=seeker,
        office=seeker.office,
        kind="return_to_school",
        starts_on=NOW.date(),
        grade="said_by_person",
        recorded_at=NOW - timedelta(hours=1),
    )
    figures = counted()
    assert figures.of("placements").total == 1
    assert figures.of("placements").by_part == {"said_by_person": 0, "said_by_employer": 1, "confirmed_by_register": 0}
    assert figures.of("outcomes").total == 2
    assert figures.of("outcomes").by_sex["female"] == 2


@pytest.mark.django_db
def test_every_figure_has_a_definition_and_both_files_open(django_assert_max_num_queries):
    JobseekerFactory()
    with django_assert_max_num_queries(14):
        figures = counted()
    assert {one.indicator for one in figures.figures} == set(BY_ID)
    assert as_csv_file(figures, place="Cebu").startswith(b"\xef\xbb\xbfmonth,place,indicator")
    assert as_xlsx_file(figures, place="Cebu")[:2] == b"PK"


@pytest.mark.django_db
@pytest.mark.parametrize("on", [date(2024, 2, 29), date(2023, 2, 28), date(2026, 11, 24)])
def test_the_band_in_the_database_agrees_with_the_rule(on):
    for born_on in (
        None,
        date(2008, 2, 29),
        date(2009, 3, 1),
        date(2009, 2, 28),
        date(1996, 11, 24),
        date(1996, 11, 25),
        date(1994, 2, 28),
        date(2020, 1, 1),
    ):
        PersonFactory(born_on=born_on)
    rows = Person.objects.annotate(band=band_expression("born_on", on)).values_list("born_on", "band")
    assert all(band == band_of(born_on, on) for born_on, band in rows)
    assert Jobseeker.objects.count() == 0


@given(st.dictionaries(st.text(max_size=3), st.integers(0, 60), max_size=8))
def test_what_is_hidden_cannot_be_taken_from_the_total(row):
    shown = protect(row)
    hidden = [key for key, n in shown.items() if n is None]
    assert all(n is None or n == 0 or n >= SMALLEST_SHOWN for n in shown.values())
    if hidden:
        rest = sum(row.values()) - sum(n or 0 for n in shown.values())
        everything = all(shown[key] in (None, 0) for key in row)
        assert everything or (len(hidden) >= 2 and rest >= SMALLEST_SHOWN)


@given(st.text())
def test_no_text_leaves_as_a_formula(text):
    written = harmless(text)
    assert not str(written).lstrip().startswith(("=", "+", "-", "@", "|", "%"))
    assert as_csv(["a"], [[text]]).startswith(b"\xef\xbb\xbf")
