"""Words of the documents room that people read."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from openpes.documents.states import EntryKind, Waiver

KIND = {EntryKind.WORK: _("Work"), EntryKind.SCHOOL: _("School and courses")}
WAIVER = {
    Waiver.FREE: _("Free for a first job"),
    Waiver.HAS_FEE: _("There is a fee"),
    Waiver.UNKNOWN: _("Fee: ask at the counter"),
}
REASON = {
    "about_too_long": _("This is too long. Write at most %(most)s signs."),
    "too_many_entries": _("Write at most %(most)s lines."),
    "entry_without_name": _("Write what it was, or empty the line."),
    "entry_too_long": _("This line is too long: %(what)s"),
    "year_not_possible": _("The year %(year)s cannot be right. Check it."),
    "ends_before_it_begins": _("The last year is before the first year: %(what)s"),
    "link_days": _("Choose how long the link shows your CV."),
    "too_many_links": _("You have %(most)s links already. Take one back first."),
}
UPLOAD = {
    "too_large": _("This file is too large. Take a smaller one."),
    "too_long": _("This file has too many pages."),
    "not_a_cv_file": _("We can read PDF and DOCX files. Save your CV as one of these."),
    "has_macros": _("This file holds programs (macros). Save it without them, or as a PDF."),
    "locked": _("This file has a password. Save it without one."),
    "damaged": _("We cannot open this file. Save it again and try once more."),
    "no_text": _("There is no text in this file, perhaps only a picture. Write the lines below instead."),
}
