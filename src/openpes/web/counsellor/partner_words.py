"""Words of the desk about handed lists and targets."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from openpes.partnerships.states import HandedKind, TargetMeasure

TARGETS = _("Targets by group")
HANDED = {
    HandedKind.LEAVERS: _("A school hands over its leavers"),
    HandedKind.SHOCK: _("A factory closed, a flood, another shock"),
}
MEASURE = {
    TargetMeasure.REGISTERED: _("registered"),
    TargetMeasure.PARTNER: _("accepted by a partner"),
    TargetMeasure.WORK: _("began work"),
}
