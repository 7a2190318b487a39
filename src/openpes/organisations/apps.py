"""Registers the room with the framework."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "openpes.organisations"
    label = "organisations"
