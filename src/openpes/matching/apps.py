"""Registers the room with the framework."""

from django.apps import AppConfig


class MatchingConfig(AppConfig):
    name = "openpes.matching"
    label = "matching"
