"""Registers the room with the framework."""

from django.apps import AppConfig


class GuidanceConfig(AppConfig):
    name = "openpes.guidance"
    label = "guidance"
