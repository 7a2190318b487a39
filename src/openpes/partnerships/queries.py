"""Reads of the partnerships room: the directory, what a partner sees, what the office sent, who has a person's data."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from openpes.core.access_log import record_view
from openpes.core.actors import Actor
from openpes.core.decisions import NotFound
from openpes.core.ids import fold_ref
from openpes.core.privacy import export_rows
from openpes.partnerships.access import agreements_of, live, own, received_by, sent_by_office
from openpes.partnerships.models import PartnerAgreement, PartnerReferral, PartnerReferralEvent
from openpes.partnerships.rules import agreement_is_live
from openpes.partnerships.states import OPEN_STATES, RETURNED, PartnerPurpose, PartnerReferralState, SharedField
from openpes.reference.country import country, larger_areas

WITH = ("jobseeker__person", "jobseeker__office", "agreement__partner", "office", "consent")


def policy_days(key: str, *, on: date) -> int:
    """A number of days of the country's policy on partners."""
    return int(country().value(f"partners.{key}", on=on).value)


def fields_for(purpose: PartnerPurpose, *, on: date) -> tuple[SharedField, ...]:
    """The least that a partner has to know for a purpose, by the country's policy."""
    return tuple(SharedField(one) for one in country().value(f"partners.fields_{purpose.value}", on=on).value)


def warning_days(*, on: date) -> tuple[int, ...]:
    """How many days before its end an agreement warns, the earliest first."""
    return tuple(policy_days(f"{which}_warning_days", on=on) for which in ("first", "second", "last"))


@dataclass(frozen=True)
class Offer:
    """A line of the directory: who does what for whom, until when, and how many places are left now."""

    agreement: PartnerAgreement
    places_left: int


def _with_taken(rows: QuerySet[PartnerAgreement]) -> QuerySet[PartnerAgreement]:
    taken = (
        PartnerReferral.objects.filter(agreement=OuterRef("pk"), state__in=sorted(OPEN_STATES))
        .order_by()
        .values("agreement")
        .annotate(number=Count("pk"))
        .values("number")
    )
    return rows.annotate(taken=Coalesce(Subquery(taken), 0)).select_related("partner__office")


def _as_offer(one: Any) -> Offer:
    return Offer(one, max(0, one.capacity - one.taken))


def offers(
    actor: Actor, *, on: date, purpose: str = "", area_code: str = "", words: str = "", group: str = ""
) -> list[Offer]:
    """The live offers of the actor's offices that fit, those with places first. Two queries however many there are."""
    rows = agreements_of(actor).filter(ended_at=None, starts_on__lte=on, ends_before__gt=on, partner__is_open=True)
    if words.strip():
        rows = rows.filter(Q(partner__name__icontains=words.strip()) | Q(offers__icontains=words.strip()))
    chain = {area_code, *larger_areas(area_code)} if area_code else set()
    found = [
        _as_offer(one)
        for one in _with_taken(rows)
        if (not purpose or purpose in one.purposes)
        and (not chain or not one.areas or chain & set(one.areas))
        and (not group or not one.groups or group in one.groups)
    ]
    return sorted(found, key=lambda one: (one.places_left == 0, one.agreement.partner.name, one.agreement.pk))


def agreement_for(actor: Actor, ref: str) -> Offer:
    """An agreement of the actor's offices, with the places left. Raises NotFound."""
    row = _with_taken(agreements_of(actor)).filter(ref=fold_ref(ref)).first()
    if row is None:
        raise NotFound("agreement")
    return _as_offer(row)


def agreements_with(actor: Actor, partner_id: int) -> list[Offer]:
    """All agreements with a partner, the one that ends last first."""
    rows = _with_taken(agreements_of(actor).filter(partner=partner_id)).order_by("-ends_before", "-pk")
    return [_as_offer(one) for one in rows]


def live_agreements_of_partners(partner_ids: Iterable[int], *, on: date) -> list[PartnerAgreement]:
    """Agreements that open a door for these partners on a day."""
    rows = PartnerAgreement.objects.filter(partner__in=list(partner_ids), partner__is_open=True, ended_at=None)
    return list(rows.filter(starts_on__lte=on, ends_before__gt=on).select_related("partner__office"))


def ending_soon(actor: Actor, *, on: date) -> list[PartnerAgreement]:
    """Agreements of the actor's offices that have warned and still run, the nearest end first."""
    rows = agreements_of(actor).filter(ended_at=None, ends_before__gt=on).exclude(warned=[])
    return list(rows.select_related("partner"))


def is_live(agreement: PartnerAgreement, *, on: date) -> bool:
    """Does it open a door on a day?"""
    return agreement_is_live(
        starts_on=agreement.starts_on,
        ends_before=agreement.ends_before,
        ended=agreement.ended_at is not None,
        partner_is_open=agreement.partner.is_open,
        on=on,
    )


def places_left(agreement: PartnerAgreement) -> int:
    """How many people more it takes now."""
    return max(0, agreement.capacity - agreement.referrals.filter(state__in=sorted(OPEN_STATES)).count())


def received(actor: Actor, *, at: datetime) -> QuerySet[PartnerReferral]:
    """What a partner sees now, what waits for its answer first, then the oldest. The caller logs whom it shows."""
    rows = received_by(actor, at=at).select_related(*WITH).prefetch_related("jobseeker__wanted")
    return rows.order_by("accepted_at", "sent_at", "pk")


