"""Addresses of the programme manager's and the provider's desk."""

from django.urls import URLPattern

app_name = "programmes"
urlpatterns: list[URLPattern] = []
