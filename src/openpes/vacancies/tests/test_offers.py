"""What a job offers is a fact about the job: shown, searched for, and out of the ranker's reach."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.urls import reverse
from tests.factories import NOW, EmployerFactory, VacancyFactory, account_with, actor_with

from openpes.core.decisions import Refused
from openpes.vacancies.models import Vacancy
from openpes.vacancies.operations import offered_of, submit_vacancy
from openpes.vacancies.queries import OFFER_FIELDS, search_public


def test_the_ranker_does_not_see_them() -> None:
    assert not {"offers", "accommodations"} & set(OFFER_FIELDS)


@pytest.mark.django_db(databases=["default", "access"])
class TestInTheHouse:
    def test_searched_and_shown(self, client) -> None:
        both = VacancyFactory(title="Both", offers=["childcare"], accommodations=["step_free"])
        VacancyFactory(title="Neither one")
        assert list(search_public(facts=["childcare", "step_free"])) == [both]
        assert list(search_public(facts=["seated"])) == []
        page = client.get(reverse("web:jobs"), {"facts": "childcare"}).content.decode()
        assert "Both" in page and "Neither one" not in page
        assert "Childcare" in client.get(reverse("web:job", args=[both.ref])).content.decode()
        assert client.get(reverse("web:jobs"), {"facts": "nonsense"}).status_code == 200

    def test_an_unknown_code_is_refused_and_changes_nothing(self) -> None:
        employer = EmployerFactory()
        offered = offered_of(VacancyFactory.build(employer=employer, office=employer.office))
        owner = actor_with("employer_staff", scope_id=employer.pk)
        with pytest.raises(Refused) as refused:
            submit_vacancy(offered=replace(offered, offers=("no_women",)), employer=employer, by=owner, at=NOW)
        assert refused.value.decision.reasons[0].code == "unknown_offer" and not Vacancy.objects.exists()
        kept = submit_vacancy(offered=replace(offered, offers=("childcare",)), employer=employer, by=owner, at=NOW)
        assert Vacancy.objects.get().offers == ["childcare"] and offered_of(kept).offers == ("childcare",)

    def test_the_form_offers_them(self, signed_in) -> None:
        employer = EmployerFactory()
        client = signed_in(account_with("employer_staff", employer=employer))
        vacancy = VacancyFactory(employer=employer, accommodations=["seated"])
        page = client.get(reverse("employer:edit", args=[vacancy.ref])).content.decode()
        assert 'value="seated"' in page and "Separate toilets" in page
