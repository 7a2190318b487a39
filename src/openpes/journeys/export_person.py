"""A person takes along all that the service knows about them: every room tells, in river order."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction

from openpes.appointments import queries as appointments
from openpes.casework import queries as casework
from openpes.circumstances import queries as circumstances
from openpes.complaints import queries as complaints
from openpes.core.access_log import views_of
from openpes.core.actors import Actor
from openpes.core.change_log import record_change
from openpes.core.decisions import NotPermitted
from openpes.dialogues import queries as dialogues
from openpes.documents import queries as documents
from openpes.enrolments import queries as enrolments
from openpes.fairs import queries as fairs
from openpes.guidance import queries as guidance
from openpes.imports import queries as imports
from openpes.interests import queries as interests
from openpes.jobseekers import queries as jobseekers
from openpes.matching import queries as matching
from openpes.messaging import queries as messaging
from openpes.partnerships import queries as partnerships
from openpes.people import queries as people
from openpes.people.queries import person_by_ref
from openpes.placements import queries as placements
from openpes.programmes import queries as programmes
from openpes.referrals import queries as referrals

VIEWS_SHOWN = 1000


def read_person(*, person_ref: str, by: Actor) -> dict[str, dict[str, list[dict[str, Any]]]]:
    """Room -> table -> rows under their export names. Only for the person themselves. Raises NotPermitted."""
    person = person_by_ref(person_ref)
    if not by.may("person.export_own", person_id=person.pk):
        raise NotPermitted("person.export_own")
    return {
        "people": people.export_person(person.pk),
        "jobseekers": jobseekers.export_person(person.pk),
        "documents": documents.export_person(person.pk),
        "imports": imports.export_person(person.pk),
        "matching": matching.export_person(person.pk),
        "appointments": appointments.export_person(person.pk),
        "circumstances": circumstances.export_person(person.pk),
        "guidance": guidance.export_person(person.pk),
        "interests": interests.export_person(person.pk),
        "casework": casework.export_person(person.pk),
        "programmes": programmes.export_person(person.pk),
        "enrolments": enrolments.export_person(person.pk),
        "partnerships": partnerships.export_person(person.pk),
        "referrals": referrals.export_person(person.pk),
        "placements": placements.export_person(person.pk),
        "fairs": fairs.export_person(person.pk),
        "complaints": complaints.export_person(person.pk),
        "dialogues": dialogues.export_person(person.pk),
        "messaging": messaging.export_person(person.pk),
        "access log": {"who looked": [asdict(one) for one in views_of(person.log_key, limit=VIEWS_SHOWN)]},
    }


@transaction.atomic
def export_person(*, person_ref: str, by: Actor, at: datetime) -> dict[str, dict[str, list[dict[str, Any]]]]:
    """The same as a download; that it was taken is written down."""
    told = read_person(person_ref=person_ref, by=by)
    person = person_by_ref(person_ref)
    record_change(by=by, at=at, verb="person.export", thing=f"person:{person.ref}", subject=person.log_key)
    return told
