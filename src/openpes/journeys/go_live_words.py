"""Words of the obstacles on the way to a live service. Staff read them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from openpes.journeys.go_live import About, Obstacle

ABOUT = {
    About.VALUE: _("Values of the law"),
    About.BASIS: _("Legal bases of personal data"),
    About.TEXT: _("Texts on consent and safety"),
    About.DEMO: _("Invented data"),
    About.KEYS: _("Keys and doors"),
    About.LOGS: _("The logs"),
}
OBSTACLE = {
    "value_unverified": _("%(thing)s: no officer has verified or waived it."),
    "value_unknown": _("%(thing)s: it is not known. Set it, or waive it by name."),
    "signature_lapsed": _("%(thing)s: it was signed, but the pack has changed since. Sign again or take it back."),
    "second_officer_waited_for": _("%(thing)s: a change waits for a second officer."),
    "basis_missing": _("%(thing)s: kept without a legal basis that is known."),
    "purpose_missing": _("%(thing)s: nobody has said what it is kept for."),
    "texts_unreviewed": _("%(thing)s: %(count)s texts that no named speaker of the language has read."),
    "demo_is_on": _("The demonstration is on. Set OPENPES_DEMO=0 and start again."),
    "synthetic_people": _("%(count)s invented people. Begin with an empty OPENPES_DATA folder or database."),
    "synthetic_organisations": _("%(count)s invented offices, employers and agencies. Begin with an empty database."),
    "key_short": _("The secret key has fewer than %(count)s characters. Leave OPENPES_SECRET unset to have one made."),
    "https_off": _("Pages travel unprotected. Put the service behind https and set OPENPES_HTTPS=1."),
    "hosts_open": _("The service answers to any name. Set OPENPES_HOSTS to its own."),
    "address_without_https": _("Links in texts begin with http. Set OPENPES_BASE_URL to the https address."),
    "texts_go_nowhere": _("Texts are only shown on the screen. Set OPENPES_SMS_PROVIDER."),
    "second_factor_missing": _("%(thing)s acts for the whole service without a second factor."),
    "no_administrator": _("There is no administrator. Invite one: openpes invite."),
    "change_log_broken": _("The change log is not whole."),
    "access_log_broken": _("The access log is not whole."),
    "law_entry_altered": _("%(thing)s: a signed entry of the law is not as the log saw it."),
    "mode_is_so": _("The service is in this state already."),
    "mode_note_missing": _("Write why the service leaves its live state."),
}


def obstacle_words(one: Obstacle) -> str:
    """An obstacle as a sentence with the mend."""
    code = "no_administrator" if one.code == "second_factor_missing" and not one.thing else one.code
    return str(OBSTACLE.get(code, code)) % {"thing": one.thing, "count": one.count}
