"""The core room: clock, ids, decisions, logs, outbox. It knows no word of employment."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "openpes.core"
    label = "core"
