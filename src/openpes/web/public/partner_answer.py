"""The link in a partner's text: one person, the least that is needed to help, and one tap to answer. No account."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from openpes.core.decisions import Refused
from openpes.journeys.refer_to_partner_links import behind_link
from openpes.partnerships.operations import answer as answer_partner_referral
from openpes.partnerships.rules import LONGEST_WORDS
from openpes.partnerships.sharing import shared_lines
from openpes.partnerships.states import PartnerAnswer, PartnerPurpose, PartnerReferralState
from openpes.partnerships.words import ANSWER, PURPOSE
from openpes.web.audience import Door, audience
from openpes.web.forms import OpenpesForm, with_look
from openpes.web.requests import OpenpesRequest


class PartnerAnswerForm(OpenpesForm):
    """Yes, no place, or no with the reason."""

    about_self = False
    answer = with_look(
        forms.ChoiceField(label=_("Your answer"), choices=list(ANSWER.items()), widget=forms.RadioSelect), size="m"
    )
    words = forms.CharField(
        label=_("If you cannot help: why?"), required=False, max_length=LONGEST_WORDS, widget=forms.TextInput
    )

    def clean(self) -> dict[str, Any]:
        """A no says why."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("answer") == PartnerAnswer.DECLINE and not cleaned.get("words", "").strip():
            self.add_error("words", _("Say why in a few words."))
        return cleaned


@audience(Door.SIGNED_LINK)
@never_cache
def partner_answer(request: OpenpesRequest, token: str) -> HttpResponse:
    """Show the one person of this link and take the answer. A link whose door has closed does not exist."""
    if "done" in request.GET:
        return render(request, "openpes/signing/partner_answer.html", {"done": True})
    actor, referral = behind_link(token, at=request.at)
    form = PartnerAnswerForm(request.POST if request.method == "POST" else None)
    waits = referral.state == PartnerReferralState.SENT
    if request.method == "POST" and waits and form.is_valid():
        try:
            answer_partner_referral(
                referral=referral,
                answer=PartnerAnswer(form.cleaned_data["answer"]),
                words=form.cleaned_data["words"],
                by=actor,
                at=request.at,
            )
        except Refused:
            # Somebody else at the partner was faster: the page shows what they said.
            return HttpResponseRedirect(reverse("web:partner_answer", args=[token]))
        return HttpResponseRedirect(f"{reverse('web:partner_answer', args=[token])}?done=1")
    return render(
        request,
        "openpes/signing/partner_answer.html",
        {
            "form": form,
            "referral": referral,
            "waits": waits,
            "purpose": PURPOSE[PartnerPurpose(referral.purpose)],
            "lines": shared_lines(referral, request.LANGUAGE_CODE),
        },
        status=422 if form.errors else 200,
    )
