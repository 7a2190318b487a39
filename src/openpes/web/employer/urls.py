"""Addresses of the employer pages."""

from django.urls import URLPattern

app_name = "employer"
urlpatterns: list[URLPattern] = []
