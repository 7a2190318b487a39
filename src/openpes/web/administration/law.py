"""The law as officers keep it: what waits, what is due, what changed, topic by topic and value by value."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from openpes.core.decisions import NotPermitted, Refused
from openpes.reference import in_force
from openpes.reference.country import country, today
from openpes.reference.law_models import LawEntry
from openpes.reference.law_operations import (
    Signing,
    answer_entry,
    propose_value,
    verify_values,
    waive_values,
    withdraw_entry,
)
from openpes.reference.law_queries import (
    changed_lately,
    due_for_review,
    entry_by_ref,
    history_of,
    lapsed_entries,
    may_agree,
    shipped_value,
    topics,
    unverified_values,
    value_or_404,
    values_of_topic,
    waiting_for_second,
    withdrawn_ids,
)
from openpes.reference.law_words import LAW_ACT, refusal_words
from openpes.reference.rules import LawAct
from openpes.web.administration.law_forms import (
    AnswerForm,
    SetForm,
    SignForm,
    Ticked,
    VerifyForm,
    WaiveForm,
    WithdrawForm,
    signings,
    ticked_rows,
)
from openpes.web.audience import Door, audience
from openpes.web.public.rules_in_force import CHECKED, SECTIONS, name_words, value_words
from openpes.web.requests import OpenpesRequest
from openpes_countries import Dated
from openpes_countries.written import as_written

OFFICERS = ("law_officer", "administrator")
LAYER = {"law": gettext_lazy("law"), "facts": gettext_lazy("fact"), "policy": gettext_lazy("the service's own choice")}

A_PAGE = 40


@dataclass(frozen=True)
class Heading:
    """A topic with its title in words."""

    layer: str
    name: str
    title: str
    layer_words: str
    total: int
    unverified: int


def topic_title(layer: str, name: str) -> str:
    """What a file of the pack is about."""
    words = SECTIONS.get(layer, {}).get(name)
    return str(words) if words else name.replace("_", " ").capitalize()


def _headings(request: OpenpesRequest) -> list[Heading]:
    return [
        Heading(one.layer, one.name, topic_title(one.layer, one.name), str(LAYER[one.layer]), one.total, one.unverified)
        for one in topics(on=today(request.at))
    ]


@dataclass(frozen=True)
class Row:
    """One value as the pages list it. `state` is verified, waived, waits or settled (never needed an officer)."""

    dated: Dated
    name: str
    value: str
    state: str
    checked: str
    instrument: str
    article: str
    ticked: bool = False


@dataclass(frozen=True)
class Line:
    """One act in a history, in words."""

    entry: LawEntry
    act: str
    state: str
    can_withdraw: bool = False


def _row(dated: Dated, request: OpenpesRequest, typed: dict[str, Ticked] | None = None) -> Row:
    on, here = today(request.at), (typed or {}).get(dated.key)
    state = "settled"
    if dated.verified_by:
        state = "verified"
    elif dated.waived(on):
        state = "waived"
    elif dated.verify_before_use:
        state = "waits"
    return Row(
        dated,
        name_words(dated),
        value_words(dated),
        state,
        str(CHECKED.get(dated.checked, dated.checked)),
        here.instrument if here else dated.source.instrument,
        here.article if here else dated.source.article or "",
        here is not None,
    )


def _line(entry: LawEntry, gone: set[int]) -> Line:
    answered = getattr(entry, "answer", None)
    if entry.pk in gone:
        state = "gone"
    elif entry.needs_second and answered is None:
        state = "waits"
    elif answered is not None and not answered.agreed:
        state = "refused"
    else:
        state = "counts"
    can_withdraw = state == "counts" and entry.act != LawAct.WITHDRAW
    return Line(entry, str(LAW_ACT[LawAct(entry.act)]), state, can_withdraw)


@audience(Door.ROLES, *OFFICERS)
def law(request: OpenpesRequest) -> HttpResponse:
    """Where the law stands: the topics with what waits, and what needs somebody today."""
    on = today(request.at)
    return render(
        request,
        "openpes/administration/law.html",
        {
            "pack": country(),
            "topics": _headings(request),
            "unverified": len(unverified_values(on=on)),
            "due": len(due_for_review(on=on)),
            "waiting": len(waiting_for_second()),
            "lapsed": [(one, _name_of(one.entry.key, request)) for one in lapsed_entries()],
        },
    )


def _name_of(key: str, request: OpenpesRequest) -> str:
    held = country()
    return name_words(held.value(key, on=today(request.at))) if key in held.keys else key


@audience(Door.ROLES, *OFFICERS)
def law_list(request: OpenpesRequest, which: str) -> HttpResponse:
    """One of the lists: unverified, due for review, or changed lately."""
    on = today(request.at)
    signed: list[LawEntry] = []
    if which == "unverified":
        title, values = _("Not verified yet"), list(unverified_values(on=on))
    elif which == "due":
        title, values = _("Due for review"), due_for_review(on=on)
    else:
        title = _("Changed lately")
        signed, values = changed_lately(on=on, at=request.at)
    gone = withdrawn_ids(signed)
    page = Paginator(values, A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "openpes/administration/law_list.html",
        {
            "title": title,
            "which": which,
            "page": page,
            "rows": [_row(one, request) for one in page],
            "lines": [(_line(one, gone), _name_of(one.key, request)) for one in signed],
        },
    )


@audience(Door.ROLES, *OFFICERS)
def law_topic(request: OpenpesRequest, layer: str, name: str) -> HttpResponse:
    """One topic on one screen: tick what is right, correct the citation beside it, sign all at once."""
    on, act = today(request.at), request.POST.get("act", "")
    values = values_of_topic(layer, name, on=on)
    sign = SignForm(request.POST if act == "verify" else None, initial={"read_on": on}, prefix="sign")
    waive = WaiveForm(request.POST if act == "waive" else None, prefix="waive")
    rows = ticked_rows(request.POST, values) if act else []
    form: Any = sign if act == "verify" else waive
    if act and not rows:
        form.is_valid()
        form.add_error(None, _("Tick the values first."))
    elif act and form.is_valid():
        try:
            given = form.cleaned_data
            if act == "verify":
                done = verify_values(
                    signings=signings(rows, values, given["read_on"]),
                    note=given["note"],
                    by=request.actor,
                    at=request.at,
                )
            else:
                done = waive_values(
                    keys=[row.key for row in rows],
                    why=given["why"],
                    before=given["before"],
                    by=request.actor,
                    at=request.at,
                )
        except Refused as refused:
            for sentence in refusal_words(refused):
                form.add_error(None, sentence)
        else:
            messages.success(
                request,
                ngettext("Signed: %(n)s value.", "Signed: %(n)s values.", len(done)) % {"n": len(done)},
            )
            return HttpResponseRedirect(reverse("administration:law_topic", args=[layer, name]))
    typed = {row.key: row for row in rows}
    following = next(
        (one for one in _headings(request) if one.unverified and (one.layer, one.name) != (layer, name)), None
    )
    return render(
        request,
        "openpes/administration/law_topic.html",
        {
            "layer": layer,
            "name": name,
            "title": topic_title(layer, name),
            "sign": sign,
            "waive": waive,
            "following": following,
            "rows": [_row(one, request, typed) for one in values],
        },
        status=422 if sign.errors or waive.errors else 200,
    )


def _value_forms(request: OpenpesRequest, dated: Dated, act: str) -> dict[str, Any]:
    on = today(request.at)
    data = request.POST if request.method == "POST" else None
    source = dated.source
    return {
        "verify": VerifyForm(
            data if act == "verify" else None,
            prefix="verify",
            initial={
                "instrument": source.instrument,
                "article": source.article or "",
                "url": source.url or "",
                "read_on": on,
            },
        ),
        "waive": WaiveForm(data if act == "waive" else None, prefix="waive"),
        "set": SetForm(
            data if act == "set" else None,
            prefix="set",
            dated=dated,
            initial={"written": as_written(dated.value), "starts_on": on + timedelta(days=1), "read_on": on},
        ),
        "withdraw": WithdrawForm(data if act == "withdraw" else None, prefix="withdraw"),
    }


def _act_on_value(request: OpenpesRequest, key: str, act: str, form: Any) -> str:
    """Do what was asked and say so. Raises Refused."""
    given, by, at = form.cleaned_data, request.actor, request.at
    if act == "verify":
        verify_values(signings=[Signing(key, form.source())], note=given["note"], by=by, at=at)
        return _("Signed: the value is verified under your name.")
    if act == "waive":
        waive_values(keys=[key], why=given["why"], before=given["before"], by=by, at=at)
        return _("Signed: the value may be used unverified until that day.")
    if act == "set":
        propose_value(
            key=key,
            written=given["written"],
            source=form.source(),
            starts_on=given["starts_on"],
            note=given["note"],
            by=by,
            at=at,
        )
        return _("Put before a second officer. The value holds once that officer has agreed.")
    entry = entry_by_ref(request.POST.get("entry", ""))
    made = withdraw_entry(entry=entry, why=given["why"], by=by, at=at)
    return _("A second officer has to agree to take it back.") if made.needs_second else _("Taken back.")


@audience(Door.ROLES, *OFFICERS)
def law_value(request: OpenpesRequest, key: str) -> HttpResponse:
    """One value: what it says, where that comes from, what may be done, and everything that was done."""
    on, act = today(request.at), request.POST.get("act", "")
    dated = value_or_404(key, on=on)
    forms = _value_forms(request, dated, act)
    form = forms.get(act)
    if form is not None and form.is_valid():
        try:
            said = _act_on_value(request, key, act, form)
        except Refused as refused:
            for sentence in refusal_words(refused):
                form.add_error(None, sentence)
        else:
            messages.success(request, said)
            return HttpResponseRedirect(request.path)
    entries = history_of(key)
    gone = withdrawn_ids(entries)
    shipped = shipped_value(key, on=on)
    return render(
        request,
        "openpes/administration/law_value.html",
        {
            "row": _row(dated, request),
            "forms": forms,
            "acted": act,
            "topic": key.partition(".")[0],
            "written": as_written(dated.value),
            "periods": [_row(one, request) for one in country().history(key)],
            "shipped": _row(shipped, request) if shipped.value != dated.value else None,
            "lines": [_line(one, gone) for one in entries],
        },
        status=422 if any(one.errors for one in forms.values()) else 200,
    )


@audience(Door.ROLES, *OFFICERS)
def law_waiting(request: OpenpesRequest) -> HttpResponse:
    """What a second officer has to agree to, each with what it would change."""
    rows = []
    for entry in waiting_for_second():
        now = value_or_404(entry.key, on=max(entry.on, today(request.at)))
        rows.append(
            {
                "line": _line(entry, set()),
                "name": name_words(now),
                "now": as_written(now.value),
                "may": may_agree(request.actor, entry),
                "own": entry.officer_key == request.actor.log_key,
                "form": AnswerForm(auto_id=f"id_{entry.ref}_%s"),
            }
        )
    return render(request, "openpes/administration/law_waiting.html", {"rows": rows})


@audience(Door.ROLES, *OFFICERS)
@require_POST
def law_answer(request: OpenpesRequest, ref: str) -> HttpResponse:
    """The second officer agrees or refuses."""
    form = AnswerForm(request.POST)
    agreed = request.POST.get("act") == "agree"
    if not agreed and request.POST.get("act") != "refuse":
        raise NotPermitted("law.agree")
    form.is_valid()
    try:
        answer_entry(
            entry=entry_by_ref(ref),
            agreed=agreed,
            note=form.cleaned_data.get("note", ""),
            by=request.actor,
            at=request.at,
        )
    except Refused as refused:
        for sentence in refusal_words(refused):
            messages.error(request, sentence)
    else:
        in_force.refresh()
        messages.success(request, _("Agreed: it counts from its first day on.") if agreed else _("Refused."))
    return HttpResponseRedirect(reverse("administration:law_waiting"))
