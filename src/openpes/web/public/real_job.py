"""Is this job real? A text, a number or a link's name, and what the service knows. Nothing is opened or kept."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from openpes.journeys.check_job import LONGEST, Band, Verdict, check_job
from openpes.web.audience import Door, audience
from openpes.web.limits import limited
from openpes.web.requests import OpenpesRequest

TITLE = {
    Verdict.WARNED: gettext_lazy("Be careful: do not pay and do not send papers"),
    Verdict.REGISTERED: gettext_lazy("A firm of this name is registered and checked"),
    Verdict.AGENCY: gettext_lazy("An agency of this name has a licence"),
    Verdict.UNKNOWN: gettext_lazy("We do not know who offers this"),
}
WHAT_NOW = {
    Verdict.WARNED: gettext_lazy("Do not answer. Tell us about it, so that others are warned."),
    Verdict.REGISTERED: gettext_lazy(
        "A name can be borrowed. Call the firm yourself. It must never ask you for money."
    ),
    Verdict.AGENCY: gettext_lazy("Ask to see the licence, and pay nothing."),
    Verdict.UNKNOWN: gettext_lazy("Ask the office before you go. Pay nothing, and give nobody your papers."),
}
REPORTS = {
    Band.NONE: gettext_lazy("Nobody has reported it to us."),
    Band.FEW: gettext_lazy("It has been reported to us."),
    Band.MANY: gettext_lazy("Several people have reported it to us."),
}


@audience(Door.PUBLIC)
@never_cache
@limited("real_job", "dialogues.real_checks_an_hour", methods=("POST",))
def real_job(request: OpenpesRequest) -> HttpResponse:
    """Ask, and read the answer. The text goes by POST, so that it stands in no log of addresses."""
    text = request.POST.get("text", "").strip()[:LONGEST] if request.method == "POST" else ""
    checked = check_job(text, at=request.at) if text else None
    context = {
        "text": text,
        "empty": request.method == "POST" and not text,
        "longest": LONGEST,
        "checked": checked,
        "title": TITLE[checked.verdict] if checked else "",
        "what_now": WHAT_NOW[checked.verdict] if checked else "",
        "reports": REPORTS[checked.reports] if checked else "",
        "careful": checked is not None and checked.verdict in (Verdict.WARNED, Verdict.UNKNOWN),
    }
    return render(request, "openpes/public/real_job.html", context, status=422 if context["empty"] else 200)
