"""Addresses of the jobseeker's pages."""

from django.urls import path

from openpes.web.jobseeker import home, my_data, outcomes, profile, referrals, registering, suggestions

app_name = "jobseeker"
urlpatterns = [
    path("", home.home, name="home"),
    path("still-looking/", home.still_looking, name="still_looking"),
    path("register/", registering.register, name="register"),
    path("register/forget/", registering.forget, name="register_forget"),
    path("register/<slug:step>/", registering.register_step, name="register_step"),
    path("registered/", registering.registered, name="registered"),
    path("kinds/", registering.kinds, name="kinds"),
    path("kinds/<str:code>/", registering.kind, name="kind"),
    path("jobs/", suggestions.suggestions, name="suggestions"),
    path("jobs/<str:ref>/", suggestions.suggestion, name="suggestion"),
    path("why-not/<str:ref>/", suggestions.why_not, name="why_not"),
    path("applications/", referrals.referrals, name="referrals"),
    path("applications/<str:ref>/", referrals.referral, name="referral"),
    path("applications/<str:ref>/take-back/", referrals.withdraw, name="withdraw"),
    path("news/", outcomes.news, name="news"),
    path("news/<str:ref>/", outcomes.confirm, name="confirm"),
    path("details/", profile.profile, name="profile"),
    path("details/place/", profile.place, name="profile_place"),
    path("details/work/", profile.work, name="profile_work"),
    path("details/skills/", profile.skills, name="profile_skills"),
    path("details/wishes/", profile.wishes, name="profile_wishes"),
    path("details/languages/", profile.languages, name="profile_languages"),
    path("details/phone/", profile.phone, name="profile_phone"),
    path("data/", my_data.data, name="data"),
    path("data/everything/", my_data.everything, name="everything"),
    path("data/download/", my_data.download, name="download"),
    path("data/phone-shown/", my_data.share_contact, name="share_contact"),
    path("data/leave/", my_data.leave, name="leave"),
]
