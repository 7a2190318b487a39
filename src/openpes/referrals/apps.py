"""Registers the room with the framework."""

from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    name = "openpes.referrals"
    label = "referrals"
