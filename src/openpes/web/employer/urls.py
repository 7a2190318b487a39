"""Addresses of the employer pages."""

from django.urls import path

from openpes.web.employer import (
    appealing,
    for_staff,
    home,
    introductions,
    licence,
    ministry,
    posting,
    registering,
    vacancies,
)

app_name = "employer"
urlpatterns = [
    path("", home.home, name="home"),
    path("register/", registering.register, name="register"),
    path("welcome/", registering.welcome, name="welcome"),
    path("firm/", home.firm, name="firm"),
    path("appeal/", appealing.appeal, name="appeal"),
    path("licence/", licence.licence, name="licence"),
    path("post/", posting.post, name="post"),
    path("check/", posting.check, name="check"),
    path("for/<str:employer_ref>/post/", for_staff.post_for, name="post_for"),
    path("for/<str:employer_ref>/check/", for_staff.check_for, name="check_for"),
    path("vacancies/<str:ref>/", vacancies.vacancy, name="vacancy"),
    path("vacancies/<str:ref>/report/", ministry.ministry, name="ministry"),
    path("vacancies/<str:ref>/change/", posting.edit, name="edit"),
    path("vacancies/<str:ref>/open/", vacancies.confirm, name="confirm"),
    path("vacancies/<str:ref>/close/", vacancies.close, name="close"),
    path("introductions/", introductions.introductions, name="introductions"),
    path("introductions/<str:ref>/", introductions.introduction, name="introduction"),
]
