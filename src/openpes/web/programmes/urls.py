"""Addresses of the programme manager's and the provider's desk."""

from django.urls import path

from openpes.web.programmes import applications, nominating, rounds, views

app_name = "programmes"
urlpatterns = [
    path("", views.home, name="home"),
    path("new/", views.new, name="new"),
    path("money/", views.money, name="money"),
    path("p/<str:ref>/<int:number>/", views.version, name="version"),
    path("p/<str:ref>/<int:number>/edit/", views.edit, name="edit"),
    path("round/<str:ref>/", rounds.cycle, name="cycle"),
    path("applications/", applications.applications, name="applications"),
    path("applications/<str:ref>/", applications.application, name="application"),
    path("nominate/<str:ref>/", nominating.choose, name="nominate"),
    path("nominate/<str:ref>/<str:cycle>/", nominating.nominate, name="nominate_to"),
]
