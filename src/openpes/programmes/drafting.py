"""Writes about programmes themselves: drafts, approval by a second person, rounds and money."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F, Max

from openpes.core.actors import Actor
from openpes.core.change_log import record_change
from openpes.core.decisions import Reason, Refused, no
from openpes.programmes.access import require
from openpes.programmes.models import Cycle, FundStream, Programme, ProgrammeVersion
from openpes.programmes.operations import refuse
from openpes.programmes.rules import may_second
from openpes.programmes.states import PlaceRule, ProgrammeKind, VersionState
from openpes.reference.country import country, today
from openpes_countries.eligibility import check_rule
from openpes_countries.errors import Misfit


@dataclass(frozen=True)
class Written:
    """What a version says. `rule` as in the packs; amounts in the currency named; days are the country's."""

    title: str
    source: str
    starts_on: date
    ends_before: date | None = None
    benefits: str = ""
    rule: Mapping[str, Any] | None = None
    recalled: bool = False
    checked_by_hand: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    stipend_amount: Decimal | None = None
    stipend_currency: str = ""
    points: Mapping[str, int] = field(default_factory=dict)
    quotas: Mapping[str, int] = field(default_factory=dict)
    indicators: tuple[str, ...] = ()
    isco: tuple[str, ...] = ()


@dataclass(frozen=True)
class Round:
    """One cycle as it is opened. Days are the country's; cost in the currency of the fund."""

    apply_from: date
    apply_until: date
    starts_on: date
    ends_before: date
    places: int
    place_rule: PlaceRule
    fund_id: int | None = None
    cost_per_place: Decimal = Decimal(0)
    area_code: str = ""
    offer_days: int = 7


def _check(written: Written) -> None:
    reasons = []
    if not written.title.strip():
        reasons.append(Reason("title_needed"))
    if not written.source.strip():
        reasons.append(Reason("source_needed"))
    if written.ends_before is not None and written.ends_before <= written.starts_on:
        reasons.append(Reason("ends_before_start"))
    if written.rule:
        try:
            check_rule(written.rule)
        except Misfit as misfit:
            reasons.append(Reason("rule_not_understood", {"why": str(misfit)}))
    if reasons:
        raise Refused(no(*reasons))


def _log(version: ProgrammeVersion, verb: str, by: Actor, at: datetime) -> None:
    thing = f"programme:{version.programme.ref}"
    record_change(by=by, at=at, verb=f"programme.{verb}", thing=thing, detail={"version": version.number})


def _fields(written: Written) -> dict[str, Any]:
    return {
        "title": written.title.strip()[:200],
        "source": written.source.strip()[:400],
        "starts_on": written.starts_on,
        "ends_before": written.ends_before,
        "benefits": written.benefits.strip(),
        "rule": dict(written.rule) if written.rule else None,
        "recalled": written.recalled,
        "checked_by_hand": list(written.checked_by_hand),
        "documents": list(written.documents),
        "stipend_amount": written.stipend_amount,
        "stipend_currency": written.stipend_currency,
        "points": dict(written.points),
        "quotas": dict(written.quotas),
        "indicators": list(written.indicators),
        "isco": list(written.isco),
    }


@transaction.atomic
def draft_programme(
    *, kind: ProgrammeKind, provider: str, written: Written, by: Actor, at: datetime, pack_code: str = ""
) -> ProgrammeVersion:
    """A new programme with its first draft. Raises NotPermitted, Refused."""
    require(by, "programme.draft")
    _check(written)
    programme = Programme.objects.create(kind=kind, provider=provider.strip()[:200], pack_code=pack_code, created_at=at)
    return _new_version(programme, written, by, at)


def _new_version(programme: Programme, written: Written, by: Actor, at: datetime) -> ProgrammeVersion:
    last = ProgrammeVersion.objects.filter(programme=programme).aggregate(n=Max("number"))["n"] or 0
    version = ProgrammeVersion.objects.create(
        programme=programme, number=last + 1, drafted_by_id=by.account_id, **_fields(written)
    )
    _log(version, "draft", by, at)
    return version


