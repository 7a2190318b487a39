"""In whatever happens, a partner sees exactly the people who agreed to it, under an agreement that holds today."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.factories import NOW, TODAY, JobseekerFactory, OfficeFactory, actor_with

from openpes.core.decisions import NotFound, NotPermitted, Refused
from openpes.jobseekers.models import Jobseeker
from openpes.journeys.erase_person import erase_person
from openpes.journeys.refer_to_partner import close_partner, end_agreement, run_partner_clock, take_back_from_partner
from openpes.organisations.models import Partner
from openpes.partnerships import operations
from openpes.partnerships.models import PartnerAgreement, PartnerReferral
from openpes.partnerships.queries import received, received_one
from openpes.partnerships.states import PartnerAnswer, PartnerPurpose, PartnerResult
from openpes.partnerships.tests.worlds import a_partner, an_agreement, person_of, send, staff_of
from openpes.people.operations import withdraw_one_consent
from openpes.reference.country import today

pytestmark = pytest.mark.django_db(databases=["default", "access"])
PURPOSES = (PartnerPurpose.SUPPORT, PartnerPurpose.TRAINING)
CONSENT_DAYS = 181  # the six months of the policy, from 24 November


@dataclass
class Told:
    """What the test itself remembers of one referral, apart from the database."""

    person: int
    agreement: int
    ends: datetime
    is_open: bool = True


@dataclass
class World:
    """Two partners, three agreements, four people; and a plain memory of what happened."""

    at: datetime = NOW
    partners: list[Partner] = field(default_factory=list)
    agreements: list[PartnerAgreement] = field(default_factory=list)
    people: list[Jobseeker] = field(default_factory=list)
    told: dict[int, Told] = field(default_factory=dict)
    ended_agreements: set[int] = field(default_factory=set)
    closed_partners: set[int] = field(default_factory=set)
    gone_people: set[int] = field(default_factory=set)

    @classmethod
    def new(cls) -> World:
        """A fresh one: one agreement ends soon, one is long, one has not begun."""
        office, made = OfficeFactory(), cls()
        made.partners = [a_partner(office, name) for name in ("North House", "South House")]
        made.agreements = [
            an_agreement(made.partners[0], ends_before=TODAY + timedelta(days=9), capacity=2),
            an_agreement(made.partners[0], starts_on=TODAY + timedelta(days=3), capacity=3),
            an_agreement(made.partners[1], ends_before=TODAY + timedelta(days=400)),
        ]
        made.people = [JobseekerFactory(office=office) for _ in range(4)]
        return made

    def should_see(self, partner: Partner) -> set[int]:
        """Reckoned from the memory alone: which referrals this partner may see now."""
        on = today(self.at)
        return {
            key
            for key, one in self.told.items()
            if one.is_open
            and self.at < one.ends
            and one.person not in self.gone_people
            and one.agreement not in self.ended_agreements
            and partner.pk not in self.closed_partners
            and any(
                held.pk == one.agreement and held.partner_id == partner.pk and held.starts_on <= on < held.ends_before
                for held in self.agreements
            )
        }

    def check(self) -> None:
        """What the partner can list and open is what it should see; what it should not see does not exist for it."""
        for partner in self.partners:
            actor, should = staff_of(partner), self.should_see(partner)
            assert {one.pk for one in received(actor, at=self.at)} == should
            for key in self.told:
                row = PartnerReferral.objects.get(pk=key)
                if key in should:
                    assert received_one(actor, row.ref, at=self.at).pk == key
                    continue
                with pytest.raises(NotFound):
                    received_one(actor, row.ref, at=self.at)
                with pytest.raises(NotPermitted):
                    operations.answer(referral=row, answer=PartnerAnswer.ACCEPT, words="", by=actor, at=self.at)

    def act(self, name: str, one: int, two: int) -> None:
        """One thing happens."""
        getattr(self, name)(one, two)

    def a_referral(self, one: int) -> PartnerReferral | None:
        keys = sorted(self.told)
        return PartnerReferral.objects.get(pk=keys[one % len(keys)]) if keys else None

    def sending(self, one: int, two: int) -> None:
        person, agreement = self.people[one % 4], self.agreements[two % 3]
        if person.pk in self.gone_people:
            return
        try:
            made = send(person, agreement, purpose=PURPOSES[(one + two) % 2], at=self.at)
        except Refused:
            return
        self.told[made.pk] = Told(person.pk, agreement.pk, made.consent.ends_at)

    def answering(self, one: int, two: int) -> None:
        row = self.a_referral(one)
        if row is None:
            return
        answer = list(PartnerAnswer)[two % 3]
        try:
            operations.answer(referral=row, answer=answer, words="full", by=staff_of(row.agreement.partner), at=self.at)
        except (Refused, NotPermitted):
            return
        self.told[row.pk].is_open = answer == PartnerAnswer.ACCEPT

    def closing(self, one: int, two: int) -> None:
        row = self.a_referral(one)
        if row is None:
            return
        try:
            operations.close(
                referral=row, result=PartnerResult.DONE, words="", by=staff_of(row.agreement.partner), at=self.at
            )
        except (Refused, NotPermitted):
            return
        self.told[row.pk].is_open = False

    def taking_back(self, one: int, two: int) -> None:
        row = self.a_referral(one)
        if row is None or row.jobseeker_id in self.gone_people:
            return
        try:
            take_back_from_partner(referral=row, by=person_of(row.jobseeker), at=self.at)
        except Refused:
            return
        self.told[row.pk].is_open = False

    def withdrawing_the_yes(self, one: int, two: int) -> None:
        """The consent alone, as if nothing else had run."""
        row = self.a_referral(one)
        if row is not None and withdraw_one_consent(consent_id=row.consent_id, by=person_of(row.jobseeker), at=self.at):
            self.told[row.pk].ends = min(self.told[row.pk].ends, self.at)

    def ending_agreement(self, one: int, two: int) -> None:
        agreement = self.agreements[one % 3]
        manager = actor_with("office_manager", scope_id=agreement.partner.office_id)
        try:
            if two % 2:
                end_agreement(agreement=agreement, note="", by=manager, at=self.at)
            else:
                # The bare operation, as if the rest of the story failed: it must be enough.
                operations.end_agreement(agreement=agreement, note="", by=manager, at=self.at)
        except Refused:
            return
        self.ended_agreements.add(agreement.pk)

    def closing_partner(self, one: int, two: int) -> None:
        # Seldom: a world without partners has little left to see.
        if two % 3:
            return
        partner = self.partners[one % 2]
        close_partner(partner=partner, by=actor_with("office_manager", scope_id=partner.office_id), at=self.at)
        self.closed_partners.add(partner.pk)

    def leaving(self, one: int, two: int) -> None:
        person = self.people[one % 4]
        if two % 3 or person.pk in self.gone_people:
            return
        erase_person(person_ref=person.person.ref, by=person_of(person), at=self.at)
        self.gone_people.add(person.pk)

    def days_pass(self, one: int, two: int) -> None:
        self.at += timedelta(days=(1, 2, 8, 185)[one % 4])

    def clock(self, one: int, two: int) -> None:
        """The clock sends back what nobody answered within seven days; what else it does, nobody can see."""
        on = today(self.at)
        for key, told in self.told.items():
            row = PartnerReferral.objects.get(pk=key)
            held = next(agreement for agreement in self.agreements if agreement.pk == told.agreement)
            late = row.state == "sent" and row.answer_due_at <= self.at
            over = not held.starts_on <= on < held.ends_before or self.at >= told.ends
            if late or over or told.agreement in self.ended_agreements:
                told.is_open = False
        run_partner_clock(at=self.at)


ACTS = (
    *("sending", "sending", "sending", "answering", "closing", "taking_back", "withdrawing_the_yes"),
    *("ending_agreement", "closing_partner", "leaving", "days_pass", "days_pass", "clock"),
)
STORY = st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 11), st.integers(0, 11)), min_size=4, max_size=14)


@settings(max_examples=20, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(story=STORY)
def test_a_partner_sees_its_live_referrals_and_nothing_else(story, db):
    with transaction.atomic():
        world = World.new()
        for person, agreement in ((0, 0), (1, 2), (2, 2)):
            world.sending(person, agreement)
        assert len(world.told) == 3
        world.check()
        for name, one, two in story:
            world.act(name, one, two)
            world.check()
        transaction.set_rollback(True)


def test_a_yes_taken_back_counts_at_the_next_request_without_any_clock():
    world = World.new()
    world.sending(0, 2)
    row = world.a_referral(0)
    actor = staff_of(world.partners[1])
    assert received_one(actor, row.ref, at=NOW).pk == row.pk
    row.consent.withdrawn_at = NOW
    row.consent.save(update_fields=["withdrawn_at"])
    with pytest.raises(NotFound):
        received_one(actor, row.ref, at=NOW)


def test_a_consent_ends_by_itself_after_the_months_of_the_policy():
    world = World.new()
    world.sending(0, 2)
    actor, row = staff_of(world.partners[1]), world.a_referral(0)
    operations.answer(referral=row, answer=PartnerAnswer.ACCEPT, words="", by=actor, at=NOW)
    assert received(actor, at=NOW + timedelta(days=CONSENT_DAYS - 1)).count() == 1
    assert received(actor, at=NOW + timedelta(days=CONSENT_DAYS)).count() == 0


def test_one_stolen_account_reaches_its_own_live_referrals_at_most():
    """Whatever a thief asks for, with any number they could know: the list of one partner is all there is."""
    world = World.new()
    for person in range(4):
        world.sending(person, 2)
    world.sending(0, 0)
    thief = staff_of(world.partners[0])
    reached = set()
    for row in PartnerReferral.objects.all():
        try:
            reached.add(received_one(thief, row.ref, at=NOW).pk)
        except NotFound:
            continue
    assert reached == world.should_see(world.partners[0]) and len(reached) == 1
    for verb in ("person.search", "jobseeker.view", "match.view", "partner.view", "partner.refer", "figures.view"):
        assert not thief.holds(verb)
