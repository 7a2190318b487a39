"""Addresses of the desk."""

from django.urls import path

from openpes.web.counsellor import jobs, person, referring, registering, views

app_name = "counsellor"
urlpatterns = [
    path("", views.today_page, name="today"),
    path("find/", views.find, name="find"),
    path("register/", registering.register, name="register"),
    path("people/<str:ref>/", person.person, name="person"),
    path("people/<str:ref>/slip/", registering.slip, name="slip"),
    path("people/<str:ref>/mine/", person.mine, name="mine"),
    path("people/<str:ref>/profile/", person.edit_profile, name="edit_profile"),
    path("people/<str:ref>/wanted/", person.edit_wanted, name="edit_wanted"),
    path("people/<str:ref>/who/", person.edit_person, name="edit_person"),
    path("people/<str:ref>/guardian/", person.guardian, name="guardian"),
    path("people/<str:ref>/outcome/", person.outcome, name="outcome"),
    path("people/<str:ref>/outcome/<str:outcome_ref>/", person.evidence, name="evidence"),
    path("people/<str:ref>/match/", referring.match, name="match"),
    path("people/<str:ref>/why-not/", referring.why_not, name="why_not"),
    path("referrals/<str:ref>/", referring.referral, name="referral"),
    path("vacancies/", jobs.vacancies, name="vacancies"),
    path("vacancies/<str:ref>/", jobs.vacancy, name="vacancy"),
    path("employers/", jobs.employers, name="employers"),
    path("employers/<str:ref>/", jobs.employer, name="employer"),
]
