"""A partner without an account answers by text from its own phone: the same door as the link, for one person."""

from __future__ import annotations

import pytest
from tests.factories import NOW, EmployerFactory, JobseekerFactory, OfficeFactory

from openpes.core.access_log import views_of
from openpes.journeys.refer_to_partner import take_back_from_partner
from openpes.messaging.models import Message
from openpes.messaging.operations import take_in_text
from openpes.partnerships.models import PartnerReferral, PartnerReferralEvent
from openpes.partnerships.states import PartnerEnding, PartnerEventKind, PartnerReferralState
from openpes.partnerships.tests.worlds import a_partner, an_agreement, person_of, send
from openpes.sms.hearing import hear

pytestmark = pytest.mark.django_db(databases=["default", "access"])
PHONE, STRANGER = "+639170000001", "+639170009999"


@pytest.fixture
def sent() -> PartnerReferral:
    """One person sent to a partner that has a phone and no account."""
    office = OfficeFactory.create()
    person = JobseekerFactory.create(office=office, person__name_as_given="Rosa Cruz")
    return send(person, an_agreement(a_partner(office, phone=PHONE)))


def text(words: str, number: str = PHONE) -> str:
    """A text comes in and is heard; what is answered."""
    before = set(Message.objects.values_list("pk", flat=True))
    key = f"{number} {words}"
    incoming = take_in_text(provider="test", provider_ref=key, number=number, text=words, sent_at=NOW, at=NOW)
    assert incoming is not None
    hear(incoming.pk, NOW)
    return " ".join(Message.objects.exclude(pk__in=before).values_list("text", flat=True))


def test_the_text_to_the_partner_says_how_to_answer_and_not_who(sent: PartnerReferral) -> None:
    message = Message.objects.get(kind="partner_sent")
    assert f"{sent.ref} 1" in message.text and "Rosa" not in message.text


def test_yes_and_first_contact(sent: PartnerReferral) -> None:
    assert "is kept" in text(f"{sent.ref} 1")
    sent.refresh_from_db()
    assert sent.state == PartnerReferralState.ACCEPTED
    assert "is kept" in text(f"{sent.ref.lower()} 4")
    sent.refresh_from_db()
    assert sent.state == PartnerReferralState.IN_TOUCH and sent.first_contact_on is not None
    steps = PartnerReferralEvent.objects.filter(referral=sent).values_list("kind", flat=True)
    assert {PartnerEventKind.ACCEPTED, PartnerEventKind.FIRST_CONTACT} <= set(steps)
    assert views_of(sent.jobseeker.person.log_key)


@pytest.mark.parametrize(
    ("words", "ending", "why"),
    [
        ("2", PartnerEnding.DECLINED, "Answered by text message."),
        ("2 no teacher now", PartnerEnding.DECLINED, "no teacher now"),
        ("3", PartnerEnding.NO_PLACE, ""),
    ],
)
def test_no_and_no_place_send_the_person_back(
    sent: PartnerReferral, words: str, ending: PartnerEnding, why: str
) -> None:
    text(f"{sent.ref} {words}")
    sent.refresh_from_db()
    assert (sent.state, sent.ending) == (PartnerReferralState.ENDED, ending)
    assert sent.ending_words.casefold() == why.casefold()


def test_a_yes_twice_or_a_meeting_before_it_changes_nothing(sent: PartnerReferral) -> None:
    assert "3 no place" in text(f"{sent.ref} 4")
    sent.refresh_from_db()
    assert sent.state == PartnerReferralState.SENT
    text(f"{sent.ref} 1")
    assert "3 no place" in text(f"{sent.ref} 1  ")
    assert PartnerReferralEvent.objects.filter(referral=sent, kind=PartnerEventKind.ACCEPTED).count() == 1


def test_another_phone_another_reference_and_a_door_that_closed(sent: PartnerReferral) -> None:
    a_partner(sent.office, name="Another", phone=STRANGER)
    for number, words in ((STRANGER, f"{sent.ref} 1"), (PHONE, "ABCD2345 1")):
        assert "is kept" not in text(words, number)
    take_back_from_partner(referral=sent, by=person_of(sent.jobseeker), at=NOW)
    assert "is kept" not in text(f"{sent.ref} 1")
    sent.refresh_from_db()
    assert sent.ending == PartnerEnding.CONSENT_WITHDRAWN


def test_a_firm_that_is_a_partner_too_answers_for_both(sent: PartnerReferral) -> None:
    EmployerFactory.create(contact_phone=PHONE)
    assert "is kept" in text(f"{sent.ref} 1")
    assert "4 filled" in text("ABCD2345 1")
