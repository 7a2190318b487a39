"""Registers the room with the framework."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "openpes.documents"
    label = "documents"
