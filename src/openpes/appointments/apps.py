"""Registers the room with the framework."""

from django.apps import AppConfig


class AppointmentsConfig(AppConfig):
    name = "openpes.appointments"
    label = "appointments"
