"""The bench: late offices, what cannot be right, codes, questions, the bulletin."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.factories import MANILA, NOW, JobseekerFactory, OfficeFactory, PersonFactory

from openpes.core.actors import VISITOR, system
from openpes.core.decisions import NotFound, NotPermitted, Refused
from openpes.insights.asking import ask, citation, query_for
from openpes.insights.bulletin import as_pdf, as_workbook, bulletin_of, month_in_words, words_of
from openpes.insights.coding import agreement, code_again, code_title, coding_queue
from openpes.insights.freezing import publish_freeze
from openpes.insights.models import CodedTitle, SavedQuery
from openpes.insights.outside import read_extract
from openpes.insights.quality import completeness, quality_run, register_beside_survey, revisions
from openpes.insights.tables import Basis
from openpes.insights.tests.test_freezing import MAKER, OCTOBER, SEPTEMBER, frozen, registered
from openpes.people.models import Account

pytestmark = pytest.mark.django_db
ASKER = system("figures.query", "figures.freeze", label="asker")
AUGUST, JULY = SEPTEMBER - timedelta(days=31), SEPTEMBER - timedelta(days=62)


def test_an_office_that_fell_silent_is_late_and_comes_first() -> None:
    busy, silent = OfficeFactory(), OfficeFactory()
    for office in (busy, silent):
        for at in (JULY, AUGUST, SEPTEMBER):
            registered(at, office=office)
    registered(OCTOBER + timedelta(days=14), office=busy)
    found = completeness(MAKER, month="2026-10", at=NOW)
    assert [(one.code, one.late) for one in found] == [(silent.code, True), (busy.code, False)]
    assert (found[0].registered, found[0].usual, found[1].registered) == (0, 1, 1)
    with pytest.raises(NotPermitted):
        completeness(system("figures.view"), month="2026-10", at=NOW)


def test_the_quality_run_counts_by_office_and_shows_no_rows(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    office = OfficeFactory()
    OfficeFactory(area_code=MANILA)
    JobseekerFactory(office=office, person=PersonFactory(birth_unknown=True), education_level=None)
    JobseekerFactory(office=office, area_code=MANILA)
    found = {one.id: one for one in quality_run(MAKER, at=NOW)}
    assert found["birth_unknown"].by_office == {office.code: 1}
    assert found["far_from_office"].n == 1 and found["birth_impossible"].n == 0
    with django_assert_num_queries(12):
        quality_run(MAKER, at=NOW)
    for _ in range(20):
        JobseekerFactory(office=office)
    with django_assert_num_queries(12):
        quality_run(MAKER, at=NOW)


def test_a_revision_lists_what_it_changed() -> None:
    for _ in range(12):
        registered(OCTOBER)
    first = publish_freeze(freeze=frozen(), by=MAKER, at=NOW)
    assert revisions(first) == []
    for _ in range(12):
        registered(OCTOBER)
    second = frozen(note="Late forms.")
    changed = {(one.table, one.codes): (one.before, one.after) for one in revisions(second)}
    assert changed["People looking, by sex and age", ("_T", "_T")] == (10, 20)


def coders() -> tuple[Account, Account]:
    first, second = (Account.objects.create(username=name, name=name, created_at=NOW) for name in ("first", "second"))
    return first, second


def as_coder(account: Account):  # type: ignore[no-untyped-def]
    from dataclasses import replace

    return replace(system("figures.freeze", label=account.username), account_id=account.pk)


def doubtful(people: int = 3) -> None:
    for _ in range(people):
        seeker = registered(OCTOBER)
        seeker.wanted.all().delete()
        seeker.wanted.create(position=1, isco="9112", words="Nurse ")


def test_words_that_enough_people_use_wait_for_a_code_and_count_in_later_freezes() -> None:
    doubtful(2)
    assert coding_queue(MAKER) == []
    doubtful(10)
    (one,) = coding_queue(MAKER)
    assert (one.words, one.given, one.people) == ("nurse", "9112", 12)
    assert "2221" in {code for code, _title in one.proposals}
    with pytest.raises(Refused, match="no_such_code"):
        code_title(words=one.words, given=one.given, code="0000", people=12, by=MAKER, at=NOW)
    code_title(words=one.words, given=one.given, code="2221", people=12, by=MAKER, at=NOW)
    assert coding_queue(MAKER) == []
    freeze = frozen()
    assert set(freeze.people.values_list("isco", flat=True)) == {"2221"}
    with pytest.raises(Refused, match="coded_before"):
        code_title(words=one.words, given=one.given, code="2221", people=12, by=MAKER, at=NOW)


def test_a_second_coder_is_somebody_else_and_kappa_tells_how_they_agree() -> None:
    first, second = (as_coder(one) for one in coders())
    for at, (code, again) in enumerate((("2221", "2221"), ("5120", "5120"), ("9112", "5120"), ("9112", "9112"))):
        row = CodedTitle.objects.create(
            words=f"w{at}",
            code_given="9111",
            people=5,
            first_code=code,
            first_by_id=first.account_id,
            first_at=NOW,
            drawn=True,
        )
        with pytest.raises(Refused, match="coded_by_you"):
            code_again(key=row.pk, code=again, by=first, at=NOW)
        code_again(key=row.pk, code=again, by=second, at=NOW)
        with pytest.raises(NotFound):
            code_again(key=row.pk, code=again, by=second, at=NOW)
    found = agreement()
    # Observed 3/4; by chance (1·1 + 1·2 + 2·1) / 16 = 5/16; kappa = (12 − 5) / (16 − 5).
    assert (found.titles, found.share) == (4, 0.75)
    assert found.kappa == pytest.approx(7 / 11)
    assert CodedTitle.objects.get(words="w2").settled == ""


def test_a_question_is_answered_in_steps_and_kept() -> None:
    for _ in range(14):
        registered(OCTOBER)
    for _ in range(3):
        registered(OCTOBER, person__sex="male")
    freeze = frozen()
    asked = {"freeze": freeze, "basis": Basis.STOCK, "by": ASKER, "at": NOW}
    women = ask(question="How many women?", chosen={"sex": ["female"]}, **asked)
    men = ask(question="How many men?", chosen={"sex": ["male"]}, **asked)
    assert (women.shown, men.shown) == (10, None)
    assert freeze.digest[:8] in citation(women) and women.ref in citation(women)
    for question, chosen, said in (
        (" ", {}, "question_needed"),
        ("Who?", {"area": ["nowhere"]}, "codes_unknown"),
        ("Who?", {"religion": ["x"]}, "codes_unknown"),
    ):
        with pytest.raises(Refused, match=said):
            ask(question=question, chosen=chosen, **asked)
    assert SavedQuery.objects.count() == 2
    with pytest.raises(NotFound):
        query_for(VISITOR, women.ref)
    publish_freeze(freeze=freeze, by=MAKER, at=NOW)
    assert query_for(VISITOR, women.ref) == women


def test_the_register_is_set_beside_the_survey_with_its_ratio() -> None:
    for _ in range(20):
        registered(OCTOBER)
    row = {"area": "PHL", "indicator": "UNEMPLOYED", "period": "2026-Q3", "value": "80", "age": "AGE_YTHADULT_YGE15"}
    read_extract(rows=[row], source="LFS", by=MAKER, at=NOW)
    beside, caution = register_beside_survey(frozen())
    assert beside[0].ratio == 0.25 and beside[1].ratio is None and "two definitions" in caution.lower()


def test_the_bulletin_says_one_thing_on_page_paper_and_sheet() -> None:
    for _ in range(30):
        registered(SEPTEMBER)
    publish_freeze(freeze=frozen("2026-09"), by=MAKER, at=NOW)
    for _ in range(20):
        registered(OCTOBER)
    made = bulletin_of(publish_freeze(freeze=frozen(), by=MAKER, at=NOW), language="en")
    lines = {one.indicator: one for one in made.lines}
    assert (lines["registered_stock"].now, lines["registered_stock"].before) == (50, 30)
    assert made.title == "The labour market in October 2026"
    words = words_of(made)
    assert words["figures"][0][1:] == ["50", "30"] and made.vintage in words["notes"][2]
    assert as_pdf(made).startswith(b"%PDF") and as_workbook(made).startswith(b"PK")
    assert month_in_words("2026-10", "vi") != month_in_words("2026-10", "en")
