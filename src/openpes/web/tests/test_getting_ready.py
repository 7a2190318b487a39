"""While the nation is being made every page says how far it is; a real service is never held up."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from openpes.core import progress

pytestmark = pytest.mark.django_db(databases=["default", "access"])


@pytest.fixture
def told(settings, tmp_path):
    settings.DATA = tmp_path
    place = progress.place_of(Path(tmp_path), settings.COUNTRY)

    def tell(**what: object) -> None:
        progress.write(place, progress.Progress(**what))  # type: ignore[arg-type]

    return tell


def test_every_page_tells_how_far_it_is_and_then_opens(told):
    told(percent=40, step="people")
    client = Client()
    page = client.get("/jobs/")
    text = page.content.decode()
    assert page.status_code == 503 and page["Retry-After"] == "2" and 'http-equiv="refresh"' in text
    assert text.count("op-steps__done") == 3 and text.count("op-steps__running") == 1
    assert 'http-equiv="refresh"' not in client.get("/jobs/?still=1").content.decode()
    assert client.get("/health").status_code == 200
    told(percent=100, is_ready=True)
    assert client.get("/jobs/").status_code == 200
    told(percent=1, step="offices")
    assert client.get("/jobs/").status_code == 200, "once ready, a process does not look again"


def test_a_failure_is_told_and_stands_still(told):
    told(percent=0, failure="OSError: disk full")
    text = Client().get("/").content.decode()
    assert "disk full" in text and 'http-equiv="refresh"' not in text and "op-steps__failed" in text


def test_a_real_service_is_never_held_up(told, settings):
    settings.DEMO = False
    told(percent=40, step="people")
    assert Client().get("/jobs/").status_code == 200
