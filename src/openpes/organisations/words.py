"""Words of the organisations room that people read."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from openpes.organisations.states import EmployerState, PaperKind, SizeBand

EMPLOYER_STATE = {
    EmployerState.SUBMITTED: _("Waiting to be checked"),
    EmployerState.VERIFIED: _("Checked by an officer"),
    EmployerState.REFUSED: _("Not accepted"),
    EmployerState.SUSPENDED: _("Suspended"),
    EmployerState.PAUSED: _("Paused: nobody answers"),
}
SIZE_BAND = {
    SizeBand.ONE_TO_FOUR: _("1 to 4 people"),
    SizeBand.FIVE_TO_NINE: _("5 to 9 people"),
    SizeBand.TEN_TO_FORTY_NINE: _("10 to 49 people"),
    SizeBand.FIFTY_TO_249: _("50 to 249 people"),
    SizeBand.FROM_250: _("250 people or more"),
    SizeBand.UNKNOWN: _("I do not know"),
}
# ISIC Rev. 4 sections, in everyday words.
SECTOR = {
    "A": _("Farming, forestry, fishing"),
    "B": _("Mining"),
    "C": _("Making things (factory, workshop)"),
    "D": _("Electricity and gas"),
    "E": _("Water and waste"),
    "F": _("Building"),
    "G": _("Shops, trade, vehicle repair"),
    "H": _("Transport and storage"),
    "I": _("Hotels, restaurants, food"),
    "J": _("Computers, media, communication"),
    "K": _("Banks and insurance"),
    "L": _("Property"),
    "M": _("Professional services"),
    "N": _("Office, cleaning and security services"),
    "O": _("Government"),
    "P": _("Schools and training"),
    "Q": _("Health and care"),
    "R": _("Arts, sport, fun"),
    "S": _("Other services"),
    "T": _("Private household"),
}
PAPER = {
    PaperKind.REGISTRATION: _("Business registration"),
    PaperKind.PERMIT: _("Permit"),
    PaperKind.TAX: _("Tax paper"),
    PaperKind.LICENCE: _("Licence"),
    PaperKind.IDENTITY: _("Identity card of the owner"),
    PaperKind.OTHER: _("Another paper"),
}
REASON = {
    "employer_decided": _("An officer has decided on this employer already."),
    "employer_move": _("An employer cannot go from “%(from)s” to “%(to)s”."),
    "note_needed": _("Write the reason in a few words: the employer will be told."),
    "unknown_supervisor": _("There is no office with the code %(code)s. Add that office first."),
    "unknown_role": _("There is no role called %(role)s."),
    "role_needs_place": _("The role %(role)s does not fit the place chosen for it."),
    "not_silent": _("This firm has answered: %(number)s of %(after)s in a row without an answer."),
    "nothing_to_appeal": _("There is no decision to appeal against."),
    "appeal_waits": _("Your appeal waits for its answer. You need not send it again."),
    "username_taken": _("The sign-in name %(username)s is taken. Choose another one."),
    "invitation_over": _("This invitation was used or has ended. Ask for a new one."),
    "until_has_passed": _("This day has passed. Choose a later one."),
    "suspended_keeps_name": _("A suspended firm keeps its name and number."),
    "paper_too_large": _("This file is larger than %(number)s MB. Take the photo again, smaller."),
    "paper_not_kept": _("This is no photo (JPEG, PNG) and no plain PDF. Take a photo of the paper."),
    "papers_enough": _("You keep %(number)s papers already. Remove one first."),
    "no_phone": _("There is no phone number. Write it first."),
    "codes_enough": _("Too many codes were sent today. Try again tomorrow."),
    "code_over": _("This code is too old. Ask for a new one."),
    "code_wrong": _("This is not the code. Look at the text again."),
    "not_first_of_firm": _("Somebody else looks after the people of this firm."),
    "last_administrator": _("Somebody has to look after the people of this firm. Name another one first."),
}
