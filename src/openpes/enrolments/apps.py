"""Registers the room with the framework."""

from django.apps import AppConfig


class EnrolmentsConfig(AppConfig):
    name = "openpes.enrolments"
    label = "enrolments"
