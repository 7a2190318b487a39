"""Run by a test as a program of its own, on a real database: four ask for one time in the same instant.

Prints one word for each: booked, or the code of the refusal; then how many appointments hold the counsellor's time.
"""

from __future__ import annotations

import threading
from datetime import time, timedelta

import django

django.setup()

# ruff: noqa: E402 - tables can be named only after the framework is set up.
from django.db import connections
from tests.factories import NOW, JobseekerFactory, OfficeFactory, account_with, actor_with

from openpes.appointments.models import HeldTime, OpeningTime
from openpes.appointments.operations import book
from openpes.appointments.queries import slots_at
from openpes.appointments.states import AppointmentKind, Way
from openpes.config.prepare import prepare
from openpes.core.decisions import Refused

prepare(lambda text: None)
office = OfficeFactory()
for day in range(7):
    OpeningTime.objects.create(office=office, weekday=day, opens=time(8), closes=time(17))
account = account_with("counsellor", office=office)
actor = actor_with("counsellor", scope_id=office.pk, account=account)
slot = slots_at(office, minutes=20, at=NOW + timedelta(days=1))[0]
# Two ask for a time that only overlaps: equal beginnings are not what keeps them apart.
asked = [(JobseekerFactory(office=office), minutes, later) for minutes, later in ((20, 0), (20, 0), (40, 0), (20, 10))]
together, results = threading.Barrier(len(asked)), []


def ask(seeker, minutes, later):
    """Book, at the same instant as the others."""
    together.wait()
    try:
        book(
            jobseeker=seeker,
            office=office,
            kind=AppointmentKind.FOLLOW_UP,
            starts_at=slot.starts_at + timedelta(minutes=later),
            counsellor=account,
            way=Way.DESK,
            by=actor,
            at=NOW,
            minutes=minutes,
        )
        results.append("booked")
    except Refused as refused:
        results.append(refused.decision.reasons[0].code)
    finally:
        connections.close_all()


threads = [threading.Thread(target=ask, args=one) for one in asked]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join(120)
held = HeldTime.objects.filter(holder=f"c{account.pk}").values_list("appointment", flat=True)
print(*sorted(results), len(set(held)))
