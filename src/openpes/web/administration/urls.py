"""Addresses of the administration pages."""

from django.urls import path

from openpes.web.administration import agencies, going_live, law, matching, texts, views

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
    path("law/", law.law, name="law"),
    path("law/waiting/", law.law_waiting, name="law_waiting"),
    path("law/waiting/<str:ref>/", law.law_answer, name="law_answer"),
    path("law/list/unverified/", law.law_list, {"which": "unverified"}, name="law_unverified"),
    path("law/list/due/", law.law_list, {"which": "due"}, name="law_due"),
    path("law/list/changed/", law.law_list, {"which": "changed"}, name="law_changed"),
    path("law/personal-data/", going_live.personal_fields, name="personal_fields"),
    path("agencies/", agencies.load_agencies_page, name="load_agencies"),
    path("live/", going_live.going_live, name="going_live"),
    path("law/topic/<str:layer>/<str:name>/", law.law_topic, name="law_topic"),
    path("law/value/<str:key>/", law.law_value, name="law_value"),
    path("matching/", matching.matching, name="matching"),
    path("matching/start/", matching.start, name="start_matching"),
    path("matching/stop/", matching.stop, name="stop_matching"),
    path("texts/", texts.texts, name="texts"),
    path("texts/file.xlsx", texts.texts_file, name="texts_file"),
    path("logs/", views.logs, name="logs"),
]
