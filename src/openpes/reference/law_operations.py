"""Writes to the law in force: each is one signed row, and one line of the change log with the row's hash."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import transaction

from openpes.core.actors import Actor
from openpes.core.change_log import record_change
from openpes.core.decisions import Decision, NotFound, Reason, Refused, no
from openpes.reference import in_force
from openpes.reference.access import AGREE, SIGN, require_officer
from openpes.reference.country import country, today
from openpes.reference.law_models import LawAnswer, LawEntry
from openpes.reference.operations import put_country_in_force
from openpes.reference.rules import (
    LawAct,
    Officer,
    may_answer,
    may_propose,
    may_verify,
    may_waive,
    may_withdraw,
    needs_second,
)
from openpes_countries import Country, Dated, OverlayAct, OverlayEntry, Source, UnknownKey, with_overlay
from openpes_countries.errors import Misfit
from openpes_countries.written import from_writing


@dataclass(frozen=True)
class Signing:
    """One value among several that are signed at once. `source` is what was read for a verification."""

    key: str
    source: Source | None = None


def _officer(actor: Actor) -> Officer:
    return Officer(actor.log_key, actor.label)


def _value(pack: Country, key: str, on: date) -> Dated:
    try:
        return pack.value(key, on=on)
    except UnknownKey as error:
        raise NotFound(f"value:{key}") from error


def _require(decision: Decision, key: str) -> None:
    """Raises Refused with the key beside each reason, so that one of many can be told."""
    if decision.refused:
        raise Refused(
            no(
                *(Reason(one.code, {**one.facts, "key": key}) for one in decision.reasons),
                pack_hash=decision.pack_hash,
            )
        )


def _remember_state(by: Actor, at: datetime) -> None:
    """A decision carries the hash of the law it was made under: note from when each such law was in force."""
    put_country_in_force(by=by, at=at, pack=in_force.as_written_down(settings.COUNTRY))


def _fresh_law() -> Country:
    """The law as it is now, also when another process changed it a moment ago."""
    in_force.refresh()
    return country()


@transaction.atomic
def verify_values(*, signings: Iterable[Signing], note: str, by: Actor, at: datetime) -> list[LawEntry]:
    """Sign values as right, each with the source that was read. All or none. Raises Refused, NotFound, NotPermitted."""
    require_officer(SIGN, by)
    pack, day = _fresh_law(), today(at)
    made = []
    for signing in signings:
        dated = _value(pack, signing.key, day)
        _require(
            may_verify(dated=dated, source=signing.source, officer=_officer(by), today=day, pack_hash=pack.hash),
            signing.key,
        )
        made.append(_sign(pack, LawAct.VERIFY, dated, by=by, at=at, on=day, source=signing.source, note=note))
    _remember_state(by, at)
    return made


@transaction.atomic
def waive_values(*, keys: Iterable[str], why: str, before: date | None, by: Actor, at: datetime) -> list[LawEntry]:
    """Let values be used unverified until before a day, for a reason. All or none. Raises Refused, NotFound."""
    require_officer(SIGN, by)
    pack, day = _fresh_law(), today(at)
    longest = int(pack.value("law_keeping.longest_waiver_days", on=day).value)
    made = []
    for key in keys:
        dated = _value(pack, key, day)
        decision = may_waive(
            why=why, before=before, longest_days=longest, officer=_officer(by), today=day, pack_hash=pack.hash
        )
        _require(decision, key)
        made.append(_sign(pack, LawAct.WAIVE, dated, by=by, at=at, on=day, note=why, before=before))
    _remember_state(by, at)
    return made


@transaction.atomic
def propose_value(
    *, key: str, written: str, source: Source | None, starts_on: date | None, note: str, by: Actor, at: datetime
) -> LawEntry:
    """Put another value (or a switch turned) before a second officer; it holds from its first day once agreed.

    written: the value as a pack would write it. Raises Refused, also when it does not fit its kind; NotFound.
    """
    require_officer(SIGN, by)
    pack, day = _fresh_law(), today(at)
    dated = _value(pack, key, starts_on or day)
    _require(may_propose(source=source, starts_on=starts_on, officer=_officer(by), pack_hash=pack.hash), key)
    _require_fits(pack, dated, written, source, starts_on or day, by)
    return _sign(
        pack,
        LawAct.REPLACE,
        dated,
        by=by,
        at=at,
        on=starts_on or day,
        source=source,
        note=note,
        written=written.strip(),
    )


def _require_fits(pack: Country, dated: Dated, written: str, source: Source | None, on: date, by: Actor) -> None:
    """Raises Refused with the mend when the pack could not hold the value."""
    try:
        value = from_writing(dated.kind, written)
        entry = OverlayEntry(dated.key, OverlayAct.REPLACE, by.label, on, value=value, source=source)
        with_overlay(pack, [entry])
    except Misfit as misfit:
        facts = {"key": dated.key, "problem": misfit.problem, "mend": misfit.mend}
        raise Refused(no(Reason("value_misfit", facts), pack_hash=pack.hash)) from misfit
    except (LookupError, TypeError, ValueError, ArithmeticError) as fault:
        facts = {"key": dated.key, "problem": str(fault), "mend": ""}
        raise Refused(no(Reason("value_misfit", facts), pack_hash=pack.hash)) from fault


@transaction.atomic
def withdraw_entry(*, entry: LawEntry, why: str, by: Actor, at: datetime) -> LawEntry:
    """Take back what was signed. What set a value needs a second officer to be taken back too."""
    require_officer(SIGN, by)
    pack, day = _fresh_law(), today(at)
    entry = LawEntry.objects.select_for_update(of=("self",)).select_related("answer").get(pk=entry.pk)
    gone = any(in_force.counts(one) for one in entry.superseded_by.select_related("answer"))
    waiting = any(not hasattr(one, "answer") for one in entry.superseded_by.filter(needs_second=True))
    is_in_force = in_force.counts(entry) and not gone and not waiting and entry.act != LawAct.WITHDRAW
    _require(may_withdraw(why=why, is_in_force=is_in_force, officer=_officer(by), pack_hash=pack.hash), entry.key)
    made = LawEntry.objects.create(
        country=entry.country,
        key=entry.key,
        act=LawAct.WITHDRAW,
        on=day,
        note=why.strip(),
        supersedes=entry,
        needs_second=needs_second(act=LawAct.WITHDRAW, of=LawAct(entry.act)),
        signed_on=day,
        pack_hash=pack.hash,
        officer_key=by.log_key,
        officer_name=by.label,
        made_at=at,
    )
    _noted(made, by, at)
    _remember_state(by, at)
    return made


@transaction.atomic
def answer_entry(*, entry: LawEntry, agreed: bool, note: str, by: Actor, at: datetime) -> LawAnswer:
    """The second officer agrees, and the value is in force; or refuses with a reason. Raises Refused, NotPermitted."""
    require_officer(AGREE, by)
    pack = _fresh_law()
    entry = LawEntry.objects.select_for_update(of=("self",)).get(pk=entry.pk)
    is_open = entry.needs_second and not LawAnswer.objects.filter(entry=entry).exists()
    _require(
        may_answer(
            proposed_by=entry.officer_key,
            is_open=is_open,
            agreed=agreed,
            note=note,
            officer=_officer(by),
            pack_hash=pack.hash,
        ),
        entry.key,
    )
    answer = LawAnswer.objects.create(
        entry=entry,
        agreed=agreed,
        note=note.strip(),
        officer_key=by.log_key,
        officer_name=by.label,
        answered_at=at,
    )
    record_change(
        by=by,
        at=at,
        verb="law.agree" if agreed else "law.refuse",
        thing=f"law:{entry.ref}",
        detail={"key": entry.key, "sha256": answer.fingerprint()},
    )
    _remember_state(by, at)
    return answer


def _sign(
    pack: Country,
    act: LawAct,
    dated: Dated,
    *,
    by: Actor,
    at: datetime,
    on: date,
    source: Source | None = None,
    note: str = "",
    before: date | None = None,
    written: str = "",
) -> LawEntry:
    made = LawEntry.objects.create(
        country=settings.COUNTRY,
        key=dated.key,
        act=act,
        on=on,
        before=before,
        value_text=written,
        instrument=source.instrument.strip() if source else "",
        article=(source.article or "").strip() if source else "",
        url=(source.url or "").strip() if source else "",
        read_on=source.read_on if source else None,
        note=note.strip(),
        seen="" if act == LawAct.REPLACE else dated.fingerprint(),
        needs_second=needs_second(act=act),
        signed_on=today(at),
        pack_hash=pack.hash,
        officer_key=by.log_key,
        officer_name=by.label,
        made_at=at,
    )
    return _noted(made, by, at)


def _noted(entry: LawEntry, by: Actor, at: datetime) -> LawEntry:
    record_change(
        by=by,
        at=at,
        verb=f"law.{LawAct(entry.act).value}",
        thing=f"law:{entry.ref}",
        detail={"key": entry.key, "sha256": entry.fingerprint()},
    )
    return entry
