"""A lawful exception takes two officers; work abroad takes a live licence; wages differ by size of firm and region."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from tests.factories import EmployerFactory, ReferralFactory, VacancyFactory, account_with, actor_with

from openpes.core.decisions import Refused
from openpes.core.models import ChangeEntry
from openpes.journeys.abroad_clock import end_unlicensed
from openpes.journeys.decide_vacancy import approve_vacancy
from openpes.messaging.models import Message
from openpes.organisations.agency_operations import NewAgency, take_agency_list
from openpes.organisations.states import AgencyKind, AgencyStatus
from openpes.vacancies.operations import change_vacancy, check_offered, offered_of
from openpes.vacancies.rules import Draft, check_vacancy, may_approve
from openpes.vacancies.states import AbroadLicence, Weight
from openpes_countries import advert_exceptions, load_country

AT = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
ON = date(2026, 11, 24)
PH, VN = load_country("PH"), load_country("VN")
BASIS = advert_exceptions(PH, "age", on=ON)[0]
WANTED = Draft(title="Model for children's clothes", isco="5241", places=1, area_code="PH-00",
               description="Wanted: 18 to 25 years old only.")  # fmt: skip
CLAIM = {"exception_ground": "age", "exception_basis": BASIS, "exception_reason": "The clothes are for this age."}


def codes(draft: Draft, country=PH) -> dict[str, Weight]:
    return {one.code: one.weight for one in check_vacancy(country, draft, on=ON)}


def test_a_forbidden_ground_with_an_exception_stops_and_names_the_exception() -> None:
    found = next(one for one in check_vacancy(PH, WANTED, on=ON) if one.code == "ground_forbidden_unless")
    assert found.weight == Weight.STOPS and found.facts["exceptions"] == BASIS


def test_a_claimed_exception_is_held_instead_of_stopped() -> None:
    found = codes(replace(WANTED, **CLAIM))
    assert found["ground_exception_claimed"] == Weight.ASKS and "ground_forbidden_unless" not in found


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"exception_reason": " "}, "exception_reason_missing"),
        ({"exception_basis": "because I like it"}, "exception_basis_missing"),
        ({"exception_ground": "religion"}, "exception_not_listed"),
        ({"exception_ground": "nonsense"}, "exception_not_listed"),
    ],
)
def test_a_claim_that_the_law_does_not_carry_stops(change: dict, code: str) -> None:
    found = codes(replace(WANTED, **{**CLAIM, **change}))
    assert found[code] == Weight.STOPS and found["ground_forbidden_unless"] == Weight.STOPS


def test_a_claim_for_one_ground_does_not_open_another() -> None:
    found = codes(replace(WANTED, description="Wanted: women only, 18 to 25 years old only.", **CLAIM))
    assert found["ground_forbidden"] == Weight.STOPS


def test_the_two_officers_are_two() -> None:
    findings = check_vacancy(PH, replace(WANTED, **CLAIM), on=ON)
    ask = {"employer_is_verified": True, "findings": findings, "writer_id": 9, "reason_for_exception": "BFOQ seen"}
    assert may_approve(**ask, approver_id=1, is_first_of_two=True).allowed
    assert may_approve(**ask, approver_id=2, first_officer_id=1).allowed
    for first in (None, 2):
        refused = may_approve(**ask, approver_id=2, first_officer_id=first)
        assert [one.code for one in refused.reasons] == ["second_officer_needed"]
    silent = may_approve(**{**ask, "reason_for_exception": ""}, approver_id=1, is_first_of_two=True)
    assert [one.code for one in silent.reasons] == ["exception_needs_reason"]


@pytest.mark.parametrize(
    ("licence", "code", "weight"),
    [
        (AbroadLicence.LIVE, None, None),
        (AbroadLicence.UNKNOWN, "abroad_licence_unknown", Weight.ASKS),
        (AbroadLicence.NOT_LIVE, "abroad_without_licence", Weight.STOPS),
    ],
)
@pytest.mark.parametrize("country", ["BD", "ID", "KR", "NP", "PH", "TH", "TL", "VN"])
def test_work_abroad_needs_a_live_licence(country: str, licence: AbroadLicence, code, weight) -> None:
    pack = load_country(country)
    found = codes(replace(WANTED, description="", abroad_in="Japan", abroad_licence=licence), pack)
    assert {one: found[one] for one in found if one.startswith("abroad")} == ({code: weight} if code else {})


@pytest.mark.parametrize("country", ["BD", "ID", "NP", "PH", "TH", "TL", "VN"])
def test_money_asked_of_who_goes_abroad_stops_the_advert_wherever_it_stands(country: str) -> None:
    pack = load_country(country)
    told = {"abroad_in": "Japan", "abroad_contract": "Two years", "abroad_licence": AbroadLicence.LIVE}
    clean = codes(replace(WANTED, description="", abroad_costs="The firm pays all", **told), pack)
    asked = codes(replace(WANTED, description="", abroad_costs="Pay a placement fee of 500 before", **told), pack)
    assert "asks_for_money" not in clean and asked["asks_for_money"] == Weight.STOPS


def test_work_abroad_says_which_contract_and_who_pays_what() -> None:
    """Without both it goes nowhere; work here is asked for neither."""
    told = {"abroad_contract": "Two years, checked by the ministry", "abroad_costs": "The firm pays all"}
    missing = {"missing_abroad_contract", "missing_abroad_costs"}
    offer = replace(WANTED, description="", abroad_in="Japan", abroad_licence=AbroadLicence.LIVE)
    found = codes(offer)
    assert {one for one in found if found[one] == Weight.STOPS} >= missing
    assert not missing & set(codes(replace(offer, **told)))
    assert not missing & set(codes(replace(offer, abroad_in="")))


def test_the_wage_of_this_country_is_not_asked_of_work_abroad() -> None:
    paid = replace(WANTED, description="", pay_amount=Decimal(1), pay_currency="PHP", pay_period="day")
    assert codes(paid)["pay_below_minimum"] == Weight.STOPS
    assert "pay_below_minimum" not in codes(replace(paid, abroad_in="Japan"))


def test_the_size_of_the_firm_decides_where_the_wage_differs_by_it() -> None:
    paid = replace(WANTED, description="", pay_amount=Decimal(660), pay_currency="PHP", pay_period="day", sector="G")
    assert codes(replace(paid, staff_at_least=50))["pay_below_minimum"] == Weight.STOPS
    assert "pay_below_minimum" not in codes(paid), "a size that nobody said denies nothing"
    assert "pay_below_minimum" not in codes(replace(paid, staff_at_least=5))


def test_the_region_decides_where_the_wage_differs_by_it() -> None:
    wages = {wage.region: wage.amount for wage in VN.minimum_wages_on(ON) if wage.per == "month" and wage.region}
    between = (wages["IV"] + wages["I"]) / 2
    area = VN.areas_at(1)[0].code
    paid = Draft(title="Cook", isco="5120", places=1, area_code=area, pay_amount=between, pay_currency="VND")
    said = {region: codes(replace(paid, wage_region=region), VN) for region in ("I", "IV")}
    if any(one.region == "I" and area in one.areas for one in VN.minimum_wages_on(ON)):
        assert "pay_below_minimum" in said["I"]
    assert said["IV"].get("pay_below_minimum") is None


@pytest.mark.django_db(databases=["default", "access"])
class TestInTheHouse:
    def officers(self, vacancy):
        for _number in range(2):
            account = account_with("office_manager", office=vacancy.office)
            yield actor_with("office_manager", scope_id=vacancy.office_id, account=account)

    def test_the_first_yes_is_written_down_and_the_second_makes_it_public(self) -> None:
        vacancy = VacancyFactory(waiting=True, isco="4110", description="18 to 25 years old only.", **CLAIM)
        one, two = self.officers(vacancy)
        ask = {"vacancy": vacancy, "note": "The qualification is recorded.", "judged_safe": False, "at": AT}
        with pytest.raises(Refused, match="exception_needs_reason"):
            approve_vacancy(**{**ask, "note": ""}, by=one)
        approve_vacancy(**ask, by=one)
        vacancy.refresh_from_db()
        assert vacancy.state == "submitted" and vacancy.exception_first_by_id == one.account_id
        assert not Message.objects.exists(), "nobody is told before it is public"
        with pytest.raises(Refused, match="second_officer_needed"):
            approve_vacancy(**ask, by=one)
        vacancy.refresh_from_db()
        assert vacancy.state == "submitted"
        approve_vacancy(**ask, by=two)
        vacancy.refresh_from_db()
        assert vacancy.state == "live" and vacancy.decided_by_id == two.account_id
        logged = [line.detail for line in ChangeEntry.objects.filter(thing=f"vacancy:{vacancy.ref}").order_by("pk")]
        assert [line["ground"] for line in logged] == ["age", "age"]
        assert all("RA 10911" in line["article"] and len(line["law"]) == 64 for line in logged)

    def test_a_rewritten_advert_forgets_the_first_yes(self) -> None:
        vacancy = VacancyFactory(waiting=True, isco="4110", description="18 to 25 years old only.", **CLAIM)
        one, _two = self.officers(vacancy)
        approve_vacancy(vacancy=vacancy, note="seen", judged_safe=False, by=one, at=AT)
        vacancy.refresh_from_db()
        writer = actor_with("employer_administrator", scope_id=vacancy.employer_id)
        changed = change_vacancy(vacancy=vacancy, offered=offered_of(vacancy), by=writer, at=AT)
        assert changed.exception_first_by_id is None and changed.exception_first_note == ""

    def test_the_register_speaks_for_the_employer(self) -> None:
        employer = EmployerFactory(agency_licence="DMW-1")
        offered = replace(offered_of(VacancyFactory(employer=employer)), abroad_in="Japan")

        def said() -> list[str]:
            found = check_offered(offered, employer=employer, on=ON)
            return [one.code for one in found if one.code.startswith("abroad")]

        assert said() == ["abroad_licence_unknown"]
        admin = actor_with("administrator")
        for number, end, expected in (("DMW-2", date(2028, 1, 1), True), ("DMW-1", date(2026, 1, 1), True),
                                      ("DMW-1", date(2028, 1, 1), False)):  # fmt: skip
            agency = NewAgency("A", number, AgencyKind.OVERSEAS, valid_before=end)
            take_agency_list(agencies=[agency], as_of=ON, source="x", sha256=f"{number}{end}", by=admin, at=AT)
            assert said() == (["abroad_without_licence"] if expected else [])

    def test_adverts_for_work_abroad_end_on_the_day_the_licence_is_over(self) -> None:
        """Not the day before, not for work at home, not where nobody can tell; firm and applicants are told once."""
        held = EmployerFactory(agency_licence="DMW-1", contact_phone="+639181234567")
        abroad, home = VacancyFactory(employer=held, abroad_in="Japan"), VacancyFactory(employer=held)
        untold = VacancyFactory(employer=EmployerFactory(), abroad_in="Japan")
        waits = ReferralFactory(vacancy=abroad)
        agency = NewAgency("A", "DMW-1", AgencyKind.OVERSEAS, valid_before=ON + timedelta(days=1))
        admin = actor_with("administrator")
        take_agency_list(agencies=[agency], as_of=ON, source="x", sha256="1", by=admin, at=AT)
        assert end_unlicensed(at=AT) == 0
        tomorrow = AT + timedelta(days=1)
        assert end_unlicensed(at=tomorrow) == 1 and end_unlicensed(at=tomorrow) == 0
        for one in (abroad, home, untold, waits):
            one.refresh_from_db()
        assert (abroad.state, abroad.close_reason) == ("closed", "removed") and abroad.decided_by is None
        assert home.state == untold.state == "live"
        assert (waits.ending, waits.ending_reason) == ("withdrawn", "vacancy_unlawful")
        assert sorted(Message.objects.values_list("kind", flat=True)) == ["advert_removed", "vacancy_removed"]
        assert "valid licence" in Message.objects.get(kind="vacancy_removed").text

    def test_a_licence_suspended_by_a_new_list_ends_them_the_same_day(self) -> None:
        held = EmployerFactory(agency_licence="DMW-1")
        VacancyFactory(employer=held, abroad_in="Japan", state="paused")
        admin = actor_with("administrator")
        for number, status in enumerate((AgencyStatus.VALID, AgencyStatus.SUSPENDED)):
            agency = NewAgency("A", "DMW-1", AgencyKind.OVERSEAS, status=status, valid_before=date(2029, 1, 1))
            take_agency_list(agencies=[agency], as_of=ON, source="x", sha256=str(number), by=admin, at=AT)
            assert end_unlicensed(at=AT) == number

    def test_an_employer_claims_it_in_the_form(self, signed_in) -> None:
        employer = EmployerFactory()
        browser = signed_in(account_with("employer_administrator", employer=employer))
        page = browser.post(
            reverse("employer:post"),
            {"work_text": "office clerk", "work_code": "4110", "places": "1", "area_code": employer.area_code,
             "description": "18 to 25 years old only.", "times": "agreed", "exception": "age-1"},
        )  # fmt: skip
        text = page.content.decode()
        assert "Why this job needs the exception" in text and "Write why this job needs the exception" in text

    def test_the_public_page_says_country_contract_costs_and_what_the_law_says(self, client) -> None:
        vacancy = VacancyFactory(
            abroad_in="Japan", abroad_contract="Two years, checked by the ministry", abroad_costs="The firm pays all"
        )
        page = client.get(reverse("web:job", args=[vacancy.ref])).content.decode()
        for said in ("Japan", "Two years, checked by the ministry", "The firm pays all", "At most one month of salary"):
            assert said in page
        here = client.get(reverse("web:job", args=[VacancyFactory().ref])).content.decode()
        assert "who pays what" not in here
