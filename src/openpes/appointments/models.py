"""Times of an office and what is booked in them; the walk-in queue; who was contacted when, how, with what result."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from openpes.appointments.states import (
    AbsenceReason,
    AppointmentEventKind,
    AppointmentKind,
    AppointmentState,
    CallRule,
    ContactResult,
    ContactWay,
    PauseReason,
    QueuePurpose,
    QueueState,
    SessionState,
    Way,
    Wish,
)
from openpes.core.ids import new_ref
from openpes.core.privacy import OnErase, Privacy, blank, keep, personal, sensitive
from openpes.jobseekers.models import Jobseeker
from openpes.organisations.models import Office
from openpes.people.models import Account, choices


class OpeningTime(models.Model):
    """A span in which an office is open every week. A break is the gap between two spans of one day."""

    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="+")
    weekday = models.PositiveSmallIntegerField()
    opens = models.TimeField()
    closes = models.TimeField()

    privacy = Privacy(retention="institution", plain_fields=("id", "office", "weekday", "opens", "closes"))

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(closes__gt=F("opens")), name="opening_closes_after_it_opens"),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="opening_on_a_weekday"),
            models.UniqueConstraint(fields=["office", "weekday", "opens"], name="one_opening_at_a_time"),
        ]


class OpeningException(models.Model):
    """A day that is not like the others: closed, or open from and to. It also opens a weekend or a holiday."""

    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="+")
    on = models.DateField()
    opens = models.TimeField(null=True, blank=True)
    closes = models.TimeField(null=True, blank=True)
    note = models.CharField(max_length=120, blank=True)

    privacy = Privacy(retention="institution", plain_fields=("id", "office", "on", "opens", "closes", "note"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office", "on"], name="one_exception_a_day"),
            models.CheckConstraint(
                condition=Q(opens=None, closes=None) | Q(closes__gt=F("opens")), name="exception_closed_or_a_span"
            ),
        ]


class Room(models.Model):
    """A desk or a room of an office. One with several places can hold a group."""

    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=60)
    places = models.PositiveSmallIntegerField(default=1)
    in_use = models.BooleanField(default=True)

    privacy = Privacy(retention="institution", plain_fields=("id", "office", "name", "places", "in_use"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["office", "name"], name="one_room_of_a_name")]

    def __str__(self) -> str:
        return self.name


class WorkingTime(models.Model):
    """A span in which a counsellor serves people every week, at a desk if it is always the same one."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="+")
    room = models.ForeignKey(Room, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    weekday = models.PositiveSmallIntegerField()
    starts = models.TimeField()
    ends = models.TimeField()

    privacy = Privacy(
        retention="institution", plain_fields=("id", "account", "office", "room", "weekday", "starts", "ends")
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="work_ends_after_it_starts"),
            models.UniqueConstraint(fields=["account", "office", "weekday", "starts"], name="one_work_at_a_time"),
        ]


