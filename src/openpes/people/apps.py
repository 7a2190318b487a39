"""Registers the room with the framework."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "openpes.people"
    label = "people"
