"""Registers the room with the framework."""

from django.apps import AppConfig


class InsightsConfig(AppConfig):
    name = "openpes.insights"
    label = "insights"