@transaction.atomic
def draft_version(*, programme: Programme, written: Written, by: Actor, at: datetime) -> ProgrammeVersion:
    """A change: a new draft beside what is in force. Raises NotPermitted, Refused."""
    require(by, "programme.draft")
    _check(written)
    made = _new_version(programme, written, by, at)
    last = ProgrammeVersion.objects.filter(programme=programme, number=made.number - 1).first()
    if last is not None and last.recalled and not made.recalled:
        _log(made, "source_read", by, at)
    return made


@transaction.atomic
def edit_draft(*, version: ProgrammeVersion, written: Written, by: Actor, at: datetime) -> ProgrammeVersion:
    """Change a draft; who changed it last counts as its writer. An approved version is never edited. Raises Refused."""
    require(by, "programme.draft")
    version = ProgrammeVersion.objects.select_for_update().select_related("programme").get(pk=version.pk)
    if version.state != VersionState.DRAFTED:
        raise Refused(no(Reason("not_a_draft")))
    _check(written)
    if version.recalled and not written.recalled:
        _log(version, "source_read", by, at)
    for name, value in (_fields(written) | {"drafted_by_id": by.account_id}).items():
        setattr(version, name, value)
    version.save()
    _log(version, "edit", by, at)
    return version


@transaction.atomic
def approve_version(*, version: ProgrammeVersion, by: Actor, at: datetime) -> ProgrammeVersion:
    """A second person puts it in force from its first day; the version before it ends that day. Raises Refused."""
    require(by, "programme.approve")
    version = ProgrammeVersion.objects.select_for_update(of=("self",)).select_related("programme").get(pk=version.pk)
    if version.state != VersionState.DRAFTED:
        raise Refused(no(Reason("not_a_draft")))
    refuse(may_second(version.drafted_by_id, by.account_id))
    earlier = ProgrammeVersion.objects.filter(programme=version.programme, state=VersionState.APPROVED)
    earlier.exclude(starts_on__gte=version.starts_on).exclude(ends_before__lte=version.starts_on).update(
        ends_before=version.starts_on
    )
    # One that would begin on the same day or later is replaced before it begins.
    earlier.filter(starts_on__gte=version.starts_on).update(state=VersionState.ENDED)
    version.state, version.approved_by_id, version.approved_at = VersionState.APPROVED, by.account_id, at
    version.save(update_fields=["state", "approved_by", "approved_at"])
    _log(version, "approve", by, at)
    return version


def _kind_of(name: str, benefit: str) -> ProgrammeKind:
    """A first guess from the words of a national programme; the draft's reader mends it."""
    words = f"{name} {benefit}".lower()
    signs = (
        (ProgrammeKind.INTERNSHIP, ("intern", "magang", "attachment")),
        (ProgrammeKind.APPRENTICESHIP, ("apprentic", "naps")),
        (ProgrammeKind.WAGE_SUBSIDY, ("to the employer", "subsidy", "incentive", "rozgar", "co-payment")),
        (ProgrammeKind.PUBLIC_WORKS, ("emergency employment", "minimum employment", "days of work", "public works")),
        (ProgrammeKind.ENTREPRENEURSHIP, ("loan", "self-employment", "credit")),
        (ProgrammeKind.TRAINING, ("training", "skill", "kaushal", "course")),
        (ProgrammeKind.FIRST_JOB, ("students", "first job", "short-term employment", "work for")),
    )
    for kind, hints in signs:
        if any(hint in words for hint in hints):
            return kind
    return ProgrammeKind.OTHER


