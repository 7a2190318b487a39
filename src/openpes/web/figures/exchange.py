"""Practices: cards of this service and of others, their keys, a card beside our law, a try and its log."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from openpes.core.decisions import NotFound, Refused
from openpes.exchange.cards import condition_lines, indicator_lines, rule_of
from openpes.exchange.models import HeldPaper
from openpes.exchange.operations import (
    add_entry,
    adopt,
    compare_key,
    issue_card,
    issue_log,
    keep_gallery_card,
    own_known_key,
    take_paper,
)
from openpes.exchange.papers import Kind
from openpes.exchange.queries import adoption_of, cards, key_for, keys, law_beside, logs_of, own_card, paper_for
from openpes.exchange.reuse import give_script, scripts_in, texts_in
from openpes.exchange.states import EntryKind, Grade
from openpes.exchange.words import GRADES, told
from openpes.organisations.queries import open_offices
from openpes.programmes.queries import version_for
from openpes.reference.country import today
from openpes.web.audience import Door, audience
from openpes.web.figures.exchange_forms import CardForm, EntryForm, TakeForm, add_reasons
from openpes.web.requests import OpenpesRequest

WHO = ("programme_manager", "analyst", "administrator", "law_officer")
A_PAGE = 20


@audience(Door.ROLES, *WHO)
def practices(request: OpenpesRequest) -> HttpResponse:
    """All cards, and the box for a file that came in."""
    form = TakeForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            held = take_paper(text=said["file"], key_compared=said["compared"], by=request.actor, at=request.at)
        except Refused as refused:
            add_reasons(form, refused)
        else:
            messages.success(request, _("The signature fits. The file is kept."))
            return HttpResponseRedirect(_address_of(held))
    page = Paginator(cards(request.actor), A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "openpes/figures/practices.html",
        {"page": page, "form": form, "may": request.actor.everywhere("practice.exchange")},
        status=422 if form.errors else 200,
    )


def _address_of(held: HeldPaper) -> str:
    if held.kind == Kind.DATASET:
        return reverse("figures:peers")
    if held.kind == Kind.LOG:
        mine = own_card(held.subject)
        return reverse("figures:practice", args=[held.ref if mine is None else mine.ref])
    return reverse("figures:practice", args=[held.ref])


@audience(Door.ROLES, *WHO)
def practice(request: OpenpesRequest, ref: str) -> HttpResponse:
    """One card beside our law; try it, keep its log, send the log back. Our own: what others report."""
    card = paper_for(request.actor, ref)
    if card.kind != Kind.CARD:
        raise NotFound("card")
    adoption = None if card.own else adoption_of(card)
    form = EntryForm(request.POST if request.POST.get("act") == "note" else None)
    if request.method == "POST":
        answer = _act(request, card, form)
        if answer is not None:
            return answer
    return render(
        request,
        "openpes/figures/practice.html",
        {
            "card": card,
            "body": card.body,
            "results": [(one, GRADES[Grade(one["grade"])]) for one in card.body["results"]],
            "indicators": indicator_lines(card.body),
            "conditions": condition_lines(rule_of(card.body)),
            "texts": texts_in(card.body),
            "scripts": scripts_in(card.body),
            "offices": open_offices() if adoption is not None else [],
            "law": [] if card.own else law_beside(card, on=today(request.at)),
            "adoption": adoption,
            "programme": None if adoption is None else adoption.programme.versions.first(),
            "entries": [] if adoption is None else list(adoption.entries.all()),
            "logs": logs_of(card) if card.own else [],
            "form": form,
            "may": request.actor.everywhere("practice.exchange"),
        },
        status=422 if form.errors else 200,
    )


def _act(request: OpenpesRequest, card: HeldPaper, form: EntryForm) -> HttpResponse | None:
    """One of the page's buttons; None where the form has to come back with its errors."""
    act, by, at = request.POST.get("act"), request.actor, request.at
    here = HttpResponseRedirect(reverse("figures:practice", args=[card.ref]))
    adoption = adoption_of(card)
    try:
        if act == "adopt":
            adopt(card=card, by=by, at=at)
            messages.success(request, _("A draft programme was made. A second person approves it."))
        elif act == "compare" and card.key is not None:
            compare_key(key=key_for(by, card.key.pk), by=by, at=at)
        elif act == "script" and adoption is not None:
            code, office = request.POST.get("script", ""), request.POST.get("office", "")
            give_script(adoption=adoption, code=code, office_code=office, by=by, at=at)
            messages.success(request, _("The office has the script as a draft. It decides whether to switch it on."))
        elif act == "log" and adoption is not None:
            return _file(issue_log(adoption=adoption, by=by, at=at))
        elif act == "note" and adoption is not None:
            if not form.is_valid():
                return None
            said = form.cleaned_data | {"kind": EntryKind(form.cleaned_data["kind"])}
            add_entry(adoption=adoption, by=by, at=at, **said)
    except Refused as refused:
        if act == "note":
            add_reasons(form, refused)
            return None
        for sentence in told(refused):
            messages.error(request, sentence)
    return here


@audience(Door.ROLES, *WHO)
def practice_file(request: OpenpesRequest, ref: str) -> HttpResponse:
    """A card or a log as the signed file."""
    held = paper_for(request.actor, ref)
    if held.key is None:  # a card of the gallery, which nobody signed
        raise NotFound("file")
    return _file(held)


def _file(held: HeldPaper) -> HttpResponse:
    response = HttpResponse(held.text, content_type="application/yaml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="openpes-{held.kind}-{held.subject}-{held.ref}.yaml"'
    return response


@audience(Door.ROLES, "programme_manager")
def practice_new(request: OpenpesRequest, ref: str, number: int) -> HttpResponse:
    """A card from a programme: what people know, beside what the service knows already."""
    version = version_for(request.actor, ref, number)
    form = CardForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            card = issue_card(version=version, told=form.told(), by=request.actor, at=request.at)
        except Refused as refused:
            add_reasons(form, refused)
        else:
            messages.success(request, _("The card is signed."))
            return HttpResponseRedirect(reverse("figures:practice", args=[card.ref]))
    return render(
        request,
        "openpes/figures/practice_new.html",
        {"form": form, "version": version},
        status=422 if form.errors else 200,
    )


@audience(Door.ROLES, "programme_manager")
@require_POST
def practice_try(request: OpenpesRequest, name: str) -> HttpResponse:
    """Keep a card of the public gallery, to read it beside our law."""
    held = keep_gallery_card(name=name, by=request.actor, at=request.at)
    return HttpResponseRedirect(reverse("figures:practice", args=[held.ref]))


@audience(Door.ROLES, *WHO)
def practice_keys(request: OpenpesRequest) -> HttpResponse:
    """Our own key, to be read out by telephone, and those of others."""
    held = keys(request.actor)
    return render(request, "openpes/figures/practice_keys.html", {"own": own_known_key(request.at), "keys": held})
