"""Forms of the desk survive a power cut: kept as one goes, offered again on the same page, to the same officer alone.

`keep_drafts(urlpatterns)` does it for every page of the desk. A form is kept when the officer presses "Keep what I
typed so far" (a script does the same while they type) and whenever it comes back unfinished. It goes when it was sent.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import URLPattern
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from openpes.casework.drafts import NOT_TYPED, draft_at, drafts_of, drop_draft, keep_draft
from openpes.casework.models import FormDraft
from openpes.core.decisions import NotFound
from openpes.web.audience import Door, audience
from openpes.web.counsellor.gate import is_of_a_person
from openpes.web.counsellor.roles import PEOPLE_DESK
from openpes.web.requests import OpenpesRequest
from openpes.web.templatetags.openpes import clock_time
from openpes.web.typed_before import giving_back

BY_SCRIPT = "HTTP_X_DRAFT"
KEEP, SHOW = "keep_draft", "draft"
# Pages that hold no form worth keeping, hold secrets, or keep what is typed in their own way.
NOT_THESE = frozenset(
    {"drafts", "recover", "lost_phones", "why", "interview", "find", "elsewhere", "import_row", "today"}
)


def _query(request: OpenpesRequest) -> str:
    return urlencode([(name, str(value)) for name, value in request.GET.items() if name != SHOW])


def _kept(request: OpenpesRequest, person: str) -> FormDraft | None:
    return keep_draft(
        address=request.path,
        query=_query(request),
        typed=dict(request.POST.lists()),
        person=person,
        by=request.actor,
        at=request.at,
    )


def _keep_and_answer(request: OpenpesRequest, person: str) -> HttpResponse:
    draft = _kept(request, person)
    if request.META.get(BY_SCRIPT):
        return JsonResponse({"kept": clock_time(draft.kept_at) if draft else ""})
    if draft is None:
        messages.info(request, _("There is nothing to keep yet."))
    else:
        messages.success(request, _("Kept, for you alone. Nothing is sent yet."))
    query = f"&{_query(request)}" if _query(request) else ""
    return HttpResponseRedirect(f"{request.path}?{SHOW}=1{query}" if draft else request.get_full_path())


def _opened(request: OpenpesRequest, page: Callable[[], HttpResponse]) -> HttpResponse:
    """The page, with the offer to go on, or with what was typed in its boxes."""
    draft = draft_at(request.actor, request.path, at=request.at)
    if draft is None:
        return page()
    request.draft = draft  # type: ignore[attr-defined]
    request.draft_shown = request.GET.get(SHOW) == "1"  # type: ignore[attr-defined]
    if not request.draft_shown:  # type: ignore[attr-defined]
        return page()
    with giving_back(draft.words):
        return page()


def _drop_what_was_sent(request: OpenpesRequest) -> None:
    """The draft goes when its own boxes were sent; another button of the same page leaves it alone."""
    draft = draft_at(request.actor, request.path, at=request.at)
    if draft is not None and (set(draft.words) - NOT_TYPED) & set(request.POST):
        drop_draft(request.actor, request.path)


def surviving_cuts(view: Callable[..., HttpResponse], *, of_a_person: bool) -> Callable[..., HttpResponse]:
    """The view, with its form kept on the way and offered again."""

    @wraps(view)
    def kept(request: OpenpesRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        request.keeps_drafts = True  # type: ignore[attr-defined]
        if request.method != "POST":
            return _opened(request, lambda: view(request, *args, **kwargs))
        person = str(kwargs.get("ref", "")) if of_a_person else ""
        if KEEP in request.POST:
            return _keep_and_answer(request, person)
        response = view(request, *args, **kwargs)
        if response.status_code in {409, 422}:
            _kept(request, person)
        elif response.status_code in {301, 302, 303}:
            _drop_what_was_sent(request)
        return response

    return kept


def keep_drafts(patterns: list[URLPattern]) -> None:
    """Let the form of each of these pages survive a cut."""
    for one in patterns:
        if one.name not in NOT_THESE:
            one.callback = surviving_cuts(one.callback, of_a_person=is_of_a_person(one))


@audience(Door.ROLES, *PEOPLE_DESK, "employer_adviser")
def drafts(request: OpenpesRequest) -> HttpResponse:
    """The forms that I began and did not send; each can be gone on with or thrown away."""
    mine = drafts_of(request.actor, at=request.at)
    if request.method == "POST":
        held = next((one for one in mine if one.ref == request.POST.get("drop", "")), None)
        if held is None:
            raise NotFound("draft")
        drop_draft(request.actor, held.address)
        messages.success(request, _("Thrown away."))
        return HttpResponseRedirect(held.address)
    if request.method not in {"GET", "HEAD"}:
        raise Http404
    return render(request, "openpes/counsellor/drafts.html", {"drafts": mine})