def received_one(actor: Actor, ref: str, *, at: datetime) -> PartnerReferral:
    """One person sent to the partner of this actor; the view is logged and shown to them. Raises NotFound."""
    row = received(actor, at=at).filter(ref=fold_ref(ref)).first()
    if row is None:
        raise NotFound("partner referral")
    log_seen(actor, row, at=at)
    return row


def log_seen(actor: Actor, referral: PartnerReferral, *, at: datetime) -> None:
    """Write down that a partner saw a person; the person reads the partner's name and what for."""
    partner = referral.agreement.partner
    subject = referral.jobseeker.person.log_key
    record_view(by=actor, at=at, subject=subject, thing=f"partner_referral:{referral.ref}", reason=partner.name)


def sent(actor: Actor) -> QuerySet[PartnerReferral]:
    """What the actor's offices sent, the latest first."""
    return sent_by_office(actor).select_related(*WITH)


def sent_one(actor: Actor, ref: str) -> PartnerReferral:
    """One that the actor's office sent. Raises NotFound."""
    row = sent(actor).filter(ref=fold_ref(ref)).first()
    if row is None:
        raise NotFound("partner referral")
    return row


def sent_for(actor: Actor, jobseeker_id: int) -> list[PartnerReferral]:
    """Where the actor's offices sent a person, the latest first."""
    return list(sent(actor).filter(jobseeker=jobseeker_id))


def returned(actor: Actor) -> QuerySet[PartnerReferral]:
    """People who came back from a partner without help, the longest ago first: the office looks for another way."""
    rows = sent(actor).filter(ending__in=sorted(RETURNED), seen_by_office_at=None)
    return rows.order_by("ended_at", "pk")


def own_referrals(actor: Actor) -> list[PartnerReferral]:
    """Where the person was sent, the latest first."""
    return list(own(actor).select_related(*WITH))


def own_one(actor: Actor, ref: str) -> PartnerReferral:
    """One of the person's own. Raises NotFound."""
    row = own(actor).select_related(*WITH).filter(ref=fold_ref(ref)).first()
    if row is None:
        raise NotFound("partner referral")
    return row


def who_sees(person_id: int, *, at: datetime) -> frozenset[int]:
    """The person's referrals that a partner can open now, as keys."""
    rows = PartnerReferral.objects.filter(live(at), jobseeker__person=person_id)
    return frozenset(rows.values_list("pk", flat=True))


def story_of(referral: PartnerReferral) -> list[PartnerReferralEvent]:
    """Every step, the first one first. The caller has looked the referral up for its actor."""
    return list(referral.events.all())


def referral_by_ref(ref: str) -> PartnerReferral:
    """A referral by its number, for a journey that has checked a signed link. Raises NotFound."""
    row = PartnerReferral.objects.select_related(*WITH).prefetch_related("jobseeker__wanted").filter(ref=ref).first()
    if row is None:
        raise NotFound("partner referral")
    return row


def unanswered(*, at: datetime, limit: int) -> list[PartnerReferral]:
    """Referrals that nobody answered in time."""
    rows = PartnerReferral.objects.filter(state=PartnerReferralState.SENT, answer_due_at__lte=at)
    return list(rows.select_related(*WITH).order_by("answer_due_at", "pk")[:limit])


def open_but_closed_to_partner(*, at: datetime, limit: int) -> list[PartnerReferral]:
    """Open referrals that no partner can see any more: a yes that was taken back or ran out, an agreement over."""
    rows = PartnerReferral.objects.filter(state__in=sorted(OPEN_STATES)).exclude(live(at))
    return list(rows.select_related(*WITH).order_by("pk")[:limit])


def running_agreements(*, on: date, within_days: int) -> list[PartnerAgreement]:
    """Agreements that end within so many days, for the clock that warns."""
    rows = PartnerAgreement.objects.filter(ended_at=None, ends_before__gt=on).select_related("partner__office")
    return [one for one in rows.order_by("ends_before", "pk") if (one.ends_before - on).days <= within_days]


def export_person(person_id: int) -> dict[str, list[dict[str, Any]]]:
    """All that this room knows about a person, for their own download."""
    return {
        "sent to partners": export_rows(PartnerReferral, person_id),
        "steps with partners": export_rows(PartnerReferralEvent, person_id),
    }


def month_counts(partner_id: int, *, starts: datetime, ends: datetime) -> dict[str, int]:
    """What a partner did in a span of time, as counts without anybody's name."""
    rows = PartnerReferral.objects.filter(agreement__partner=partner_id)
    span = (starts, ends)
    counts = {
        "sent": rows.filter(sent_at__gte=span[0], sent_at__lt=span[1]).count(),
        "accepted": rows.filter(accepted_at__gte=span[0], accepted_at__lt=span[1]).count(),
    }
    ended = rows.filter(ended_at__gte=span[0], ended_at__lt=span[1]).order_by()
    for ending, number in ended.values_list("ending").annotate(number=Count("pk")):
        counts[f"ended_{ending}"] = number
    for result, number in ended.exclude(result="").values_list("result").annotate(number=Count("pk")):
        counts[f"result_{result}"] = number
    events = PartnerReferralEvent.objects.filter(referral__agreement__partner=partner_id, at__gte=starts, at__lt=ends)
    for kind, number in events.order_by().values_list("kind").annotate(number=Count("pk")):
        counts[f"step_{kind}"] = number
    return counts


def open_now(partner_id: int, *, at: datetime) -> int:
    """How many people are with a partner now."""
    return PartnerReferral.objects.filter(live(at), agreement__partner=partner_id).count()
