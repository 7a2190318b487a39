"""Writes of the partnerships room. Every step is an event; the change log holds no word of what was told."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from openpes.core.actors import Actor
from openpes.core.change_log import record_change
from openpes.core.decisions import Decision, NotPermitted, Reason, Refused, no
from openpes.core.privacy import erase_rows
from openpes.jobseekers.models import Jobseeker
from openpes.jobseekers.rules import needs_guardian
from openpes.organisations.models import Partner
from openpes.partnerships.access import (
    require_may_manage,
    require_may_receive,
    require_may_refer,
    require_may_take_back,
)
from openpes.partnerships.models import PartnerAgreement, PartnerReferral, PartnerReferralEvent
from openpes.partnerships.queries import fields_for, is_live, places_left, policy_days
from openpes.partnerships.rules import (
    LONGEST_WORDS,
    AgreementFacts,
    SendFacts,
    answer_due_at,
    may_agree,
    may_answer,
    may_close,
    may_end,
    may_send,
    may_step,
)
from openpes.partnerships.states import (
    OPEN_STATES,
    RETURNED,
    PartnerAnswer,
    PartnerEnding,
    PartnerEventKind,
    PartnerPurpose,
    PartnerReferralState,
    PartnerResult,
    PartnerStep,
)
from openpes.people.models import Consent
from openpes.reference.country import country, larger_areas, today

CLOCK_VERB = "partner.clock"


def _require(decision: Decision) -> None:
    if decision.refused:
        raise Refused(decision)


def _event(
    referral: PartnerReferral,
    kind: PartnerEventKind,
    *,
    by: Actor,
    at: datetime,
    on: date | None = None,
    words: str = "",
) -> None:
    label = by.label if by.person_id is None else ""
    PartnerReferralEvent.objects.create(
        referral=referral,
        kind=kind,
        at=at,
        on=on or today(at),
        actor=by.log_key,
        label=label[:120],
        words=words.strip()[:LONGEST_WORDS],
    )


def _log(referral: PartnerReferral, verb: str, by: Actor, at: datetime) -> None:
    record_change(
        by=by,
        at=at,
        verb=verb,
        thing=f"partner_referral:{referral.ref}",
        subject=referral.jobseeker.person.log_key,
        detail={"partner": referral.agreement.partner.ref},
    )


def _locked(referral: PartnerReferral) -> PartnerReferral:
    return (
        PartnerReferral.objects.select_for_update(of=("self",))
        .select_related("jobseeker__person", "jobseeker__office", "agreement__partner", "office", "consent")
        .get(pk=referral.pk)
    )


@transaction.atomic
def make_agreement(
    *, partner: Partner, facts: AgreementFacts, offers: str, by: Actor, at: datetime
) -> PartnerAgreement:
    """Write down what a partner does for whom, until when. Raises Refused, NotPermitted."""
    require_may_manage(by, partner)
    if not partner.is_open:
        raise Refused(no(Reason("partner_closed")))
    _require(may_agree(facts, known_groups={one.code for one in country().priority_groups}))
    agreement = PartnerAgreement.objects.create(
        partner=partner,
        offers=offers.strip()[:LONGEST_WORDS],
        purposes=list(facts.purposes),
        areas=list(facts.areas),
        groups=list(facts.groups),
        capacity=facts.capacity,
        starts_on=facts.starts_on,
        ends_before=facts.ends_before,
        made_by_id=by.account_id,
        made_at=at,
    )
    record_change(by=by, at=at, verb="agreement.make", thing=f"agreement:{agreement.ref}")
    return agreement


@transaction.atomic
def end_agreement(*, agreement: PartnerAgreement, note: str, by: Actor, at: datetime) -> PartnerAgreement:
    """End an agreement at once. The partner sees nobody under it from the next request on."""
    require_may_manage(by, agreement.partner)
    agreement = PartnerAgreement.objects.select_for_update(of=("self",)).select_related("partner").get(pk=agreement.pk)
    if agreement.ended_at is not None:
        raise Refused(no(Reason("agreement_ended_already")))
    agreement.ended_at, agreement.end_note = at, note.strip()[:LONGEST_WORDS]
    agreement.save(update_fields=["ended_at", "end_note"])
    record_change(by=by, at=at, verb="agreement.end", thing=f"agreement:{agreement.ref}")
    return agreement


@transaction.atomic
def note_warning(*, agreement: PartnerAgreement, days: int, by: Actor, at: datetime) -> None:
    """Keep that an agreement has warned so many days before its end."""
    agreement.warned = [*agreement.warned, days]
    agreement.save(update_fields=["warned"])
    record_change(by=by, at=at, verb="agreement.warn", thing=f"agreement:{agreement.ref}", detail={"days": days})


def may_be_sent(
    *, jobseeker: Jobseeker, agreement: PartnerAgreement, purpose: str, note: str, agrees: bool, guardian: str, on: date
) -> Decision:
    """May this person be sent to this partner for this, on a day? `guardian`: the name of whoever agreed for them."""
    open_one = PartnerReferral.objects.filter(
        jobseeker=jobseeker, agreement=agreement, purpose=purpose, state__in=sorted(OPEN_STATES)
    )
    is_minor = needs_guardian(country(), born_on=jobseeker.person.born_on, on=on)
    return may_send(
        SendFacts(
            is_active=jobseeker.state in {"active", "in_work", "sleeping"},
            agrees=agrees,
            guardian_missing=is_minor and not guardian.strip(),
            agreement_is_live=is_live(agreement, on=on),
            purpose=purpose,
            purposes=tuple(agreement.purposes),
            areas=tuple(agreement.areas),
            area_chain=(jobseeker.area_code, *larger_areas(jobseeker.area_code)),
            places_left=places_left(agreement),
            already_open=open_one.exists(),
            note=note,
        )
    )


@transaction.atomic
def send_to_partner(
    *,
    jobseeker: Jobseeker,
    agreement: PartnerAgreement,
    purpose: PartnerPurpose,
    consent: Consent,
    note: str,
    by: Actor,
    at: datetime,
) -> PartnerReferral:
    """Send a person to a partner on their consent, and start the answer clock. Raises Refused, NotPermitted.

    What is shared is what the purpose needs on this day and stays that, whatever the policy says later.
    """
    require_may_refer(by, jobseeker.office_id)
    on = today(at)
    # Whoever sends somebody else under the same agreement waits here, so that no place is given twice.
    agreement = PartnerAgreement.objects.select_for_update(of=("self",)).select_related("partner").get(pk=agreement.pk)
    _require(
        may_be_sent(
            jobseeker=jobseeker,
            agreement=agreement,
            purpose=purpose,
            note=note,
            agrees=consent.person_id == jobseeker.person_id and consent.withdrawn_at is None,
            guardian=consent.guardian_name,
            on=on,
        )
    )
    referral = PartnerReferral.objects.create(
        jobseeker=jobseeker,
        agreement=agreement,
        office_id=jobseeker.office_id,
        consent=consent,
        purpose=purpose,
        shared=[one.value for one in fields_for(purpose, on=on)],
        note=note.strip(),
        made_by_id=by.account_id,
        sent_at=at,
        answer_due_at=answer_due_at(sent_at=at, days=policy_days("answer_days", on=on)),
    )
    _event(referral, PartnerEventKind.SENT, by=by, at=at)
    _log(referral, "partner_referral.send", by, at)
    return referral


@transaction.atomic
def answer(*, referral: PartnerReferral, answer: PartnerAnswer, words: str, by: Actor, at: datetime) -> PartnerReferral:
    """The partner's first answer. A no, or no place, sends the person back to the office. Raises Refused."""
    require_may_receive(by, referral, at=at)
    referral = _locked(referral)
    _require(may_answer(now_in=PartnerReferralState(referral.state), answer=answer, words=words))
    if answer == PartnerAnswer.ACCEPT:
        referral.state, referral.accepted_at = PartnerReferralState.ACCEPTED, at
        referral.save(update_fields=["state", "accepted_at"])
        _event(referral, PartnerEventKind.ACCEPTED, by=by, at=at, words=words)
        _log(referral, "partner_referral.accept", by, at)
        return referral
    ending = PartnerEnding.DECLINED if answer == PartnerAnswer.DECLINE else PartnerEnding.NO_PLACE
    return _end(referral, ending, words=words, by=by, at=at)


