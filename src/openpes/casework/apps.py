"""Registers the room with the framework."""

from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "openpes.casework"
    label = "casework"
