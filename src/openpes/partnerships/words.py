"""Words of partnerships that people outside the office read. What only the desks read is in `web/partner/words.py`."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from openpes.partnerships.states import PartnerAnswer, PartnerPurpose, SharedField

PURPOSE = {
    PartnerPurpose.TRAINING: _("Training"),
    PartnerPurpose.WORK_SEARCH: _("Help with looking for work"),
    PartnerPurpose.ENTERPRISE: _("Help with an own business"),
    PartnerPurpose.SCHOOLING: _("Going back to school"),
    PartnerPurpose.SUPPORT: _("Help with daily life"),
    PartnerPurpose.HEALTH: _("Health"),
    PartnerPurpose.LEGAL: _("Legal help"),
}
ANSWER = {
    PartnerAnswer.ACCEPT: _("We can help"),
    PartnerAnswer.NO_PLACE: _("We have no place now"),
    PartnerAnswer.DECLINE: _("We cannot help"),
}
SHARED = {
    SharedField.NAME: _("Name"),
    SharedField.PHONE: _("Phone"),
    SharedField.LANGUAGE: _("Language"),
    SharedField.AREA: _("Where I live"),
    SharedField.WANTED_WORK: _("Work I want"),
    SharedField.EDUCATION: _("Education"),
    SharedField.EXPERIENCE: _("Experience"),
    SharedField.SKILLS: _("Skills"),
}
