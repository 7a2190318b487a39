"""Her pages on a phone that is hers alone: installable, and readable without a signal. Never without her word.

Without that word nothing is kept on the phone. Signing out, or taking the word back, wipes what was kept.
"""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from openpes.web.audience import Door, audience
from openpes.web.jobseeker.own_pages import own
from openpes.web.requests import OpenpesRequest

KEEPS = "keeps_offline"
WIPE = '"storage"'


@audience(Door.ROLES, "jobseeker")
def offline(request: OpenpesRequest) -> HttpResponse:
    """Ask whose phone it is; keep pages only on a phone that is hers alone."""
    own(request)
    if request.method == "POST":
        alone = request.POST.get("alone") == "yes"
        request.session[KEEPS] = alone
        answer = HttpResponseRedirect(reverse("jobseeker:offline"))
        if alone:
            messages.success(request, _("Done. Your card, your times and your jobs can be read without a signal."))
        else:
            messages.success(request, _("Done. Nothing is kept on this phone."))
            answer["Clear-Site-Data"] = WIPE
        return answer
    return render(request, "openpes/jobseeker/offline.html", {"keeps": bool(request.session.get(KEEPS))})