class Absence(models.Model):
    """Whole days on which a counsellor is not there, first and last included."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    first_day = models.DateField()
    last_day = models.DateField()
    reason = models.CharField(max_length=20, choices=choices(AbsenceReason))

    privacy = Privacy(retention="institution", plain_fields=("id", "account", "first_day", "last_day", "reason"))

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="absence_ends_after_it_starts")
        ]


class GroupSession(models.Model):
    """Several people at one time with one topic. Who is on the roster has an appointment of its own."""

    ref = models.CharField(max_length=10, unique=True, default=new_ref)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    leader = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    room = models.ForeignKey(Room, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    topic = models.CharField(max_length=120)
    note = models.TextField(blank=True)
    places = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=choices(SessionState), default=SessionState.PLANNED)
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField()

    privacy = Privacy(
        retention="appointment_record",
        plain_fields=(
            "id", "ref", "office", "leader", "room", "topic", "note", "places", "state", "starts_at", "minutes",
            "made_at",
        ),
    )  # fmt: skip

    class Meta:
        indexes = [models.Index(fields=["office", "starts_at"])]

    def __str__(self) -> str:
        return self.ref


class Appointment(models.Model):
    """One person's time at an office, from the invitation to what became of it. A moved one has a successor."""

    ref = models.CharField(max_length=10, unique=True, default=new_ref)
    jobseeker = models.ForeignKey(Jobseeker, on_delete=models.CASCADE, related_name="+")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    counsellor = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    room = models.ForeignKey(Room, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    session = models.ForeignKey(
        GroupSession, null=True, blank=True, on_delete=models.PROTECT, related_name="appointments"
    )
    kind = models.CharField(max_length=16, choices=choices(AppointmentKind))
    state = models.CharField(max_length=10, choices=choices(AppointmentState))
    minutes = models.PositiveSmallIntegerField()
    starts_at = models.DateTimeField(null=True, blank=True)
    invited_at = models.DateTimeField(null=True, blank=True)
    answer_by = models.DateField(null=True, blank=True)
    booked_at = models.DateTimeField(null=True, blank=True)
    reminded_day_at = models.DateTimeField(null=True, blank=True)
    reminded_morning_at = models.DateTimeField(null=True, blank=True)
    arrived_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    invitation_number = models.PositiveSmallIntegerField(default=1)
    follows = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="followed_by")
    task_raised_at = models.DateTimeField(null=True, blank=True)
    task_done_at = models.DateTimeField(null=True, blank=True)
    chosen_by_rule = models.CharField(max_length=24, choices=choices(CallRule), blank=True)

    privacy = Privacy(
        retention="appointment_record",
        subject="jobseeker__person",
        on_erase=OnErase.ANONYMISE,
        plain_fields=(
            "id", "jobseeker", "office", "counsellor", "room", "session", "answer_by", "reminded_day_at",
            "reminded_morning_at", "invitation_number", "follows", "task_raised_at", "task_done_at",
        ),
        ref=personal("appointment", keep),
        kind=personal("what for", keep),
        state=personal("state of the appointment", keep),
        minutes=personal("minutes", keep),
        starts_at=personal("starts at", keep),
        invited_at=personal("invited at", keep),
        booked_at=personal("booked at", keep),
        arrived_at=personal("arrived at", keep),
        ended_at=personal("over at", keep),
        chosen_by_rule=personal("why we called", keep),
    )  # fmt: skip

    class Meta:
        indexes = [
            models.Index(fields=["office", "starts_at"]),
            models.Index(fields=["counsellor", "starts_at"]),
            models.Index(fields=["jobseeker", "-id"]),
            models.Index(fields=["state", "starts_at"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_at__isnull=False) | Q(state__in=["invited", "cancelled"]),
                name="what_is_booked_has_a_time",
            ),
            models.UniqueConstraint(
                fields=["session", "jobseeker"],
                condition=Q(session__isnull=False) & ~Q(state="cancelled"),
                name="once_on_a_roster",
            ),
        ]

    def __str__(self) -> str:
        return self.ref


class AppointmentEvent(models.Model):
    """One step of an appointment: what, when, by which way, by whom (a pseudonym)."""

    appointment = models.ForeignKey(Appointment, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=16, choices=choices(AppointmentEventKind))
    at = models.DateTimeField()
    way = models.CharField(max_length=12, choices=choices(Way))
    actor = models.CharField(max_length=80)
    detail = models.JSONField(default=dict)

    privacy = Privacy(
        retention="appointment_record",
        subject="appointment__jobseeker__person",
        on_erase=OnErase.KEEP,
        plain_fields=("id", "appointment", "actor"),
        kind=personal("step", keep),
        at=personal("step at", keep),
        way=personal("way", keep),
        detail=personal("detail", keep),
    )

    class Meta:
        ordering = ["at", "pk"]


class HeldTime(models.Model):
    """Ten minutes of somebody or of a room that are taken. The constraint makes a double booking impossible.

    `holder` is "c<key>" for a counsellor, "p<key>" for a registration, "r<key>" for a room with one place.
    """

    holder = models.CharField(max_length=24)
    starts_at = models.DateTimeField()
    appointment = models.ForeignKey(Appointment, null=True, blank=True, on_delete=models.CASCADE, related_name="held")
    session = models.ForeignKey(GroupSession, null=True, blank=True, on_delete=models.CASCADE, related_name="held")

    privacy = Privacy(
        retention="appointment_record", plain_fields=("id", "holder", "starts_at", "appointment", "session")
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["holder", "starts_at"], name="nobody_is_held_twice")]


class InvitationPause(models.Model):
    """Until the last day nobody invites this person automatically."""

    jobseeker = models.ForeignKey(Jobseeker, on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(max_length=16, choices=choices(PauseReason))
    first_day = models.DateField()
    last_day = models.DateField()
    set_by = models.CharField(max_length=80)
    set_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    privacy = Privacy(
        retention="appointment_record",
        subject="jobseeker__person",
        on_erase=OnErase.DELETE,
        plain_fields=("id", "jobseeker", "set_by"),
        reason=sensitive("why invitations rest", blank),
        first_day=personal("invitations rest from", keep),
        last_day=personal("invitations rest until", keep),
        set_at=personal("set at", keep),
        ended_at=personal("ended early at", keep),
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="pause_ends_after_it_starts"),
            models.UniqueConstraint(fields=["jobseeker"], condition=Q(ended_at=None), name="one_pause_a_person"),
        ]


class CalendarFeed(models.Model):
    """The secret address under which a counsellor's calendar can be read. Only the hash of its key is kept."""

    account = models.OneToOneField(Account, on_delete=models.CASCADE, related_name="+")
    key_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    privacy = Privacy(retention="account", plain_fields=("id", "account", "key_hash", "made_at"))


