"""Many vacancies from a file: looked at first, then taken; or handed in by the firm's own system."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from openpes.core.decisions import Refused
from openpes.core.spreadsheets import CSV_TYPE, XLSX_TYPE, as_csv, as_xlsx
from openpes.core.tables import UnreadableTable
from openpes.imports.adverts import COLUMNS, EXAMPLE
from openpes.journeys.bring_adverts import Brought, RowTold, bring_adverts, keep_list, kept_list
from openpes.organisations.models import Employer
from openpes.people.roles import EmployerAdministrator, EmployerStaff
from openpes.reference.country import area_name
from openpes.vacancies.feed_models import VacancyFeed
from openpes.vacancies.feed_operations import feed_of, new_feed_key, set_feed
from openpes.vacancies.words import LIST_PAUSED, words_of
from openpes.web.audience import Door, audience
from openpes.web.employer.posting import own_employer
from openpes.web.employer.vacancy_check import put_refusal
from openpes.web.forms import OpenpesForm, with_look
from openpes.web.requests import OpenpesRequest

WRITERS = (EmployerStaff.code, EmployerAdministrator.code)
A_PAGE = 50
WHOLE = gettext_lazy("This is my whole list: close the vacancies that are not in it")
FEED_ERROR = {
    "not_https": gettext_lazy("The address must begin with https://."),
    "private_address": gettext_lazy("This address is not on the open net."),
    "too_large": gettext_lazy("The list is too large."),
}
NO_ANSWER = gettext_lazy("The address did not give a list. We try again later.")


class BulkForm(OpenpesForm):
    """The file."""

    about_self = False
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("CSV, XLSX or JSON. Each vacancy has a key of your own, so that a file can come again."),
    )
    whole = forms.BooleanField(label=WHOLE, required=False)


class FeedForm(OpenpesForm):
    """From where the list is read."""

    about_self = False
    address = with_look(
        forms.CharField(
            label=gettext_lazy("Address of your list"),
            required=False,
            max_length=500,
            help_text=gettext_lazy("We read it a few times a day. It begins with https://."),
        ),
        width=30,
    )
    whole = forms.BooleanField(label=WHOLE, required=False)


@dataclass(frozen=True)
class Line:
    """A row of the list as people read it."""

    row: RowTold
    words: tuple[str, ...]


def problems_in_words(problems: list[dict[str, Any]]) -> tuple[str, ...]:
    """What is wrong with a row: the column and the mend."""
    return tuple(
        f"{one['field']}: {said}" if one["field"] else said
        for one in problems
        if (said := words_of(one["code"], dict(one["facts"]), str(one.get("text", ""))))
    )


def _look(request: OpenpesRequest, employer: Employer, content: bytes, whole: bool, *, is_trial: bool) -> Brought:
    return bring_adverts(
        content=content,
        employer=employer,
        language=request.LANGUAGE_CODE,
        is_whole=whole,
        is_trial=is_trial,
        by=request.actor,
        at=request.at,
    )


@audience(Door.ROLES, *WRITERS)
@never_cache
def bulk(request: OpenpesRequest) -> HttpResponse:
    """A file: what would become of it; then the very same file taken."""
    employer = own_employer(request)
    if request.POST.get("act") == "take":
        return _take(request, employer)
    form = BulkForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        content, whole = form.cleaned_data["file"].read(), form.cleaned_data["whole"]
        try:
            brought = _look(request, employer, content, whole, is_trial=True)
        except UnreadableTable as error:
            form.add_error("file", str(error))
        else:
            kept = keep_list(
                content=content, name=form.cleaned_data["file"].name or "", by=request.actor, at=request.at
            )
            context = {"brought": brought, "lines": lines_of(brought), "kept": kept, "whole": whole}
    return _show(request, employer, form, FeedForm(initial=_feed_now(feed_of(request.actor, employer))), context)


def _take(request: OpenpesRequest, employer: Employer) -> HttpResponse:
    content = kept_list(request.POST.get("kept", ""), by=request.actor)
    try:
        brought = _look(request, employer, content, request.POST.get("whole") == "on", is_trial=False)
    except UnreadableTable as error:
        form = BulkForm({})
        form.errors.clear()
        form.add_error(None, str(error))
        return _show(request, employer, form, FeedForm(), {})
    context = {"brought": brought, "lines": lines_of(brought)}
    return _show(request, employer, BulkForm(), FeedForm(initial=_feed_now(feed_of(request.actor, employer))), context)


def lines_of(brought: Brought) -> list[Line]:
    """Rows to mend first, then the others; what a page holds."""
    ordered = sorted(brought.rows, key=lambda one: (one.what != "bad", one.line))
    page = Paginator(ordered, A_PAGE).get_page(1)
    return [Line(one, problems_in_words(one.problems)) for one in page]


def _feed_now(feed: VacancyFeed | None) -> dict[str, Any]:
    return {"address": feed.address, "whole": feed.is_whole} if feed else {}


def _show(
    request: OpenpesRequest, employer: Employer, form: BulkForm, feed_form: FeedForm, context: dict[str, Any]
) -> HttpResponse:
    feed = feed_of(request.actor, employer)
    brought = context.get("brought")
    errors = form.errors or feed_form.errors
    return render(
        request,
        "openpes/employer/bulk.html",
        {
            "form": form,
            "feed_form": feed_form,
            "feed": feed,
            "told": _told(feed),
            "paused": LIST_PAUSED if feed and feed.paused_at else "",
            "call": _call(request, feed, context.get("key", "")),
            "columns": ", ".join(COLUMNS),
            "unseen": max(0, len(brought.rows) - A_PAGE) if brought else 0,
            **context,
        },
        status=422 if errors else 200,
    )


def _call(request: OpenpesRequest, feed: VacancyFeed | None, key: str) -> tuple[str, ...]:
    """What the firm's system sends: the same in every language."""
    if feed is None or not key:
        return ()
    return (
        f"POST {request.build_absolute_uri(reverse('employer:push', args=[feed.ref]))}",
        f"Authorization: Bearer {key}",
    )


