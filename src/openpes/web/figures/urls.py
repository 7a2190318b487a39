"""Addresses of the figures pages."""

from django.urls import URLPattern

app_name = "figures"
urlpatterns: list[URLPattern] = []
