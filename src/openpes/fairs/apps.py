"""Registers the room with the framework."""

from django.apps import AppConfig


class FairsConfig(AppConfig):
    name = "openpes.fairs"
    label = "fairs"