class QueueTicket(models.Model):
    """A number of the walk-in queue. Who it is may be written down later, or never."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    number = models.PositiveSmallIntegerField()
    purpose = models.CharField(max_length=12, choices=choices(QueuePurpose))
    state = models.CharField(max_length=8, choices=choices(QueueState), default=QueueState.WAITING)
    taken_at = models.DateTimeField()
    called_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    served_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    desk = models.CharField(max_length=60, blank=True)
    jobseeker = models.ForeignKey(Jobseeker, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    privacy = Privacy(
        retention="appointment_record",
        subject="jobseeker__person",
        on_erase=OnErase.ANONYMISE,
        plain_fields=("id", "office", "number", "state", "called_at", "ended_at", "served_by", "desk", "jobseeker"),
        on=personal("walked in on", keep),
        purpose=personal("came for", keep),
        taken_at=personal("came at", keep),
    )

    class Meta:
        indexes = [models.Index(fields=["office", "on", "state"])]
        constraints = [models.UniqueConstraint(fields=["office", "on", "number"], name="one_number_a_day")]


class BulkText(models.Model):
    """One text to many. `key` makes sending twice send once; `chosen` holds the filters, never the people."""

    ref = models.CharField(max_length=10, unique=True, default=new_ref)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    key = models.CharField(max_length=40, unique=True)
    words = models.TextField()
    chosen = models.JSONField(default=dict)
    people = models.PositiveIntegerField(default=0)
    segments = models.PositiveIntegerField(default=0)
    left_out = models.JSONField(default=dict)
    made_at = models.DateTimeField()
    goes_at = models.DateTimeField()

    privacy = Privacy(
        retention="appointment_record",
        plain_fields=(
            "id", "ref", "office", "made_by", "key", "words", "chosen", "people", "segments", "left_out", "made_at",
            "goes_at",
        ),
    )  # fmt: skip

    class Meta:
        indexes = [models.Index(fields=["office", "-made_at"])]


class Contact(models.Model):
    """Who was in contact with the service when, by which way, through whom, and what came of it."""

    jobseeker = models.ForeignKey(Jobseeker, on_delete=models.CASCADE, related_name="+")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    way = models.CharField(max_length=12, choices=choices(ContactWay))
    result = models.CharField(max_length=14, choices=choices(ContactResult))
    note = models.CharField(max_length=400, blank=True)
    by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    call_again_on = models.DateField(null=True, blank=True)
    bulk_text = models.ForeignKey(BulkText, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    privacy = Privacy(
        retention="appointment_record",
        subject="jobseeker__person",
        on_erase=OnErase.ANONYMISE,
        plain_fields=("id", "jobseeker", "office", "by", "bulk_text"),
        at=personal("contact at", keep),
        way=personal("contact by", keep),
        result=personal("result", keep),
        note=personal("note", blank),
        call_again_on=personal("to be called again on", keep),
    )

    class Meta:
        indexes = [models.Index(fields=["jobseeker", "-at"]), models.Index(fields=["office", "-at"])]
        constraints = [
            models.UniqueConstraint(
                fields=["bulk_text", "jobseeker"],
                condition=Q(bulk_text__isnull=False),
                name="one_text_a_person_of_a_bulk",
            )
        ]


class NoTexts(models.Model):
    """A person said STOP: no text of this room goes to them until they say START."""

    jobseeker = models.ForeignKey(Jobseeker, on_delete=models.CASCADE, related_name="+")
    way = models.CharField(max_length=12, choices=choices(Way))
    said_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    privacy = Privacy(
        retention="appointment_record",
        subject="jobseeker__person",
        on_erase=OnErase.DELETE,
        plain_fields=("id", "jobseeker", "way"),
        said_at=personal("said STOP at", keep),
        ended_at=personal("said START at", keep),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["jobseeker"], condition=Q(ended_at=None), name="one_stop_a_person")
        ]


class CallWish(models.Model):
    """A counsellor moved somebody up, down or out of a day's proposals, and why."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    jobseeker = models.ForeignKey(Jobseeker, on_delete=models.CASCADE, related_name="+")
    on = models.DateField()
    wish = models.CharField(max_length=6, choices=choices(Wish))
    reason = models.CharField(max_length=200)
    said_at = models.DateTimeField()

    privacy = Privacy(
        retention="appointment_record",
        subject="jobseeker__person",
        on_erase=OnErase.DELETE,
        plain_fields=("id", "account", "jobseeker", "on", "said_at"),
        wish=personal("moved in the list of calls", keep),
        reason=personal("why", blank),
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "jobseeker", "on"], name="one_wish_a_day")]
