"""Pages that explain: for employers, your data, accessibility, about."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from openpes.reference.country import country, today
from openpes.vacancies.queries import count_live
from openpes.web.audience import Door, audience
from openpes.web.requests import OpenpesRequest

# What is kept, in the order in which people meet it: name of the clock, what it is about.
KEPT = (
    (
        "inactive_jobseeker",
        _("Your registration: name, birth date, phone, work wanted, skills"),
        _("after you were last in touch with us"),
    ),
    ("consent_record", _("What you agreed to"), _("after it ended")),
    ("referral_record", _("Your introductions to employers and their answers"), _("after each one ended")),
    ("rejected_candidate", _("What an employer holds here about somebody who was not hired"), _("after the answer")),
    ("outcome_record", _("That you found work or training"), _("after it was written down")),
    ("messages", _("Texts that we sent you"), _("after they were sent")),
    ("access_log", _("Who looked at your file"), _("after they looked")),
)


@audience(Door.PUBLIC)
def for_employers(request: OpenpesRequest) -> HttpResponse:
    """Why to offer a job here, how it goes, and the promise to answer."""
    pack, on = country(), today(request.at)

    def days(key: str) -> int:
        return int(pack.value(f"clocks.{key}", on=on).value)

    return render(
        request,
        "openpes/public/for_employers.html",
        {
            "live": count_live(),
            "answer_days": days("referral_answer_days"),
            "close_days": days("referral_close_days"),
            "confirm_days": days("vacancy_confirm_days"),
        },
    )


@audience(Door.PUBLIC)
def privacy(request: OpenpesRequest) -> HttpResponse:
    """What is kept, why, how long by the country's policy, and what people can ask for."""
    pack, on = country(), today(request.at)
    held = [
        {"what": what, "months": pack.value(f"retention.{name}_months", on=on).value, "since": since}
        for name, what, since in KEPT
        if f"retention.{name}_months" in pack.keys
    ]
    return render(
        request,
        "openpes/public/privacy.html",
        {
            "held": [one for one in held if one["months"]],
            "law": pack.value("data_protection.law", on=on),
            "sleep_days": pack.value("clocks.jobseeker_sleep_days", on=on).value,
        },
    )


@audience(Door.PUBLIC)
def accessibility(request: OpenpesRequest) -> HttpResponse:
    """What these pages do for everybody, what they do not do yet, and whom to tell."""
    return render(request, "openpes/public/accessibility.html")


@audience(Door.PUBLIC)
def about(request: OpenpesRequest) -> HttpResponse:
    """What this is, who runs it, and whose data and work it stands on."""
    return render(request, "openpes/public/about.html", {"service": country().service, "pack": country()})