@transaction.atomic
def note_step(
    *, referral: PartnerReferral, step: PartnerStep, on: date, words: str, by: Actor, at: datetime
) -> PartnerReferral:
    """First contact, came, did not come: on the day it happened. Raises Refused."""
    require_may_receive(by, referral, at=at)
    referral = _locked(referral)
    accepted_on = today(referral.accepted_at) if referral.accepted_at else None
    _require(
        may_step(
            now_in=PartnerReferralState(referral.state), step=step, on=on, accepted_on=accepted_on, today=today(at)
        )
    )
    if step == PartnerStep.FIRST_CONTACT:
        referral.state, referral.first_contact_on = PartnerReferralState.IN_TOUCH, on
    elif step == PartnerStep.ATTENDED:
        referral.attended += 1
    else:
        referral.missed += 1
    referral.save(update_fields=["state", "first_contact_on", "attended", "missed"])
    _event(referral, PartnerEventKind(step.value), by=by, at=at, on=on, words=words)
    _log(referral, f"partner_referral.{step.value}", by, at)
    return referral


@transaction.atomic
def close(*, referral: PartnerReferral, result: PartnerResult, words: str, by: Actor, at: datetime) -> PartnerReferral:
    """The partner is done: the result goes to the office, and the person leaves the partner's list. Raises Refused."""
    require_may_receive(by, referral, at=at)
    referral = _locked(referral)
    _require(may_close(now_in=PartnerReferralState(referral.state), result=result))
    referral.result = result
    return _end(referral, PartnerEnding.CLOSED, words=words, by=by, at=at)


