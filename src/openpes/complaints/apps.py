"""Registers the room with the framework."""

from django.apps import AppConfig


class ComplaintsConfig(AppConfig):
    name = "openpes.complaints"
    label = "complaints"
