"""Advice, contests, circumstances and the office's own scripts, on their pages."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.factories import NOW, TODAY, JobseekerFactory, OfficeFactory, account_with

from openpes.circumstances.models import Agreement, Barrier, GroupMembership, Need
from openpes.circumstances.queries import group_codes
from openpes.core.clock import now
from openpes.guidance import queries
from openpes.guidance.models import Contest, GivenAdvice, Interview, OfficeScript
from openpes.guidance.scripts import as_data, as_yaml, read_script, shipped_scripts

pytestmark = pytest.mark.django_db(databases=["default", "access"])


@pytest.fixture
def office():
    return OfficeFactory()


@pytest.fixture
def seeker(office):
    return JobseekerFactory(office=office, education_level=1, experience_months=0)


@pytest.fixture
def desk(office, signed_in):
    return signed_in(account_with("counsellor", office=office, name="Ana"))


@pytest.fixture
def boss(office, signed_in):
    return signed_in(account_with("office_manager", office=office, name="Boss"))


@pytest.fixture
def me(seeker, signed_in):
    return signed_in(account_with("jobseeker", person=seeker.person))


def test_advice_is_asked_for_decided_contested_and_answered(desk, boss, me, seeker):
    url, mine = reverse("counsellor:advice", args=[seeker.ref]), reverse("jobseeker:plan")
    assert desk.get(url).status_code == 200 and not GivenAdvice.objects.exists()
    page = desk.post(url, {"act": "ask"}, follow=True).content.decode()
    assert "Supported" in page and "No work experience is written down" in page and "not statistical" in page
    refused = desk.post(url, {"act": "respond", "response": "disagree", "view": "fits", "words": "I know her"})
    assert refused.status_code == 422 and "I know her" in refused.content.decode()
    assert GivenAdvice.objects.get().response == ""
    told = {"act": "respond", "response": "disagree", "level": "intensive", "code": "knows_more", "view": "fits"}
    assert desk.post(url, told | {"words": "Two small children."}).status_code == 302
    page = me.get(mine).content.decode()
    assert "We meet often" in page and "Your counsellor decided otherwise" in page and "Two small children." in page
    assert "Contest the advice" in page
    empty = me.post(reverse("jobseeker:contest"), {"words": " "})
    assert empty.status_code == 422 and not Contest.objects.exists()
    assert me.post(reverse("jobseeker:contest"), {"words": "I finished school"}).status_code == 302
    page = me.get(mine).content.decode()
    assert "A person answers you by" in page and "Contest the advice" not in page
    contest = Contest.objects.get()
    answer_url = reverse("counsellor:contest", args=[contest.ref])
    assert "1 " in boss.get(reverse("counsellor:advice_oversight")).content.decode()
    assert "I finished school" in boss.get(answer_url).content.decode()
    assert (
        desk.get(answer_url).status_code == 404 and desk.get(reverse("counsellor:advice_oversight")).status_code == 404
    )
    refused = boss.post(answer_url, {"outcome": "changed", "level": "intensive", "words": "Yes"})
    assert refused.status_code == 422 and Contest.objects.get().answered_at is None
    done = boss.post(answer_url, {"outcome": "changed", "level": "self_help", "words": "You are right, sorry."})
    assert done.status_code == 302
    page = me.get(mine).content.decode()
    assert "You are right, sorry." in page and "Boss" in page and "You find your way" in page


def test_where_it_is_off_the_page_says_so_and_nothing_is_written(desk, seeker, monkeypatch):
    real = queries.advice_law
    for module in ("openpes.guidance.advice_operations", "openpes.web.counsellor.profiling"):
        monkeypatch.setattr(f"{module}.advice_law", lambda on: replace(real(on=on), demonstration=False))
    url = reverse("counsellor:advice", args=[seeker.ref])
    assert "Switched off" in desk.get(url).content.decode()
    page = desk.post(url, {"act": "ask"})
    assert page.status_code == 422 and "no legal basis" in page.content.decode()
    assert not GivenAdvice.objects.exists()


def test_the_rules_are_public(client):
    page = client.get(reverse("web:advice_rules")).content.decode()
    assert "level of school" in page and "at most 1" in page and "never refuses anything" in page


def test_circumstances_at_the_desk(desk, seeker):
    url = reverse("counsellor:circumstances", args=[seeker.ref])
    assert "barrier.care.severity" not in desk.get(url).content.decode()
    desk.post(url, {"act": "agree", "purposes": ["guidance", "programmes", "nonsense"]})
    assert Agreement.objects.count() == 2
    desk.post(url, {"act": "barriers", "barrier.care.severity": "some", "barrier.care.words": "Her mother is ill"})
    desk.post(url, {"act": "needs", "needs": ["seated"]})
    desk.post(url, {"act": "groups", "groups": [group_codes()[0]]})
    assert (Barrier.objects.count(), Need.objects.count(), GroupMembership.objects.count()) == (1, 1, 1)
    page = desk.get(url).content.decode()
    assert "Her mother is ill" in page and " checked" in page
    wrong = desk.post(url, {"act": "barriers", "barrier.debt.severity": "", "barrier.debt.words": "An agent"})
    assert wrong.status_code == 422 and "An agent" in wrong.content.decode() and Barrier.objects.count() == 1
    desk.post(url, {"act": "take_back:guidance"})
    assert not Barrier.objects.exists() and GroupMembership.objects.exists()


def test_the_person_sees_it_and_takes_it_back(desk, me, seeker):
    url = reverse("counsellor:circumstances", args=[seeker.ref])
    desk.post(url, {"act": "agree", "purposes": ["guidance"]})
    desk.post(url, {"act": "barriers", "barrier.care.severity": "some", "barrier.care.words": "Her mother is ill"})
    mine = reverse("jobseeker:circumstances")
    assert "Her mother is ill" in me.get(mine).content.decode()
    me.post(mine, {"act": "groups", "groups": [group_codes()[0]]})
    assert GroupMembership.objects.count() == 1
    me.post(mine, {"act": "take_back:guidance"})
    assert not Barrier.objects.exists() and not GroupMembership.objects.exists()
    refused = me.post(mine, {"act": "groups", "groups": [group_codes()[0]]})
    assert refused.status_code == 422 and not GroupMembership.objects.exists()
    me.post(mine, {"act": "agree", "purposes": ["figures"]})
    assert Agreement.objects.filter(withdrawn_at=None).get().way == "on_screen"


def edited(script):
    """The fields of the editing page for a script."""
    data = {"title": script.title, "for_whom": script.for_whom, "minutes": script.minutes, "before": script.before}
    for number, part in enumerate(script.parts, start=1):
        name = f"part{number}"
        data |= {f"{name}.{one}": getattr(part, one) for one in ("code", "title", "minutes", "kind", "say")}
        for place, one in enumerate(part.questions, start=1):
            data |= {
                f"{name}.q{place}.code": one.code,
                f"{name}.q{place}.ask": one.ask,
                f"{name}.q{place}.prompts": "\n".join(one.prompts),
                f"{name}.q{place}.write": one.write,
            }
    return data


def test_an_office_writes_its_own_script(desk, seeker):
    shipped = shipped_scripts()["graduate_20"]
    copied = desk.post(reverse("counsellor:script", args=["graduate_20"]), {"act": "copy"})
    row = OfficeScript.objects.get()
    assert copied.url == reverse("counsellor:edit_script", args=[row.ref])
    page = desk.get(copied.url).content.decode()
    assert shipped.parts[1].questions[0].ask in page.replace("&#x27;", "'")
    wrong = desk.post(copied.url, edited(shipped) | {"minutes": 10, "part1.title": "Hello there"})
    assert wrong.status_code == 422 and "20 minutes, not 10" in wrong.content.decode()
    assert "Hello there" in wrong.content.decode() and "Hello there" not in str(OfficeScript.objects.get().body)
    mine = edited(shipped) | {"title": "Graduates of our town", "language": "fil", "part1.q1.local": "Kumusta?"}
    assert desk.post(copied.url, mine).status_code == 302
    preview = desk.get(reverse("counsellor:script", args=[row.ref])).content.decode()
    assert "Kumusta?" in preview and "Switch it on" in preview
    desk.post(reverse("counsellor:script", args=[row.ref]), {"act": "on"})
    offered = desk.get(reverse("counsellor:interviews", args=[seeker.ref])).content.decode()
    assert "Begin ours" in offered and row.ref in offered
    changed = desk.post(reverse("counsellor:script", args=[row.ref]), {"act": "copy"})
    assert OfficeScript.objects.filter(version=2, state="draft").count() == 1 and changed.status_code == 302
    file = desk.get(reverse("counsellor:download_script", args=[row.ref])).content.decode()
    assert read_script(file, "again").title == "Graduates of our town"


def test_a_file_is_checked_before_it_is_kept(desk):
    url = reverse("counsellor:scripts")

    def bring(raw):
        return desk.post(url, {"file": SimpleUploadedFile("mine.yaml", raw)})

    text = as_yaml(shipped_scripts()["first_job_10"])
    for raw, said in (
        (text.replace("kind: talk", "kind: chat").encode(), "Line "),
        (b"\xff\xfe", "mistakes"),
        (b"x" * 70_000, "64 kB"),
        (b"a: &a [*a, *a]", "mistakes"),
    ):
        answer = bring(raw)
        assert answer.status_code == 422 and said in answer.content.decode(), raw[:20]
    assert "Choose a file first" in desk.post(url).content.decode()
    assert not OfficeScript.objects.exists()
    assert bring(text.encode()).status_code == 302 and OfficeScript.objects.get().state == "draft"


def test_scripts_of_another_office_do_not_exist(desk, signed_in):
    desk.post(reverse("counsellor:script", args=["graduate_20"]), {"act": "copy"})
    row, other = OfficeScript.objects.get(), signed_in(account_with("counsellor", office=OfficeFactory()))
    for name in ("script", "edit_script", "download_script"):
        assert other.get(reverse(f"counsellor:{name}", args=[row.ref])).status_code == 404
    assert desk.get(reverse("counsellor:script", args=["nothing"])).status_code == 404


def test_lists_make_the_same_queries_whatever_their_length(desk, boss, office, seeker):
    """The interviews of a person, and the contests and rates of an office, with 1, 20 and 100 rows."""
    pages = {
        reverse("counsellor:interviews", args=[seeker.ref]): desk,
        reverse("counsellor:advice_oversight"): boss,
        reverse("counsellor:scripts"): desk,
    }
    script, counts, held = as_data(shipped_scripts()["first_job_10"]), {}, 0
    for size in (1, 20, 100):
        for number in range(held, size):
            Interview.objects.create(
                jobseeker=seeker, office=office, script=script, state="ended", started_at=NOW, held_on=TODAY
            )
            advice = GivenAdvice.objects.create(
                jobseeker=JobseekerFactory(office=office),
                office=office,
                kind="scorecard",
                level="supported",
                law="x",
                made_at=NOW,
                response="agree",
                responded_at=now(),
            )
            Contest.objects.create(advice=advice, words="No", made_at=NOW, due_on=TODAY)
            OfficeScript.objects.create(office=office, code=f"s{number}", body=script, state="off", changed_at=NOW)
        held = size
        for url, client in pages.items():
            client.get(url)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(url).status_code == 200
            counts.setdefault(url, []).append(len(queries))
    assert all(len(set(found)) == 1 and found[0] <= 30 for found in counts.values()), counts
    page = boss.get(reverse("counsellor:advice_oversight")).content.decode()
    assert "Alarm: followed almost blindly" in page and "100 in all" in page and "late" in page