def _end(referral: PartnerReferral, ending: PartnerEnding, *, words: str, by: Actor, at: datetime) -> PartnerReferral:
    referral.state, referral.ending, referral.ended_at = PartnerReferralState.ENDED, ending, at
    referral.ending_words = words.strip()[:LONGEST_WORDS]
    referral.save(update_fields=["state", "ending", "ending_words", "ended_at", "result"])
    _event(referral, PartnerEventKind.ENDED, by=by, at=at, words=words)
    _log(referral, f"partner_referral.{ending.value}", by, at)
    return referral


@transaction.atomic
def take_back(*, referral: PartnerReferral, by: Actor, at: datetime, words: str = "") -> PartnerReferral:
    """The person or the office takes it back. The journey ends the consent. Raises Refused, NotPermitted."""
    require_may_take_back(by, referral)
    referral = _locked(referral)
    _require(may_end(now_in=PartnerReferralState(referral.state)))
    is_own = by.may("partner_referral.own", person_id=referral.jobseeker.person_id)
    ending = PartnerEnding.CONSENT_WITHDRAWN if is_own else PartnerEnding.TAKEN_BACK
    return _end(referral, ending, words=words, by=by, at=at)


@transaction.atomic
def end_by_clock(
    *, referral: PartnerReferral, ending: PartnerEnding, by: Actor, at: datetime
) -> PartnerReferral | None:
    """Time, a yes taken back or an agreement over ends it. None when somebody was faster. Only for the clock."""
    if not by.everywhere(CLOCK_VERB):
        raise NotPermitted(CLOCK_VERB)
    referral = _locked(referral)
    if referral.state not in OPEN_STATES:
        return None
    return _end(referral, ending, words="", by=by, at=at)


@transaction.atomic
def seen_by_office(*, referral: PartnerReferral, by: Actor, at: datetime) -> PartnerReferral:
    """The office has looked for another way: the task is done. Raises Refused, NotPermitted."""
    require_may_refer(by, referral.office_id)
    referral = _locked(referral)
    if referral.ending not in RETURNED or referral.seen_by_office_at is not None:
        raise Refused(no(Reason("nothing_returned")))
    referral.seen_by_office_at = at
    referral.save(update_fields=["seen_by_office_at"])
    _event(referral, PartnerEventKind.SEEN_BY_OFFICE, by=by, at=at)
    _log(referral, "partner_referral.seen", by, at)
    return referral


@transaction.atomic
def erase_person(*, person_id: int, by: Actor, at: datetime) -> int:
    """Forget a person in this room; what is open ends first. Inside the journey's transaction; the counts stay."""
    rows = PartnerReferral.objects.filter(jobseeker__person=person_id, state__in=sorted(OPEN_STATES))
    for one in list(rows):
        _end(_locked(one), PartnerEnding.CONSENT_WITHDRAWN, words="", by=by, at=at)
    return erase_rows(PartnerReferralEvent, person_id) + erase_rows(PartnerReferral, person_id)
