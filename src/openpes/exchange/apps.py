"""Registers the room with the framework."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "openpes.exchange"
    label = "exchange"
