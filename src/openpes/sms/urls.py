"""Addresses where gateways hand in texts and deliveries."""

from django.urls import URLPattern

app_name = "sms"
urlpatterns: list[URLPattern] = []
