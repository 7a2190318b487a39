"""Reads of the exchange room."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from openpes.core.actors import Actor
from openpes.core.decisions import NotFound
from openpes.core.ids import fold_ref
from openpes.exchange.access import require
from openpes.exchange.law_beside import Line, beside_my_law
from openpes.exchange.models import Adoption, HeldPaper, KnownKey
from openpes.exchange.papers import Kind
from openpes.reference.country import country
from openpes_countries import Country, known_countries, load_country


def cards(actor: Actor) -> QuerySet[HeldPaper]:
    """Cards of this service and of others, the newest first. Raises NotPermitted."""
    require("practice.view", actor)
    return HeldPaper.objects.filter(kind=Kind.CARD).select_related("key", "adoption").defer("text")


def paper_for(actor: Actor, ref: str) -> HeldPaper:
    """One paper. Raises NotPermitted, NotFound."""
    require("practice.view", actor)
    found = HeldPaper.objects.filter(ref=fold_ref(ref)).select_related("key", "adoption__programme").first()
    if found is None:
        raise NotFound("paper")
    return found


def paper_by_name(actor: Actor, name: str) -> HeldPaper:
    """A paper by its number, or the latest card with this id. Raises NotPermitted, NotFound."""
    require("practice.view", actor)
    card = HeldPaper.objects.filter(kind=Kind.CARD, subject=name).order_by("-number").first()
    return card or paper_for(actor, name)


def adoption_of(card: HeldPaper) -> Adoption | None:
    """The try of a card here, or None."""
    return Adoption.objects.filter(card=card).select_related("programme").first()


def own_card(subject: str) -> HeldPaper | None:
    """The latest version of a card of ours, or None."""
    return HeldPaper.objects.filter(kind=Kind.CARD, own=True, subject=subject).order_by("-number").first()


def logs_of(card: HeldPaper) -> list[HeldPaper]:
    """What others report of a card of ours: the latest log of each try."""
    rows = HeldPaper.objects.filter(kind=Kind.LOG, subject=card.subject, own=False).select_related("key")
    latest: dict[tuple[int | None, str], HeldPaper] = {}
    for one in rows.order_by("held_at", "pk"):
        latest[(one.key_id, str(one.body.get("try")))] = one
    return list(latest.values())


def keys(actor: Actor) -> list[KnownKey]:
    """All keys that signed something here. Raises NotPermitted."""
    require("practice.view", actor)
    return list(KnownKey.objects.all())


def key_for(actor: Actor, pk: int) -> KnownKey:
    """One key. Raises NotPermitted, NotFound."""
    require("practice.view", actor)
    found = KnownKey.objects.filter(pk=pk).first()
    if found is None:
        raise NotFound("key")
    return found


def pack_of(code: str) -> Country | None:
    """The pack of a country, or None where there is none here."""
    return load_country(code) if code in known_countries() else None


def law_beside(card: HeldPaper, *, on: date) -> list[Line]:
    """A card beside the law in force here."""
    return beside_my_law(card.body, there=pack_of(card.country), here=country(), on=on)


def cards_of(actor: Actor, code: str, *, limit: int = 10) -> list[HeldPaper]:
    """Cards of one country that are held, the newest first. Raises NotPermitted."""
    return list(cards(actor).filter(country=code)[:limit])
