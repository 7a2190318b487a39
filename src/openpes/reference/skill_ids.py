"""Ids of skills, ours and the publishers'. Pure.

Ours are slugs ("serve-customers"). A publisher's skill is named by its scheme and its own id: "esco:<uuid>",
"onet:2.A.1.a", "tabiya:<uuid>". The two can never be mixed up, because a slug holds no colon.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

SCHEMES = ("esco", "onet", "tabiya")
_ESCO = re.compile(r"https?://data\.europa\.eu/esco/([a-z-]+)/(.+)")


def is_imported(skill_id: str) -> bool:
    """Is it a publisher's skill, and not one of our own?"""
    return ":" in skill_id


def ref_of(uri: str) -> str:
    """The short name of a concept: "esco:<uuid>" for ESCO's skills and occupations, else scheme and path."""
    found = _ESCO.fullmatch(uri)
    if found is None:
        return uri
    kind, rest = found.groups()
    return f"esco:{rest}" if kind in ("skill", "occupation") else f"esco:{kind}/{rest}"


def canonical(skill_ids: Iterable[str], exact: Mapping[str, str]) -> list[str]:
    """The same skills with each publisher's skill replaced by ours where `exact` (their ref -> our id) links them.

    Keeps the order; a skill that is named twice in two vocabularies is there once.
    """
    return list(dict.fromkeys(exact.get(one, one) for one in skill_ids))
