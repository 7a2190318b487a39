"""Addresses of the public pages."""

from django.urls import path

from openpes.web.public import (
    answers,
    demo,
    formula,
    health,
    home,
    jobs,
    language,
    occupations,
    pages,
    rules_in_force,
    signing_in,
)

app_name = "web"
urlpatterns = [
    path("", home.home, name="home"),
    path("jobs/", jobs.jobs, name="jobs"),
    path("jobs/<str:ref>/", jobs.job, name="job"),
    path("occupations/", occupations.occupations, name="occupations"),
    path("occupations/<str:isco>.pdf", occupations.occupation_pdf, name="occupation_pdf"),
    path("occupations/<str:isco>/", occupations.occupation, name="occupation"),
    path("for-employers/", pages.for_employers, name="for_employers"),
    path("rules/", rules_in_force.rules, name="rules"),
    path("how-matching-works/", formula.formula, name="formula"),
    path("your-data/", pages.privacy, name="privacy"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("about/", pages.about, name="about"),
    path("language/", language.language, name="language"),
    path("health", health.health, name="health"),
    path("sign-in/", signing_in.sign_in, name="sign_in"),
    path("sign-out/", signing_in.sign_out, name="sign_out"),
    path("second-step/", signing_in.second_factor, name="second_factor"),
    path("second-step/set-up/", signing_in.second_factor_set_up, name="second_factor_set_up"),
    path("new-secret/", signing_in.change_secret, name="change_secret"),
    path("invitation/<str:key>/", signing_in.invitation, name="invitation"),
    path("answer/<str:token>/", answers.answer, name="answer"),
    path("demo/", demo.demo, name="demo"),
    path("demo/texts/", demo.demo_messages, name="demo_messages"),
    path("demo/walk-in/", demo.demo_sign_in, name="demo_sign_in"),
]
