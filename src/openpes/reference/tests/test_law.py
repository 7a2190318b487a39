"""What officers do to the law in force: who may, what is refused and changes nothing, what every process sees."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories import account_with

from openpes.core.actors import Actor, ActorKind, Grant
from openpes.core.change_log import check_change_log
from openpes.core.decisions import NotFound, NotPermitted, Refused
from openpes.core.models import ChangeEntry
from openpes.people.roles import ROLES
from openpes.reference import in_force
from openpes.reference.country import country
from openpes.reference.law_models import LawAnswer, LawEntry
from openpes.reference.law_operations import (
    Signing,
    answer_entry,
    propose_value,
    verify_values,
    waive_values,
    withdraw_entry,
)
from openpes.reference.law_queries import altered_entries, due_for_review, lapsed_entries, topics, unverified_values
from openpes_countries import Source, load_country, minimum_age

AT = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
ON = date(2026, 11, 24)
READ = Source("Labor Code", "art. 139", None, date(2026, 11, 20))
pytestmark = pytest.mark.django_db(databases=["default", "access"])


def officer(name: str, role: str = "law_officer", number: int = 1) -> Actor:
    grant = Grant(role, ROLES[role].verbs, ROLES[role].scope)
    return Actor(ActorKind.ACCOUNT, f"key-{name}", (grant,), account_id=number, label=name)


ANA, BEN = officer("Ana Santos"), officer("Ben Reyes", "administrator", 2)


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [reason.code for reason in refused.value.decision.reasons]


def verify(key: str = "ages.minimum", source: Source | None = READ, by: Actor = ANA, at: datetime = AT) -> LawEntry:
    return verify_values(signings=[Signing(key, source)], note="", by=by, at=at)[0]


def propose(written: str = "16", key: str = "ages.minimum", starts_on: date = date(2027, 1, 1), **more) -> LawEntry:
    given = {"source": Source("A new Act", "s. 1"), "note": "", "by": ANA, "at": AT, **more}
    return propose_value(key=key, written=written, starts_on=starts_on, **given)


def test_one_officer_verifies_and_the_law_rests_on_the_name() -> None:
    before = country()
    verify()
    in_force.refresh()
    dated = country().value("ages.minimum", on=ON)
    assert dated.verified_by == "Ana Santos, 2026-11-24" and dated.source == READ
    assert not minimum_age(country(), on=ON).recalled and country().hash != before.hash
    assert len(unverified_values(on=ON)) == len(before.unverified(on=ON)) - 1
    assert check_change_log().whole and altered_entries() == []


@pytest.mark.parametrize(
    ("source", "code"),
    [
        (None, "source_missing"),
        (Source("Labor Code", None, None, ON), "article_missing"),
        (Source("Labor Code", "art. 139"), "read_on_missing"),
        (Source("Labor Code", "art. 139", None, ON + timedelta(days=1)), "read_in_the_future"),
    ],
)
def test_a_signature_without_reading_is_refused_and_changes_nothing(source: Source | None, code: str) -> None:
    with pytest.raises(Refused) as refused:
        verify(source=source)
    assert codes(refused) == [code]
    assert not LawEntry.objects.exists() and not ChangeEntry.objects.exists()


def test_of_many_either_all_are_signed_or_none() -> None:
    with pytest.raises(Refused) as refused:
        verify_values(
            signings=[Signing("ages.minimum", READ), Signing("ages.light_work", READ)], note="", by=ANA, at=AT
        )
    assert codes(refused) == ["value_unknown"] and not LawEntry.objects.exists()


def test_only_officers_sign_and_only_values_that_exist() -> None:
    visitor = Actor(ActorKind.ACCOUNT, "k", (Grant("analyst", ROLES["analyst"].verbs, "service"),), account_id=3)
    with pytest.raises(NotPermitted):
        verify(by=visitor)
    with pytest.raises(NotFound):
        verify(key="ages.minimun")
    entry = propose()
    with pytest.raises(NotPermitted):
        answer_entry(entry=entry, agreed=True, note="", by=visitor, at=AT)
    assert LawEntry.objects.count() == 1 and not LawAnswer.objects.exists()


def test_a_waiver_has_a_reason_an_end_and_runs_out() -> None:
    for why, before, code in (
        ("", date(2027, 3, 1), "reason_missing"),
        ("pilot", ON, "end_missing"),
        ("pilot", None, "end_missing"),
        ("pilot", date(2029, 1, 1), "end_too_far"),
    ):
        with pytest.raises(Refused) as refused:
            waive_values(keys=["ages.minimum"], why=why, before=before, by=ANA, at=AT)
        assert codes(refused) == [code]
    assert not LawEntry.objects.exists()
    waive_values(keys=["ages.minimum"], why="the pilot", before=date(2027, 3, 1), by=ANA, at=AT)
    in_force.refresh()
    keys = {one.key for one in unverified_values(on=ON)}
    assert "ages.minimum" not in keys
    assert "ages.minimum" in {one.key for one in unverified_values(on=date(2027, 3, 1))}
    assert "ages.minimum" in {one.key for one in due_for_review(on=date(2027, 3, 1))}
    assert minimum_age(country(), on=ON).recalled, "a waiver makes nothing truer"


def test_a_value_is_set_by_two_officers_and_begins_on_its_day() -> None:
    entry = propose()
    in_force.refresh()
    assert country().hash == load_country("PH").hash, "one officer changes nothing"
    with pytest.raises(Refused) as refused:
        answer_entry(entry=entry, agreed=True, note="", by=ANA, at=AT)
    assert codes(refused) == ["second_officer_needed"] and not LawAnswer.objects.exists()
    answer_entry(entry=entry, agreed=True, note="", by=BEN, at=AT)
    in_force.refresh()
    assert country().value("ages.minimum", on=date(2026, 12, 31)).value == 15
    dated = country().value("ages.minimum", on=date(2027, 1, 1))
    assert dated.value == 16 and "Ana Santos and Ben Reyes" in (dated.verified_by or "")
    with pytest.raises(Refused) as refused:
        answer_entry(entry=entry, agreed=False, note="late", by=BEN, at=AT)
    assert codes(refused) == ["entry_over"]


def test_a_switch_is_turned_and_turned_back_by_two() -> None:
    key = "advert_rules.may_ask_birth_date"
    entry = propose("true", key, ON)
    answer_entry(entry=entry, agreed=True, note="", by=BEN, at=AT)
    in_force.refresh()
    assert country().value(key, on=ON).value is True
    back = withdraw_entry(entry=entry, why="read wrongly", by=BEN, at=AT + timedelta(minutes=1))
    in_force.refresh()
    assert country().value(key, on=ON).value is True, "taking back waits for the second officer too"
    answer_entry(entry=back, agreed=True, note="", by=ANA, at=AT + timedelta(minutes=2))
    in_force.refresh()
    assert country().value(key, on=ON).value is False and country().hash == load_country("PH").hash
    with pytest.raises(Refused) as refused:
        withdraw_entry(entry=entry, why="again", by=BEN, at=AT)
    assert codes(refused) == ["entry_over"]


def test_a_value_that_does_not_fit_is_refused_with_the_mend() -> None:
    for written, words in (("sixteen", "whole number"), ("", "Nothing is written"), ("[15", "cannot be read")):
        with pytest.raises(Refused) as refused:
            propose(written)
        assert words in refused.value.decision.reasons[0].facts["problem"]
    with pytest.raises(Refused) as refused:
        propose(source=None)
    assert codes(refused) == ["source_missing"]
    with pytest.raises(Refused, match="value_misfit"):
        propose("unknown", "identity.name")
    with pytest.raises(Refused, match="value_misfit"):
        propose("{}", "calendar.calendar")
    assert not LawEntry.objects.exists()


def test_a_verified_value_is_corrected_by_another_entry_over_it() -> None:
    first = verify()
    second = verify(source=Source("Labor Code", "art. 137", None, ON), by=BEN, at=AT + timedelta(days=1))
    in_force.refresh()
    assert country().value("ages.minimum", on=ON).source.article == "art. 137"
    withdraw_entry(entry=second, why="a slip", by=ANA, at=AT + timedelta(days=2))
    in_force.refresh()
    assert country().value("ages.minimum", on=ON).source.article == "art. 139"
    assert LawEntry.objects.count() == 3 and LawEntry.objects.get(pk=first.pk).article == "art. 139"


def test_entries_are_never_changed_or_deleted() -> None:
    entry = verify()
    entry.article = "art. 1"
    for act in (entry.save, entry.delete, LawEntry.objects.all().delete, lambda: LawEntry.objects.update(article="x")):
        with pytest.raises(TypeError):
            act()
    assert LawEntry.objects.get().article == "art. 139"


def test_an_entry_altered_behind_the_back_of_the_service_shows() -> None:
    from django.db import connection

    entry = verify()
    assert altered_entries() == []
    with connection.cursor() as cursor:
        cursor.execute("UPDATE reference_lawentry SET article = 'art. 1' WHERE id = %s", [entry.pk])
    assert altered_entries() == [entry.ref]


def test_a_signature_on_a_value_that_was_set_since_is_told_not_kept() -> None:
    verify()
    entry = propose(starts_on=date(2026, 11, 1))
    answer_entry(entry=entry, agreed=True, note="", by=BEN, at=AT - timedelta(days=1))
    in_force.refresh()
    assert [one.entry.key for one in lapsed_entries()] == ["ages.minimum"]
    assert country().value("ages.minimum", on=ON).value == 16


def test_another_process_sees_the_change_with_its_next_request(client: Client) -> None:
    client.get(reverse("web:rules"))
    held = country().hash
    verify()
    assert country().hash == held, "what this process holds is not touched by another's write"
    client.get(reverse("web:rules"))
    assert country().hash != held


def test_the_country_in_force_costs_one_query_a_request(django_assert_num_queries) -> None:
    verify()
    in_force.refresh()
    with django_assert_num_queries(1):
        in_force.refresh()
        for _turn in range(100):
            country()


def test_topics_count_what_waits() -> None:
    before = {(one.layer, one.name): one.unverified for one in topics(on=ON)}
    verify()
    in_force.refresh()
    after = {(one.layer, one.name): one.unverified for one in topics(on=ON)}
    assert after[("law", "ages")] == before[("law", "ages")] - 1
    assert sum(after.values()) == sum(before.values()) - 1


def test_an_officer_signs_a_topic_with_a_browser(signed_in) -> None:
    browser = signed_in(account_with("law_officer"))
    url = reverse("administration:law_topic", args=["law", "ages"])
    page = browser.get(url).content.decode()
    assert 'name="key" value="ages.minimum"' in page
    data = {
        "key": ["ages.minimum", "ages.hazardous"],
        "instrument:ages.minimum": "Labor Code",
        "article:ages.minimum": "art. 139",
        "instrument:ages.hazardous": "RA 9231",
        "article:ages.hazardous": "",
        "sign-read_on_day": "20",
        "sign-read_on_month": "11",
        "sign-read_on_year": "2025",
        "sign-note": "seen in the Gazette",
        "act": "verify",
    }
    refused = browser.post(url, data)
    assert refused.status_code == 422 and not LawEntry.objects.exists()
    assert "seen in the Gazette" in refused.content.decode() and "ages.hazardous: name the article" in (
        refused.content.decode()
    )
    done = browser.post(url, {**data, "article:ages.hazardous": "s. 2"})
    assert done.status_code == 302 and LawEntry.objects.count() == 2
    assert browser.get(url).status_code == 200
    assert country().value("ages.hazardous", on=ON).source.cite() == "RA 9231, s. 2"


def test_two_officers_set_a_value_with_browsers(signed_in) -> None:
    first, second = signed_in(account_with("law_officer")), signed_in(account_with("administrator"))
    url = reverse("administration:law_value", args=["ages.minimum"])
    data = {
        "set-written": "16",
        "set-starts_on_day": "1",
        "set-starts_on_month": "1",
        "set-starts_on_year": "2027",
        "set-instrument": "A new Act",
        "set-article": "s. 1",
        "set-read_on_day": "20",
        "set-read_on_month": "11",
        "set-read_on_year": "2025",
        "act": "set",
    }
    wrong = first.post(url, {**data, "set-written": "sixteen"})
    assert wrong.status_code == 422 and "sixteen" in wrong.content.decode() and not LawEntry.objects.exists()
    assert first.post(url, data).status_code == 302
    waiting = reverse("administration:law_waiting")
    assert "I agree" not in first.get(waiting).content.decode()
    assert "I agree" in second.get(waiting).content.decode()
    second.post(reverse("administration:law_answer", args=[LawEntry.objects.get().ref]), {"act": "agree", "note": ""})
    assert country().value("ages.minimum", on=date(2027, 1, 1)).value == 16
    page = first.get(url).content.decode()
    assert "agreed to by" in page and page.count("Take it back") >= 1


@pytest.mark.parametrize("page", ["law", "law_waiting", "law_unverified", "law_due", "law_changed"])
def test_the_lists_open_for_officers_only(page: str, signed_in) -> None:
    url = reverse(f"administration:{page}")
    verify()
    propose()
    assert signed_in(account_with("law_officer")).get(url).status_code == 200
    assert signed_in(account_with("analyst")).get(url).status_code == 404
    assert Client().get(url).status_code == 302


def test_a_list_costs_the_same_however_much_is_signed(signed_in, django_assert_max_num_queries) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    browser, url, counted = signed_in(account_with("law_officer")), reverse("administration:law_changed"), []
    keys = [one.key for one in country().unverified(on=ON) if one.known]
    for start, stop in ((0, 1), (1, 20)):
        verify_values(signings=[Signing(key, READ) for key in keys[start:stop]], note="", by=ANA, at=AT)
        browser.get(url)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert browser.get(url).status_code == 200
        counted.append(len(queries))
    assert counted[0] == counted[1]
