"""Addresses of the figures pages."""

from django.urls import path

from openpes.web.figures import views

app_name = "figures"
urlpatterns = [
    path("", views.month, name="month"),
    path("definitions/", views.definitions, name="definitions"),
    path("occupations.csv", views.occupations, name="occupations"),
    path("notified.<str:kind>", views.notified, name="notified"),
    path("file.<str:kind>", views.file, name="file"),
]
