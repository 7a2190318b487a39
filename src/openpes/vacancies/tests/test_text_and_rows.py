"""A vacancy by text in any order of words, and rows that may come again."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from tests.factories import NOW, EmployerFactory, VacancyFactory, actor_with

from openpes.core.decisions import NotPermitted, Refused
from openpes.core.money import PayPeriod
from openpes.journeys.post_by_text import hear_answer, post_by_text, send_text_draft
from openpes.vacancies.draft_operations import TakenAs, submit_draft, take_vacancy
from openpes.vacancies.models import Vacancy
from openpes.vacancies.operations import offered_of
from openpes.vacancies.text_line import Line, read_line

AREAS = [("A-CEB", "Cebu"), ("A-CC", "Cebu City"), ("A-HCM", "Hồ Chí Minh"), ("A-BKK", "กรุงเทพ"), ("A-DHK", "ঢাকা")]
COOK = Line("cook", 2, Decimal(12000), PayPeriod.MONTH, "A-CEB")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("VAC COOK 2 12000 CEBU", COOK),
        ("vac 2 cook cebu 12000", COOK),
        ("Vac: Cebu cook 12,000 x2", COOK),
        ("VAC 12K COOK CEBU 2", COOK),
        ("JOB LINE COOK 2 450/DAY CEBU CITY", Line("line cook", 2, Decimal(450), PayPeriod.DAY, "A-CC")),
        ("VAC COOK 600 a day Cebu 3", Line("cook", 3, Decimal(600), PayPeriod.DAY, "A-CEB")),
        ("VAC đầu bếp 2 9tr Hồ Chí Minh", Line("đầu bếp", 2, Decimal(9_000_000), PayPeriod.MONTH, "A-HCM")),
        ("VAC juru masak 3 4jt", Line("juru masak", 3, Decimal(4_000_000), PayPeriod.MONTH, "")),
        ("VAC พ่อครัว ๒ ๑๕๐๐๐ กรุงเทพ", Line("พ่อครัว", 2, Decimal(15000), PayPeriod.MONTH, "A-BKK")),
        ("VAC বাবুর্চি ২ ১৮০০০ ঢাকা", Line("বাবুর্চি", 2, Decimal(18000), PayPeriod.MONTH, "A-DHK")),
        ("VAC COOK", Line("cook")),
        ("VAC", Line()),
        ("HELLO", None),
        ("", None),
    ],
)
def test_the_parts_in_any_order(text: str, wanted: Line | None) -> None:
    assert read_line(text, AREAS) == wanted


@pytest.mark.django_db(databases=["default", "access"])
class TestInTheHouse:
    @pytest.fixture
    def employer(self):
        return EmployerFactory()

    @pytest.fixture
    def owner(self, employer):
        return actor_with("employer_staff", scope_id=employer.pk)

    def test_a_draft_then_yes(self, employer, owner) -> None:
        first = post_by_text(text="VAC WAITER 2 16000", employer=employer, by=owner, at=NOW)
        assert first.is_ready and "YES" in first.reply and Vacancy.objects.get().state == "draft"
        post_by_text(text="VAC WAITER 3 17000", employer=employer, by=owner, at=NOW)
        assert Vacancy.objects.get().places == 3, "the newer draft takes the place of the older"
        sent = send_text_draft(employer=employer, by=owner, at=NOW)
        assert sent.draft is not None and sent.draft.state == "submitted"
        assert not send_text_draft(employer=employer, by=owner, at=NOW).is_ready
        with pytest.raises(Refused):
            submit_draft(vacancy=sent.draft, by=owner, at=NOW)

    def test_yes_is_said_in_the_firms_own_language(self, employer, owner) -> None:
        employer.language = "id"
        said = post_by_text(text="VAC WAITER 2 16000", employer=employer, by=owner, at=NOW)
        assert said.is_ready and " YA " in said.reply and "YES" not in said.reply
        for other in ("tidak", "besok"):
            assert hear_answer(text=other, employer=employer, by=owner, at=NOW) is None
        assert Vacancy.objects.get().state == "draft"
        sent = hear_answer(text="ya", employer=employer, by=owner, at=NOW)
        assert sent is not None and sent.draft is not None and sent.draft.state == "submitted"

    def test_what_is_unlawful_is_said_and_kept_as_a_draft(self, employer, owner) -> None:
        said = post_by_text(text="VAC WAITER WOMEN ONLY 2 16000", employer=employer, by=owner, at=NOW)
        assert not said.is_ready and "sex" in said.reply
        assert not send_text_draft(employer=employer, by=owner, at=NOW).is_ready
        assert Vacancy.objects.get().state == "draft"

    def test_no_vacancy_keeps_nothing_and_shows_how(self, employer, owner) -> None:
        assert "VAC COOK" in post_by_text(text="hello", employer=employer, by=owner, at=NOW).reply
        with pytest.raises(NotPermitted):
            post_by_text(text="VAC WAITER 2", employer=EmployerFactory(), by=owner, at=NOW)
        assert not Vacancy.objects.exists()

    def test_a_row_sent_again_changes_nothing(self, employer, owner) -> None:
        offered = offered_of(VacancyFactory.build(employer=employer, office=employer.office))
        take = {"employer": employer, "external_id": "K-1", "source": "feed", "by": owner, "at": NOW}
        one, how = take_vacancy(offered=offered, **take)
        assert how == TakenAs.NEW and one.external_id == "K-1"
        assert take_vacancy(offered=offered, **take) == (one, TakenAs.SAME)
        assert take_vacancy(offered=replace(offered, places=4), **take)[1] == TakenAs.CHANGED
        assert Vacancy.objects.get().places == 4
        for key in (" ", "k" * 81):
            with pytest.raises(Refused):
                take_vacancy(offered=offered, **{**take, "external_id": key})
        with pytest.raises(NotPermitted):
            take_vacancy(offered=offered, **{**take, "employer": EmployerFactory()})
        assert Vacancy.objects.count() == 1
