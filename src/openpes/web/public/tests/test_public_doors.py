"""Sitemap, feed, open data and the data block: live jobs only, no contact, no rows twice, and cheap to ask again."""

from __future__ import annotations

import csv
import io
import json
import re
from xml.etree import ElementTree

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.factories import EmployerFactory, VacancyFactory

from openpes.reference.country import country, today

pytestmark = pytest.mark.django_db(databases=["default", "access"])


def body(answer) -> str:
    held = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return held.decode("utf-8-sig")


@pytest.fixture
def live(db):
    VacancyFactory(waiting=True, title="Not yet")
    VacancyFactory(employer=EmployerFactory(state="suspended"), title="Suspended")
    first = VacancyFactory(title="=Cook", description="Call 0917 555 1234 or cook@example.org. </script><b>")
    VacancyFactory(title="Copy", same_as=first)
    return first


def test_the_page_carries_the_posting_without_contact(client, live) -> None:
    page = client.get(reverse("web:job", args=[live.ref])).content.decode()
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)
    posting = json.loads(block.group(1))
    assert posting["@type"] == "JobPosting" and posting["baseSalary"]["currency"] == "PHP"
    assert posting["totalJobOpenings"] == 2
    assert "0917" not in block.group(1) and "@example" not in block.group(1)
    assert posting["description"].endswith("</script><b>"), "escaped, not lost"


def test_sitemap_and_feed_hold_the_live_ones_only(client, live) -> None:
    index = ElementTree.fromstring(body(client.get(reverse("web:sitemap"))))
    assert len(index) == 1
    part = body(client.get(reverse("web:sitemap_part", args=[1])))
    assert part.count("<url>") == 1 and live.ref in part
    assert client.get(reverse("web:sitemap_part", args=[2])).status_code == 404
    feed = body(client.get(reverse("web:jobs_atom")))
    assert feed.count("<entry>") == 1 and ElementTree.fromstring(feed) is not None
    assert "<entry>" not in body(client.get(reverse("web:jobs_atom"), {"work": "99"}))


def test_open_data_in_both_forms(client, live) -> None:
    rows = list(csv.DictReader(io.StringIO(body(client.get(reverse("web:live_csv"))))))
    held = json.loads(body(client.get(reverse("web:live_json"))))
    assert [one["number"] for one in rows] == [live.ref] == [one["number"] for one in held["vacancies"]]
    assert rows[0]["title"] == "'=Cook", "no spreadsheet takes it for a formula"
    assert rows[0]["sources"] == "2" and held["next"] is None
    assert not {"contact", "phone", "email"} & set(rows[0])


def test_nothing_changed_costs_nothing(client, live) -> None:
    first = client.get(reverse("web:live_json"))
    again = client.get(reverse("web:live_json"), headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304
    VacancyFactory()
    assert client.get(reverse("web:live_json"), headers={"if-none-match": first["ETag"]}).status_code == 200


@pytest.mark.parametrize("name", ["live_json", "live_csv", "jobs_atom"])
def test_the_number_of_queries_does_not_grow(client, live, name, django_assert_max_num_queries) -> None:
    for _one in range(20):
        VacancyFactory()
    with django_assert_max_num_queries(8):
        body(client.get(reverse(f"web:{name}")))


def test_the_page_about_open_data(client, live) -> None:
    assert "live-vacancies.csv" in client.get(reverse("web:open_data")).content.decode()


@pytest.mark.parametrize("name", ["live_json", "live_csv"])
def test_who_takes_the_list_too_often_is_told_when_to_come_again(client, live, name) -> None:
    """By the policy's number in an hour, from one address; another address still gets it."""
    most = int(country().value("employers.open_data_an_hour", on=today(timezone.now())).value)
    url, here = reverse(f"web:{name}"), {"REMOTE_ADDR": f"203.0.113.{len(name)}"}
    # Asked again without change: cheap for us, and counted all the same.
    mark = client.get(url, **here)["ETag"]
    codes = [client.get(url, headers={"if-none-match": mark}, **here).status_code for _one in range(most)]
    assert set(codes[:-1]) == {304} and codes[-1] == 429
    refused = client.get(url, **here)
    assert refused.status_code == 429 and refused["Retry-After"] == "3600"
    assert client.get(url, REMOTE_ADDR="203.0.113.99").status_code == 200
