"""Addresses of the desk."""

from django.urls import path

from openpes.web.counsellor import employers, following_up, outcomes, person, proposing, referring, registering, vacancies, views

app_name = "counsellor"
urlpatterns = [
    path("", views.today_page, name="today"),
    path("find/", views.find, name="find"),
    path("register/", registering.register, name="register"),
    path("people/<str:ref>/", person.person, name="person"),
    path("people/<str:ref>/again/", person.looks_again, name="looks_again"),
    path("people/<str:ref>/slip/", registering.slip, name="slip"),
    path("people/<str:ref>/mine/", person.mine, name="mine"),
    path("people/<str:ref>/profile/", person.edit_profile, name="edit_profile"),
    path("people/<str:ref>/wanted/", person.edit_wanted, name="edit_wanted"),
    path("people/<str:ref>/who/", person.edit_person, name="edit_person"),
    path("people/<str:ref>/guardian/", person.guardian, name="guardian"),
    path("people/<str:ref>/outcome/", outcomes.outcome, name="outcome"),
    path("people/<str:ref>/outcome/<str:outcome_ref>/", outcomes.evidence, name="evidence"),
    path("people/<str:ref>/match/", referring.match, name="match"),
    path("people/<str:ref>/why-not/", referring.why_not, name="why_not"),
    path("follow-up/", following_up.follow_up, name="follow_up"),
    path("referrals/<str:ref>/", following_up.referral, name="referral"),
    path("vacancies/", vacancies.vacancies, name="vacancies"),
    path("vacancies/<str:ref>/", vacancies.vacancy, name="vacancy"),
    path("vacancies/<str:ref>/people/", proposing.people_for, name="people_for"),
    path("employers/", employers.employers, name="employers"),
    path("employers/<str:ref>/", employers.employer, name="employer"),
]
