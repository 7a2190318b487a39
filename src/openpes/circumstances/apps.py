"""Registers the room with the framework."""

from django.apps import AppConfig


class CircumstancesConfig(AppConfig):
    name = "openpes.circumstances"
    label = "circumstances"
