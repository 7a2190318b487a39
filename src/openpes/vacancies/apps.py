"""Registers the room with the framework."""

from django.apps import AppConfig


class VacanciesConfig(AppConfig):
    name = "openpes.vacancies"
    label = "vacancies"
