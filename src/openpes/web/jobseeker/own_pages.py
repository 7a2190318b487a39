"""What every page of a registered person starts from: their own registration, and how far along they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openpes.core.actors import Actor
from openpes.dialogues.declining import declined_by
from openpes.jobseekers.models import Jobseeker
from openpes.jobseekers.queries import own_registration
from openpes.jobseekers.words import REASON as OF_REGISTRATIONS
from openpes.matching.explanations import MatchFacts
from openpes.matching.queries import Suggested, current_run, explain_several, fresh_matches, suggestions_for
from openpes.matching.words import Line, lines_of
from openpes.placements.words import REASON as OF_PLACEMENTS
from openpes.reference.country import today
from openpes.referrals.models import Referral
from openpes.referrals.queries import referred_vacancy_ids
from openpes.referrals.states import ReferralState
from openpes.referrals.words import REASON as OF_REFERRALS
from openpes.web.public.adverts import line_of
from openpes.web.requests import OpenpesRequest
from openpes.web.templatetags.openpes import distance, plain_date

MOST_REASONS, MOST_MISSING = 3, 2
# So many places of a list are looked up anew for jobs that the person has declined.
MOST_DECLINED = 20
# What a rule says about "this person", said to the person.
OWN_REASON = {
    "jobseeker_not_active": gettext_lazy(
        "Your registration is not active just now, so nobody can be told about you. Your own page says what to do."
    ),
    "no_consent": gettext_lazy("You have not agreed to be introduced to this employer."),
    "already_referred": gettext_lazy("You have applied for this job already and wait for the answer."),
}


def own(request: OpenpesRequest) -> Jobseeker:
    """The registration of whoever is signed in. Raises NotFound."""
    return own_registration(request.actor)


def refusal_words(code: str, facts: dict[str, Any], text: str = "") -> str:
    """Why something cannot be done, said to the person themselves."""
    sentence = OWN_REASON.get(code)
    if sentence:
        return str(sentence) % facts
    known = OF_REFERRALS.get(code) or OF_PLACEMENTS.get(code) or OF_REGISTRATIONS.get(code)
    return str(known) % facts if known else text or code


@dataclass(frozen=True)
class JobForMe:
    """A job in a person's list, with the words of why and why not."""

    row: dict[str, Any]
    percent: int
    distance: str
    reasons: tuple[str, ...]
    missing: tuple[str, ...]
    applied: bool


def shown_lines(match: MatchFacts, language: str) -> list[Line]:
    """The lines of an explanation for terms that count at all under the policy."""
    return [line for line in lines_of(match, language) if line.most]


def distance_words(match: MatchFacts) -> str:
    """How far the job is, or that nobody knows."""
    km = next((term.facts["km"] for term in match.terms if term.term == "distance"), None)
    return distance(km)


def suggested_to(actor: Actor, jobseeker: Jobseeker, *, at: datetime, limit: int) -> list[Suggested]:
    """What the national match found; what fits now, when the registration is newer than that match."""
    run = current_run()
    if run is not None and run.started_at is not None and run.started_at >= jobseeker.changed_at:
        found = suggestions_for(actor, jobseeker, limit=limit)
        if found:
            return found
    return fresh_matches(actor, jobseeker, at=at, limit=limit)


def jobs_for(actor: Actor, jobseeker: Jobseeker, language: str, *, at: datetime, limit: int) -> list[JobForMe]:
    """The best jobs for a person with reasons; the reads do not grow with their number."""
    declined = declined_by(jobseeker.person_id)
    found = suggested_to(actor, jobseeker, at=at, limit=limit + min(len(declined), MOST_DECLINED))
    found = [one for one in found if one.vacancy.pk not in declined][:limit]
    why = explain_several(actor, jobseeker, [one.vacancy.pk for one in found], at=at)
    applied = referred_vacancy_ids(jobseeker.pk)
    return [
        _job(one, why[one.vacancy.pk], language, at, applied=one.vacancy.pk in applied)
        for one in found
        if one.vacancy.pk in why
    ]


def _job(one: Suggested, match: MatchFacts, language: str, at: datetime, *, applied: bool) -> JobForMe:
    lines = shown_lines(match, language)
    good = sorted((line for line in lines if line.good), key=lambda line: -line.points)
    bad = [line for line in lines if line.good is False]
    return JobForMe(
        line_of(one.vacancy, language, at),
        match.percent,
        distance_words(match),
        tuple(f"{line.label}: {line.words}" for line in good[:MOST_REASONS]),
        tuple(f"{line.label}: {line.words}" for line in bad[:MOST_MISSING]),
        applied,
    )


def score_parts(lines: Sequence[Line]) -> list[dict[str, Any]]:
    """The lines of an explanation as the parts of a score bar; an unknown one is drawn as unknown."""
    return [
        {
            "label": line.label,
            "value": None if line.good is None else line.points,
            "out_of": line.most,
            "words": line.words,
        }
        for line in lines
    ]


def clock_words(referral: Referral, at: datetime) -> str:
    """How long the person still waits for an answer, at most."""
    if referral.state == ReferralState.ENDED:
        return ""
    days = (today(referral.answer_due_at) - today(at)).days
    if days < 0:
        return _("The answer is late. Your office is asking the employer.")
    if days == 0:
        return _("You know more today.")
    return _("You will hear by %(day)s.") % {"day": plain_date(today(referral.answer_due_at))}
