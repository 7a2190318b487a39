"""Addresses of the figures pages."""

from django.urls import path

from openpes.web.figures import bench, views

app_name = "figures"
urlpatterns = [
    path("", views.month, name="month"),
    path("definitions/", views.definitions, name="definitions"),
    path("occupations.csv", views.occupations, name="occupations"),
    path("notified.<str:kind>", views.notified, name="notified"),
    path("bench/", bench.bench, name="bench"),
    path("bench/coding/", bench.coding, name="coding"),
    path("bench/questions/", bench.questions, name="questions"),
    path("questions/<str:ref>/", bench.question, name="question"),
    path("bench/<str:ref>/", bench.freeze, name="freeze"),
    path("bench/<str:ref>/bulletin.<str:kind>", bench.bulletin, name="bulletin"),
    path("bench/<str:ref>/<str:name>", bench.freeze_file, name="freeze_file"),
    path("file.<str:kind>", views.file, name="file"),
]
