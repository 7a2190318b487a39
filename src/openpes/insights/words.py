"""Words of the parts that figures are divided into."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from openpes.people.words import SEX
from openpes.placements.words import GRADE, KIND
from openpes.referrals.states import Ending
from openpes.referrals.words import ENDING
from openpes.vacancies.states import CloseReason
from openpes.vacancies.words import CLOSE_REASON

AGE = {
    "under_15": _("under 15"),
    "15-19": _("15 to 19"),
    "20-24": _("20 to 24"),
    "25-29": _("25 to 29"),
    "30+": _("30 and over"),
    "unknown": _("age not known"),
}
SEX_IN_FIGURES = {code.value: label for code, label in SEX.items()} | {
    "female": _("Women"),
    "male": _("Men"),
    "not_said": _("Not said"),
}
PART = {
    **{f"closed_{code.value}": CLOSE_REASON[code] for code in CloseReason},
    **{f"ended_{code.value}": ENDING[code] for code in Ending},
    **{code.value: words for code, words in KIND.items()},
    **{code.value: words for code, words in GRADE.items()},
    "answered": _("Answered by the employer"),
    "unanswered": _("Closed unanswered"),
}
HIDDEN = _("fewer than 10, or hidden with one")

REASONS = {
    "month_unreadable": _("Write the month as year and month, for example 2026-11."),
    "month_not_begun": _("This month has not begun yet. Choose an earlier one."),
    "revision_needs_note": _("This month was frozen before. Say in a sentence why it is frozen again."),
    "published_already": _("This freeze was published before. Make a new one to revise the month."),
    "month_still_runs": _("The month had not ended when this freeze was made. Freeze it again now and publish that."),
    "freeze_was_changed": _("What is kept no longer fits its seal. Do not publish it; freeze the month again."),
}
REASONS |= {
    "no_such_code": _("There is no unit group with this code. Choose one of the proposals or look it up."),
    "coded_before": _("These words were coded before."),
    "coded_by_you": _("You coded these words the first time. Somebody else codes them again."),
    "question_needed": _("Write the question in words, so that whoever reads the number knows what was asked."),
    "codes_unknown": _("One of the codes is not known. Choose from the lists."),
    "rows_gone": _("Of this month only its tables and figures are kept. Ask about a later month."),
}
