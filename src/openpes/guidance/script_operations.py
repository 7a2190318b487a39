"""Writes of an office's own scripts: copied, changed as a draft, switched on. What was used stays as it was used."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from openpes.core.actors import Actor
from openpes.core.change_log import record_change
from openpes.core.decisions import Refused
from openpes.guidance.access import require_may_write_script
from openpes.guidance.models import OfficeScript
from openpes.guidance.rules import may_change_script, may_switch_off
from openpes.guidance.scripts import Script, as_data
from openpes.guidance.states import ScriptState


def _log(row: OfficeScript, verb: str, by: Actor, at: datetime) -> None:
    record_change(by=by, at=at, verb=verb, thing=f"script:{row.ref}", detail={"code": row.code, "version": row.version})


@transaction.atomic
def draft_script(*, office_id: int, script: Script, by: Actor, at: datetime) -> OfficeScript:
    """Keep a script as the office's draft: a new version, or over the draft of the same code that is there."""
    require_may_write_script(by, office_id)
    rows = OfficeScript.objects.select_for_update().filter(office=office_id, code=script.code)
    latest = rows.order_by("-version").first()
    if latest is not None and latest.state == ScriptState.DRAFT:
        row = latest
    else:
        row = OfficeScript(office_id=office_id, code=script.code, version=latest.version + 1 if latest else 1)
    row.body, row.changed_at, row.changed_by_id = as_data(script), at, by.account_id
    row.save()
    _log(row, "script.draft", by, at)
    return row


@transaction.atomic
def switch_on(*, row: OfficeScript, by: Actor, at: datetime) -> OfficeScript:
    """A draft becomes the version that new interviews use; the one before is off. Raises Refused."""
    require_may_write_script(by, row.office_id)
    row = OfficeScript.objects.select_for_update().get(pk=row.pk)
    decision = may_change_script(state=ScriptState(row.state))
    if decision.refused:
        raise Refused(decision)
    OfficeScript.objects.filter(office=row.office_id, code=row.code, state=ScriptState.ON).update(state=ScriptState.OFF)
    row.state, row.changed_at, row.changed_by_id = ScriptState.ON, at, by.account_id
    row.save(update_fields=["state", "changed_at", "changed_by"])
    _log(row, "script.on", by, at)
    return row


@transaction.atomic
def switch_off(*, row: OfficeScript, by: Actor, at: datetime) -> OfficeScript:
    """No new interview uses this version any more; where the service has one of that code, it is back.

    Raises Refused.
    """
    require_may_write_script(by, row.office_id)
    row = OfficeScript.objects.select_for_update().get(pk=row.pk)
    decision = may_switch_off(state=ScriptState(row.state))
    if decision.refused:
        raise Refused(decision)
    row.state, row.changed_at, row.changed_by_id = ScriptState.OFF, at, by.account_id
    row.save(update_fields=["state", "changed_at", "changed_by"])
    _log(row, "script.off", by, at)
    return row
