"""Addresses of the counsellor pages."""

from django.urls import URLPattern

app_name = "counsellor"
urlpatterns: list[URLPattern] = []
