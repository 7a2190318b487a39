"""What people read about themselves."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from openpes.interests.states import Agreement, Side, Weight

SIDE: dict[Side, Any] = {
    Side.R: _("Hands and tools"),
    Side.I: _("Finding things out"),
    Side.A: _("Making new things"),
    Side.S: _("Helping people"),
    Side.E: _("Selling and leading"),
    Side.C: _("Keeping order"),
}
LIKES: dict[Side, Any] = {
    Side.R: _("You like to work with your hands, with machines, plants or animals."),
    Side.I: _("You like to find out how things work and why."),
    Side.A: _("You like to make things that are new or beautiful."),
    Side.S: _("You like to teach people, to help and to care for them."),
    Side.E: _("You like to sell, to lead and to begin new things."),
    Side.C: _("You like order, lists, numbers and clear rules."),
}
ANSWER: dict[int, Any] = {
    1: _("Not at all"),
    2: _("Not much"),
    3: _("In between"),
    4: _("I like it"),
    5: _("I like it a lot"),
}
# Signs that old phones have too; each stands beside its words.
FACE = {1: "☹☹", 2: "☹", 3: "–", 4: "☺", 5: "☺☺"}
AGREEMENT: dict[Agreement, Any] = {
    Agreement.CLOSE: _("Your two strongest sides are close: many kinds of work have both."),
    Agreement.MIDDLE: _("Your two strongest sides are not far apart: some kinds of work have both."),
    Agreement.FAR: _("Your two strongest sides are far apart: work can have one, and your free time the other."),
}
FLAT = _("You like all sides about the same. That is fine: look at many kinds of work.")
NOT_NORMED = _(
    "These are our own questions. Nobody has yet compared the answers with those of other people in your country. "
    "Take the result as something to think about, not as a test."
)
WEIGHT: dict[Weight, Any] = {Weight.VERY: _("Very important"), Weight.SOME: _("Important"), Weight.NOT: _("Not so")}
CARD: dict[str, Any] = {
    "pay": _("Good pay"),
    "steady": _("The same pay each month"),
    "safe": _("A safe place to work"),
    "near": _("Work near my home"),
    "family": _("Time for my family"),
    "learn": _("Learning new things"),
    "rise": _("A better job later"),
    "respect": _("Being treated with respect"),
    "help": _("Helping others"),
    "friends": _("Nice people to work with"),
    "own": _("Deciding for myself"),
    "lead": _("Leading others"),
    "change": _("Something new each day"),
    "same": _("Knowing what each day brings"),
    "outside": _("Working outside"),
    "clean": _("Clean and quiet work"),
    "moving": _("Moving, not sitting"),
    "faith": _("Room for my faith"),
    "travel": _("Seeing other places"),
    "proud": _("Being proud of what I make"),
}
DID: dict[str, Any] = {
    "family_meals": _("I cook for my family."),
    "big_feasts": _("I cook for weddings, feasts or funerals."),
    "sells_food": _("I make and sell food or drinks."),
    "helps_in_shop": _("I help in a shop or at a stall."),
    "sells_online": _("I sell things by phone or online."),
    "buys_for_home": _("I buy for my home and ask for a better price."),
    "saving_group": _("I keep the money of a group."),
    "small_children": _("I look after small children."),
    "homework": _("I help children with school work."),
    "old_or_ill": _("I care for somebody who is old or ill."),
    "cleans_house": _("I keep the house clean."),
    "laundry": _("I wash and iron clothes."),
    "sews": _("I sew or mend clothes."),
    "hair_and_looks": _("I cut hair or do make-up or nails for others."),
    "field_work": _("I plant, weed and harvest."),
    "keeps_animals": _("I keep chickens, pigs, goats or cows."),
    "fishes": _("I fish, mend nets or sort fish."),
    "carries_loads": _("I carry and load heavy things."),
    "building_help": _("I help to build houses."),
    "paints": _("I paint walls, signs or furniture."),
    "repairs": _("I repair bicycles, motorbikes or tyres."),
    "drives": _("I take people or goods by motorbike or boat."),
    "helps_with_phones": _("I help others with phones and computers."),
    "interprets": _("I speak for others in a second language."),
    "fills_forms": _("I read letters and fill in forms for others."),
    "organises": _("I organise events, a team or a youth group."),
}
REASON: dict[str, Any] = {
    "answers_missing": _("Choose one answer for each question."),
    "cards_missing": _("Say for each card how important it is."),
    "top_too_many": _("Choose up to %(most)s cards."),
}
