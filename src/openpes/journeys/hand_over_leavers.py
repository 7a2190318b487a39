"""A list of people is handed over: a school's leavers before they leave, or the people of a closed factory.

The list goes through the same reading, dry look and mending as every old list; what is new is why it came. Nobody on
it is registered, matched or texted before they have agreed at their first contact (`agree_from_list`).
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from openpes.core.actors import Actor
from openpes.core.decisions import NotPermitted
from openpes.imports.states import ListKind
from openpes.journeys.import_list import upload_list
from openpes.organisations.models import Office, Partner
from openpes.partnerships.list_operations import SaidList, check_list, label_list
from openpes.partnerships.models import HandedList


@transaction.atomic
def hand_over_list(
    *,
    said: SaidList,
    school: Partner | None,
    office: Office,
    content: bytes,
    file_name: str,
    language: str,
    by: Actor,
    at: datetime,
) -> HandedList:
    """Keep the file and why it came. Raises Refused, NotPermitted, UnreadableTable with the mend."""
    if not by.may("shock.batch", office_id=office.pk):
        raise NotPermitted("shock.batch")
    check_list(said=said, school=school)
    batch, _is_new = upload_list(
        kind=ListKind.PEOPLE,
        office_ref=office.ref,
        content=content,
        file_name=file_name,
        language=language,
        by=by,
        at=at,
    )
    return label_list(said=said, school=school, batch=batch, by=by, at=at)
