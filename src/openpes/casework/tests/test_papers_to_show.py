"""Somebody without a paper of identity is served at once, asked later, and nothing of the paper is kept."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.factories import NOW, TODAY, JobseekerFactory, OfficeFactory, account_with, actor_with

from openpes.casework.models import PaperToShow
from openpes.casework.papers_to_show import ask_for_paper, paper_asked_of, paper_shown, papers_due
from openpes.core.decisions import NotPermitted
from openpes.desks.sampled_hires import draw, lot_of

LATER = TODAY + timedelta(days=30)


@pytest.mark.django_db(databases=["default", "access"])
def test_asked_once_due_on_its_day_and_over_when_shown() -> None:
    office = OfficeFactory()
    person = JobseekerFactory(office=office)
    desk = actor_with("counsellor", scope_id=office.pk, account=account_with("counsellor", office=office))
    first, again = (ask_for_paper(jobseeker=person, by=desk, at=NOW) for _time in range(2))
    assert first == again and first.due_on == LATER
    assert not papers_due([office.pk], on=LATER - timedelta(days=1)).exists()
    assert list(papers_due([office.pk], on=LATER)) == [first]
    assert paper_shown(jobseeker=person, by=desk, at=NOW) and not paper_shown(jobseeker=person, by=desk, at=NOW)
    assert paper_asked_of(desk, person) is None and not papers_due([office.pk], on=LATER).exists()


@pytest.mark.django_db(databases=["default", "access"])
def test_another_office_neither_asks_nor_sees() -> None:
    person, far = JobseekerFactory(), OfficeFactory()
    desk = actor_with("counsellor", scope_id=far.pk, account=account_with("counsellor", office=far))
    for act in (ask_for_paper, paper_shown):
        with pytest.raises(NotPermitted):
            act(jobseeker=person, by=desk, at=NOW)
    assert not PaperToShow.objects.exists()


def test_the_draw_can_be_repeated_and_leaves_no_writer_out() -> None:
    written = {"a": [f"A{number}" for number in range(60)], "b": ["B1"]}
    drawn = draw("2026-11", written, percent=10)
    assert drawn == draw("2026-11", written, percent=10) and "B1" in drawn
    assert {one for one in drawn if one != "B1"} == {one for one in written["a"] if lot_of("2026-11", one) < 10}
    assert draw("2026-11", written, percent=100) != draw("2026-12", written, percent=10)
