"""The outbox: work that must follow a change, done after its commit, at least once, by a worker.

Handlers are registered by the roof (`openpes.config.outbox_handlers`), so that rooms need not know each other.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Q

from openpes.core.models import OutboxMessage

log = logging.getLogger(__name__)

Handler = Callable[[dict[str, Any], datetime], None]
MOST_ATTEMPTS = 8
FIRST_PAUSE = timedelta(seconds=15)

_handlers: dict[str, Handler] = {}


def register_handler(kind: str, handler: Handler) -> None:
    """Say who does work of a kind. Two handlers for one kind are an error of the programmer."""
    if _handlers.get(kind, handler) is not handler:
        raise ValueError(f"Two handlers for outbox messages of kind {kind!r}.")
    _handlers[kind] = handler


def put(*, kind: str, payload: dict[str, Any], at: datetime, due_at: datetime | None = None) -> OutboxMessage:
    """Leave work for the worker, inside the transaction of the change it follows from."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("outbox.put belongs inside the transaction of the change it follows from.")
    return OutboxMessage.objects.create(kind=kind, payload=payload, created_at=at, due_at=due_at or at)


def forget_done(*, before: datetime) -> int:
    """Forget work that was done, or given up, before an instant. Returns how many."""
    finished = Q(done_at__lt=before) | Q(failed_at__lt=before)
    return OutboxMessage.objects.filter(finished).delete()[0]


def work_once(*, at: datetime, limit: int = 100) -> int:
    """Do what is due; returns how many messages were handled. A failure is tried again later, ever more slowly."""
    waiting = OutboxMessage.objects.filter(done_at=None, failed_at=None, due_at__lte=at).order_by("due_at", "id")
    handled = 0
    for pk in list(waiting.values_list("pk", flat=True)[:limit]):
        handled += _work_on(pk, at)
    return handled


def _work_on(pk: int, at: datetime) -> int:
    """Handle one message in its own transaction; the row lock keeps a second worker away from it."""
    with transaction.atomic():
        rows = OutboxMessage.objects.filter(pk=pk, done_at=None, failed_at=None, due_at__lte=at)
        if connection.features.has_select_for_update_skip_locked:
            rows = rows.select_for_update(skip_locked=True)
        message = rows.first()
        if message is None:
            return 0
        message.attempts += 1
        try:
            with transaction.atomic():
                _handlers[message.kind](message.payload, at)
            message.done_at, message.last_error = at, ""
        except Exception as error:  # whatever a handler raises must not stop the worker
            log.exception("Outbox message %s (%s) failed, attempt %s", pk, message.kind, message.attempts)
            message.last_error = "".join(traceback.format_exception_only(error)).strip()[:500]
            if message.attempts >= MOST_ATTEMPTS:
                message.failed_at = at
            else:
                message.due_at = at + FIRST_PAUSE * 2 ** (message.attempts - 1)
        message.save(update_fields=["attempts", "done_at", "failed_at", "due_at", "last_error"])
    return 1
