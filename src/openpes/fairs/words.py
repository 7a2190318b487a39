"""Words of the fairs room that people read."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

REASON = {
    "fair_in_the_past": _("The fair must begin in the future."),
    "fair_length": _("The fair must end after it begins, within three days."),
    "fair_called_off": _("This fair is called off."),
    "fair_over": _("This fair is over."),
    "fair_ahead": _("This fair has not begun yet."),
    "time_not_there": _("Choose one of the times."),
    "time_taken": _("This time is taken. Choose another one."),
    "not_checked_in": _("Check the person in first."),
}
