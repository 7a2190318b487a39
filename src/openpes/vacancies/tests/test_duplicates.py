"""One job from many sources is shown and counted once; what is doubtful a person says."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from tests.factories import NOW, AccountFactory, EmployerFactory, VacancyFactory, account_with, actor_with

from openpes.core.decisions import NotPermitted
from openpes.journeys.answer_referral import close_vacancy
from openpes.journeys.decide_vacancy import approve_vacancy
from openpes.vacancies.duplicate_operations import decide_pair, find_copies
from openpes.vacancies.duplicates import SURE, Advert, Verdict, bits_apart, fingerprint, likeness, verdict
from openpes.vacancies.models import AdvertPair, Vacancy
from openpes.vacancies.operations import change_vacancy, offered_of, submit_vacancy
from openpes.vacancies.queries import count_live, other_firms, sources_of
from openpes.vacancies.states import CloseReason
from openpes.vacancies.tests.duplicate_set import pairs

ONE = Advert("Line cook", "Prepare meals for guests in our canteen, six days a week.", "A1", Decimal(500), "X/day")


def measured(seed: int, number: int) -> tuple[float, float]:
    """(recall, precision) of what the arithmetic calls surely one job."""
    hits = misses = false = 0
    for one, other, same in pairs(seed, number):
        said = verdict(one, other)[0] == Verdict.SAME
        hits, misses, false = hits + (said and same), misses + (same and not said), false + (said and not same)
    return hits / (hits + misses), hits / (hits + false)


def test_recall_and_precision_on_the_seeded_set(capsys) -> None:
    recall, precision = measured(20261124, 300)
    with capsys.disabled():
        print(f" duplicates: recall {recall:.3f}, precision {precision:.3f}", end="")
    assert recall >= 0.90 and precision >= 0.98


def test_the_order_of_sentences_and_case_do_not_matter() -> None:
    other = Advert("LINE COOK", "six days a week prepare MEALS for guests in our canteen", "A1", Decimal(500), "X/day")
    assert verdict(ONE, other)[0] == Verdict.SAME and likeness(ONE, other) == likeness(other, ONE)
    assert bits_apart(fingerprint(ONE.text), fingerprint(other.text)) < 12


def test_another_place_or_another_pay_is_another_job() -> None:
    for change in ({"area_code": "A2"}, {"pay": Decimal(700)}):
        assert likeness(ONE, Advert(**{**ONE.__dict__, **change})) == 0


def test_without_text_nothing_is_sure() -> None:
    said, value = verdict(ONE, Advert("Line cook", "", "A1", Decimal(500), "X/day"))
    assert said == Verdict.DOUBTFUL and value >= SURE


TEXT = "Prepare meals for guests in our canteen, six days a week, lunch included, uniform given, we train you."


@pytest.mark.django_db(databases=["default", "access"])
class TestInTheHouse:
    def officer(self, vacancy: Vacancy):
        return actor_with("counsellor", scope_id=vacancy.office_id, account=AccountFactory())

    def test_a_sure_copy_is_shown_and_counted_once_and_stands_in_when_the_first_closes(self, client) -> None:
        first = VacancyFactory(description=TEXT, live_since=NOW - timedelta(days=1))
        second = VacancyFactory(waiting=True, description=TEXT.upper(), employer=EmployerFactory(office=first.office))
        approve_vacancy(vacancy=second, note="", judged_safe=False, by=self.officer(first), at=NOW)
        assert count_live().vacancies == 1 and count_live().places == 2
        assert sources_of(first) == [second]
        page = client.get(reverse("web:job", args=[first.ref])).content.decode()
        assert second.employer.name in page
        assert client.get(reverse("web:job", args=[second.ref])).status_code == 404
        close_vacancy(vacancy=first, reason=CloseReason.FILLED, by=self.officer(first), at=NOW)
        assert count_live().vacancies == 1
        assert client.get(reverse("web:job", args=[second.ref])).status_code == 200

    def test_a_person_says_about_a_doubtful_pair(self, signed_in) -> None:
        first = VacancyFactory(description="", live_since=NOW - timedelta(days=1))
        second = VacancyFactory(description="", employer=EmployerFactory(office=first.office))
        find_copies(vacancy=second, by=self.officer(first), at=NOW)
        pair = AdvertPair.objects.get()
        assert pair.state == "doubtful" and count_live().vacancies == 2
        stranger = actor_with("counsellor", scope_id=first.office_id + 99)
        with pytest.raises(NotPermitted):
            decide_pair(pair=pair, same=True, by=stranger, at=NOW)
        assert AdvertPair.objects.get().state == "doubtful" and count_live().vacancies == 2
        client = signed_in(account_with("counsellor", office=first.office))
        path = reverse("counsellor:vacancies")
        assert "One job or two?" in client.get(path).content.decode()
        assert client.post(path, {"pair": "99999", "act": "same"}).status_code == 404
        assert client.post(path, {"pair": pair.pk, "act": "same"}).status_code == 302
        assert count_live().vacancies == 1
        decide_pair(pair=pair, same=False, by=self.officer(first), at=NOW)
        assert count_live().vacancies == 2
        assert find_copies(vacancy=second, by=self.officer(first), at=NOW) == [], "what a person said stands"
        assert count_live().vacancies == 2

    def test_a_copy_is_seen_when_it_is_posted_and_joined_when_both_are_public(self, client, signed_in) -> None:
        first = VacancyFactory(description=TEXT, live_since=NOW - timedelta(days=1))
        employer = EmployerFactory(office=first.office)
        writer = actor_with("employer_staff", scope_id=employer.pk)
        posted = submit_vacancy(offered=offered_of(first), employer=employer, by=writer, at=NOW)
        assert AdvertPair.objects.get().state == "same" and count_live().vacancies == 1
        assert Vacancy.objects.get(pk=posted.pk).same_as is None, "nothing is joined before an officer has read it"
        desk = signed_in(account_with("counsellor", office=first.office))
        page = desk.get(reverse("counsellor:vacancy", args=[posted.ref])).content.decode()
        assert "Maybe the same job" in page and first.employer.name in page
        approve_vacancy(vacancy=posted, note="", judged_safe=False, by=self.officer(first), at=NOW)
        assert Vacancy.objects.get(pk=posted.pk).same_as_id == first.pk and AdvertPair.objects.count() == 1
        listed = client.get(reverse("web:jobs")).content.decode()
        assert listed.count(reverse("web:job", args=[first.ref])) == 1 and employer.name in listed
        assert other_firms([first.pk]) == {first.pk: [employer.name]}

    def test_what_is_rewritten_stands_for_itself_and_its_copy_too(self) -> None:
        first = VacancyFactory(description=TEXT, live_since=NOW - timedelta(days=1))
        second = VacancyFactory(description=TEXT, employer=EmployerFactory(office=first.office))
        find_copies(vacancy=second, by=self.officer(first), at=NOW)
        assert Vacancy.objects.get(pk=second.pk).same_as_id == first.pk
        owner = actor_with("employer_staff", scope_id=first.employer_id)
        other = replace(offered_of(first), description="Wash pots at night in the back of a small hotel by the sea.")
        change_vacancy(vacancy=first, offered=replace(other, title="Pot washer"), by=owner, at=NOW)
        assert Vacancy.objects.get(pk=second.pk).same_as is None and not AdvertPair.objects.exists()
        assert count_live().vacancies == 1
