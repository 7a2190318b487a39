"""Words of the register of agencies that people read."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from openpes.organisations.states import AgencyKind, Licence

KIND = {
    AgencyKind.DOMESTIC: _("work in this country"),
    AgencyKind.OVERSEAS: _("work abroad"),
    AgencyKind.BOTH: _("work here and abroad"),
}
LICENCE = {
    Licence.LIVE: _("Licensed"),
    Licence.NOT_YET: _("Not licensed yet"),
    Licence.EXPIRED: _("The licence has expired"),
    Licence.SUSPENDED: _("The licence is suspended"),
    Licence.CANCELLED: _("The licence was cancelled"),
    Licence.OTHER_KIND: _("Licensed for other work only"),
    Licence.NOT_LISTED: _("Not on the register"),
    Licence.UNKNOWN: _("Nobody can tell yet"),
}
AGENCY_REASON = {
    "list_is_older": _("The list that holds is of %(held)s, and this one is older. Load a newer list."),
    "list_is_empty": _("No row of this file could be taken, so the register stays as it is. Mend the rows first."),
}
