"""What staff read when something about programmes is refused."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from openpes.core.decisions import Refused

PROGRAMMES_DESK = ("programme_manager",)
COURSES, FLAGS = _("Courses"), _("Flags")
COURSE_DESK = ("programme_manager", "partner_staff")
APPLICATIONS_DESK = ("programme_manager", "office_manager", "counsellor")
REASON = {
    "two_people": _("A second person has to do this: you wrote, sent or entered it yourself."),
    "named_officer_needed": _("This needs a named officer."),
    "title_needed": _("Give it a title."),
    "source_needed": _("Name the source."),
    "ends_before_start": _("It ends before it starts."),
    "rule_not_understood": _("The rule cannot be read: %(why)s"),
    "not_a_draft": _("This version is approved already. Write a new version."),
    "not_approved": _("Approve the version first."),
    "places_needed": _("At least one place is needed."),
    "fund_needed": _("Name the money that pays for the places."),
    "name_and_money_needed": _("Give it a name and an amount above nothing."),
    "committed_already": _("More than that is promised already."),
    "words_needed": _("Give the reason in words."),
    "no_place_left": _("No place is left."),
    "no_money_left": _("No money is left."),
    "frozen_already": _("The list is closed already. A round is drawn once."),
    "nobody_waits": _("Nobody waits."),
    "not_a_lottery": _("This round is not drawn by lot."),
    "moment_must_be_later": _("Name a moment that lies ahead: nobody may know the number when the list is closed."),
    "value_not_yet": _("The number can be read only from the named moment on."),
    "value_needed": _("Enter the number first."),
    "values_differ": _("That is not the number that the first person entered. Look at the source again."),
    "drawn_already": _("It is drawn already."),
    "not_in_force": _("This programme is not in force."),
    "not_open_yet": _("Applications are not open yet."),
    "applications_ended": _("The time to apply is over."),
    "applied_already": _("This person has applied already."),
    "not_eligible": _("The rule says no on what is known. Correct the record if it is wrong."),
    "not_from_here": _("This was changed meanwhile. Look again."),
    "offer_over": _("The time to answer is over."),
}


def sentences(refused: Refused) -> list[str]:
    """Why not, in words."""
    return [str(REASON.get(one.code, REASON["not_from_here"])) % one.facts for one in refused.decision.reasons]


def add_reasons(form: forms.Form, refused: Refused) -> None:
    """Put them on the form, so that nothing typed is lost."""
    for one in sentences(refused):
        form.add_error(None, one)


def lines_of(text: Any) -> tuple[str, ...]:
    """One entry a line."""
    return tuple(line.strip() for line in str(text).splitlines() if line.strip())
