"""Registers the room with the framework."""

from django.apps import AppConfig
from django.conf import settings


class ReferenceConfig(AppConfig):
    name = "openpes.reference"
    label = "reference"

    def ready(self) -> None:
        """Let the search of titles look into loaded taxonomies too."""
        from openpes.reference import titles
        from openpes.reference.imported import TitlesFromTables

        if getattr(settings, "SEARCH_LOADED_TITLES", True):
            titles.add_titles_from(TitlesFromTables())
