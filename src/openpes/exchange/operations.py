"""Writes of the exchange: take a paper in, compare a key, sign a card, try one, keep its log, send it back."""

from __future__ import annotations

import hashlib
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import transaction
from django.db.models import Max

from openpes.core.actors import Actor
from openpes.core.change_log import record_change
from openpes.core.decisions import Decision, Reason, Refused, no
from openpes.exchange.access import require
from openpes.exchange.cards import NOT_ENDORSED, mistakes
from openpes.exchange.gallery import gallery_card
from openpes.exchange.keys import own_key, own_public_key
from openpes.exchange.making import Told, card_body, log_body
from openpes.exchange.models import Adoption, HeldPaper, KnownKey, LogEntry
from openpes.exchange.papers import BadPaper, Kind, Paper, canonical, fingerprint_of, read_paper, write_paper
from openpes.exchange.rules import LONGEST_WORDS, PaperFacts, may_adopt, may_take, may_write_entry
from openpes.exchange.states import EntryKind, WrittenFrom
from openpes.programmes.drafting import Written, draft_programme
from openpes.programmes.models import ProgrammeVersion
from openpes.programmes.states import ProgrammeKind, VersionState
from openpes.reference.country import country, today
from openpes_evidence.definitions import registry

VERB_OF = {Kind.CARD: "practice.exchange", Kind.LOG: "practice.exchange", Kind.DATASET: "dataset.exchange"}


def _refuse(decision: Decision) -> None:
    if decision.refused:
        raise Refused(decision)


def signer_name() -> str:
    """How this service signs: the country and the office that runs the service."""
    return f"{country().name}, public employment service"


def own_known_key(at: datetime) -> KnownKey:
    """The row of this service's own key."""
    key = own_public_key()
    made, _new = KnownKey.objects.get_or_create(
        key=key,
        defaults={
            "fingerprint": fingerprint_of(key),
            "signer": signer_name(),
            "first_seen_at": at,
            "compared_at": at,
        },
    )
    return made


def sign_and_hold(
    kind: Kind, body: dict[str, Any], *, subject: str, number: int, title: str, by: Actor, at: datetime
) -> HeldPaper:
    """Sign a body with this service's key and keep the paper. Access was asked by the caller."""
    note = f"{title[:80]}. Check it with: openpes card verify FILE"
    text = write_paper(kind, body, private=own_key(), signer=signer_name(), note=" ".join(note.split()))
    paper = read_paper(text)
    held, _new = HeldPaper.objects.get_or_create(
        digest=paper.digest, defaults=_fields(paper, subject, number, title, own_known_key(at), True, by, at)
    )
    record_change(by=by, at=at, verb="exchange.sign", thing=f"paper:{held.ref}", detail={"kind": kind.value})
    return held


def _fields(
    paper: Paper, subject: str, number: int, title: str, key: KnownKey, own: bool, by: Actor, at: datetime
) -> dict[str, Any]:
    return {
        "kind": paper.kind,
        "subject": subject[:40],
        "number": number,
        "country": str(paper.body.get("country", ""))[:2].upper(),
        "title": title.strip()[:200],
        "signer": paper.signer,
        "key": key,
        "body": paper.body,
        "text": paper.text,
        "own": own,
        "held_at": at,
        "held_by_id": by.account_id,
    }


@transaction.atomic
def issue_card(*, version: ProgrammeVersion, told: Told, by: Actor, at: datetime) -> HeldPaper:
    """Make a signed card from a programme that was approved. Raises NotPermitted, Refused with every mistake."""
    require("practice.exchange", by)
    if version.state != VersionState.APPROVED:
        raise Refused(no(Reason("not_in_force")))
    subject = f"{country().code}-{version.programme.ref}"
    last = HeldPaper.objects.filter(kind=Kind.CARD, own=True, subject=subject).aggregate(n=Max("number"))["n"] or 0
    body = card_body(version, told, number=last + 1, on=today(at))
    _require_good_card(body)
    return sign_and_hold(Kind.CARD, body, subject=subject, number=last + 1, title=version.title, by=by, at=at)


def _require_good_card(body: Any) -> None:
    found = mistakes(body)
    if found:
        raise Refused(no(*(Reason("bad_card", {"why": one}) for one in found)))


