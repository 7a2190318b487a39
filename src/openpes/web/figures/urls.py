"""Addresses of the figures pages."""

from django.urls import path

from openpes.web.figures import bench, exchange, exchange_data, policy, views

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
    path("practices/", exchange.practices, name="practices"),
    path("practices/keys/", exchange.practice_keys, name="practice_keys"),
    path("practices/new/<str:ref>/<int:number>/", exchange.practice_new, name="practice_new"),
    path("policy/", policy.desk, name="policy"),
    path("policy/<str:ref>/", policy.what_if, name="what_if"),
    path("beside-others/", exchange_data.peers, name="peers"),
    path("practices/try/<str:name>/", exchange.practice_try, name="practice_try"),
    path("practices/<str:ref>/", exchange.practice, name="practice"),
    path("practices/<str:ref>/file.yaml", exchange.practice_file, name="practice_file"),
    path("file.<str:kind>", views.file, name="file"),
]
