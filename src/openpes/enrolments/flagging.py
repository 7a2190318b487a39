"""Writes about what looks odd: raise flags for a person, decide them, draw a sample, note what the look showed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import Count, Q

from openpes.core.actors import Actor
from openpes.core.change_log import record_change
from openpes.core.decisions import Reason, Refused, no
from openpes.enrolments.access import require
from openpes.enrolments.integrity import Came, Claimed, Enrolled, Found, Held, Limits, World, look_at
from openpes.enrolments.models import Attendance, Control, Enrolment, Flag, Session, SubsidyClaim
from openpes.enrolments.operations import refuse
from openpes.enrolments.queries import policy
from openpes.enrolments.rules import draw_controls, two_people
from openpes.enrolments.states import ControlResult, FlagState
from openpes.people.queries import phones_of
from openpes.programmes.models import Cycle
from openpes.reference.country import today


def limits(on: date) -> Limits:
    """The thresholds of the country's policy."""
    names = ("phone_shared_most", "email_shared_most", "slack_minutes", "worker_answer_days")
    return Limits(**{name: policy(name, on=on) for name in names})


def _enrolled(rows: Iterable[Enrolment]) -> list[Enrolled]:
    held = list(rows)
    phones = phones_of({one.jobseeker.person_id for one in held})
    found = []
    for one in held:
        phone, version = phones.get(one.jobseeker.person_id), one.cycle.version
        found.append(
            Enrolled(
                key=one.pk,
                person=one.jobseeker.person_id,
                cycle=one.cycle_id,
                enrolled_at=one.enrolled_at,
                starts_on=one.cycle.starts_on,
                # Who left or completed early is free for another round from that day.
                ends_before=min(today(one.ended_at), one.cycle.ends_before) if one.ended_at else one.cycle.ends_before,
                account=one.payout_account,
                phone=phone.number if phone else "",
                email=one.email,
                document=one.document_mark,
                photo=one.photo_mark,
                paid=bool(version.stipend_amount),
                needs_document=bool(version.documents),
            )
        )
    return found


def world_of(cycle: Cycle, *, at: datetime) -> World:
    """A round and every other round that runs on its days, as plain facts. A constant number of queries."""
    rows = Enrolment.objects.filter(
        Q(cycle=cycle) | Q(cycle__starts_on__lt=cycle.ends_before, cycle__ends_before__gt=cycle.starts_on)
    ).select_related("jobseeker", "cycle__version")
    people = _enrolled(rows.order_by("pk"))
    keys = [one.cycle for one in people]
    sessions = Session.objects.filter(cycle__in=set(keys))
    came = Attendance.objects.filter(session__in=sessions).order_by("pk")
    claims = SubsidyClaim.objects.filter(enrolment__cycle=cycle).order_by("pk")
    return World(
        at=at,
        enrolled=people,
        held=[
            Held(one.pk, one.cycle_id, one.starts_at, one.ends_at, one.trainer, one.capacity)
            for one in sessions.order_by("pk")
        ],
        came=[Came(one.enrolment_id, one.session_id, one.way, one.noted_at) for one in came],
        claimed=[Claimed(one.pk, one.enrolment_id, one.filed_at, one.worker_says) for one in claims],
    )


@transaction.atomic
def raise_flags(*, cycle: Cycle, by: Actor, at: datetime) -> list[Flag]:
    """Look at a round now. Only flags of this round are kept; what was flagged before is not flagged again."""
    require(by, "flag.raise")
    found = [one for one in look_at(world_of(cycle, at=at), limits(today(at))) if one.cycle == cycle.pk]
    seen = set(Flag.objects.filter(cycle=cycle).values_list("rule", "about"))
    new = list({(one.rule, one.about): one for one in found if (one.rule, one.about) not in seen}.values())
    rows = Flag.objects.bulk_create(_row(one, at) for one in new)
    if rows:
        detail = {"flags": len(rows)}
        record_change(by=by, at=at, verb="flags.raise", thing=f"cycle:{cycle.ref}", detail=detail)
    return rows


def _row(one: Found, at: datetime) -> Flag:
    return Flag(
        cycle_id=one.cycle,
        enrolment_id=one.enrolment,
        rule=one.rule,
        rule_version=one.version,
        about=one.about,
        facts=one.facts,
        raised_at=at,
    )


@transaction.atomic
def decide_flag(*, flag: Flag, to: FlagState, why: str, by: Actor, at: datetime) -> Flag:
    """A person explains it or upholds it, with words. Nothing else follows by itself. Raises Refused."""
    require(by, "flag.decide")
    flag = Flag.objects.select_for_update().get(pk=flag.pk)
    if flag.state != FlagState.OPEN or to == FlagState.OPEN:
        raise Refused(no(Reason("not_from_here")))
    if by.account_id is None:
        raise Refused(no(Reason("named_officer_needed")))
    if not why.strip():
        raise Refused(no(Reason("words_needed")))
    flag.state, flag.decided_by_id, flag.decided_at, flag.why = to, by.account_id, at, why.strip()[:400]
    flag.save(update_fields=["state", "decided_by", "decided_at", "why"])
    detail = {"rule": flag.rule, "to": to.value}
    record_change(by=by, at=at, verb="flag.decide", thing=f"flag:{flag.ref}", detail=detail)
    return flag


@transaction.atomic
def draw_sample(*, cycle: Cycle, seed: str, by: Actor, at: datetime) -> list[Control]:
    """Draw who is looked at afterwards, once a round, with a seed that lets anybody inside repeat it."""
    require(by, "flag.decide")
    if not seed.strip():
        raise Refused(no(Reason("seed_needed")))
    if Control.objects.filter(cycle=cycle).exists():
        raise Refused(no(Reason("drawn_already")))
    on = today(at)
    weights = Flag.objects.filter(cycle=cycle).exclude(state=FlagState.EXPLAINED).exclude(enrolment=None)
    drawn = draw_controls(
        Enrolment.objects.filter(cycle=cycle).values_list("pk", flat=True),
        flags=dict(weights.order_by().values_list("enrolment").annotate(n=Count("pk"))),
        seed=seed.strip(),
        chance_percent=policy("control_chance_percent", on=on),
        risk_percent=policy("control_risk_percent", on=on),
    )
    rows = Control.objects.bulk_create(
        Control(
            cycle=cycle,
            enrolment_id=one.key,
            drawn_because=one.because,
            seed=seed.strip()[:64],
            drawn_at=at,
            drawn_by_id=by.account_id,
        )
        for one in drawn
    )
    record_change(by=by, at=at, verb="controls.draw", thing=f"cycle:{cycle.ref}", detail={"people": len(rows)})
    return rows


@transaction.atomic
def note_control(*, control: Control, result: ControlResult, note: str, by: Actor, at: datetime) -> Control:
    """What the look showed, by somebody else than who drew the sample. Raises Refused."""
    require(by, "flag.decide")
    control = Control.objects.select_for_update().get(pk=control.pk)
    refuse(two_people(control.drawn_by_id, by.account_id))
    if result == ControlResult.WAITING:
        raise Refused(no(Reason("not_from_here")))
    control.result, control.note = result, note.strip()[:400]
    control.looked_at, control.looked_by_id = at, by.account_id
    control.save(update_fields=["result", "note", "looked_at", "looked_by"])
    record_change(by=by, at=at, verb="control.note", thing=f"control:{control.pk}", detail={"result": result.value})
    return control
