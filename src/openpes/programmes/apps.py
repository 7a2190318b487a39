"""Registers the room with the framework."""

from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "openpes.programmes"
    label = "programmes"
