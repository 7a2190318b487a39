"""Words of the officers' pages about the law. Staff read them; they stand in English for now."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from openpes.core.decisions import Refused
from openpes.reference.rules import LawAct

LAW_ACT = {
    LawAct.VERIFY: _("verified"),
    LawAct.WAIVE: _("waived"),
    LawAct.REPLACE: _("set"),
    LawAct.WITHDRAW: _("taken back"),
}
LAW_REASON = {
    "officer_not_named": _("Only a named officer can sign. Sign in with an account that carries your name."),
    "source_missing": _("%(key)s: name the law or order that you read."),
    "article_missing": _("%(key)s: name the article or section."),
    "read_on_missing": _("%(key)s: write the day on which you read it."),
    "read_in_the_future": _("%(key)s: the day on which you read it lies in the future."),
    "value_unknown": _("%(key)s is not known yet: set the value of the law first."),
    "reason_missing": _("%(key)s: write the reason in a few words. It stays in the history."),
    "end_missing": _("%(key)s: write until when; a day after today."),
    "end_too_far": _("%(key)s: a value may be waived for at most %(days)s days. Choose an earlier day."),
    "start_missing": _("%(key)s: write the day from which the value holds."),
    "value_misfit": _("%(key)s: %(problem)s %(mend)s"),
    "entry_over": _("%(key)s: this was answered or taken back already."),
    "second_officer_needed": _("%(key)s: another officer than the one who proposed it has to agree."),
}


def refusal_words(refused: Refused) -> list[str]:
    """The sentences of a refusal."""
    said: list[str | Promise] = [LAW_REASON.get(one.code, one.code) for one in refused.decision.reasons]
    facts = [one.facts for one in refused.decision.reasons]
    return [str(sentence) % fact for sentence, fact in zip(said, facts, strict=True)]
