"""What comes in from the interview page: parts of the talk, barriers, and what goes back when something is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from openpes.circumstances.models import Barrier
from openpes.circumstances.operations import SaidBarrier
from openpes.circumstances.states import BarrierKind
from openpes.circumstances.words import BARRIER, SEVERITY
from openpes.guidance.lists import activities, leading_themes, statements
from openpes.guidance.models import Interview, InterviewPart
from openpes.guidance.operations import CHOSEN, Clash, GivenPart
from openpes.guidance.scripts import Part, Script
from openpes.guidance.states import PartKind
from openpes.web.counsellor.circumstance_words import QUESTION, WOULD_HELP
from openpes.web.forms import OpenpesForm, PlainDateField

CHOICES: dict[PartKind, Any] = {PartKind.ACTIVITIES: activities, PartKind.INTERESTS: statements}


class BeginForm(OpenpesForm):
    """Which script, and whether it was held on paper before."""

    about_self = False
    script = forms.CharField(
        error_messages={"required": _("Choose how long you have and for whom.")}, widget=forms.HiddenInput
    )
    held_on = PlainDateField(label=_("It was held on paper on"), required=False)


def field_name(part: str, question: str) -> str:
    """The name of a box on the page."""
    return f"{part}.{question}"


def given_parts(data: QueryDict, script: Script) -> list[GivenPart]:
    """The parts that came in, each with the version that the writer saw. What is not in the page is left alone."""
    found = []
    for part in script.parts:
        seen = data.get(f"version.{part.code}", "")
        if part.kind == PartKind.BARRIERS or not seen.isdecimal():
            continue
        if part.kind == PartKind.TALK:
            answers = {one.code: data.get(field_name(part.code, one.code), "") for one in part.questions}
        else:
            answers = {CHOSEN: " ".join(data.getlist(field_name(part.code, CHOSEN)))}
        found.append(GivenPart(part.code, int(seen), answers))
    return found


def given_barriers(data: QueryDict, held: dict[str, Barrier]) -> list[SaidBarrier]:
    """What was said about barriers: only the lines that differ from what is held."""
    found = []
    for kind in BarrierKind:
        said = SaidBarrier(
            kind,
            data.get(f"barrier.{kind}.severity", ""),
            data.get(f"barrier.{kind}.words", "").strip(),
            data.get(f"barrier.{kind}.help", "").strip(),
        )
        row = held.get(kind)
        before = (row.severity, row.words, row.would_help) if row else ("", "", "")
        if f"barrier.{kind}.severity" in data and (said.severity, said.words, said.would_help) != before:
            found.append(said)
    return found


@dataclass(frozen=True)
class Typed:
    """What was typed and could not be kept: shown again as it was."""

    data: QueryDict | None = None
    clashes: tuple[Clash, ...] = ()


def _talk(part: Part, row: InterviewPart | None, typed: Typed, clash: Clash | None) -> list[dict[str, Any]]:
    lines = []
    for one in part.questions:
        name = field_name(part.code, one.code)
        held = row.answers.get(one.code, "") if row else ""
        mine = typed.data.get(name, held) if typed.data is not None else held
        theirs = clash.theirs.get(one.code, "") if clash else ""
        lines.append(
            {"question": one, "name": name, "value": mine, "theirs": theirs if theirs.strip() != mine.strip() else ""}
        )
    return lines


def _ticks(part: Part, row: InterviewPart | None, typed: Typed) -> list[dict[str, Any]]:
    chosen = row.answers.get(CHOSEN, "").split() if row else []
    if typed.data is not None:
        chosen = typed.data.getlist(field_name(part.code, CHOSEN))
    return [{"code": one.code, "says": one.says, "ticked": one.code in chosen} for one in CHOICES[part.kind]().values()]


def barrier_lines(held: dict[str, Barrier], data: QueryDict | None) -> list[dict[str, Any]]:
    """The nine lines on what can stand in the way, with what is held or was typed."""
    lines = []
    for kind in BarrierKind:
        row = held.get(kind)
        value = {
            "severity": row.severity if row else "",
            "words": row.words if row else "",
            "help": row.would_help if row else "",
        }
        if data is not None:
            value = {name: data.get(f"barrier.{kind}.{name}", was) for name, was in value.items()}
        lines.append(
            {
                "kind": kind,
                "title": BARRIER[kind],
                "question": QUESTION[kind],
                "ideas": WOULD_HELP[kind],
                "severities": [
                    {"code": code, "words": words, "chosen": code == value["severity"]}
                    for code, words in SEVERITY.items()
                ],
                "open": bool(value["severity"] or value["words"] or value["help"]),
                **value,
            }
        )
    return lines


def parts_for_page(script: Script, interview: Interview, typed: Typed) -> list[dict[str, Any]]:
    """The parts of the page, each with its minutes, its version and what is written in it."""
    rows = {row.code: row for row in interview.parts.all()}
    clashes = {one.code: one for one in typed.clashes}
    shown, minute = [], 0
    for number, part in enumerate(script.parts, start=1):
        row, clash = rows.get(part.code), clashes.get(part.code)
        minute += part.minutes
        shown.append(
            {
                "number": number,
                "part": part,
                "until": minute,
                "version": clash.version if clash else row.version if row else 0,
                "saved_at": row.saved_at if row else None,
                "clash": clash,
                "lines": _talk(part, row, typed, clash) if part.kind == PartKind.TALK else [],
                "ticks": _ticks(part, row, typed) if part.kind in CHOICES else [],
            }
        )
    return shown


def chosen_in(script: Script, interview: Interview, kind: PartKind) -> list[str]:
    """The codes that were ticked in the part of a kind."""
    rows = {row.code: row for row in interview.parts.all()}
    for part in script.parts:
        if part.kind == kind and part.code in rows:
            return str(rows[part.code].answers.get(CHOSEN, "")).split()
    return []


def interests_found(script: Script, interview: Interview) -> list[Any]:
    """The sides of work that somebody leans to."""
    return leading_themes(chosen_in(script, interview, PartKind.INTERESTS))
