"""Words of the people room that people read."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from openpes.people.states import PhoneOwner, ReasonToLookAlike, Sex

SEX = {
    Sex.FEMALE: _("Woman"),
    Sex.MALE: _("Man"),
    Sex.OTHER: _("Another answer"),
    Sex.NOT_SAID: _("I would rather not say"),
}
PHONE_OWNER = {
    PhoneOwner.OWN: _("Mine alone"),
    PhoneOwner.SHARED: _("I share it"),
    PhoneOwner.FAMILY: _("It belongs to my family"),
    PhoneOwner.OTHER: _("It belongs to somebody else"),
}
REASON = {
    "too_many_phones": _("You have %(most)s phones already. Remove one first."),
    "phone_is_gone": _("This number belongs to somebody else now. Give another one."),
    "too_many_passkeys": _("You have %(most)s phones already. Remove one first."),
    "passkey_not_known": _("This phone cannot do that. Your PIN goes on working."),
    "code_just_sent": _("We have just sent you a code. Wait a minute before you ask again."),
    "recover_at_office": _("Your office can give you a new PIN. Bring something with your name on it."),
    "merge_with_itself": _("This is one and the same record."),
    "merged_already": _("One of these records is part of another one already."),
    "merge_proposed_already": _("Somebody has proposed this already. Look at the proposals that wait."),
    "merge_decided": _("This proposal was decided meanwhile."),
    "merge_needs_second": _("Somebody else has to agree: two people decide that two records are one."),
    "merge_not_done": _("These records are not one now."),
    "merge_changed_since": _(
        "The name, birth date or another value was corrected since. Correct it by hand first, then take the merge back."
    ),
}
LOOK_ALIKE = {
    ReasonToLookAlike.SAME_NUMBER: _("the same national number"),
    ReasonToLookAlike.SAME_NAME_AND_BIRTH: _("the same name and birth date"),
    ReasonToLookAlike.LIKE_NAME_AND_BIRTH: _("a name that is nearly the same, and the same birth date"),
    ReasonToLookAlike.LIKE_NAME_AND_PHONE: _("a name that is nearly the same, and the same phone"),
}
ROLE = {
    "jobseeker": _("Jobseeker"),
    "employer_reader": _("Employer: read only"),
    "employer_staff": _("Employer: staff"),
    "employer_administrator": _("Employer: administrator"),
    "counsellor": _("Counsellor"),
    "employer_adviser": _("Employer adviser"),
    "office_manager": _("Office manager"),
    "partner_staff": _("Partner"),
    "programme_manager": _("Programme manager"),
    "analyst": _("Statistician"),
    "law_officer": _("Law officer"),
    "administrator": _("Administrator"),
}
