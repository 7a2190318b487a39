"""Work abroad is offered only under a live licence: on the day it is over, the adverts that rest on it end."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import override

from openpes.core.actors import system
from openpes.journeys.still_open import take_down
from openpes.reference.country import country, today
from openpes.vacancies.clock_queries import licence_abroad, open_abroad
from openpes.vacancies.states import AbroadLicence
from openpes.vacancies.words import words_of
from openpes_countries import overseas_licence_needed

CLOCK = system("vacancy.approve", "referral.create", label="licence clock")
AT_ONCE = 500


def end_unlicensed(*, at: datetime) -> int:
    """Take down adverts for work abroad whose firm's licence is over. The firm and all who applied are told.

    What the register cannot tell ends nothing. Returns how many ended; a second run finds none.
    """
    on = today(at)
    if overseas_licence_needed(country(), on=on).is_no:
        return 0
    worth: dict[int, AbroadLicence] = {}
    ended = 0
    for vacancy in open_abroad(limit=AT_ONCE):
        firm = vacancy.employer
        if firm.pk not in worth:
            worth[firm.pk] = licence_abroad(firm, on)
        if worth[firm.pk] == AbroadLicence.NOT_LIVE:
            with override(firm.language):
                note = words_of("abroad_without_licence", {})
            take_down(vacancy=vacancy, note=note, by=CLOCK, at=at)
            ended += 1
    return ended
