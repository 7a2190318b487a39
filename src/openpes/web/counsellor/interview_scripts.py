"""An office's own interview scripts: copied from one that is there, changed on screen or in a file, switched on."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from openpes.core.decisions import NotFound, Refused
from openpes.guidance.models import OfficeScript
from openpes.guidance.queries import OfferedScript, offered_script, offered_scripts, office_script, office_scripts
from openpes.guidance.script_operations import draft_script, switch_off, switch_on
from openpes.guidance.scripts import (
    LARGEST_FILE,
    LENGTHS,
    MOST_PARTS,
    MOST_QUESTIONS,
    Script,
    as_data,
    as_yaml,
    read_script,
    script_from,
)
from openpes.guidance.states import PartKind
from openpes.organisations.queries import offices_of
from openpes.web.audience import Door, audience
from openpes.web.counsellor.guidance_words import FOR_WHOM, SCRIPT_STATE
from openpes.web.counsellor.roles import PEOPLE_DESK
from openpes.web.counsellor.words import reasons_in_words, said
from openpes.web.forms import OpenpesForm
from openpes.web.requests import OpenpesRequest
from openpes_countries.errors import PackError

KINDS = {
    PartKind.TALK: gettext_lazy("Questions"),
    PartKind.BARRIERS: gettext_lazy("What stands in the way"),
    PartKind.ACTIVITIES: gettext_lazy("Everyday activities"),
    PartKind.INTERESTS: gettext_lazy("Interests"),
}


class FileForm(OpenpesForm):
    """A script as a file."""

    about_self = False
    file = forms.FileField(
        label=gettext_lazy("A script as a YAML file"),
        error_messages={"required": gettext_lazy("Choose a file first.")},
    )

    def text(self) -> str:
        """The text of the file. Raises PackError for one that is none."""
        held = self.cleaned_data["file"]
        raw = held.read(LARGEST_FILE + 1)
        try:
            return raw.decode("utf-8-sig")
        except UnicodeDecodeError:
            return "\x00"


def _office_id(request: OpenpesRequest) -> int:
    """The office whose scripts are written here. Raises NotFound for somebody without one."""
    office = offices_of(request.actor, "guidance.write_script").order_by("pk").first()
    if office is None:
        raise NotFound("office")
    return office.pk


def _problems(error: PackError) -> list[str]:
    return [f"{one.field}: {one.problem} {one.mend}" for one in error.problems]


def _problems_of_file(error: PackError) -> list[str]:
    return [
        _("Line %(line)s, %(rest)s") % {"line": one.line, "rest": f"{one.field}: {one.problem} {one.mend}"}
        for one in error.problems
    ]


@audience(Door.ROLES, *PEOPLE_DESK)
def scripts(request: OpenpesRequest) -> HttpResponse:
    """The office's own scripts and those that come with the service; a file can be brought."""
    office_id = _office_id(request)
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    problems: list[str] = []
    if request.method == "POST" and form.is_valid():
        try:
            script = read_script(form.text(), form.cleaned_data["file"].name)
        except PackError as error:
            problems = _problems_of_file(error)
        else:
            row = draft_script(office_id=office_id, script=script, by=request.actor, at=request.at)
            messages.success(request, _("The script is a draft now. Look at it, then switch it on."))
            return HttpResponseRedirect(reverse("counsellor:script", args=[row.ref]))
    return render(
        request,
        "openpes/counsellor/scripts.html",
        {
            "own": [
                (row, script_from(row.body, row.code), said(SCRIPT_STATE, row.state))
                for row in office_scripts(request.actor)
            ],
            "offered": [one for one in offered_scripts(office_id) if one.version == 0],
            "form": form,
            "problems": problems,
        },
        status=422 if problems or form.errors else 200,
    )


def _offered_or_own(request: OpenpesRequest, key: str) -> tuple[Script, OfficeScript | None]:
    """A script by its key: an office's own version, or one that comes with the service. Raises NotFound."""
    try:
        row = office_script(request.actor, key)
    except NotFound:
        found: OfferedScript = offered_script(_office_id(request), key)
        return found.script, None
    return script_from(row.body, row.code), row


