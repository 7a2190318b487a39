"""The questions: sixty of our own, ten for each side of work; the first five of a side are the short form.

Every side has work that is done mostly by women, mostly by men and by both in the region; no question names who does
it. A code is kept for ever: a question that changes its meaning gets a new code.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from openpes.interests.states import Length, Side

VERSION = "2026-11"
SHORT_OF_A_SIDE = 5


@dataclass(frozen=True)
class Item:
    """One question: an activity to like or not."""

    code: str
    side: Side
    words: Any


_WORDS: dict[Side, tuple[Any, ...]] = {
    Side.R: (
        _("Repair a motorbike"),
        _("Grow vegetables"),
        _("Sew clothes with a machine"),
        _("Build a house wall"),
        _("Cook meals in a big kitchen"),
        _("Drive a truck or a bus"),
        _("Take care of farm animals"),
        _("Change the screen of a phone"),
        _("Make furniture from wood"),
        _("Pack goods with a machine"),
    ),
    Side.I: (
        _("Find out why a plant is sick"),
        _("Test if water is clean"),
        _("Learn how medicines work"),
        _("Find the fault in a computer"),
        _("Look at blood through a microscope"),
        _("Study the weather and the sea"),
        _("Solve hard number puzzles"),
        _("Read about new discoveries"),
        _("Compare two ways of growing rice"),
        _("Ask why people fall ill"),
    ),
    Side.A: (
        _("Draw or paint a picture"),
        _("Make short films with a phone"),
        _("Design a dress or a shirt"),
        _("Sing or play music for people"),
        _("Decorate a cake or a table"),
        _("Write a story or a song"),
        _("Take photos at a wedding"),
        _("Dance or act in a show"),
        _("Make a poster for a shop"),
        _("Weave or carve things to sell"),
    ),
    Side.S: (
        _("Teach children to read"),
        _("Care for a sick person"),
        _("Listen to a friend with problems"),
        _("Show a new worker what to do"),
        _("Train a sports team"),
        _("Help old people at home"),
        _("Tell families how to stay healthy"),
        _("Guide visitors around my town"),
        _("Help people after a flood"),
        _("Play with small children"),
    ),
    Side.E: (
        _("Sell things at a market"),
        _("Open my own small shop"),
        _("Lead a group of workers"),
        _("Sell things online"),
        _("Speak in front of many people"),
        _("Agree on a price with a buyer"),
        _("Plan a feast and find helpers"),
        _("Talk guests into taking a tour"),
        _("Decide what a business does next"),
        _("Ask people to join a group"),
    ),
    Side.C: (
        _("Count money at the end of the day"),
        _("Write down what was sold"),
        _("Type letters on a computer"),
        _("Keep a store room in order"),
        _("Fill in forms without mistakes"),
        _("Check that a bill is right"),
        _("Put patient papers in order"),
        _("Make a list of all goods"),
        _("Write down when workers come"),
        _("Book rooms and times for guests"),
    ),
}

ITEMS: tuple[Item, ...] = tuple(
    Item(f"{side.value}{place + 1:02}", side, _WORDS[side][place]) for place in range(10) for side in Side
)
"""All questions in the order in which they are asked: the sides take turns, the short form comes first."""


def items_of(length: Length) -> tuple[Item, ...]:
    """The questions of a form."""
    return ITEMS[: SHORT_OF_A_SIDE * len(Side)] if length == Length.SHORT else ITEMS


def sides_of(length: Length) -> dict[str, Side]:
    """Side of each question of a form, by code."""
    return {one.code: one.side for one in items_of(length)}
