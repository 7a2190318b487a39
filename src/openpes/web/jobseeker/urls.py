"""Addresses of the jobseeker pages."""

from django.urls import URLPattern

app_name = "jobseeker"
urlpatterns: list[URLPattern] = []
