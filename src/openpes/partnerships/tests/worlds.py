"""Partners, agreements and people for the tests of this room."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from tests.factories import NOW, TODAY, OfficeFactory, actor_with

from openpes.core.actors import Actor
from openpes.jobseekers.models import Jobseeker
from openpes.journeys.refer_to_partner import Sending, refer_to_partner
from openpes.organisations.models import Office, Partner
from openpes.organisations.states import PartnerKind
from openpes.partnerships.models import PartnerAgreement, PartnerReferral
from openpes.partnerships.states import PartnerPurpose

SUPPORT = PartnerPurpose.SUPPORT


def a_partner(office: Office | None = None, name: str = "Bright Start", phone: str = "+639170000001") -> Partner:
    return Partner.objects.create(
        name=name,
        kind=PartnerKind.NGO,
        office=office or OfficeFactory(),
        area_code="PH-CEB",
        contact_name="Lina Cruz",
        contact_phone=phone,
        added_at=NOW,
    )


def an_agreement(
    partner: Partner,
    *,
    starts_on: date = TODAY - timedelta(days=30),
    ends_before: date = TODAY + timedelta(days=200),
    capacity: int = 5,
    purposes: tuple[str, ...] = ("support", "training"),
    **columns: object,
) -> PartnerAgreement:
    return PartnerAgreement.objects.create(
        partner=partner,
        purposes=list(purposes),
        capacity=capacity,
        starts_on=starts_on,
        ends_before=ends_before,
        made_at=NOW,
        **columns,
    )


def counsellor_of(jobseeker: Jobseeker) -> Actor:
    return actor_with("counsellor", scope_id=jobseeker.office_id)


def person_of(jobseeker: Jobseeker) -> Actor:
    return actor_with("jobseeker", scope_id=jobseeker.person_id)


def staff_of(partner: Partner) -> Actor:
    return actor_with("partner_staff", scope_id=partner.pk)


def send(
    jobseeker: Jobseeker,
    agreement: PartnerAgreement,
    *,
    purpose: PartnerPurpose = SUPPORT,
    at: datetime = NOW,
    agreed: bool = True,
    note: str = "",
    guardian: str = "",
) -> PartnerReferral:
    sending = Sending(purpose, agreed, note, guardian)
    return refer_to_partner(
        jobseeker=jobseeker, agreement=agreement, sending=sending, by=counsellor_of(jobseeker), at=at
    )
