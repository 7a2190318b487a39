"""What staff read about courses, money and flags."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from openpes.core.decisions import Refused
from openpes.enrolments.states import ClaimState, EnrolmentState, LeftWhy, PayState, Way
from openpes.web.programmes.words import REASON as OF_PROGRAMMES

STATE = {
    EnrolmentState.ENROLLED: _("In the course"),
    EnrolmentState.COMPLETED: _("Completed"),
    EnrolmentState.LEFT: _("Left"),
}
LEFT = {
    LeftWhy.FOUND_WORK: _("Found work"),
    LeftWhy.HEALTH: _("Health"),
    LeftWhy.FAMILY: _("Family"),
    LeftWhy.TOO_FAR: _("Too far"),
    LeftWhy.MONEY: _("Money"),
    LeftWhy.NOT_AS_PROMISED: _("The course was not as promised"),
    LeftWhy.NEVER_CAME: _("Never came"),
    LeftWhy.OTHER: _("Another reason"),
}
WAY = {Way.LIST: _("list"), Way.LINK: _("link"), Way.SMS: _("text"), Way.SHEET: _("signed sheet")}
PAY = {PayState.DUE: _("Due"), PayState.PAID: _("Paid"), PayState.RETURNED: _("Came back")}
CLAIM = {
    ClaimState.FILED: _("Waits"),
    ClaimState.AGREED: _("Agreed"),
    ClaimState.REFUSED: _("Refused"),
    ClaimState.PAID: _("Paid"),
}
RULE = {
    "account_blank": _("No account for payments"),
    "account_constant": _("The account is one sign over and over, or only counts up"),
    "account_repeated": _("Several people have this account"),
    "phone_constant": _("The phone number is one sign over and over"),
    "phone_repeated": _("More people than a family have this phone"),
    "email_repeated": _("More people than a family have this e-mail"),
    "document_blank": _("No document was noted"),
    "document_repeated": _("Several people showed the same document"),
    "photo_repeated": _("The same photo, or nearly, stands for several people"),
    "two_places_at_once": _("At two places at once"),
    "before_enrolment": _("There before being enrolled"),
    "outside_hours": _("Noted outside the hours of the session"),
    "over_capacity": _("More people than the room holds"),
    "trainer_missing": _("A session without a trainer"),
    "two_programmes": _("In two programmes at once"),
    "worker_says_no": _("The worker says that they do not work there"),
    "worker_silent": _("The worker has not confirmed the claim"),
}
REASON = {
    "ended_already": _("This person has completed or left already."),
    "ends_before_start": _("It ends before it starts, or lasts more than a day."),
    "outside_the_round": _("This day lies outside the round."),
    "other_round": _("This person is in another round."),
    "hours_missing": _("%(present)s of %(held)s hours: %(percent)s per cent are needed."),
    "not_completed": _("A certificate follows completion."),
    "revoked_already": _("It was taken back already."),
    "span_too_long": _("A list spans at most 31 days."),
    "days_listed_already": _("Some of these days are on another list."),
    "no_stipend": _("This programme has no stipend."),
    "not_released": _("A second person releases the list first."),
    "released_already": _("It is released already."),
    "account_needed": _("Write down the account first."),
    "placement_not_found": _("The ledger holds no such work with this firm. Record the outcome first."),
    "not_with_this_firm": _("This person is not enrolled with this firm."),
    "claimed_already": _("Some of these days are claimed already."),
    "amount_needed": _("Give an amount above nothing."),
    "capacity_needed": _("Say how many people the room holds."),
    "provider_closed": _("This organisation is closed."),
    "seed_needed": _("Give the words from which the draw is made."),
}


def why_not(refused: Refused) -> list[str]:
    """The reasons in words, with their numbers."""
    return [
        str(REASON.get(one.code) or OF_PROGRAMMES.get(one.code, OF_PROGRAMMES["not_from_here"])) % one.facts
        for one in refused.decision.reasons
    ]
