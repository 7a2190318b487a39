"""Registers the room with the framework."""

from django.apps import AppConfig


class DialoguesConfig(AppConfig):
    name = "openpes.dialogues"
    label = "dialogues"
