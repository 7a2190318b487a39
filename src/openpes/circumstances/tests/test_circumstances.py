"""Circumstances rest on a yes for each use, are forgotten when it is taken back, and cannot reach the ranker."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from tests.factories import NOW, JobseekerFactory, OfficeFactory, actor_with

from openpes.circumstances.models import Agreement, Barrier, GroupMembership, Need
from openpes.circumstances.operations import (
    SaidBarrier,
    agree,
    erase_person,
    note_barriers,
    set_groups,
    set_needs,
    take_back,
)
from openpes.circumstances.queries import (
    circumstances_of,
    count_heavy_barriers,
    export_person,
    group_codes,
    people_of_groups,
)
from openpes.circumstances.rules import may_name_group, may_note_barrier, may_read, must_forget
from openpes.circumstances.states import Accommodation, BarrierKind, GivenHow, Severity, UsedFor
from openpes.circumstances.words import BARRIER, NEED, SEVERITY, USED_FOR
from openpes.core.access_log import views_of
from openpes.core.decisions import NotPermitted, Refused
from openpes.core.models import ChangeEntry
from openpes.vacancies.states import ACCOMMODATIONS
from openpes.web.counsellor.circumstance_words import QUESTION, REASON, WOULD_HELP

pytestmark = pytest.mark.django_db(databases=["default", "access"])
SOURCE = Path(__file__).resolve().parents[3]


@pytest.fixture
def office():
    return OfficeFactory()


@pytest.fixture
def seeker(office):
    return JobseekerFactory(office=office)


@pytest.fixture
def desk(office):
    return actor_with("counsellor", scope_id=office.pk)


@pytest.fixture
def own(seeker):
    return actor_with("jobseeker", scope_id=seeker.person_id)


def say_yes(seeker, by, *purposes):
    agree(jobseeker=seeker, purposes=purposes or (UsedFor.GUIDANCE,), way=GivenHow.READ_ALOUD, by=by, at=NOW)


def note(seeker, by, kind="transport", severity="blocks", words="No bus at night"):
    return note_barriers(jobseeker=seeker, said=[SaidBarrier(kind, severity, words, "A bicycle")], by=by, at=NOW)


def test_the_rules():
    guidance = [UsedFor.GUIDANCE]
    assert may_note_barrier(agreed=guidance, kind="debt", severity="some").allowed
    refused = may_note_barrier(agreed=[UsedFor.FIGURES], kind="mood", severity="")
    assert [one.code for one in refused.reasons] == [
        "circumstances_need_consent",
        "unknown_barrier",
        "severity_needed",
    ]
    assert may_name_group(agreed=guidance, code="women", known=["women"]).allowed
    assert may_name_group(agreed=guidance, code="elves", known=["women"]).refused
    assert may_name_group(agreed=[], code="women", known=["women"]).refused
    assert may_read(agreed=guidance, purpose=UsedFor.GUIDANCE) and not may_read(
        agreed=guidance, purpose=UsedFor.FIGURES
    )
    assert must_forget(agreed=[]) and not must_forget(agreed=guidance)


def test_without_a_yes_nothing_is_written(seeker, desk):
    with pytest.raises(Refused, match="circumstances_need_consent"):
        note(seeker, desk)
    with pytest.raises(Refused, match="circumstances_need_consent"):
        set_groups(jobseeker=seeker, codes=[group_codes()[0]], by=desk, at=NOW)
    with pytest.raises(Refused, match="circumstances_need_consent"):
        set_needs(jobseeker=seeker, needs={"seated": ""}, by=desk, at=NOW)
    assert not Barrier.objects.exists() and not GroupMembership.objects.exists() and not Need.objects.exists()
    assert not ChangeEntry.objects.exists()


def test_one_wrong_line_changes_nothing(seeker, desk):
    say_yes(seeker, desk)
    said = [SaidBarrier("debt", "some", "School fees"), SaidBarrier("mood", "some")]
    with pytest.raises(Refused, match="unknown_barrier"):
        note_barriers(jobseeker=seeker, said=said, by=desk, at=NOW)
    assert not Barrier.objects.exists()
    with pytest.raises(Refused, match="unknown_need"):
        set_needs(jobseeker=seeker, needs={"seated": "", "gold": ""}, by=desk, at=NOW)
    with pytest.raises(Refused, match="unknown_group"):
        set_groups(jobseeker=seeker, codes=["elves"], by=desk, at=NOW)
    assert not Need.objects.exists() and not GroupMembership.objects.exists()


def test_a_barrier_is_noted_changed_and_ended(seeker, desk):
    say_yes(seeker, desk)
    assert note(seeker, desk) == 1 and note(seeker, desk) == 0
    assert note(seeker, desk, severity="little") == 1
    assert count_heavy_barriers(desk, seeker) == 0
    assert note_barriers(jobseeker=seeker, said=[SaidBarrier("transport", "")], by=desk, at=NOW) == 1
    assert Barrier.objects.get().ended_at == NOW
    assert circumstances_of(desk, seeker, purpose=UsedFor.GUIDANCE, at=NOW).barriers == ()


def test_the_log_does_not_say_what_stands_in_the_way(seeker, desk):
    say_yes(seeker, desk)
    note(seeker, desk, kind="health", words="Asthma")
    logged = str(list(ChangeEntry.objects.values_list("verb", "thing", "detail")))
    assert "health" not in logged and "Asthma" not in logged


def test_what_was_told_for_one_purpose_is_not_read_for_another(seeker, desk):
    code = group_codes()[0]
    say_yes(seeker, desk)
    note(seeker, desk)
    set_groups(jobseeker=seeker, codes=[code], by=desk, at=NOW)
    before = len(views_of(seeker.person.log_key))
    hidden = circumstances_of(desk, seeker, purpose=UsedFor.PROGRAMMES, at=NOW)
    assert hidden.groups == frozenset() and hidden.barriers == ()
    assert len(views_of(seeker.person.log_key)) == before
    say_yes(seeker, desk, UsedFor.PROGRAMMES)
    shown = circumstances_of(desk, seeker, purpose=UsedFor.PROGRAMMES, at=NOW)
    assert shown.groups == {code} and shown.barriers == ()
    assert views_of(seeker.person.log_key)[0].reason == "programmes"
    assert people_of_groups([seeker.person_id], purpose=UsedFor.FIGURES) == {}
    assert people_of_groups([seeker.person_id], purpose=UsedFor.GUIDANCE) == {seeker.person_id: {code}}


def test_taking_back_forgets(seeker, desk, own):
    say_yes(seeker, desk, UsedFor.GUIDANCE, UsedFor.FIGURES)
    note(seeker, desk)
    set_needs(jobseeker=seeker, needs={"seated": "after noon"}, by=desk, at=NOW)
    set_groups(jobseeker=seeker, codes=[group_codes()[0]], by=own, at=NOW)
    take_back(jobseeker=seeker, purpose=UsedFor.GUIDANCE, by=own, at=NOW)
    assert not Barrier.objects.exists() and not Need.objects.exists() and GroupMembership.objects.count() == 1
    assert count_heavy_barriers(desk, seeker) is None
    take_back(jobseeker=seeker, purpose=UsedFor.FIGURES, by=own, at=NOW)
    assert not GroupMembership.objects.exists()
    assert take_back(jobseeker=seeker, purpose=UsedFor.FIGURES, by=own, at=NOW) == 0
    assert Agreement.objects.filter(withdrawn_at=NOW).count() == 2


@pytest.mark.parametrize("role", ["counsellor", "employer_adviser", "employer_staff", "jobseeker", "administrator"])
def test_nobody_else_sees_or_writes(seeker, desk, role):
    say_yes(seeker, desk)
    elsewhere = actor_with(role, scope_id=999_999)
    with pytest.raises(NotPermitted):
        circumstances_of(elsewhere, seeker, purpose=UsedFor.GUIDANCE, at=NOW)
    for write in (
        lambda: note(seeker, elsewhere),
        lambda: say_yes(seeker, elsewhere, UsedFor.FIGURES),
        lambda: take_back(jobseeker=seeker, purpose=UsedFor.GUIDANCE, by=elsewhere, at=NOW),
        lambda: set_needs(jobseeker=seeker, needs={}, by=elsewhere, at=NOW),
        lambda: set_groups(jobseeker=seeker, codes=[], by=elsewhere, at=NOW),
    ):
        with pytest.raises(NotPermitted):
            write()
    assert Agreement.objects.filter(withdrawn_at=None).count() == 1 and not Barrier.objects.exists()


def test_a_person_takes_it_along_and_it_is_erased(seeker, desk):
    say_yes(seeker, desk)
    note(seeker, desk)
    set_needs(jobseeker=seeker, needs={"seated": "after noon"}, by=desk, at=NOW)
    set_groups(jobseeker=seeker, codes=[group_codes()[0]], by=desk, at=NOW)
    told = export_person(seeker.person_id)
    assert {name: len(rows) for name, rows in told.items()} == {
        "circumstances agreed": 1,
        "barriers": 1,
        "needs at work": 1,
        "groups": 1,
    }
    assert told["barriers"][0]["in words"] == "No bus at night"
    assert erase_person(person_id=seeker.person_id) == 4
    assert not any(export_person(seeker.person_id).values())


def test_the_ranker_cannot_import_circumstances():
    """Beside the floors of `.importlinter`: no file of the ranker or of the rooms below names this room."""
    for package in ("openpes/matching", "openpes/jobseekers", "openpes/vacancies", "openpes_matching"):
        for path in (SOURCE / package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                names = []
                if isinstance(node, ast.Import):
                    names = [one.name for one in node.names]
                if isinstance(node, ast.ImportFrom):
                    names = [f"{node.module}.{one.name}" for one in node.names]
                assert not [one for one in names if one.startswith(("openpes.circumstances", "openpes.guidance"))], path


def test_what_a_job_offers_is_named_by_the_codes_of_what_people_need():
    assert set(ACCOMMODATIONS) == {one.value for one in Accommodation} - {"other"}


def test_everything_has_words():
    for words in (BARRIER, QUESTION, WOULD_HELP):
        assert set(words) == set(BarrierKind)
    assert set(SEVERITY) == set(Severity) and set(NEED) == set(Accommodation) and set(USED_FOR) == set(UsedFor)
    assert {"circumstances_need_consent", "unknown_barrier", "severity_needed", "unknown_group", "unknown_need"} <= set(
        REASON
    )
