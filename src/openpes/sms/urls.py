"""Addresses where gateways hand in texts and deliveries."""

from django.urls import path

from openpes.sms import gateways, ussd

app_name = "sms"
urlpatterns = [
    path("kannel/heard", gateways.kannel_heard, name="kannel_heard"),
    path("kannel/delivered", gateways.kannel_delivered, name="kannel_delivered"),
    path("ussd", ussd.ussd_heard, name="ussd"),
    path("http/heard", gateways.http_heard, name="http_heard"),
    path("http/delivered", gateways.http_delivered, name="http_delivered"),
]
