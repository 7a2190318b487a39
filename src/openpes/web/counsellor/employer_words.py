"""Words about firms that only officers read."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from openpes.organisations.states import BusinessStatus, ContactKind, RegisterWord

REGISTER = {
    RegisterWord.MATCH: _("On the business register, with this name and number"),
    RegisterWord.NEAR: _("Nearly: compare the lines of the register with the papers"),
    RegisterWord.OTHER_NAME: _("Careful: this number belongs to another name"),
    RegisterWord.NOT_GOOD: _("Careful: the register says that this firm is suspended or struck off"),
    RegisterWord.NOT_LISTED: _("Not on the business register"),
    RegisterWord.UNKNOWN: _("No business register is loaded: look at the papers, call, or visit"),
}
REGISTER_CAREFUL = frozenset({RegisterWord.OTHER_NAME, RegisterWord.NOT_GOOD, RegisterWord.NOT_LISTED})
BUSINESS_STATUS = {
    BusinessStatus.ACTIVE: _("active"),
    BusinessStatus.SUSPENDED: _("suspended"),
    BusinessStatus.STRUCK_OFF: _("struck off"),
}
CONTACT = {ContactKind.VISIT: _("Visit"), ContactKind.CALL: _("Call")}
CONTACT_REASON = {
    "day_to_come": _("This day has not come yet."),
    "until_has_passed": _("The next day has passed already. Choose a later one."),
}
SHOW = {
    "": _("All"),
    "due": _("Due a visit or a call"),
    "new": _("New"),
    "silent": _("Answer too little"),
    "paper": _("A paper ends soon"),
    "report": _("Have not reported"),
}
