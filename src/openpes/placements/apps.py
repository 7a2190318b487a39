"""Registers the room with the framework."""

from django.apps import AppConfig


class PlacementsConfig(AppConfig):
    name = "openpes.placements"
    label = "placements"
