"""Registers the room with the framework."""

from django.apps import AppConfig


class JobseekersConfig(AppConfig):
    name = "openpes.jobseekers"
    label = "jobseekers"
