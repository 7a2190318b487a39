"""An employer's own word that work is dangerous is never lost when an officer approves the advert."""

from __future__ import annotations

import pytest
from tests.factories import NOW, VacancyFactory, account_with, actor_with

from openpes.vacancies.operations import approve_vacancy
from openpes.vacancies.rules import counts_as_hazardous, employer_says_hazardous

WAITER, MINER = "5131", "8111"
SAFE = "4110"


def test_only_the_employers_own_word_counts_as_said() -> None:
    """The law's list and its doubt flag a vacancy too; neither is something the employer said."""
    assert counts_as_hazardous(isco=MINER, said_hazardous=False, judged_safe=True)
    assert not counts_as_hazardous(isco=SAFE, said_hazardous=False, judged_safe=False)
    assert not employer_says_hazardous(isco=MINER, hazardous=True)
    assert not employer_says_hazardous(isco=SAFE, hazardous=False)
    assert employer_says_hazardous(isco=SAFE, hazardous=True)


@pytest.mark.django_db(databases=["default", "access"])
@pytest.mark.parametrize(
    ("isco", "said", "judged_safe", "after"),
    [
        (SAFE, True, False, True),
        (SAFE, True, True, True),
        (SAFE, False, False, False),
        (MINER, True, True, True),
        (WAITER, True, False, True),
        (WAITER, True, True, False),
    ],
)
def test_approval_keeps_it(isco: str, said: bool, judged_safe: bool, after: bool) -> None:
    """A clerk's job that the employer calls dangerous stays closed to people under the age."""
    vacancy = VacancyFactory(waiting=True, isco=isco, hazardous=said)
    account = account_with("office_manager", office=vacancy.office)
    approve_vacancy(
        vacancy=vacancy,
        note="",
        judged_safe=judged_safe,
        at=NOW,
        by=actor_with("office_manager", scope_id=vacancy.office_id, account=account),
    )
    vacancy.refresh_from_db()
    assert vacancy.hazardous is after
