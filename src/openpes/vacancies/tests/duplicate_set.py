"""A seeded set of adverts with noise of our own: copies as other sources write them, and neighbours that are not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from random import Random

from openpes.vacancies.duplicates import Advert

TITLES = ("Line cook", "Warehouse packer", "Sewing machine operator", "Delivery rider", "Shop assistant", "Welder",
          "Hotel cleaner", "Data entry clerk", "Security guard", "Nurse", "Electrician", "Waiter", "Bookkeeper",
          "Đầu bếp", "พ่อครัว", "Juru masak", "रसोइया", "조리사", "厨师", "Тогооч")  # fmt: skip
TASKS = ("prepare meals for guests", "pack goods and load trucks", "sew shirts on a fast line", "bring parcels on time",
         "serve people at the counter", "weld frames by plan", "clean rooms and corridors", "type forms without errors",
         "watch the gate at night", "care for patients", "mend wiring in homes", "keep the books of the shop",
         "count stock each evening", "answer calls and letters", "check machines every hour", "teach new colleagues",
         "order what is missing", "drive to the market", "wash and sort linen", "write the daily report")  # fmt: skip
OFFERS = ("lunch included", "uniform given", "one day off each week", "pay twice a month", "bus from the town centre",
          "we train you", "thirteenth month", "health insurance", "a room on the site", "overtime is paid")  # fmt: skip
FIRMS = (
    "Blue Harbour",
    "Golden Rice",
    "Two Rivers",
    "Hill Garden",
    "Sun Store",
    "North Gate",
    "Old Bridge",
    "Palm Court",
)


def _advert(rng: Random) -> Advert:
    tasks, offers, firm = rng.sample(TASKS, 4), rng.sample(OFFERS, 3), rng.choice(FIRMS)
    text = f"{firm} looks for somebody to {tasks[0]}, {tasks[1]} and {tasks[2]}. You also {tasks[3]}. " + ". ".join(
        offers
    )
    return Advert(rng.choice(TITLES), text, f"A{rng.randrange(6)}", Decimal(rng.randrange(300, 900)), "PHP/day",
                  rng.randrange(1, 6), firm)  # fmt: skip


def _noise(rng: Random, text: str, share: float) -> str:
    """Letters lost, doubled or swapped, as typing does."""
    out: list[str] = []
    for letter in text:
        draw = rng.random()
        out.append("" if draw < share / 3 else letter * 2 if draw < share * 2 / 3 else letter)
    return "".join(out)


def copy_of(advert: Advert, rng: Random) -> Advert:
    """The same job as another source writes it."""
    sentences = advert.text.split(". ")
    rng.shuffle(sentences)
    text = _noise(rng, ". ".join(sentences), rng.choice((0.0, 0.01, 0.03)))
    if rng.random() < 0.3:
        text += rng.choice((" Apply at our office.", " Posted by the city portal.", " URGENT! Call today."))
    if rng.random() < 0.15:
        text = text[: int(len(text) * 0.8)]
    title = rng.choice(
        (advert.title, advert.title.upper(), f"{advert.title} ({advert.places})", f"URGENT {advert.title}")
    )
    pay = advert.pay
    if pay is not None and rng.random() < 0.2:
        pay = None if rng.random() < 0.5 else (pay * Decimal("1.02")).quantize(Decimal(1))
    return replace(advert, title=title, text=text, pay=pay)


def neighbour_of(advert: Advert, rng: Random) -> Advert:
    """Another job that looks alike: the same title and place with other work, or one firm's other opening."""
    other = _advert(rng)
    if rng.random() < 0.5:
        return replace(other, title=advert.title, area_code=advert.area_code, pay=advert.pay)
    return replace(other, area_code=advert.area_code, firm=advert.firm, pay=advert.pay)


def pairs(seed: int, number: int) -> Iterator[tuple[Advert, Advert, bool]]:
    """(one, other, are they one job?): as many copies as neighbours, and ten times as many drawn at random."""
    rng = Random(seed)
    for _one in range(number):
        advert = _advert(rng)
        yield advert, copy_of(advert, rng), True
        yield advert, neighbour_of(advert, rng), False
        for _other in range(10):
            yield advert, replace(_advert(rng), area_code=advert.area_code), False
