"""Draft, approve, apply, place and draw: who may, who may not, and that a refusal changes nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from tests.factories import NOW, TODAY, AccountFactory, JobseekerFactory, actor_with

from openpes.circumstances.models import Agreement, GroupMembership
from openpes.core.actors import Actor, system
from openpes.core.decisions import NotPermitted, Refused
from openpes.programmes.counters import hold
from openpes.programmes.drafting import (
    Round,
    Written,
    add_fund,
    allow_above,
    approve_version,
    draft_programme,
    draft_version,
    edit_draft,
    open_cycle,
    take_over_from_pack,
)
from openpes.programmes.drawing import confirm_value, enter_value, freeze_draw
from openpes.programmes.models import Application, Cycle, Draw, FundStream, ProgrammeVersion
from openpes.programmes.operations import (
    accept_offer,
    approve_application,
    erase_person,
    note_documents,
    return_application,
    start_application,
    submit_application,
)
from openpes.programmes.placing import decline_offer, lapse_offer, offer_places, withdraw_application
from openpes.programmes.queries import in_force, open_for_occupation, open_for_public, position_of
from openpes.programmes.states import ApplicationState, PlaceRule, ProgrammeKind, VersionState
from openpes.programmes.tests.makers import a_cycle, a_version, an_application, later, waiting

pytestmark = pytest.mark.django_db
CLOCK = system("programme.clock", "programme.place", label="clock")
WRITTEN = Written("Welding", "openpes default", date(2026, 1, 1))


def manager() -> Actor:
    return actor_with("programme_manager", account=AccountFactory.create())


def code_of(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [one.code for one in refused.value.decision.reasons]


def draft(by: Actor, **changes: object) -> ProgrammeVersion:
    written = replace(WRITTEN, **changes)  # type: ignore[arg-type]
    return draft_programme(kind=ProgrammeKind.TRAINING, provider="A centre", written=written, by=by, at=NOW)


def test_a_programme_is_in_force_after_a_second_person_approved_it() -> None:
    first, second = manager(), manager()
    version = draft(first)
    assert not in_force(TODAY).exists()
    with pytest.raises(Refused) as refused:
        approve_version(version=version, by=first, at=NOW)
    assert code_of(refused) == ["two_people"]
    assert not in_force(TODAY).exists()
    approve_version(version=version, by=second, at=NOW)
    assert list(in_force(TODAY)) == [version]
    with pytest.raises(Refused):
        edit_draft(version=version, written=WRITTEN, by=first, at=NOW)


def test_a_change_is_a_new_version_and_ends_the_one_before() -> None:
    first, second = manager(), manager()
    old = approve_version(version=draft(first), by=second, at=NOW)
    new = draft_version(programme=old.programme, written=replace(WRITTEN, starts_on=date(2027, 1, 1)), by=first, at=NOW)
    approve_version(version=new, by=second, at=NOW)
    assert (new.number, list(in_force(TODAY)), list(in_force(date(2027, 2, 1)))) == (2, [old], [new])


@pytest.mark.parametrize("role", ["counsellor", "analyst", "administrator"])
def test_others_draft_nothing(role: str) -> None:
    with pytest.raises(NotPermitted):
        draft(actor_with(role, scope_id=1))
    assert not ProgrammeVersion.objects.exists()


def test_a_rule_that_cannot_be_read_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        draft(manager(), rule={"field": "shoe size", "op": "is", "value": 1}, source=" ")
    assert code_of(refused) == ["source_needed", "rule_not_understood"]
    assert not ProgrammeVersion.objects.exists()


def test_the_packs_programmes_come_as_drafts_once() -> None:
    by = manager()
    drafts = {one.programme.pack_code: one for one in take_over_from_pack(by=by, at=NOW)}
    assert {"spes", "jobstart", "gip"} <= set(drafts)
    assert "RA 10869" in drafts["jobstart"].source
    assert {one.state for one in drafts.values()} == {VersionState.DRAFTED}
    assert take_over_from_pack(by=by, at=NOW) == []


def test_apply_submit_return_approve_takes_two_people() -> None:
    cycle, seeker = a_cycle(), JobseekerFactory.create()
    desk = actor_with("counsellor", scope_id=seeker.office_id, account=AccountFactory.create())
    boss = actor_with("office_manager", scope_id=seeker.office_id, account=AccountFactory.create())
    one = start_application(cycle=cycle, jobseeker=seeker, answers={}, by=desk, at=NOW)
    assert one.eligibility["verdict"] == "yes"
    note_documents(application=one, received=["School certificate", "Something else"], by=desk, at=NOW)
    one = submit_application(application=one, by=desk, at=NOW)
    assert one.documents == ["School certificate"]
    with pytest.raises(NotPermitted):
        approve_application(application=one, by=desk, at=NOW)
    with pytest.raises(Refused):
        return_application(application=one, why=" ", by=boss, at=NOW)
    one = return_application(application=one, why="The certificate is not readable.", by=boss, at=NOW)
    assert (one.state, one.submitted_at) == (ApplicationState.DRAFT, NOW)
    one = submit_application(application=one, by=boss, at=later(1))
    with pytest.raises(Refused) as refused:
        approve_application(application=one, by=boss, at=later(1))
    assert code_of(refused) == ["two_people"]
    one = approve_application(application=one, by=manager(), at=later(1))
    assert (one.state, one.submitted_at) == (ApplicationState.WAITING, NOW)


def test_refusals_of_an_application_change_nothing() -> None:
    seeker = JobseekerFactory.create(person__born_on=date(1980, 1, 1))
    desk = actor_with("counsellor", scope_id=seeker.office_id)
    with pytest.raises(Refused) as refused:
        start_application(
            cycle=a_cycle(apply_until=TODAY.replace(day=1)), jobseeker=seeker, answers={}, by=desk, at=NOW
        )
    assert code_of(refused) == ["applications_ended", "not_eligible"]
    with pytest.raises(NotPermitted):
        start_application(cycle=a_cycle(), jobseeker=JobseekerFactory.create(), answers={}, by=desk, at=NOW)
    assert not Application.objects.exists()


def test_unknown_does_not_stop_and_twice_does() -> None:
    seeker = JobseekerFactory.create(education_level=None)
    me, cycle = actor_with("jobseeker", scope_id=seeker.person_id), a_cycle()
    assert (
        start_application(cycle=cycle, jobseeker=seeker, answers={}, by=me, at=NOW).eligibility["verdict"] == "unknown"
    )
    with pytest.raises(Refused) as refused:
        start_application(cycle=cycle, jobseeker=seeker, answers={}, by=me, at=NOW)
    assert code_of(refused) == ["applied_already"]


def test_first_come_offers_once_and_passes_on() -> None:
    cycle = a_cycle(places=2)
    line = waiting(cycle, 4)
    assert {one.pk for one in offer_places(cycle=cycle, by=CLOCK, at=NOW)} == {line[0].pk, line[1].pk}
    assert offer_places(cycle=cycle, by=CLOCK, at=NOW) == []
    assert position_of(line[3]) == 2
    for one in line[:2]:
        one.refresh_from_db()
    me = actor_with("jobseeker", scope_id=line[0].jobseeker.person_id)
    with pytest.raises(NotPermitted):
        decline_offer(application=line[1], by=me, at=NOW)
    accept_offer(application=line[0], by=me, at=NOW)
    with pytest.raises(Refused):
        lapse_offer(application=line[1], by=CLOCK, at=later(1))
    lapse_offer(application=line[1], by=CLOCK, at=later(7))
    assert [one.pk for one in offer_places(cycle=cycle, by=CLOCK, at=later(7))] == [line[2].pk]
    withdraw_application(application=line[0], by=me, at=later(8))
    assert [one.pk for one in offer_places(cycle=cycle, by=CLOCK, at=later(8))] == [line[3].pk]
    cycle.refresh_from_db()
    assert cycle.places_taken == 2


def test_an_offer_is_over_at_its_instant() -> None:
    cycle = a_cycle()
    one = waiting(cycle, 1)[0]
    offer_places(cycle=cycle, by=CLOCK, at=NOW)
    with pytest.raises(Refused) as refused:
        accept_offer(application=one, by=actor_with("jobseeker", scope_id=one.jobseeker.person_id), at=later(7))
    assert code_of(refused) == ["offer_over"]


def test_priority_counts_only_groups_agreed_for_it() -> None:
    version = a_version(points={"women": 5})
    cycle = a_cycle(version, place_rule=PlaceRule.PRIORITY, places=1)
    told, agreed = (an_application(cycle, state=ApplicationState.SUBMITTED) for _one in range(2))
    for one in (told, agreed):
        GroupMembership.objects.create(person=one.jobseeker.person, code="women", said_at=NOW, **_how(GroupMembership))
    Agreement.objects.create(person=agreed.jobseeker.person, purpose="priority", given_at=NOW, **_how(Agreement))
    by = manager()
    assert approve_application(application=told, by=by, at=NOW).groups == []
    assert approve_application(application=agreed, by=by, at=NOW).score == 5
    assert [one.pk for one in offer_places(cycle=cycle, by=CLOCK, at=NOW)] == [agreed.pk]


def _how(model: type) -> dict[str, object]:
    """Columns that only say how it was told."""
    names = {field.name for field in model._meta.get_fields()}  # type: ignore[attr-defined]
    return {name: value for name, value in {"how": "on_screen", "given_how": "on_screen"}.items() if name in names}


def test_never_over_the_budget_without_a_name() -> None:
    by = manager()
    fund = add_fund(name="Training fund", currency="PHP", budget=Decimal(250), by=by, at=NOW)
    cycle = a_cycle(places=5, fund=fund, cost_per_place=Decimal(100))
    waiting(cycle, 5)
    assert len(offer_places(cycle=cycle, by=CLOCK, at=NOW)) == 2
    assert offer_places(cycle=cycle, by=CLOCK, at=NOW) == []
    with pytest.raises(NotPermitted):
        allow_above(fund=fund, amount=Decimal(50), why="x", by=actor_with("analyst"), at=NOW)
    with pytest.raises(Refused):
        allow_above(fund=fund, amount=Decimal(50), why=" ", by=by, at=NOW)
    allow_above(fund=fund, amount=Decimal(50), why="The board agreed.", by=by, at=NOW)
    assert len(offer_places(cycle=cycle, by=CLOCK, at=NOW)) == 1
    assert FundStream.objects.get().committed == Decimal(300)


def test_erasing_a_person_frees_the_place() -> None:
    cycle = a_cycle(places=1)
    first, second = waiting(cycle, 2)
    offer_places(cycle=cycle, by=CLOCK, at=NOW)
    assert erase_person(person_id=first.jobseeker.person_id, at=NOW) == 1
    assert [one.pk for one in offer_places(cycle=cycle, by=CLOCK, at=NOW)] == [second.pk]


def test_a_round_needs_an_approved_version() -> None:
    by = manager()
    opened = Round(TODAY, TODAY, TODAY, date(2027, 1, 1), 5, PlaceRule.FIRST_COME)
    with pytest.raises(Refused) as refused:
        open_cycle(version=draft(by), opened=opened, by=by, at=NOW)
    assert code_of(refused) == ["not_approved"]
    cycle = open_cycle(version=a_version(isco=["5120"]), opened=opened, by=by, at=NOW)
    assert list(open_for_public(on=TODAY)) == [cycle] == open_for_occupation("5120", on=TODAY)
    assert open_for_occupation("5131", on=TODAY) == []


def frozen(places: int = 2, people: int = 9, **fields: object) -> tuple[Draw, Cycle]:
    cycle = a_cycle(a_version(quotas={"women": 1}), places=places, place_rule=PlaceRule.LOTTERY)
    waiting(cycle, people - 5)
    for _one in range(5):
        an_application(cycle, groups=["women"])
    return freeze_draw(cycle=cycle, source="Lotto 6/42, first draw", read_at=later(2), by=manager(), at=NOW), cycle


def test_nobody_is_placed_before_the_draw_and_all_by_it_after() -> None:
    draw, cycle = frozen()
    assert offer_places(cycle=cycle, by=CLOCK, at=NOW) == []
    one, two = manager(), manager()
    with pytest.raises(Refused) as refused:
        enter_value(draw=draw, value="07-11-23", by=one, at=later(1))
    assert code_of(refused) == ["value_not_yet"]
    enter_value(draw=draw, value="07-11-23", by=one, at=later(2))
    for by, value, code in ((one, "07-11-23", "two_people"), (two, "07-11-24", "values_differ")):
        with pytest.raises(Refused) as refused:
            confirm_value(draw=draw, value=value, by=by, at=later(2))
        assert code_of(refused) == [code]
    draw = confirm_value(draw=draw, value="07-11-23", by=two, at=later(2))
    offers = offer_places(cycle=cycle, by=CLOCK, at=later(2))
    assert {offer.ticket for offer in offers} == set(draw.chosen)
    assert any(offer.place_group == "women" for offer in offers)
    assert len(set(draw.result) - set(draw.chosen)) == 7
    with pytest.raises(Refused):
        enter_value(draw=draw, value="other", by=one, at=later(3))


def test_a_draw_is_named_before_its_value_can_be_known() -> None:
    cycle = a_cycle(place_rule=PlaceRule.LOTTERY)
    waiting(cycle, 1)
    with pytest.raises(Refused) as refused:
        freeze_draw(cycle=cycle, source="Lotto", read_at=NOW, by=manager(), at=NOW)
    assert code_of(refused) == ["moment_must_be_later"]
    with pytest.raises(NotPermitted):
        freeze_draw(cycle=cycle, source="Lotto", read_at=later(1), by=actor_with("counsellor", scope_id=1), at=NOW)
    assert not Draw.objects.exists() and not Application.objects.exclude(ticket="").exists()


def test_places_are_held_in_a_transaction(transactional_db: None) -> None:
    with pytest.raises(RuntimeError):
        hold(a_cycle())
