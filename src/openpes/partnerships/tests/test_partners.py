"""Agreements and referrals to partners: who may do what, what a refusal leaves alone, what time sets off."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.factories import NOW, TODAY, JobseekerFactory, OfficeFactory, actor_with

from openpes.core.access_log import views_of
from openpes.core.decisions import NotFound, NotPermitted, Refused
from openpes.core.models import ChangeEntry
from openpes.journeys.erase_person import erase_person
from openpes.journeys.export_person import read_person
from openpes.journeys.refer_to_partner import end_agreement, run_partner_clock, take_back_from_partner
from openpes.journeys.refer_to_partner_export import export_own_list
from openpes.journeys.refer_to_partner_links import behind_link, partner_answer_token
from openpes.messaging.models import Message
from openpes.organisations.models import Invitation, Membership, Partner
from openpes.organisations.operations import accept_invitation
from openpes.organisations.partner_operations import (
    NewPartner,
    add_partner,
    end_partner_membership,
    invite_partner_staff,
)
from openpes.organisations.queries import actor_for
from openpes.organisations.states import PartnerKind
from openpes.partnerships import operations
from openpes.partnerships.models import PartnerAgreement, PartnerReferral, PartnerReferralEvent
from openpes.partnerships.queries import offers, received, received_one, returned
from openpes.partnerships.rules import AgreementFacts
from openpes.partnerships.sharing import shared_lines
from openpes.partnerships.states import PartnerAnswer, PartnerEnding, PartnerPurpose, PartnerResult, PartnerStep
from openpes.partnerships.tests.worlds import (
    a_partner,
    an_agreement,
    counsellor_of,
    person_of,
    send,
    staff_of,
)
from openpes.people.models import Consent
from openpes.people.roles import needs_second_factor

pytestmark = pytest.mark.django_db(databases=["default", "access"])
DAY = timedelta(days=1)


@pytest.fixture
def held():
    """One person, one partner with one agreement for two people at a time."""
    office = OfficeFactory(name="PESO Cebu")
    partner = a_partner(office)
    return {
        "office": office,
        "partner": partner,
        "agreement": an_agreement(partner, capacity=2),
        "person": JobseekerFactory(office=office, person__name_as_given="Rosa Cruz"),
        "staff": staff_of(partner),
        "manager": actor_with("office_manager", scope_id=office.pk),
    }


def codes(refused):
    return [reason.code for reason in refused.value.decision.reasons]


def test_only_the_manager_of_the_office_makes_partners_and_agreements(held):
    new = NewPartner("House of Work", PartnerKind.NGO, "PH-CEB")
    facts = AgreementFacts(("training",), TODAY, TODAY + 30 * DAY, 3)
    made = add_partner(new=new, office=held["office"], by=held["manager"], at=NOW)
    agreement = operations.make_agreement(partner=made, facts=facts, offers="Sewing", by=held["manager"], at=NOW)
    assert agreement.purposes == ["training"]
    before = (Partner.objects.count(), PartnerAgreement.objects.count(), ChangeEntry.objects.count())
    for actor in (counsellor_of(held["person"]), actor_with("office_manager", scope_id=OfficeFactory().pk)):
        with pytest.raises(NotPermitted):
            add_partner(new=new, office=held["office"], by=actor, at=NOW)
        with pytest.raises(NotPermitted):
            operations.make_agreement(partner=made, facts=facts, offers="", by=actor, at=NOW)
    with pytest.raises(Refused):
        operations.make_agreement(
            partner=made,
            facts=AgreementFacts((), TODAY, TODAY, 0),
            offers="",
            by=held["manager"],
            at=NOW,
        )
    assert before == (Partner.objects.count(), PartnerAgreement.objects.count(), ChangeEntry.objects.count())


def test_sending_writes_a_consent_for_this_partner_and_purpose_and_texts_a_link(held):
    referral = send(held["person"], held["agreement"])
    consent = referral.consent
    assert consent.about == f"{held['partner'].ref} support"
    assert consent.ends_at.date() == NOW.date().replace(year=2027, month=5)
    assert referral.shared == ["name", "phone", "language", "area"]
    text = Message.objects.get(kind="partner_sent")
    assert text.number == "+639170000001" and "Rosa" not in text.text and referral.ref in text.text


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"agreed": False}, "consent_needed"),
        ({"purpose": PartnerPurpose.HEALTH}, "purpose_not_agreed"),
        ({"at": NOW + 300 * DAY}, "agreement_not_live"),
        ({"note": "x" * 500}, "words_too_long"),
    ],
)
def test_a_refused_sending_leaves_no_trace(held, change, code):
    before = (Consent.objects.count(), ChangeEntry.objects.count())
    with pytest.raises(Refused) as refused:
        send(held["person"], held["agreement"], **change)
    assert codes(refused) == [code]
    assert not PartnerReferral.objects.exists() and not Message.objects.exists()
    assert before == (Consent.objects.count(), ChangeEntry.objects.count())


def test_a_minor_needs_a_guardian_and_the_name_is_kept(held):
    young = JobseekerFactory(office=held["office"], person__minor=True)
    with pytest.raises(Refused) as refused:
        send(young, held["agreement"])
    assert codes(refused) == ["guardian_needed"]
    assert send(young, held["agreement"], guardian="Ana Cruz").consent.guardian_name == "Ana Cruz"


def test_places_are_counted_and_no_place_is_given_twice(held):
    for _number in range(2):
        send(JobseekerFactory(office=held["office"]), held["agreement"])
    with pytest.raises(Refused) as refused:
        send(held["person"], held["agreement"])
    assert codes(refused) == ["no_place_left"]
    found = offers(held["manager"], on=TODAY)
    assert [(one.agreement.pk, one.places_left) for one in found] == [(held["agreement"].pk, 0)]


def test_a_counsellor_of_another_office_sends_nobody_and_sees_nothing(held):
    other = actor_with("counsellor", scope_id=OfficeFactory().pk)
    referral = send(held["person"], held["agreement"])
    with pytest.raises(NotPermitted):
        take_back_from_partner(referral=referral, by=other, at=NOW)
    assert offers(other, on=TODAY) == []
    referral.refresh_from_db()
    assert referral.state == "sent" and referral.consent.withdrawn_at is None


def test_a_story_from_yes_to_result_and_the_sender_sees_each_step(held):
    referral = send(held["person"], held["agreement"])
    common = {"by": held["staff"], "at": NOW}
    operations.answer(referral=referral, answer=PartnerAnswer.ACCEPT, words="", **common)
    operations.note_step(referral=referral, step=PartnerStep.FIRST_CONTACT, on=TODAY, words="by phone", **common)
    operations.note_step(referral=referral, step=PartnerStep.ATTENDED, on=TODAY, words="", **common)
    operations.note_step(referral=referral, step=PartnerStep.MISSED, on=TODAY, words="", **common)
    ended = operations.close(referral=referral, result=PartnerResult.FOUND_WORK, words="a bakery", **common)
    kinds = list(PartnerReferralEvent.objects.values_list("kind", flat=True))
    assert kinds == ["sent", "accepted", "first_contact", "attended", "missed", "ended"]
    assert (ended.attended, ended.missed, ended.result, ended.ending) == (1, 1, "found_work", "closed")
    assert not received(held["staff"], at=NOW).exists()
    assert not returned(counsellor_of(held["person"])).exists()


def test_another_partner_and_the_office_cannot_answer_for_a_partner(held):
    referral = send(held["person"], held["agreement"])
    for actor in (staff_of(a_partner(held["office"], "Other")), counsellor_of(held["person"]), held["manager"]):
        with pytest.raises(NotPermitted):
            operations.answer(referral=referral, answer=PartnerAnswer.ACCEPT, words="", by=actor, at=NOW)
    referral.refresh_from_db()
    assert referral.state == "sent"


@pytest.mark.parametrize("answer", [PartnerAnswer.DECLINE, PartnerAnswer.NO_PLACE])
def test_a_no_becomes_a_task_of_the_office_until_somebody_sees_to_it(held, answer):
    referral = send(held["person"], held["agreement"])
    operations.answer(referral=referral, answer=answer, words="full", by=held["staff"], at=NOW)
    counsellor = counsellor_of(held["person"])
    assert [one.pk for one in returned(counsellor)] == [referral.pk]
    with pytest.raises(NotPermitted):
        operations.seen_by_office(referral=referral, by=held["staff"], at=NOW)
    operations.seen_by_office(referral=referral, by=counsellor, at=NOW)
    assert not returned(counsellor).exists()
    with pytest.raises(Refused):
        operations.seen_by_office(referral=referral, by=counsellor, at=NOW)


def test_silence_sends_the_person_back_after_the_days_of_the_policy_and_once(held):
    referral = send(held["person"], held["agreement"])
    assert run_partner_clock(at=NOW + 6 * DAY)["partner_referrals_returned"] == 0
    assert run_partner_clock(at=NOW + 7 * DAY)["partner_referrals_returned"] == 1
    assert run_partner_clock(at=NOW + 7 * DAY)["partner_referrals_returned"] == 0
    referral.refresh_from_db()
    assert referral.ending == PartnerEnding.NO_ANSWER
    assert returned(counsellor_of(held["person"])).count() == 1


def test_an_agreement_warns_three_times_then_closes_and_hands_the_people_back(held):
    agreement = an_agreement(held["partner"], ends_before=TODAY + 100 * DAY)
    referral = send(held["person"], agreement)
    operations.answer(referral=referral, answer=PartnerAnswer.ACCEPT, words="", by=held["staff"], at=NOW)
    for days in range(101):
        run_partner_clock(at=NOW + days * DAY)
    agreement.refresh_from_db()
    referral.refresh_from_db()
    assert agreement.warned == [90, 30, 7]
    assert referral.ending == PartnerEnding.AGREEMENT_ENDED
    assert returned(counsellor_of(held["person"])).count() == 1


def test_ending_an_agreement_brings_back_only_its_own_people(held):
    other = an_agreement(held["partner"])
    first, second = send(held["person"], held["agreement"]), send(JobseekerFactory(office=held["office"]), other)
    with pytest.raises(NotPermitted):
        end_agreement(agreement=held["agreement"], note="", by=held["staff"], at=NOW)
    assert end_agreement(agreement=held["agreement"], note="moved away", by=held["manager"], at=NOW) == 1
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.ending, second.state) == (PartnerEnding.AGREEMENT_ENDED, "sent")


def test_the_person_takes_it_back_and_another_person_cannot(held):
    referral = send(held["person"], held["agreement"])
    with pytest.raises(NotPermitted):
        take_back_from_partner(referral=referral, by=person_of(JobseekerFactory()), at=NOW)
    ended = take_back_from_partner(referral=referral, by=person_of(held["person"]), at=NOW)
    assert ended.ending == PartnerEnding.CONSENT_WITHDRAWN
    assert Consent.objects.get(pk=referral.consent_id).withdrawn_at == NOW
    assert not returned(counsellor_of(held["person"])).exists()


def test_only_what_was_agreed_is_read_and_the_person_reads_who_looked(held):
    referral = send(held["person"], held["agreement"])
    seen = received_one(held["staff"], referral.ref, at=NOW)
    lines = {line.field.value: line.value for line in shared_lines(seen, "en")}
    assert set(lines) == {"name", "phone", "language", "area"} and lines["name"] == "Rosa Cruz"
    looks = views_of(held["person"].person.log_key)
    assert [one.reason for one in looks] == ["Bright Start"]


def test_a_partner_takes_its_own_list_and_each_person_can_read_it(held):
    send(held["person"], held["agreement"])
    send(JobseekerFactory(office=held["office"]), an_agreement(a_partner(held["office"], "Other")))
    rows = export_own_list(by=held["staff"], at=NOW)
    assert [one.jobseeker_id for one in rows] == [held["person"].pk]
    assert views_of(held["person"].person.log_key)[0].reason == "Bright Start: list"
    with pytest.raises(NotPermitted):
        export_own_list(by=held["manager"], at=NOW)


def test_a_link_opens_one_person_only_and_ends_with_the_answer_and_the_days(held):
    referral = send(held["person"], held["agreement"])
    other = send(JobseekerFactory(office=held["office"]), held["agreement"])
    token = partner_answer_token(referral, at=NOW)
    actor, found = behind_link(token, at=NOW)
    assert found.pk == referral.pk
    assert [one.pk for one in received(actor, at=NOW)] == [referral.pk]
    with pytest.raises(NotPermitted):
        operations.answer(referral=other, answer=PartnerAnswer.ACCEPT, words="", by=actor, at=NOW)
    with pytest.raises(NotPermitted):
        export_own_list(by=actor, at=NOW)
    with pytest.raises(NotFound):
        behind_link(token, at=NOW + 15 * DAY)
    with pytest.raises(NotFound):
        behind_link(token[:-2] + "xx", at=NOW)
    operations.answer(referral=referral, answer=PartnerAnswer.NO_PLACE, words="", by=actor, at=NOW)
    with pytest.raises(NotFound):
        behind_link(token, at=NOW)


def test_partner_staff_come_by_invitation_with_a_second_factor_and_end_with_a_click(held):
    partner, manager = held["partner"], held["manager"]
    with pytest.raises(NotPermitted):
        invite_partner_staff(
            partner=partner, name="Lina", username="lina", by=held["staff"], at=NOW, secret="key for tests"
        )
    assert not Invitation.objects.exists()
    invitation, _key = invite_partner_staff(
        partner=partner, name="Lina", username="lina", by=manager, at=NOW, secret="key for tests"
    )
    account = accept_invitation(invitation=invitation, password="long enough 1", by=manager, at=NOW, on=TODAY)
    actor = actor_for(account, on=TODAY)
    assert needs_second_factor(tuple(grant.role for grant in actor.grants))
    referral = send(held["person"], held["agreement"])
    assert received_one(actor, referral.ref, at=NOW).pk == referral.pk
    end_partner_membership(membership=Membership.objects.get(account=account), by=manager, at=NOW)
    account.refresh_from_db()
    assert not account.is_active and actor_for(account, on=TODAY).grants == ()


def test_a_person_takes_it_along_and_leaving_ends_it(held):
    referral = send(held["person"], held["agreement"], note="likes to sew")
    person = held["person"].person
    told = read_person(person_ref=person.ref, by=person_of(held["person"]))["partnerships"]
    assert told["sent to partners"][0]["note to the partner"] == "likes to sew"
    erase_person(person_ref=person.ref, by=person_of(held["person"]), at=NOW)
    referral.refresh_from_db()
    assert (referral.state, referral.note, referral.shared) == ("ended", "", [])
    with pytest.raises(NotFound):
        received_one(held["staff"], referral.ref, at=NOW)
