"""Our figures beside those of the countries whose files are held, and whose situation is closest to ours."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from openpes.core.decisions import Refused
from openpes.exchange.dataset import datasets_of_others, own_dataset, sign_dataset
from openpes.exchange.operations import take_paper
from openpes.exchange.peers import FORMULA, lines_beside, nearest
from openpes.exchange.queries import cards_of
from openpes.exchange.words import told
from openpes.reference.country import today
from openpes.web.audience import Door, audience
from openpes.web.figures.exchange import WHO
from openpes.web.figures.exchange_forms import TakeForm, add_reasons
from openpes.web.requests import OpenpesRequest


@audience(Door.ROLES, *WHO)
def peers(request: OpenpesRequest) -> HttpResponse:
    """Side by side; sign ours, take in another's."""
    form = TakeForm(request.POST if request.FILES else None, request.FILES or None)
    if request.method == "POST":
        answer = _act(request, form)
        if answer is not None:
            return answer
    mine, others = own_dataset(on=today(request.at)), datasets_of_others(request.actor)
    context: dict[str, Any] = {
        "form": form,
        "mine": mine,
        "others": others,
        "may": request.actor.everywhere("dataset.exchange"),
        "formula": FORMULA,
    }
    if mine is not None:
        close = nearest(mine, others)
        best = close[0] if close and close[0].distance is not None else None
        context |= {
            "lines": lines_beside(mine, others),
            "close": close,
            "best": best,
            "tried": [] if best is None else cards_of(request.actor, best.country),
        }
    return render(request, "openpes/figures/peers.html", context, status=422 if form.errors else 200)


def _act(request: OpenpesRequest, form: TakeForm) -> HttpResponse | None:
    here = HttpResponseRedirect(reverse("figures:peers"))
    if request.POST.get("act") == "sign":
        try:
            held = sign_dataset(by=request.actor, at=request.at)
        except Refused as refused:
            for sentence in told(refused):
                messages.error(request, sentence)
            return here
        return HttpResponseRedirect(reverse("figures:practice_file", args=[held.ref]))
    if not form.is_bound:
        messages.error(request, _("Choose a file first."))
        return here
    if form.is_valid():
        said = form.cleaned_data
        try:
            take_paper(text=said["file"], key_compared=said["compared"], by=request.actor, at=request.at)
        except Refused as refused:
            add_reasons(form, refused)
        else:
            messages.success(request, _("The signature fits. The file is kept."))
            return here
    return None
