"""May a paper be taken in, a card be tried, an entry be written. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from openpes.core.decisions import Decision, Reason, no, yes
from openpes.exchange.cards import speaks_too_boldly
from openpes.exchange.states import EntryKind, Grade

LONGEST_WORDS = 1000


@dataclass(frozen=True)
class PaperFacts:
    """What is known when a signed paper comes in.

    `signer_has_other_key`: this name signed before with another key. `subject_of_other_key`: the same card came before
    under another key. `about_own_card`: a log speaks of a card that was written here (None: it is no log).
    """

    held_already: bool
    own_key: bool
    key_known: bool
    signer_has_other_key: bool
    subject_of_other_key: bool
    key_compared: bool
    about_own_card: bool | None


def may_take(facts: PaperFacts) -> Decision:
    """A new key of a known name, or of a known card, is taken only after two people compared it."""
    if facts.held_already:
        return no(Reason("held_already"))
    if facts.own_key:
        return no(Reason("own_paper"))
    if facts.about_own_card is False:
        return no(Reason("not_our_card"))
    if facts.subject_of_other_key:
        return no(Reason("card_of_another"))
    if not facts.key_known and facts.signer_has_other_key and not facts.key_compared:
        return no(Reason("key_changed"))
    return yes()


def may_adopt(*, is_card: bool, own: bool, adopted: bool) -> Decision:
    """A card of others, once."""
    if not is_card or own:
        return no(Reason("not_a_card_of_others"))
    return no(Reason("adopted_already")) if adopted else yes()


def may_write_entry(*, kind: EntryKind, what: str, why: str, grade: str) -> Decision:
    """A change says why; a result says how well it is known, and grade D claims no effect."""
    reasons = []
    if not what.strip():
        reasons.append(Reason("what_needed"))
    if kind is EntryKind.CHANGED and not why.strip():
        reasons.append(Reason("why_needed"))
    if kind is EntryKind.RESULT and grade not in {one.value for one in Grade}:
        reasons.append(Reason("grade_needed"))
    if kind is EntryKind.RESULT and speaks_too_boldly(grade, f"{what} {why}"):
        reasons.append(Reason("too_bold"))
    return no(*reasons) if reasons else yes()