def take_paper(*, text: str, key_compared: bool = False, by: Actor, at: datetime) -> HeldPaper:
    """Take in a signed file of another service. `key_compared`: the fingerprint was read out by telephone.

    Raises NotPermitted, Refused: the signature does not fit, the key changed, held already, a log of no card of ours.
    """
    try:
        paper = read_paper(text)
    except BadPaper as bad:
        raise Refused(no(Reason("bad_paper", {"why": str(bad)}))) from bad
    require(VERB_OF[paper.kind], by)
    subject, number, title = _named(paper)
    with transaction.atomic():
        _refuse(may_take(_facts(paper, subject, key_compared)))
        key = _key_of(paper, key_compared, by, at)
        held = HeldPaper.objects.create(
            digest=paper.digest, **_fields(paper, subject, number, title, key, False, by, at)
        )
        record_change(by=by, at=at, verb="exchange.take", thing=f"paper:{held.ref}", detail={"digest": paper.digest})
    return held


def _named(paper: Paper) -> tuple[str, int, str]:
    """(subject, number, title) of a paper. Raises Refused where its body is not what its kind promises."""
    body = paper.body
    if paper.kind is Kind.CARD:
        _require_good_card(body)
        return body["id"], body["version"], body["title"]
    if paper.kind is Kind.LOG:
        good = isinstance(body.get("entries"), list) and all(_is_entry(one) for one in body["entries"])
        if not good or not isinstance(body.get("card"), str) or not isinstance(body.get("counted"), dict):
            raise Refused(no(Reason("bad_paper", {"why": "The log has no card, no entries or no count."})))
        return body["card"], 0, str(body.get("programme") or body["card"])
    rows, month = body.get("figures"), str(body.get("month", ""))
    good = isinstance(rows, list) and all(_is_figure(one) for one in rows)
    if not good or not (len(month) == 7 and month[:4].isdigit() and month[5:].isdigit()):
        raise Refused(no(Reason("bad_paper", {"why": "The data set has no month, or a figure has no name."})))
    return str(body.get("country", "")), int(month[:4] + month[5:]), f"{body.get('country_name', '')} {month}"


def _is_entry(one: Any) -> bool:
    return isinstance(one, dict) and isinstance(one.get("what"), str) and one.get("kind") in set(EntryKind)


def _is_figure(one: Any) -> bool:
    if not isinstance(one, dict) or not isinstance(one.get("id"), str) or not isinstance(one.get("version"), str):
        return False
    value = one.get("value")
    return value is None or (isinstance(value, int | float) and not isinstance(value, bool))


def _facts(paper: Paper, subject: str, compared: bool) -> PaperFacts:
    own_card = None
    if paper.kind is Kind.LOG:
        own_card = HeldPaper.objects.filter(kind=Kind.CARD, own=True, subject=subject).exists()
    same_card = HeldPaper.objects.filter(kind=Kind.CARD, subject=subject, key__isnull=False)
    return PaperFacts(
        held_already=HeldPaper.objects.filter(digest=paper.digest).exists(),
        own_key=paper.key == own_public_key(),
        key_known=KnownKey.objects.filter(key=paper.key).exists(),
        signer_has_other_key=KnownKey.objects.filter(signer=paper.signer).exclude(key=paper.key).exists(),
        subject_of_other_key=paper.kind is Kind.CARD and same_card.exclude(key__key=paper.key).exists(),
        key_compared=compared,
        about_own_card=own_card,
    )


def _key_of(paper: Paper, compared: bool, by: Actor, at: datetime) -> KnownKey:
    key, _new = KnownKey.objects.get_or_create(
        key=paper.key,
        defaults={"fingerprint": paper.fingerprint, "signer": paper.signer, "first_seen_at": at},
    )
    if compared and key.compared_at is None:
        _mark_compared(key, by, at)
    return key


def _mark_compared(key: KnownKey, by: Actor, at: datetime) -> None:
    key.compared_at, key.compared_by_id = at, by.account_id
    key.save(update_fields=["compared_at", "compared_by"])
    record_change(by=by, at=at, verb="exchange.compare_key", thing=f"key:{key.pk}", detail={"key": key.fingerprint})


@transaction.atomic
def keep_gallery_card(*, name: str, by: Actor, at: datetime) -> HeldPaper:
    """Keep a worked card of the gallery, so that it can be read beside our law and tried. Nobody signed it.

    Raises NotPermitted, NotFound.
    """
    require("practice.exchange", by)
    body = {key: value for key, value in gallery_card(name).items() if key != "name"}
    content = canonical(body)
    held, new = HeldPaper.objects.get_or_create(
        digest=hashlib.sha256(content).hexdigest(),
        defaults={
            "kind": Kind.CARD, "subject": body["id"], "number": body["version"], "country": body["country"],
            "title": body["title"], "signer": NOT_ENDORSED, "body": body, "text": content.decode(),
            "held_at": at, "held_by_id": by.account_id,
        },
    )  # fmt: skip
    if new:
        record_change(by=by, at=at, verb="exchange.keep", thing=f"paper:{held.ref}", detail={"card": body["id"]})
    return held


