"""Registers the room with the framework."""

from django.apps import AppConfig


class InterestsConfig(AppConfig):
    name = "openpes.interests"
    label = "interests"
