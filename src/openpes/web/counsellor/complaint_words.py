"""Words of complaints that only staff read."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from openpes.complaints.states import Channel

CHANNEL = {
    Channel.WEB: _("Own page"),
    Channel.PUBLIC: _("Public page"),
    Channel.DESK: _("At the office"),
    Channel.PHONE_CALL: _("By phone"),
    Channel.SMS: _("By text message"),
    Channel.PAPER: _("On paper"),
}
REASON = {
    "named_officer_needed": _("Only an officer with an own account can do this."),
    "not_about_oneself": _("This is about you. Somebody else looks into it."),
    "second_look_by_another": _("You gave the first answer. Somebody else looks again."),
    "answer_needed": _("Write the answer in words: what you found, and what happens now."),
    "not_for_the_inspectorate": _("The labour inspectorate does not look into this kind of complaint."),
    "agreement_needed": _("Ask the person first: it is passed on only when they agree."),
    "already_ended": _("It is answered already."),
}
