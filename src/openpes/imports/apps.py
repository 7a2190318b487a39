"""Registers the room with the framework."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "openpes.imports"
    label = "imports"