@transaction.atomic
def compare_key(*, key: KnownKey, by: Actor, at: datetime) -> KnownKey:
    """Somebody of the sender read the fingerprint out, and it is the same. Raises NotPermitted."""
    require("practice.exchange", by)
    if key.compared_at is None:
        _mark_compared(key, by, at)
    return key


@transaction.atomic
def adopt(*, card: HeldPaper, by: Actor, at: datetime) -> Adoption:
    """Make a draft programme from a card of others; its rule refuses nobody until somebody approves it here.

    Raises NotPermitted, Refused.
    """
    require("practice.exchange", by)
    done = Adoption.objects.filter(card=card).exists()
    _refuse(may_adopt(is_card=card.kind == Kind.CARD, own=card.own, adopted=done))
    version = draft_programme(kind=_kind(str(card.body["kind"])), provider="", written=_written(card, at), by=by, at=at)
    adoption = Adoption.objects.create(
        card=card, programme=version.programme, started_at=at, started_by_id=by.account_id
    )
    record_change(by=by, at=at, verb="exchange.adopt", thing=f"paper:{card.ref}", detail={"try": adoption.ref})
    return adoption


def _kind(code: str) -> ProgrammeKind:
    try:
        return ProgrammeKind(code)
    except ValueError:
        return ProgrammeKind.OTHER


def _written(card: HeldPaper, at: datetime) -> Written:
    """The draft. Amounts in another currency, and points and quotas by groups of another law, are left out."""
    programme = (card.body.get("configuration") or {}).get("programme") or {}
    currency = str(programme.get("stipend_currency") or "")
    same = currency == country().currency.code
    return Written(
        title=card.title,
        source=f"Practice card {card.subject}, version {card.number}, of {card.signer}",
        starts_on=today(at),
        benefits=str(programme.get("benefits") or card.body["problem"]),
        rule=programme.get("rule"),
        recalled=card.body["written_from"] == WrittenFrom.PUBLIC_FACTS,
        checked_by_hand=tuple(str(one) for one in programme.get("checked_by_hand") or ()),
        documents=tuple(str(one) for one in programme.get("documents") or ()),
        stipend_amount=_amount(programme.get("stipend_amount")) if same else None,
        stipend_currency=currency if same else "",
        indicators=tuple(str(one["id"]) for one in card.body["indicators"] if str(one["id"]) in registry()),
        isco=tuple(str(one) for one in programme.get("isco") or ()),
    )


def _amount(value: Any) -> Decimal | None:
    try:
        amount = Decimal(str(value))
    except InvalidOperation:
        return None
    return amount if amount.is_finite() and 0 <= amount < Decimal(10) ** 12 else None


@transaction.atomic
def add_entry(
    *,
    adoption: Adoption,
    kind: EntryKind,
    what: str,
    why: str = "",
    indicator: str = "",
    value: float | None = None,
    n: int | None = None,
    period: str = "",
    grade: str = "",
    by: Actor,
    at: datetime,
) -> LogEntry:
    """One line of the log. `value` in the unit of the indicator; `n` people behind it. Raises NotPermitted, Refused."""
    require("practice.exchange", by)
    _refuse(may_write_entry(kind=kind, what=what, why=why, grade=grade))
    about = registry().get(indicator)
    entry = LogEntry.objects.create(
        adoption=adoption,
        kind=kind,
        what=what.strip()[:LONGEST_WORDS],
        why=why.strip()[:LONGEST_WORDS],
        indicator=about.id if about else "",
        version=about.version if about else "",
        value=value,
        n=n,
        period=period.strip()[:40],
        grade=grade if kind is EntryKind.RESULT else "",
        at=at,
        by_id=by.account_id,
    )
    record_change(by=by, at=at, verb="exchange.note", thing=f"try:{adoption.ref}", detail={"kind": kind.value})
    return entry


@transaction.atomic
def issue_log(*, adoption: Adoption, by: Actor, at: datetime) -> HeldPaper:
    """Sign what was changed and seen so far, for whoever wrote the card. Raises NotPermitted."""
    require("practice.exchange", by)
    body = log_body(adoption, on=today(at))
    title = str(body["programme"] or adoption.card.title)
    return sign_and_hold(Kind.LOG, body, subject=adoption.card.subject, number=0, title=title, by=by, at=at)
