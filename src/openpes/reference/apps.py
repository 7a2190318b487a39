"""Registers the room with the framework."""

from django.apps import AppConfig
from django.conf import settings


class ReferenceConfig(AppConfig):
    name = "openpes.reference"
    label = "reference"

    def ready(self) -> None:
        """Let the search of titles look into loaded taxonomies and national codes too."""
        from openpes.reference import titles
        from openpes.reference.imported import TitlesFromTables
        from openpes.reference.national import by_code

        if getattr(settings, "SEARCH_LOADED_TITLES", True):
            titles.read_codes_with(by_code)
            titles.add_titles_from(TitlesFromTables())
