"""Registers the room with the framework."""

from django.apps import AppConfig


class PartnershipsConfig(AppConfig):
    name = "openpes.partnerships"
    label = "partnerships"
