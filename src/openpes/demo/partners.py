"""Two invented partners, people sent to them, an agreement that ends soon, a school with its leavers, a target."""

from __future__ import annotations

from datetime import datetime, timedelta

from openpes.core.actors import Actor, ActorKind, Grant, system
from openpes.core.spreadsheets import as_csv
from openpes.demo.chance import stream
from openpes.demo.nation import Nation
from openpes.demo.signing_in import PARTNER
from openpes.jobseekers.models import Jobseeker
from openpes.journeys.hand_over_leavers import hand_over_list
from openpes.journeys.refer_to_partner import Sending, refer_to_partner, run_partner_clock
from openpes.organisations import partner_operations as partners
from openpes.organisations.models import Membership, Office, Partner
from openpes.organisations.partner_operations import NewPartner
from openpes.organisations.states import PartnerKind
from openpes.partnerships import operations as partnerships
from openpes.partnerships.access import RECEIVES
from openpes.partnerships.list_operations import NewTarget, SaidList, set_target
from openpes.partnerships.rules import AgreementFacts
from openpes.partnerships.states import (
    HandedKind,
    PartnerAnswer,
    PartnerPurpose,
    PartnerStep,
    TargetMeasure,
)
from openpes.people import seeding as people
from openpes.people.roles import PartnerStaff
from openpes.people.seeding import SyntheticAccount
from openpes.reference.country import country, today

DESK = system(
    "partner.manage",
    "partner.refer",
    "partner.view",
    "shock.batch",
    "target.set",
    "jobseeker.register",
    "jobseeker.view",
    label="demo",
)
PURPOSES = (PartnerPurpose.TRAINING, PartnerPurpose.SUPPORT, PartnerPurpose.WORK_SEARCH)
LEAVERS = (
    ("Invented Leaver One", "2008-02-11"),
    ("Invented Leaver Two", "2008-05-30"),
    ("Invented Leaver Three", "2007-11-02"),
)


def write_partners(nation: Nation, *, office_id: int, at: datetime) -> None:
    """Write them at the first office, through the same operations as the desk. In the builder's transaction."""
    office, on = Office.objects.get(pk=office_id), today(at)
    centre = _partner(office, "Bright Start Centre (invented)", PartnerKind.NGO, nation, at)
    school = _partner(office, "Riverside School (invented)", PartnerKind.SCHOOL, nation, at)
    agreements = [
        partnerships.make_agreement(
            partner=partner,
            facts=AgreementFacts(purposes, on - timedelta(days=60), on + timedelta(days=days), places),
            offers=offers,
            by=DESK,
            at=at,
        )
        for partner, purposes, days, places, offers in (
            (centre, tuple(PURPOSES), 240, 12, "A mentor, a course in office skills, help with papers."),
            (centre, (PartnerPurpose.SUPPORT.value,), 25, 4, "A warm meal and somebody to talk to, in the evenings."),
            (school, (PartnerPurpose.SCHOOLING.value,), 300, 20, "Evening classes up to the school certificate."),
        )
    ]
    sent_at = at - timedelta(days=3)
    found = Jobseeker.objects.filter(office=office, state="active", person__synthetic=True, registered_at__lt=sent_at)
    sent = [
        refer_to_partner(jobseeker=one, agreement=agreements[0], sending=Sending(purpose, True), by=DESK, at=sent_at)
        for one, purpose in zip(found.order_by("pk")[: len(PURPOSES)], PURPOSES, strict=False)
        if one.person.born_on is not None and (on - one.person.born_on).days > 20 * 365
    ]
    _account(centre, nation, at)
    staff = Actor(
        ActorKind.SYSTEM, "system:demo", (Grant("system", frozenset({RECEIVES}), "partner", centre.pk),), label="Demo"
    )
    for referral, step in zip(sent[1:], (True, False), strict=False):
        if not step:
            partnerships.answer(
                referral=referral, answer=PartnerAnswer.NO_PLACE, words="Full until spring", by=staff, at=at
            )
            continue
        day = at - timedelta(days=1)
        partnerships.answer(referral=referral, answer=PartnerAnswer.ACCEPT, words="", by=staff, at=day)
        partnerships.note_step(
            referral=referral, step=PartnerStep.FIRST_CONTACT, on=today(day), words="By phone", by=staff, at=day
        )
    run_partner_clock(at=at)
    _list_and_target(office, school, at)


def _partner(office: Office, name: str, kind: PartnerKind, nation: Nation, at: datetime) -> Partner:
    new = NewPartner(name, kind, office.area_code, contact_name="Demonstration", language=nation.page_languages[0])
    return partners.add_partner(new=new, office=office, by=DESK, at=at, synthetic=True)


def _account(partner: Partner, nation: Nation, at: datetime) -> None:
    rng = stream(nation.seed, "staff", PARTNER)
    account = SyntheticAccount(
        username=PARTNER,
        name="Partner (invented)",
        log_key=f"{rng.getrandbits(128):032x}",
        language=nation.page_languages[0],
        created_at=at,
    )
    (key,) = people.write_accounts(rows=[account], by=DESK, at=at)
    Membership.objects.create(account_id=key, role=PartnerStaff.code, partner=partner, starts_on=today(at))


def _list_and_target(office: Office, school: Partner, at: datetime) -> None:
    on = today(at)
    hand_over_list(
        said=SaidList(HandedKind.LEAVERS, "Leavers of this year (invented)", on + timedelta(days=60), "Signed sheet"),
        school=school,
        office=office,
        content=as_csv(("name", "born_on"), LEAVERS),
        file_name="leavers.csv",
        language="en",
        by=DESK,
        at=at,
    )
    groups = country().priority_groups
    if groups:
        new = NewTarget(
            groups[0].code,
            TargetMeasure.REGISTERED,
            50,
            on - timedelta(days=90),
            on + timedelta(days=275),
            "Invented, to show how a target looks",
        )
        set_target(office=office, new=new, by=DESK, at=at)
