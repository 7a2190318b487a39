"""What each figure means: one definition a figure, with a version. Pages, files and reports quote from here."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Kind(StrEnum):
    """A stock is counted at an instant, a flow over a month; the two are never added or compared as one."""

    STOCK = "stock"
    FLOW = "flow"
    RATE = "rate"
    DURATION = "duration"


@dataclass(frozen=True)
class Indicator:
    """One figure: its id, its version, what it counts, and what it must not be taken for."""

    id: str
    version: str
    kind: Kind
    title: Promise
    definition: Promise
    caution: Promise
    unit: Promise
    reference: str = ""


PEOPLE, PLACES, TIMES, DAYS, SHARE = (_("people"), _("places"), _("referrals"), _("days"), _("per cent"))
VACANCIES, OUTCOMES = _("vacancies"), _("outcomes")
REGISTER = _(
    "Registered with the service is not the same as unemployed in the sense of the ILO: a labour force survey "
    "counts that."
)

INDICATORS: tuple[Indicator, ...] = (
    Indicator(
        "registered",
        "1.0",
        Kind.FLOW,
        _("People registered"),
        _("Registrations made in the month, by the day they were made. A person counts once."),
        REGISTER,
        PEOPLE,
        "ILO C88 art. 6",
    ),
    Indicator(
        "active",
        "1.0",
        Kind.STOCK,
        _("People looking for work"),
        _(
            "Registrations that were active at the end of the month (or now, for the running month): not resting, "
            "not in work, not left."
        ),
        REGISTER,
        PEOPLE,
        "ILO C88 art. 6",
    ),
    Indicator(
        "live_vacancies",
        "1.0",
        Kind.STOCK,
        _("Live vacancies"),
        _("Vacancies of checked employers that were public at the end of the month (or now)."),
        _("A stock. Never add the live vacancies of several months, and never compare them with postings."),
        VACANCIES,
        "ILO C88 art. 6",
    ),
    Indicator(
        "live_places",
        "1.0",
        Kind.STOCK,
        _("Live places"),
        _("Places still to be had in the live vacancies at the end of the month (or now)."),
        _("Places left, not places once offered."),
        PLACES,
        "ILO C88 art. 6",
    ),
    Indicator(
        "postings",
        "1.0",
        Kind.FLOW,
        _("New postings"),
        _("Vacancies that became public in the month."),
        _("Postings add up over time; they say nothing about how many jobs are open today."),
        VACANCIES,
    ),
    Indicator(
        "referrals",
        "1.0",
        Kind.FLOW,
        _("People sent to employers"),
        _("Referrals and applications sent in the month. One person can be sent to several jobs."),
        _("A referral is not a placement."),
        TIMES,
        "ILO C88 art. 6",
    ),
    Indicator(
        "answer_rate",
        "1.0",
        Kind.RATE,
        _("Answered by employers"),
        _(
            "Of the referrals that ended in the month, those that the employer ended by an answer of their own: "
            "hired, not hired, or filled. The rest were closed unanswered. Withdrawn ones are left out."
        ),
        _("An interview is a step, not an answer that ends."),
        SHARE,
    ),
    Indicator(
        "answer_days",
        "1.0",
        Kind.DURATION,
        _("Usual time to the first answer"),
        _(
            "The median number of days from sending to the employer’s first answer, for first answers given in the "
            "month."
        ),
        _("Referrals without any answer are not in it: read it together with the answer rate."),
        DAYS,
    ),
    Indicator(
        "placements",
        "1.0",
        Kind.FLOW,
        _("Placements"),
        _("Jobs written down in the month that came from a referral of the service, by how well they are known."),
        _("What came after a referral, not what the service caused."),
        OUTCOMES,
        "ILO C88 art. 6",
    ),
    Indicator(
        "outcomes",
        "1.0",
        Kind.FLOW,
        _("All outcomes"),
        _(
            "Jobs, own businesses, apprenticeships, returns to school and programme entries written down in the "
            "month, with or without a referral, by how well they are known."
        ),
        _("What people said is shown apart from what employers or registers confirmed."),
        OUTCOMES,
    ),
)
BY_ID = {one.id: one for one in INDICATORS}