@audience(Door.ROLES, *PEOPLE_DESK)
def script(request: OpenpesRequest, key: str) -> HttpResponse:
    """A script as it will be held; from here it is copied, switched on or off, downloaded."""
    held, row = _offered_or_own(request, key)
    if request.method == "POST":
        act = request.POST.get("act", "")
        try:
            if act == "copy":
                made = draft_script(office_id=_office_id(request), script=held, by=request.actor, at=request.at)
                return HttpResponseRedirect(reverse("counsellor:edit_script", args=[made.ref]))
            if act == "on" and row is not None:
                switch_on(row=row, by=request.actor, at=request.at)
                messages.success(request, _("New interviews use this version now."))
            if act == "off" and row is not None:
                switch_off(row=row, by=request.actor, at=request.at)
                messages.success(request, _("This version is not used any more."))
        except Refused as refused:
            for sentence in reasons_in_words(refused):
                messages.error(request, sentence)
        return HttpResponseRedirect(request.path)
    return render(
        request,
        "openpes/counsellor/script.html",
        {
            "key": key,
            "script": held,
            "row": row,
            "state": said(SCRIPT_STATE, row.state) if row else _("Comes with the service"),
            "for_whom": said(FOR_WHOM, held.for_whom),
            "kinds": [(part, KINDS[part.kind]) for part in held.parts],
        },
    )


@audience(Door.ROLES, *PEOPLE_DESK)
@require_safe
def download_script(request: OpenpesRequest, key: str) -> HttpResponse:
    """A script as its YAML file."""
    held, _row = _offered_or_own(request, key)
    answer = HttpResponse(as_yaml(held), content_type="application/yaml; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{held.code}.yaml"'
    return answer


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _whole(text: str) -> Any:
    return int(text) if text.strip().isdecimal() else text


def typed_script(data: QueryDict, code: str) -> dict[str, Any]:
    """The fields of a script as typed on the screen; a row without words is left out."""
    parts = []
    for number in range(1, MOST_PARTS + 1):
        name = f"part{number}"
        if not data.get(f"{name}.title", "").strip():
            continue
        kind = data.get(f"{name}.kind", "")
        asked = [
            {
                "code": data.get(f"{name}.q{place}.code") or f"q{place}",
                "ask": data.get(f"{name}.q{place}.ask", "").strip(),
                "ask_local": data.get(f"{name}.q{place}.local", "").strip(),
                "prompts": _lines(data.get(f"{name}.q{place}.prompts", "")),
                "write": data.get(f"{name}.q{place}.write", "").strip(),
            }
            for place in range(1, MOST_QUESTIONS + 1)
            if data.get(f"{name}.q{place}.ask", "").strip()
        ]
        parts.append(
            {
                "code": data.get(f"{name}.code") or f"part_{number}",
                "title": data.get(f"{name}.title", "").strip(),
                "minutes": _whole(data.get(f"{name}.minutes", "")),
                "kind": kind,
                "say": data.get(f"{name}.say", "").strip(),
                "questions": asked if kind == PartKind.TALK else [],
            }
        )
    return {
        "code": code,
        "title": data.get("title", "").strip(),
        "for_whom": data.get("for_whom", ""),
        "minutes": _whole(data.get("minutes", "")),
        "language": data.get("language", "").strip(),
        "before": data.get("before", "").strip(),
        "parts": parts,
    }


def _rows(fields: dict[str, Any]) -> list[dict[str, Any]]:
    """The parts for the screen, each with one empty question more, and one empty part at the end."""
    rows = []
    for number, part in enumerate([*fields["parts"], {}][:MOST_PARTS], start=1):
        questions = [*part.get("questions", ()), {}][:MOST_QUESTIONS]
        rows.append(
            {
                "number": number,
                "part": part,
                "questions": [
                    {"place": place, "q": one, "prompts": "\n".join(one.get("prompts", ()))}
                    for place, one in enumerate(questions, start=1)
                ],
            }
        )
    return rows


@audience(Door.ROLES, *PEOPLE_DESK)
def edit_script(request: OpenpesRequest, key: str) -> HttpResponse:
    """Change a draft on the screen; mistakes are told and nothing typed is lost."""
    row = office_script(request.actor, key)
    fields, problems = as_data(script_from(row.body, row.code)), []
    if request.method == "POST":
        fields = typed_script(request.POST, row.code)
        try:
            made = draft_script(
                office_id=row.office_id, script=script_from(fields, row.code), by=request.actor, at=request.at
            )
            messages.success(request, _("Saved as a draft."))
            where = "edit_script" if request.POST.get("act") == "more" else "script"
            return HttpResponseRedirect(reverse(f"counsellor:{where}", args=[made.ref]))
        except PackError as error:
            problems = _problems(error)
    return render(
        request,
        "openpes/counsellor/script_edit.html",
        {
            "row": row,
            "fields": fields,
            "rows": _rows(fields),
            "for_whom": FOR_WHOM.items(),
            "lengths": LENGTHS,
            "kinds": KINDS.items(),
            "problems": problems,
        },
        status=422 if problems else 200,
    )
