"""Ways in, and what passes between the dialogue and what carries out its wishes. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class Channel(StrEnum):
    """By which way somebody talks with the service."""

    SMS = "sms"
    USSD = "ussd"
    WEB = "web"
    PAPER = "paper"


class WhyNot(StrEnum):
    """Why a job is not for somebody."""

    FAR = "far"
    PAY = "pay"
    HOURS = "hours"
    FAMILY = "family"
    OTHER = "other"


HOME = "home"


@dataclass(frozen=True)
class Ask:
    """What a dialogue wants done: for whom (None: nobody known), with which answers."""

    channel: Channel
    address: str
    language: str
    at: datetime
    person_id: int | None = None
    facts: dict[str, Any] = field(default_factory=dict)
    text: str = ""


@dataclass(frozen=True)
class Came:
    """What came of it: its name in data/effects.yaml, the facts of the sentence, and what the dialogue remembers.

    as_told: a sentence that is ready, in place of the state's own.
    """

    name: str
    facts: dict[str, Any] = field(default_factory=dict)
    keep: dict[str, Any] = field(default_factory=dict)
    person_id: int | None = None
    language: str = ""
    as_told: str = ""


@dataclass(frozen=True)
class Reply:
    """One answer to send. `person_id` is whom it is for, when that is known."""

    text: str
    language: str
    person_id: int | None = None
