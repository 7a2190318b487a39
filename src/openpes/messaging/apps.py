"""Registers the room with the framework."""

from django.apps import AppConfig


class MessagingConfig(AppConfig):
    name = "openpes.messaging"
    label = "messaging"
