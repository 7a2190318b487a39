"""Addresses of the programme manager's and the provider's desk."""

from django.urls import path

from openpes.web.programmes import (
    applications,
    courses,
    emergency,
    flags,
    months,
    nominating,
    paying,
    people,
    rounds,
    standing,
    views,
)

app_name = "programmes"
urlpatterns = [
    path("", views.home, name="home"),
    path("new/", views.new, name="new"),
    path("money/", views.money, name="money"),
    path("emergency/", emergency.emergency, name="emergency"),
    path("months/", months.months, name="months"),
    path("months.<str:kind>", months.months_file, name="months_file"),
    path("round/<str:ref>/waiting/", standing.waiting, name="waiting"),
    path("round/<str:ref>/comparison/", standing.comparison, name="comparison"),
    path("round/<str:ref>/comparison.csv", standing.comparison_file, name="comparison_file"),
    path("p/<str:ref>/<int:number>/", views.version, name="version"),
    path("p/<str:ref>/<int:number>/edit/", views.edit, name="edit"),
    path("round/<str:ref>/", rounds.cycle, name="cycle"),
    path("applications/", applications.applications, name="applications"),
    path("applications/<str:ref>/", applications.application, name="application"),
    path("courses/", courses.course_list, name="courses"),
    path("course/<str:ref>/", courses.course, name="course"),
    path("course/<str:ref>/stipends/", paying.lists, name="lists"),
    path("course/<str:ref>/controls/", flags.controls, name="controls"),
    path("course/<str:ref>/report.<str:kind>", flags.report, name="report"),
    path("session/<str:ref>/", courses.session, name="session"),
    path("session/<str:ref>/code.svg", courses.session_code, name="session_code"),
    path("session/<str:ref>/sheet.pdf", courses.session_sheet, name="session_sheet"),
    path("enrolment/<str:ref>/", people.person, name="enrolment"),
    path("enrolment/<str:ref>/certificate.pdf", people.certificate, name="certificate"),
    path("stipends/<str:ref>/", paying.stipends, name="stipends"),
    path("stipends/<str:ref>/list.xlsx", paying.stipends_file, name="stipends_file"),
    path("claims/", paying.claims, name="claims"),
    path("flags/", flags.flags, name="flags"),
    path("flags/<str:ref>/", flags.flag, name="flag"),
    path("nominate/<str:ref>/", nominating.choose, name="nominate"),
    path("nominate/<str:ref>/<str:cycle>/", nominating.nominate, name="nominate_to"),
]
