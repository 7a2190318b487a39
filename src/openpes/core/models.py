"""Tables that every room leans on: the change log, the access log, the outbox and stored files."""

from __future__ import annotations

from django.db import models

from openpes.core.privacy import Privacy, nothing, personal


class ChainedEntry(models.Model):
    """A log line that carries the hash of the line before it, so that a missing or altered line shows."""

    at = models.DateTimeField()
    actor = models.CharField(max_length=80)
    verb = models.CharField(max_length=60)
    thing = models.CharField(max_length=80, blank=True)
    subject = models.CharField(max_length=40, blank=True, db_index=True)
    detail = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        abstract = True


class ChangeEntry(ChainedEntry):
    """One change of one thing, written in the transaction that made it. People appear by pseudonym only."""

    privacy = Privacy(
        retention="change_log",
        plain_fields=("id", "at", "actor", "verb", "thing", "subject", "detail", "previous_hash", "hash"),
    )

    class Meta:
        indexes = [models.Index(fields=["thing"])]


class AccessEntry(ChainedEntry):
    """One view or search of a person. Kept in a database file of its own: a read must not wait for a write."""

    privacy = Privacy(
        retention="access_log",
        plain_fields=("id", "at", "actor", "verb", "thing", "subject", "detail", "previous_hash", "hash"),
    )


class OutboxMessage(models.Model):
    """Work to be done after a commit. Written in the transaction of the change it follows from."""

    kind = models.CharField(max_length=60)
    payload = models.JSONField()
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    last_error = models.TextField(blank=True)

    privacy = Privacy(
        retention="outbox",
        plain_fields=(
            "id",
            "kind",
            "payload",
            "created_at",
            "due_at",
            "attempts",
            "done_at",
            "failed_at",
            "last_error",
        ),
    )

    class Meta:
        indexes = [
            models.Index(
                fields=["due_at", "id"],
                name="outbox_waiting",
                condition=models.Q(done_at__isnull=True, failed_at__isnull=True),
            )
        ]


class StoredFile(models.Model):
    """A file kept on disk under its own hash. `subject` is the pseudonym of the person it is about, if any."""

    ref = models.CharField(max_length=10, unique=True)
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size_bytes = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    subject = models.CharField(max_length=40, blank=True, db_index=True)
    stored_at = models.DateTimeField()
    stored_by = models.CharField(max_length=80)

    privacy = Privacy(
        retention="stored_files",
        plain_fields=("id", "ref", "media_type", "size_bytes", "sha256", "subject", "stored_at", "stored_by"),
        name=personal("file name", nothing),
    )


class Schedule(models.Model):
    """When each clockwork job ran last, so that a tick does whatever has become due."""

    job = models.CharField(max_length=60, unique=True)
    last_ran_at = models.DateTimeField()

    privacy = Privacy(retention="institution", plain_fields=("id", "job", "last_ran_at"))
