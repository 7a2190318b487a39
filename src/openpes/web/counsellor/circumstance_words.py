"""Words of circumstances that only staff read: how to ask, and what would help."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from openpes.circumstances.states import BarrierKind

QUESTION = {
    BarrierKind.TRANSPORT: _("How would you get to work, early or late? What would it cost?"),
    BarrierKind.DOCUMENTS: _("Which papers do you have at home: birth certificate, identity card, school papers?"),
    BarrierKind.CARE: _("Who needs you at home, and at which hours? Who could stand in?"),
    BarrierKind.HEALTH: _("Is there something about your health that work should respect? Say only what you want."),
    BarrierKind.LANGUAGE: _("In which languages can you talk, read and write at work?"),
    BarrierKind.DEBT: _("Do you owe money that makes it hard to start, such as for fees, tools or fares?"),
    BarrierKind.HOUSING: _("Is the place where you sleep sure for the next months?"),
    BarrierKind.SAFETY: _("Is there a person, a place or a road that you must avoid?"),
    BarrierKind.OTHER: _("Is there anything else that stands in the way?"),
}
WOULD_HELP = {
    BarrierKind.TRANSPORT: _("Fare money for the first weeks, a bicycle, a job nearer, riding with somebody"),
    BarrierKind.DOCUMENTS: _("A letter to the registry, a fee waived, going there together"),
    BarrierKind.CARE: _("A place in a nursery, hours that fit, family who take turns"),
    BarrierKind.HEALTH: _("A check-up, a change at the workplace, other hours"),
    BarrierKind.LANGUAGE: _("A course, a form read aloud, a workplace in their own language"),
    BarrierKind.DEBT: _("Weekly pay, advice on debt, a starting grant"),
    BarrierKind.HOUSING: _("Work with a room, the town's housing office, relatives"),
    BarrierKind.SAFETY: _("Work elsewhere, another way there, a shelter or hotline, no number shown"),
    BarrierKind.OTHER: _("Ask what they have tried and what helped a little"),
}
REASON = {
    "circumstances_need_consent": _("Ask first: without the person’s yes, nothing of this is written down."),
    "unknown_barrier": _("“%(code)s” is not on the list of what can stand in the way."),
    "severity_needed": _("Say how much it stands in the way."),
    "unknown_group": _("“%(code)s” is not a group that the country names."),
    "unknown_need": _("“%(code)s” is not on the list of needs at work."),
}
