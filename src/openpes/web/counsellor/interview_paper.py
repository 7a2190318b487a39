"""The words of a script on paper, as plain data for the press."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from openpes.circumstances.words import BARRIER
from openpes.guidance.lists import activities, statements
from openpes.guidance.scripts import Part, Script
from openpes.guidance.states import PartKind


def _ticks(part: Part) -> list[str]:
    if part.kind == PartKind.BARRIERS:
        return [_("Read aloud; the person says yes"), *(str(words) for words in BARRIER.values())]
    listed: dict[PartKind, Any] = {PartKind.ACTIVITIES: activities, PartKind.INTERESTS: statements}
    return [one.says for one in listed[part.kind]().values()] if part.kind in listed else []


def script_paper(script: Script) -> dict[str, Any]:
    """Everything that is printed."""
    return {
        "language": script.language.split("-")[0] or "en",
        "title": script.title,
        "footer": _("Keep this paper safe: it is about a person. Key it in and destroy it."),
        "head": [_("Number of the person"), _("Day"), _("Counsellor")],
        "before": script.before,
        "parts": [
            {
                "title": part.title,
                "minutes": ngettext("%(n)s minute", "%(n)s minutes", part.minutes) % {"n": part.minutes},
                "say": part.say,
                "questions": [
                    {
                        "ask": one.ask,
                        "local": one.ask_local,
                        "prompts": " · ".join(one.prompts),
                        "write": one.write,
                    }
                    for one in part.questions
                ],
                "ticks": _ticks(part),
                "columns": 2,
            }
            for part in script.parts
        ],
        "plan_title": _("The plan"),
        "plan": [_("What the talk found, and the way forward"), _("One goal, in the person’s words")],
        "columns": ["", _("Action"), _("Who"), _("By when")],
    }
