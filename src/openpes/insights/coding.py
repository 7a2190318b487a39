"""The coding queue: own words for work whose code looks doubtful, coded for the statistics, a share of them twice."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from openpes.core.actors import Actor
from openpes.core.change_log import record_change
from openpes.core.decisions import NotFound, Refused
from openpes.insights.access import require_may
from openpes.insights.models import CodedTitle, Freeze, FrozenPerson
from openpes.insights.rules import may_code, may_code_again
from openpes.jobseekers import figures as of_jobseekers
from openpes.reference import taxonomy
from openpes.reference.country import country
from openpes.reference.titles import search

# Words that fewer people use could name somebody; one title in ten is coded by a second person.
FEWEST_PEOPLE, ONE_IN = 3, 10
PROPOSALS = 5


@dataclass(frozen=True)
class Doubtful:
    """Words, the code that people chose with them, how many people, and what the search proposes instead."""

    words: str
    given: str
    given_title: str
    people: int
    proposals: tuple[tuple[str, str], ...]


def coding_queue(actor: Actor, *, limit: int = 20) -> list[Doubtful]:
    """Titles whose given code is none of the first proposals, the most used first. Raises NotPermitted."""
    require_may("figures.freeze", actor)
    done = set(CodedTitle.objects.values_list("words", "code_given"))
    language = country().languages[0].tag
    found = []
    for words, given, people in of_jobseekers.words_of_work(fewest=FEWEST_PEOPLE):
        if (words, given) in done:
            continue
        proposals = tuple((one.isco, one.title) for one in search(words, language, limit=PROPOSALS))
        if proposals and given not in {code for code, _title in proposals[:3]}:
            found.append(Doubtful(words, given, taxonomy.occupation(given).title_en, people, proposals))
        if len(found) == limit:
            break
    return found


@transaction.atomic
def code_title(*, words: str, given: str, code: str, people: int, by: Actor, at: datetime) -> CodedTitle:
    """Code words for the statistics. Which are coded twice is drawn from the words themselves, so nobody can choose.

    Raises NotPermitted, Refused (no such code; coded before).
    """
    require_may("figures.freeze", by)
    decision = may_code(
        is_code=code in taxonomy.unit_codes(),
        coded_before=CodedTitle.objects.filter(words=words, code_given=given).exists(),
    )
    if not decision.allowed:
        raise Refused(decision)
    row = CodedTitle.objects.create(
        words=words,
        code_given=given,
        people=people,
        first_code=code,
        first_by_id=by.account_id,
        first_at=at,
        drawn=int(hashlib.sha256(words.encode()).hexdigest(), 16) % ONE_IN == 0,
    )
    record_change(by=by, at=at, verb="figures.code", thing=f"title:{row.pk}", detail={"code": code})
    return row


@transaction.atomic
def code_again(*, key: int, code: str, by: Actor, at: datetime) -> CodedTitle:
    """The second coder's answer, given without seeing the first. Raises NotPermitted, NotFound, Refused."""
    require_may("figures.freeze", by)
    row = CodedTitle.objects.select_for_update().filter(pk=key, drawn=True, second_code="").first()
    if row is None:
        raise NotFound("title")
    decision = may_code_again(is_code=code in taxonomy.unit_codes(), same_person=row.first_by_id == by.account_id)
    if not decision.allowed:
        raise Refused(decision)
    row.second_code, row.second_by_id, row.second_at = code, by.account_id, at
    row.save(update_fields=["second_code", "second_by", "second_at"])
    record_change(by=by, at=at, verb="figures.code_again", thing=f"title:{row.pk}", detail={"code": code})
    return row


def waiting_for_second(actor: Actor) -> list[CodedTitle]:
    """Drawn titles that this person may code as the second. Raises NotPermitted."""
    require_may("figures.freeze", actor)
    rows = CodedTitle.objects.filter(drawn=True, second_code="").exclude(Q(first_by=actor.account_id))
    return list(rows.order_by("-people", "words")[:20])


@dataclass(frozen=True)
class Agreement:
    """How often two coders agree: plain share and Cohen's kappa (1960), over titles coded twice."""

    titles: int
    share: float | None
    kappa: float | None


def agreement() -> Agreement:
    """Over all titles that two people have coded."""
    pairs = list(CodedTitle.objects.exclude(second_code="").values_list("first_code", "second_code"))
    if not pairs:
        return Agreement(0, None, None)
    n = len(pairs)
    observed = sum(a == b for a, b in pairs) / n
    codes = {code for pair in pairs for code in pair}
    chance = sum(sum(a == code for a, _b in pairs) * sum(b == code for _a, b in pairs) / n**2 for code in codes)
    kappa = None if chance == 1 else (observed - chance) / (1 - chance)
    return Agreement(n, observed, kappa)


def apply_codes(freeze: Freeze) -> int:
    """Give the people of a new freeze the settled codes of their words. Called while the freeze is being made."""
    changed = 0
    for row in CodedTitle.objects.order_by("pk"):
        if row.settled and row.settled != row.code_given:
            who = of_jobseekers.pseudonyms_wanting(words=row.words, isco=row.code_given)
            changed += FrozenPerson.objects.filter(freeze=freeze, pseudonym__in=who).update(isco=row.settled)
    return changed
