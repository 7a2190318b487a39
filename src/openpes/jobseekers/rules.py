"""Who may register, and how a registration moves. Pure: the law is asked of the country's pack."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from openpes.core.clock import age_on
from openpes.core.decisions import Decision, Reason, from_answer, no, yes
from openpes.jobseekers.paper_numbers import is_number
from openpes.jobseekers.states import ALLOWED_MOVES, JobseekerState
from openpes_countries import Country, guardian_consent_age
from openpes_countries import may_register as law_on_registering

OLDEST = 110


def may_register(country: Country, *, born_on: date | None, on: date) -> Decision:
    """May this person register? Impossible dates are told apart from the law; an unknown age refuses nobody."""
    if born_on is not None and born_on > on:
        return no(Reason("born_in_future"))
    if born_on is not None and age_on(born_on, on) > OLDEST:
        return no(Reason("born_too_long_ago"))
    return from_answer(law_on_registering(country, birth_date=born_on, on=on), pack_hash=country.hash)


def needs_guardian(country: Country, *, born_on: date | None, on: date) -> bool:
    """True when a parent or guardian has to agree at this age. An unknown birth date: no."""
    return born_on is not None and age_on(born_on, on) < guardian_consent_age(country, on=on).value


def may_move(*, now_in: JobseekerState, to: JobseekerState) -> Decision:
    """A registration moves along the table of moves."""
    if to not in ALLOWED_MOVES[now_in]:
        return no(Reason("jobseeker_move", {"from": now_in.value, "to": to.value}))
    return yes()


@dataclass(frozen=True)
class GivenByGuardian:
    """What a guardian left: a name and a phone are enough, whoever they are."""

    name: str
    phone: str


def may_consent(country: Country, *, born_on: date | None, on: date, guardian: GivenByGuardian | None) -> Decision:
    """A minor's registration waits for a guardian with a name; everybody else consents alone."""
    if needs_guardian(country, born_on=born_on, on=on) and (guardian is None or not guardian.name.strip()):
        return no(Reason("guardian_needed"))
    return yes()


def is_due_to_sleep(*, last_confirmed_at: datetime, at: datetime, days: int) -> bool:
    """True when somebody has been silent so long that the registration should rest."""
    return at - last_confirmed_at > timedelta(days=days)


def may_file_paper(*, number: str, is_known: bool, held_on: date, on: date) -> Decision:
    """A paper is keyed in once, under a number that a form can carry, for a day that has come."""
    if not is_number(number):
        return no(Reason("paper_number"))
    if is_known:
        return no(Reason("paper_known"))
    if held_on > on:
        return no(Reason("paper_to_come"))
    return yes()


MOST_SEARCHES = 5
# Texts go out by day only; the country's quiet hours may narrow it further.
ALERT_HOURS = tuple(range(8, 20))


def may_keep_search(*, text: str, area_code: str, kind: str, kept: int) -> Decision:
    """Whether one more search may be kept: it asks for something, and there are not too many."""
    if not (text or area_code or kind):
        return no(Reason("search_empty"))
    return no(Reason("too_many_searches", {"most": MOST_SEARCHES})) if kept >= MOST_SEARCHES else yes()


def may_set_alert(*, weekday: int, hour: int) -> Decision:
    """Whether news of jobs may come at this time. `weekday` 0 is Monday; `hour` is local."""
    return yes() if 0 <= weekday <= 6 and hour in ALERT_HOURS else no(Reason("alert_time"))


def card_is_valid(*, valid_before: date | None, on: date) -> bool:
    """Whether a card is valid on a day."""
    return valid_before is not None and on < valid_before
