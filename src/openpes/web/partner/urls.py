"""Addresses of the partners' desk."""

from django.urls import path

from openpes.web.partner import report, views

app_name = "partner"
urlpatterns = [
    path("", views.home, name="home"),
    path("people.xlsx", views.export, name="export"),
    path("people/<str:ref>/", views.person, name="person"),
    path("month/", report.month, name="month"),
    path("month.pdf", report.month_pdf, name="month_pdf"),
    path("month.xlsx", report.month_xlsx, name="month_xlsx"),
]