@transaction.atomic
def take_over_from_pack(*, by: Actor, at: datetime) -> list[ProgrammeVersion]:
    """The country's national programmes as drafts with their sources; those that are here already stay as they are."""
    require(by, "programme.draft")
    on, here = today(at), set(Programme.objects.exclude(pack_code="").values_list("pack_code", flat=True))
    drafts = []
    for one in country().programmes_on(on):
        if one.code in here:
            continue
        written = Written(
            title=one.name,
            source="; ".join(dict.fromkeys(part for part in (one.law, one.dated.source.cite()) if part)),
            starts_on=one.dated.effective_from or on,
            ends_before=one.dated.effective_before,
            benefits=one.benefit,
            rule=_plain(one.rule) if one.rule is not None else None,
            recalled=one.dated.recalled,
            checked_by_hand=tuple(one.not_checked),
        )
        drafts.append(
            draft_programme(
                kind=_kind_of(one.name, one.benefit), provider="", written=written, by=by, at=at, pack_code=one.code
            )
        )
    return drafts


def _plain(value: Any) -> Any:
    """A rule of a pack as plain lists and mappings that can be stored."""
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat() if isinstance(value, date) else value


@transaction.atomic
def plan_round(*, version: ProgrammeVersion, opened: Round, by: Actor, at: datetime) -> ProgrammeVersion:
    """Write the round of an emergency beside its draft: the approval opens it. Raises NotPermitted, Refused."""
    require(by, "programme.draft")
    if version.state != VersionState.DRAFTED:
        raise Refused(no(Reason("not_a_draft")))
    if opened.places < 1:
        raise Refused(no(Reason("places_needed")))
    version.opens_with = {
        name: value.isoformat() if isinstance(value, date) else str(value) if isinstance(value, Decimal) else value
        for name, value in opened.__dict__.items()
    }
    version.save(update_fields=["opens_with"])
    _log(version, "plan_round", by, at)
    return version


@transaction.atomic
def open_cycle(*, version: ProgrammeVersion, opened: Round, by: Actor, at: datetime) -> Cycle:
    """A round of an approved version. Raises NotPermitted, Refused."""
    require(by, "programme.cycle")
    reasons = []
    if version.state != VersionState.APPROVED:
        reasons.append(Reason("not_approved"))
    if opened.apply_until < opened.apply_from or opened.ends_before <= opened.starts_on:
        reasons.append(Reason("ends_before_start"))
    if opened.places < 1:
        reasons.append(Reason("places_needed"))
    if opened.cost_per_place and opened.fund_id is None:
        reasons.append(Reason("fund_needed"))
    if reasons:
        raise Refused(no(*reasons))
    cycle = Cycle.objects.create(version=version, **opened.__dict__)
    record_change(by=by, at=at, verb="cycle.open", thing=f"cycle:{cycle.ref}", detail={"places": cycle.places})
    return cycle


@transaction.atomic
def add_fund(*, name: str, currency: str, budget: Decimal, by: Actor, at: datetime) -> FundStream:
    """A stream of money. Raises NotPermitted, Refused."""
    require(by, "programme.budget")
    if not name.strip() or budget <= 0:
        raise Refused(no(Reason("name_and_money_needed")))
    fund = FundStream.objects.create(name=name.strip()[:120], currency=currency, budget=budget)
    record_change(by=by, at=at, verb="fund.add", thing=f"fund:{fund.pk}", detail={"budget": str(budget)})
    return fund


@transaction.atomic
def allow_above(*, fund: FundStream, amount: Decimal, why: str, by: Actor, at: datetime) -> FundStream:
    """Somebody by name allows this much above the budget, with the reason. Raises NotPermitted, Refused."""
    require(by, "programme.budget")
    if by.account_id is None:
        raise Refused(no(Reason("named_officer_needed")))
    if amount < 0 or not why.strip():
        raise Refused(no(Reason("words_needed")))
    changed = FundStream.objects.filter(pk=fund.pk, committed__lte=F("budget") + amount)
    if not changed.update(above=amount, above_by=by.account_id, above_why=why.strip()[:400], above_at=at):
        raise Refused(no(Reason("committed_already")))
    fund.refresh_from_db()
    record_change(by=by, at=at, verb="fund.above", thing=f"fund:{fund.pk}", detail={"amount": str(amount)})
    return fund
