"""Addresses of the administration pages."""

from django.urls import path

from openpes.web.administration import matching, views

app_name = "administration"
urlpatterns = [
    path("offices/", views.offices, name="offices"),
    path("offices/new/", views.office, name="new_office"),
    path("offices/file/", views.load_offices_page, name="load_offices"),
    path("offices/<str:ref>/", views.office, name="office"),
    path("staff/", views.staff, name="staff"),
    path("staff/invite/", views.invite, name="invite"),
    path("staff/file/", views.load_staff_page, name="load_staff"),
    path("staff/<int:key>/end/", views.end, name="end"),
    path("pack/", views.pack, name="pack"),
    path("matching/", matching.matching, name="matching"),
    path("matching/start/", matching.start, name="start_matching"),
    path("matching/stop/", matching.stop, name="stop_matching"),
    path("logs/", views.logs, name="logs"),
]
