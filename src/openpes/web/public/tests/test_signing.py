"""Signing in and out, the second factor, PINs, the demonstration door and the answer link."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice
from tests.factories import NOW, OfficeFactory, PersonFactory, ReferralFactory, account_with

from openpes.journeys.links import answer_token
from openpes.people.models import Consent
from openpes.referrals.models import Referral

pytestmark = pytest.mark.django_db(databases=["default", "access"])


def with_secret(account, secret):
    account.set_password(secret)
    account.save()
    return account


def test_wrong_name_and_wrong_secret_read_the_same():
    with_secret(account_with("jobseeker", person=PersonFactory(), username="ABCD-EFGH"), "481927")
    pages = [
        Client().post(reverse("web:sign_in"), {"username": name, "secret": secret}).content.decode()
        for name, secret in (("ABCD-EFGH", "000000"), ("NOBO-DY00", "481927"))
    ]
    assert all("do not belong together" in page for page in pages)


def test_a_jobseeker_signs_in_with_code_and_pin_in_any_case_and_without_the_hyphen():
    with_secret(account_with("jobseeker", person=PersonFactory(), username="ABCD-EFGH"), "481927")
    for typed in ("ABCD-EFGH", "abcd-efgh", "abcdefgh"):
        response = Client().post(reverse("web:sign_in"), {"username": typed, "secret": "481927"})
        assert response.status_code == 302, typed


def test_staff_set_up_and_give_a_second_factor():
    account = with_secret(account_with("counsellor", office=OfficeFactory(), username="nita"), "a very long word")
    client = Client()
    client.post(reverse("web:sign_in"), {"username": "nita", "secret": "a very long word"})
    figures = reverse("figures:month")
    assert client.get(figures).url.startswith(reverse("web:second_factor"))
    assert client.get(reverse("web:second_factor")).url.startswith(reverse("web:second_factor_set_up"))
    client.get(reverse("web:second_factor_set_up"))
    device = TOTPDevice.objects.get(user=account)
    wrong = client.post(reverse("web:second_factor_set_up"), {"token": "000000"})
    assert wrong.status_code == 422
    TOTPDevice.objects.update(throttling_failure_timestamp=None, throttling_failure_count=0)
    token = f"{TOTP(device.bin_key, device.step, device.t0, device.digits, device.drift).token():06d}"
    page = client.post(reverse("web:second_factor_set_up"), {"token": token})
    assert page.content.decode().count('class="op-code"') == 8
    assert client.get(figures).status_code == 200


def test_the_next_page_stays_within_the_service():
    with_secret(account_with("jobseeker", person=PersonFactory(), username="ABCD-EFGH"), "481927")
    response = Client().post(
        reverse("web:sign_in"), {"username": "ABCD-EFGH", "secret": "481927", "next": "https://example.org/steal"}
    )
    assert response.url.startswith("/")


def test_signing_out_asks_the_browser_to_forget(signed_in):
    client = signed_in(account_with("jobseeker", person=PersonFactory()))
    response = client.post(reverse("web:sign_out"))
    assert "cache" in response["Clear-Site-Data"]
    assert client.get(reverse("jobseeker:home")).status_code == 302


def test_silence_signs_out(signed_in):
    client = signed_in(account_with("counsellor", office=OfficeFactory()))
    client.get(reverse("figures:month"))
    session = client.session
    session["seen_at"] -= timedelta(minutes=31).total_seconds()
    session.save()
    assert client.get(reverse("figures:month")).status_code == 302


def test_the_demo_door_opens_for_synthetic_accounts_of_a_demonstration_only(settings):
    account_with("administrator", username="boss")
    assert Client().post(reverse("web:demo_sign_in"), {"username": "boss"}).status_code == 404
    settings.DEMO = False
    assert Client().get(reverse("web:demo")).status_code == 404


def link_for(referral: Referral) -> str:
    token = answer_token(referral_ref=referral.ref, employer_id=referral.vacancy.employer_id, at=NOW)
    return reverse("web:answer", args=[token])


def test_one_tap_answers_without_an_account_and_ends_the_referral():
    referral = ReferralFactory()
    page = Client().get(link_for(referral))
    text = page.content.decode()
    assert referral.jobseeker.person.name_as_given in text
    assert referral.jobseeker.person.phones.get().number in text
    for private in ("2007", "Woman", "female", "19 years"):
        assert private not in text
    assert Client().post(link_for(referral), {"answer": "not_hired"}).status_code == 422, "a no needs a reason"
    done = Client().post(link_for(referral), {"answer": "not_hired", "reason": "experience_missing"})
    assert done.status_code == 302
    referral.refresh_from_db()
    assert (referral.ending, referral.ending_reason) == ("not_hired", "experience_missing")
    after = Client().get(link_for(referral)).content.decode()
    assert referral.jobseeker.person.name_as_given not in after, "who is not hired is gone from the employer's side"


def test_the_phone_is_masked_until_the_person_agrees():
    referral = ReferralFactory()
    Consent.objects.filter(purpose="share_contact").delete()
    text = Client().get(link_for(referral)).content.decode()
    assert referral.jobseeker.person.phones.get().number not in text


def test_an_altered_or_foreign_link_does_not_exist():
    referral, other = ReferralFactory(), ReferralFactory()
    assert Client().get(link_for(referral)[:-3] + "xx/").status_code == 404
    token = answer_token(referral_ref=referral.ref, employer_id=other.vacancy.employer_id, at=NOW)
    assert Client().get(reverse("web:answer", args=[token])).status_code == 404
