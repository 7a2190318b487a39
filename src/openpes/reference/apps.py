"""Registers the room with the framework."""

from django.apps import AppConfig


class ReferenceConfig(AppConfig):
    name = "openpes.reference"
    label = "reference"
