"""Old lists on the screen: bring a file, say what its columns hold, mend rows, write them, take them back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from openpes.core.decisions import NotFound, Refused
from openpes.core.spreadsheets import CSV_TYPE, as_csv
from openpes.core.tables import UnreadableTable
from openpes.desks.look_alikes import Alike, shown_to
from openpes.imports.access import VERBS, kinds_of
from openpes.imports.columns import FIELDS
from openpes.imports.models import ImportBatch, ImportRow
from openpes.imports.operations import ACCEPTED, fields_of
from openpes.imports.queries import batch_for, batches_of, columns_for, counts_of, row_of, rows_in, sample_of
from openpes.imports.states import STILL_OPEN, TO_LOOK_AT, BatchState, Choice, ListKind, RowState
from openpes.imports.words import CHOICE, KIND, ROW, STATE, error_table, field_name, refusal_in_words, said_of
from openpes.journeys.import_list import map_columns, mend_row, take_list, undo_list, upload_list
from openpes.journeys.import_rows import people_like_row
from openpes.organisations.queries import offices_of
from openpes.people.words import LOOK_ALIKE
from openpes.web.audience import Door, audience
from openpes.web.counsellor.roles import JOBS_DESK
from openpes.web.forms import OpenpesForm, with_look
from openpes.web.requests import OpenpesRequest

SHOWN_ROWS = 50
SHOWN_SENTENCES = 3
SECONDS = 3
WORKING = {BatchState.CHECKING, BatchState.TAKING}


class ListForm(OpenpesForm):
    """A file, and what it is a list of."""

    about_self = False
    kind = with_look(
        forms.ChoiceField(label=gettext_lazy("What is it a list of?"), choices=(), widget=forms.RadioSelect), small=True
    )
    office = forms.ChoiceField(label=gettext_lazy("Office"), choices=())
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("CSV or XLSX, without macros. The first line names the columns, in any language."),
    )


class RowForm(OpenpesForm):
    """One row of a list, to be mended."""

    about_self = False
    mark_optional = False

    def __init__(self, data: Any, *, row: ImportRow, alike: bool) -> None:
        super().__init__(data)
        said = fields_of(row, row.batch.columns)
        wanted = [name for name in FIELDS[ListKind(row.batch.kind)] if name in said or _asked(row, name)]
        for name in wanted:
            self.fields[name] = with_look(
                forms.CharField(label=field_name(name), required=False, max_length=4000, initial=said.get(name, "")),
                width=30,
            )
        choices = [one for one in CHOICE if alike or one == Choice.SKIP]
        if row.batch.kind != ListKind.PEOPLE:
            choices = [one for one in choices if one != Choice.UPDATE]
        first = _("Not decided yet") if alike else _("Take this row")
        words = [("", first), *((one.value, CHOICE[one] if alike else _("Leave this row out")) for one in choices)]
        self.fields["choice"] = with_look(
            forms.ChoiceField(
                label=_("What to do with it"),
                choices=words,
                initial=row.choice,
                required=False,
                widget=forms.RadioSelect,
            ),
            small=True,
        )
        if row.doubts:
            self.fields["accepted"] = forms.BooleanField(
                label=_("I have looked at what is doubtful: it is right so"),
                required=False,
                initial=bool(row.mended.get(ACCEPTED)),
            )
        for name, field in self.fields.items():
            self._dress(name, field)

    def mended(self) -> dict[str, str]:
        """What was typed otherwise than it stood. Call when valid."""
        extra = {"choice", "accepted"}
        return {name: text for name, text in self.cleaned_data.items() if name not in extra}


def _asked(row: ImportRow, name: str) -> bool:
    return any(one["field"] == name for one in (*row.problems, *row.doubts))


def _to(batch: ImportBatch) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("counsellor:import_list", args=[batch.ref]))


def _say(request: OpenpesRequest, refused: Refused) -> None:
    for one in refused.decision.reasons:
        messages.error(request, refusal_in_words(one.code, one.facts))


@audience(Door.ROLES, *JOBS_DESK)
@never_cache
def lists(request: OpenpesRequest) -> HttpResponse:
    """The lists of the office, and the form for another."""
    kinds = kinds_of(request.actor)
    offices = list({one.pk: one for kind in kinds for one in offices_of(request.actor, VERBS[kind])}.values())
    if not offices:
        raise NotFound("office")
    form = ListForm(request.POST or None, request.FILES or None, initial={"kind": kinds[0].value})
    form.fields["kind"].choices = [(one.value, KIND[one]) for one in kinds]  # type: ignore[attr-defined]
    if len(offices) > 1:
        form.fields["office"].choices = [(one.ref, one.name) for one in offices]  # type: ignore[attr-defined]
    else:
        del form.fields["office"]
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            batch, is_new = upload_list(
                kind=ListKind(given["kind"]),
                office_ref=given.get("office") or offices[0].ref,
                content=given["file"].read(),
                file_name=given["file"].name or "",
                language=request.LANGUAGE_CODE,
                by=request.actor,
                at=request.at,
            )
        except UnreadableTable as error:
            form.add_error("file", str(error))
        else:
            if not is_new:
                messages.info(request, _("This very file is here already. Nothing was written twice."))
            return _to(batch)
    rows = [(one, KIND[ListKind(one.kind)], STATE[BatchState(one.state)]) for one in batches_of(request.actor)]
    return render(
        request, "openpes/counsellor/imports.html", {"form": form, "rows": rows}, status=422 if form.errors else 200
    )


@audience(Door.ROLES, *JOBS_DESK)
@never_cache
@require_safe
def import_list(request: OpenpesRequest, ref: str) -> HttpResponse:
    """One list: its columns, or how far it is, or its rows that a person has to look at."""
    batch = batch_for(request.actor, ref)
    if batch.state == BatchState.MAPPING:
        return _columns_page(request, batch, columns_for(batch))
    counts = counts_of(batch)
    language = request.LANGUAGE_CODE
    rows = [
        {
            "row": one,
            "state": ROW[RowState(one.state)],
            "who": one.clean.get("name") or one.clean.get("title") or "",
            "said": [(field_name(p["field"]), said_of(p, language)) for p in (*one.problems, *one.doubts)][
                :SHOWN_SENTENCES
            ],
        }
        for one in rows_in(batch, (*TO_LOOK_AT, RowState.KEPT), limit=SHOWN_ROWS)
    ]
    waiting = counts.get(RowState.WAITING if batch.state == BatchState.CHECKING else RowState.READY, 0)
    return render(
        request,
        "openpes/counsellor/import_list.html",
        {
            "batch": batch,
            "kind": KIND[ListKind(batch.kind)],
            "state": STATE[BatchState(batch.state)],
            "counts": [(ROW[one], counts[one]) for one in RowState if counts.get(one)],
            "ready": counts.get(RowState.READY, 0),
            "to_look_at": sum(counts.get(one, 0) for one in TO_LOOK_AT),
            "rows": rows,
            "working": batch.state in WORKING,
            "refresh": SECONDS,
            "percent": 100 - round(100 * waiting / max(1, batch.rows_total)),
            "may_undo": batch.state in {BatchState.CHECKED, BatchState.TAKEN},
        },
    )


def _columns_page(
    request: OpenpesRequest, batch: ImportBatch, chosen: dict[str, str], errors: list[str] | None = None
) -> HttpResponse:
    samples = sample_of(batch)
    lines = [
        {
            "place": place,
            "column": column,
            "chosen": chosen.get(column, ""),
            "sample": [str(one.get(column, "")) for one in samples],
        }
        for place, column in enumerate(batch.header)
    ]
    fields = [(name, field_name(name)) for name in FIELDS[ListKind(batch.kind)]]
    return render(
        request,
        "openpes/counsellor/import_columns.html",
        {"batch": batch, "lines": lines, "fields": fields, "errors": errors or []},
        status=422 if errors else 200,
    )


@audience(Door.ROLES, *JOBS_DESK)
@require_POST
def set_columns(request: OpenpesRequest, ref: str) -> HttpResponse:
    """Say what the columns hold; the rows are read."""
    batch = batch_for(request.actor, ref)
    chosen = {column: request.POST.get(f"column-{place}", "") for place, column in enumerate(batch.header)}
    try:
        map_columns(batch=batch, columns=chosen, by=request.actor, at=request.at)
    except Refused as refused:
        errors = [refusal_in_words(one.code, one.facts) for one in refused.decision.reasons]
        return _columns_page(request, batch, chosen, errors)
    return _to(batch)


@audience(Door.ROLES, *JOBS_DESK)
@require_POST
def take(request: OpenpesRequest, ref: str) -> HttpResponse:
    """Write the rows that are ready."""
    batch = batch_for(request.actor, ref)
    try:
        take_list(batch=batch, by=request.actor, at=request.at)
    except Refused as refused:
        _say(request, refused)
    return _to(batch)


@audience(Door.ROLES, *JOBS_DESK)
@require_POST
def undo(request: OpenpesRequest, ref: str) -> HttpResponse:
    """Take the whole list back."""
    batch = batch_for(request.actor, ref)
    try:
        done = undo_list(batch=batch, by=request.actor, at=request.at)
        messages.success(request, _("Taken back: %(undone)s. Kept: %(kept)s.") % done)
    except Refused as refused:
        _say(request, refused)
    return _to(batch)


@audience(Door.ROLES, *JOBS_DESK)
@never_cache
def import_row(request: OpenpesRequest, ref: str, line: int) -> HttpResponse:
    """One row: what is wrong or doubtful, who may be meant, and the boxes to mend it."""
    batch = batch_for(request.actor, ref)
    row = row_of(batch, line)
    found: list[Alike] = []
    if batch.kind == ListKind.PEOPLE and row.clean and not row.problems and row.state in STILL_OPEN:
        found = shown_to(request.actor, people_like_row(row), at=request.at)
    form = RowForm(
        request.POST if request.method == "POST" else None,
        row=row,
        alike=bool(found) or row.state == RowState.ALIKE or bool(row.choice),
    )
    if request.method == "POST" and form.is_valid():
        try:
            row = mend_row(
                row=row,
                mended=form.mended(),
                choice=Choice(form.cleaned_data["choice"]),
                accepted=form.cleaned_data.get("accepted", False),
                by=request.actor,
                at=request.at,
            )
        except Refused as refused:
            _say(request, refused)
            return _to(batch)
        if row.state not in TO_LOOK_AT:
            messages.success(
                request, _("Row %(line)s: %(state)s.") % {"line": row.line, "state": ROW[RowState(row.state)]}
            )
            following = rows_in(batch, TO_LOOK_AT, after=line, limit=1)
            if following:
                return HttpResponseRedirect(reverse("counsellor:import_row", args=[batch.ref, following[0].line]))
            return _to(batch)
        return HttpResponseRedirect(reverse("counsellor:import_row", args=[batch.ref, line]))
    language = request.LANGUAGE_CODE
    return render(
        request,
        "openpes/counsellor/import_row.html",
        {
            "batch": batch,
            "row": row,
            "state": ROW[RowState(row.state)],
            "form": form,
            "open": row.state in STILL_OPEN,
            "problems": [(field_name(one["field"]), said_of(one, language)) for one in row.problems],
            "doubts": [(field_name(one["field"]), said_of(one, language)) for one in row.doubts],
            "alike": [{"alike": one, "reasons": [LOOK_ALIKE[reason] for reason in one.reasons]} for one in found],
        },
    )


@audience(Door.ROLES, *JOBS_DESK)
@require_safe
def errors_file(request: OpenpesRequest, ref: str) -> HttpResponse:
    """The rows that were not taken, as they stood, with what is wrong: to mend in the spreadsheet and bring again."""
    batch = batch_for(request.actor, ref)
    table = error_table(batch.header, rows_in(batch, TO_LOOK_AT), request.LANGUAGE_CODE)
    answer = HttpResponse(as_csv(*table), content_type=CSV_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="rows-to-mend-{batch.ref}.csv"'
    return answer
