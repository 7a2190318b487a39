"""A person is sent to a partner on their own yes; the yes can be taken back at any time; time sends people back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction

from openpes.core.actors import Actor, system
from openpes.core.clock import months_before
from openpes.core.decisions import Refused
from openpes.jobseekers.models import Jobseeker
from openpes.jobseekers.queries import jobseeker_by_id
from openpes.journeys.refer_to_partner_links import partner_answer_path, partner_answer_token
from openpes.messaging.operations import queue_text
from openpes.organisations import partner_operations as partners
from openpes.organisations.models import Partner
from openpes.partnerships import operations as partnerships
from openpes.partnerships.models import PartnerAgreement, PartnerReferral
from openpes.partnerships.queries import (
    is_live,
    open_but_closed_to_partner,
    running_agreements,
    unanswered,
    warning_days,
)
from openpes.partnerships.rules import warning_due
from openpes.partnerships.states import PartnerEnding, PartnerPurpose
from openpes.people.operations import GivenConsent, give_consent, withdraw_one_consent
from openpes.people.states import CONSENT_VERSION, ConsentWay, Purpose
from openpes.reference.country import country, today

CLOCK = system(partnerships.CLOCK_VERB, label="partner clock")
AT_ONCE = 500


@dataclass(frozen=True)
class Sending:
    """What is said at the desk: for what, whether the person agreed just now, who agreed for a minor, a note."""

    purpose: PartnerPurpose
    agreed_now: bool
    note: str = ""
    guardian_name: str = ""
    guardian_phone: str = ""


def _months_later(at: datetime, months: int) -> datetime:
    return months_before(at, -months)


@transaction.atomic
def refer_to_partner(
    *, jobseeker: Jobseeker, agreement: PartnerAgreement, sending: Sending, by: Actor, at: datetime
) -> PartnerReferral:
    """Send a person to a partner for one purpose: their yes to this partner for this purpose, the referral, a text.

    Raises Refused with all that stands in the way, and NotPermitted; then no consent is written either.
    """
    jobseeker, on = jobseeker_by_id(jobseeker.pk), today(at)
    person, partner = jobseeker.person, agreement.partner
    decision = partnerships.may_be_sent(
        jobseeker=jobseeker,
        agreement=agreement,
        purpose=sending.purpose,
        note=sending.note,
        agrees=sending.agreed_now,
        guardian=sending.guardian_name,
        on=on,
    )
    if decision.refused:
        raise Refused(decision)
    months = int(country().value("consent.share_with_partner_months", on=on).value)
    consent = give_consent(
        person=person,
        consent=GivenConsent(
            Purpose.SHARE_WITH_PARTNER,
            CONSENT_VERSION,
            person.language,
            ConsentWay.GUARDIAN if sending.guardian_name.strip() else ConsentWay.READ_ALOUD,
            sending.guardian_name,
            sending.guardian_phone,
            about=f"{partner.ref} {sending.purpose.value}",
            ends_at=_months_later(at, months),
        ),
        by=by,
        at=at,
    )
    referral = partnerships.send_to_partner(
        jobseeker=jobseeker,
        agreement=agreement,
        purpose=sending.purpose,
        consent=consent,
        note=sending.note,
        by=by,
        at=at,
    )
    tell_partner(referral, at=at)
    return referral


def tell_partner(referral: PartnerReferral, *, at: datetime) -> None:
    """Text the contact of a partner a link to the one person, without a word about them."""
    partner = referral.agreement.partner
    link = settings.BASE_URL + partner_answer_path(partner_answer_token(referral, at=at))
    facts = {
        "office": referral.office.name,
        "ref": referral.ref,
        "date": today(referral.answer_due_at).strftime("%d/%m/%Y"),
        "link": link,
    }
    queue_text(
        number=partner.contact_phone,
        kind="partner_sent",
        facts=facts,
        language=partner.language,
        synthetic=partner.synthetic,
        office_id=referral.office_id,
        at=at,
    )


@transaction.atomic
def take_back_from_partner(*, referral: PartnerReferral, by: Actor, at: datetime, words: str = "") -> PartnerReferral:
    """The person (or the office) takes it back: the yes ends, and the partner sees nothing at its next request."""
    ended = partnerships.take_back(referral=referral, by=by, at=at, words=words)
    withdraw_one_consent(consent_id=ended.consent_id, by=by, at=at)
    return ended


@transaction.atomic
def end_agreement(*, agreement: PartnerAgreement, note: str, by: Actor, at: datetime) -> int:
    """End an agreement before its day. Whoever is with the partner comes back to the office. Returns how many."""
    ended = partnerships.end_agreement(agreement=agreement, note=note, by=by, at=at)
    return _hand_back(at=at, agreement_id=ended.pk)


@transaction.atomic
def close_partner(*, partner: Partner, by: Actor, at: datetime) -> int:
    """The partner helps nobody any more: its accounts end, whoever is there comes back. Returns how many."""
    partners.close_partner(partner=partner, by=by, at=at)
    return _hand_back(at=at, partner_id=partner.pk)


def _hand_back(*, at: datetime, agreement_id: int | None = None, partner_id: int | None = None) -> int:
    found = [
        one
        for one in open_but_closed_to_partner(at=at, limit=100_000)
        if agreement_id in (None, one.agreement_id) and partner_id in (None, one.agreement.partner_id)
    ]
    return sum(_end(one, by=CLOCK, at=at) for one in found)


def why_closed(referral: PartnerReferral, *, at: datetime) -> PartnerEnding:
    """Why a partner can no longer see an open referral."""
    if referral.consent.withdrawn_at is not None or referral.jobseeker.state == "left":
        return PartnerEnding.CONSENT_WITHDRAWN
    if not is_live(referral.agreement, on=today(at)):
        return PartnerEnding.AGREEMENT_ENDED
    if referral.consent.ends_at is not None and referral.consent.ends_at <= at:
        return PartnerEnding.CONSENT_ENDED
    return PartnerEnding.CONSENT_WITHDRAWN


def _end(referral: PartnerReferral, *, by: Actor, at: datetime) -> bool:
    ending = why_closed(referral, at=at)
    return partnerships.end_by_clock(referral=referral, ending=ending, by=by, at=at) is not None


def run_partner_clock(*, at: datetime, by: Actor = CLOCK) -> dict[str, int]:
    """Send back what nobody answered or what no door is open for any more, and warn of agreements that end.

    The clock only tidies up: what a partner may see is asked anew at each request and does not wait for it.
    """
    on = today(at)
    closed = [one for one in open_but_closed_to_partner(at=at, limit=AT_ONCE) if _end(one, by=by, at=at)]
    late = [
        one
        for one in unanswered(at=at, limit=AT_ONCE)
        if partnerships.end_by_clock(referral=one, ending=PartnerEnding.NO_ANSWER, by=by, at=at) is not None
    ]
    days, warned = warning_days(on=on), 0
    for agreement in running_agreements(on=on, within_days=max(days)):
        due = warning_due(ends_before=agreement.ends_before, on=on, warned=agreement.warned, days=days)
        if due is not None:
            partnerships.note_warning(agreement=agreement, days=due, by=by, at=at)
            warned += 1
    return {
        "partner_referrals_closed": len(closed),
        "partner_referrals_returned": len(late),
        "agreements_warned": warned,
    }
