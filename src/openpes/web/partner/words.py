"""Words of the partners' desk and of the office's pages about partners."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from openpes.organisations.states import PartnerKind
from openpes.partnerships.states import (
    PartnerEnding,
    PartnerEventKind,
    PartnerReferralState,
    PartnerResult,
    PartnerStep,
)

PARTNERS = _("Partners")
PARTNER_DESK = (
    (_("People sent to us"), "partner:home"),
    (_("Courses"), "programmes:courses"),
    (_("Report of the month"), "partner:month"),
)
KIND = {
    PartnerKind.NGO: _("Association or NGO"),
    PartnerKind.TRAINING: _("Training centre"),
    PartnerKind.SCHOOL: _("School"),
    PartnerKind.HEALTH: _("Clinic or health service"),
    PartnerKind.LEGAL: _("Legal help"),
    PartnerKind.PUBLIC: _("Other public office"),
    PartnerKind.FINANCE: _("Bank or credit group"),
    PartnerKind.OTHER: _("Other"),
}
STATE = {
    PartnerReferralState.SENT: _("Waits for the partner's answer"),
    PartnerReferralState.ACCEPTED: _("Accepted, not in touch yet"),
    PartnerReferralState.IN_TOUCH: _("In touch"),
    PartnerReferralState.ENDED: _("Ended"),
}
STATE_HERE = {**STATE, PartnerReferralState.SENT: _("Waits for your answer")}
ENDING = {
    PartnerEnding.CLOSED: _("Closed by the partner"),
    PartnerEnding.DECLINED: _("The partner cannot help"),
    PartnerEnding.NO_PLACE: _("The partner has no place"),
    PartnerEnding.NO_ANSWER: _("No answer in time: came back by itself"),
    PartnerEnding.TAKEN_BACK: _("Taken back by the office"),
    PartnerEnding.CONSENT_WITHDRAWN: _("The person took their yes back"),
    PartnerEnding.CONSENT_ENDED: _("The person's yes ran out"),
    PartnerEnding.AGREEMENT_ENDED: _("The agreement ended: came back by itself"),
}
RESULT = {
    PartnerResult.DONE: _("Got the help that was agreed"),
    PartnerResult.FOUND_WORK: _("Found work"),
    PartnerResult.STARTED_TRAINING: _("Started a training"),
    PartnerResult.BACK_AT_SCHOOL: _("Is back at school"),
    PartnerResult.STOPPED: _("Stopped coming"),
    PartnerResult.NOT_REACHED: _("Could not be reached"),
}
STEP = {
    PartnerStep.FIRST_CONTACT: _("First contact"),
    PartnerStep.ATTENDED: _("Came"),
    PartnerStep.MISSED: _("Did not come"),
}
EVENT = {
    PartnerEventKind.SENT: _("Sent to the partner"),
    PartnerEventKind.ACCEPTED: _("The partner accepted"),
    PartnerEventKind.FIRST_CONTACT: _("First contact"),
    PartnerEventKind.ATTENDED: _("Came"),
    PartnerEventKind.MISSED: _("Did not come"),
    PartnerEventKind.ENDED: _("Ended"),
    PartnerEventKind.SEEN_BY_OFFICE: _("The office looked for another way"),
}
REASON = {
    "purpose_needed": _("Choose at least one thing that the partner does."),
    "ends_before_start": _("The agreement ends after it starts. Give a later last day."),
    "agreement_too_long": _("An agreement lasts three years at most. It can be made again."),
    "capacity_needed": _("Say for how many people at a time there is a place."),
    "unknown_group": _("The country has no priority group of this name."),
    "partner_closed": _("This partner is closed."),
    "partner_name_needed": _("Enter the name of the partner."),
    "agreement_ended_already": _("This agreement has ended already."),
    "person_not_active": _("This person's registration is not active."),
    "consent_needed": _("Ask the person. Tick the box when they agree."),
    "guardian_needed": _("This person is a minor: a parent or guardian has to agree. Enter their name."),
    "agreement_not_live": _("There is no agreement with this partner today."),
    "purpose_not_agreed": _("The agreement with this partner is not for this."),
    "area_not_agreed": _("The partner does not work where this person lives."),
    "no_place_left": _("The partner has no place left now."),
    "sent_already": _("This person is with this partner already, for the same."),
    "words_too_long": _("Write at most %(most)s letters."),
    "answered_already": _("This was answered already."),
    "answer_needed": _("Choose an answer."),
    "why_needed": _("Say why in a few words."),
    "accept_first": _("Accept this person first."),
    "step_needed": _("Choose what happened."),
    "contact_once": _("The first contact is written down already."),
    "contact_first": _("Write down the first contact first."),
    "day_out_of_range": _("The day lies between the day you accepted and today."),
    "result_needed": _("Choose what became of it."),
    "ended_already": _("This has ended already."),
    "nothing_returned": _("There is nothing left to do here."),
    "list_kind_needed": _("Say why the list comes."),
    "list_label_needed": _("Give the list a name."),
    "list_day_needed": _("Enter the day."),
    "list_school_needed": _("Choose the school. It has to be a partner of the office."),
    "list_agreed_needed": _("Say how the leavers agreed to be handed over."),
    "measure_needed": _("Choose what is counted."),
    "number_needed": _("Enter how many people are to be reached."),
    "username_taken": _("The sign-in name %(username)s is taken. Choose another one."),
}