def _told(feed: VacancyFeed | None) -> dict[str, Any]:
    """What became of the latest list that came by itself, in words."""
    if feed is None or not feed.told:
        return {}
    error = feed.told.get("error", "")
    if error:
        text = str(feed.told.get("text", "")) or str(FEED_ERROR.get(error, NO_ANSWER))
        return {"error": text}
    return {
        "counts": feed.told["counts"],
        "bad": [
            {"line": one["line"], "reference": one["reference"], "words": problems_in_words(one["problems"])}
            for one in feed.told["bad"]
        ],
    }


@audience(Door.ROLES, *WRITERS)
@never_cache
def feed(request: OpenpesRequest) -> HttpResponse:
    """From where the list is read, or a new key with which it is sent."""
    employer = own_employer(request)
    if request.method != "POST":
        return HttpResponseRedirect(reverse("employer:bulk"))
    if request.POST.get("act") == "key":
        _feed, key = new_feed_key(employer=employer, by=request.actor, at=request.at, secret=settings.SECRET_KEY)
        return _show(request, employer, BulkForm(), FeedForm(initial=_feed_now(_feed)), {"key": key})
    form = FeedForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        try:
            set_feed(
                employer=employer, address=said["address"], is_whole=said["whole"], by=request.actor, at=request.at
            )
        except Refused as refused:
            put_refusal(form, refused.decision)
        else:
            messages.success(request, _("Saved."))
            return HttpResponseRedirect(reverse("employer:bulk"))
    return _show(request, employer, BulkForm(), form, {})


@audience(Door.ROLES, *WRITERS)
def template(request: OpenpesRequest, ending: str) -> HttpResponse:
    """An empty list with one example, to be filled in."""
    example = [
        area_name(own_employer(request).area_code, "en") if name == "area" else value
        for name, value in zip(COLUMNS, EXAMPLE, strict=True)
    ]
    is_xlsx = ending == "xlsx"
    content = as_xlsx([("vacancies", COLUMNS, [example])]) if is_xlsx else as_csv(COLUMNS, [example])
    answer = HttpResponse(content, content_type=XLSX_TYPE if is_xlsx else CSV_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="vacancies.{"xlsx" if is_xlsx else "csv"}"'
    return answer
