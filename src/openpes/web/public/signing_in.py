"""Signing in and out: code and PIN, or name and password with a second factor; changing a secret; an invitation."""

from __future__ import annotations

from base64 import b32encode

import segno
from django import forms
from django.conf import settings
from django.contrib.auth import authenticate, login, logout, update_session_auth_hash
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django_otp import login as otp_login
from django_otp import match_token
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from openpes.core.actors import VISITOR
from openpes.core.decisions import Refused
from openpes.journeys.register_jobseeker import is_weak_pin
from openpes.organisations import operations as organisations
from openpes.organisations.queries import actor_for, invitation_by_key
from openpes.organisations.words import REASON
from openpes.people import operations as people
from openpes.people.roles import ROLES, needs_second_factor
from openpes.people.signing import folded_code, must_wait, note_try
from openpes.reference.country import today
from openpes.web.audience import Door, audience
from openpes.web.doorkeeper import SIGNED_IN_BY_DEMO
from openpes.web.forms import DigitsCharField, OpenpesForm, fold_digits, with_look
from openpes.web.requests import OpenpesRequest

RECOVERY_CODES = 8


def safe_next(request: OpenpesRequest, otherwise: str) -> str:
    """Where to go on: only within this service."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        return wanted
    return otherwise


def home_of(request: OpenpesRequest) -> str:
    """The first page of whoever has signed in."""
    actor = actor_for(request.user, on=today(request.at))  # type: ignore[arg-type]
    pages = [
        (("counsellor", "office_manager"), "counsellor:today"),
        (("employer_adviser",), "counsellor:vacancies"),
        (("administrator",), "administration:offices"),
        (("programme_manager",), "programmes:home"),
        (("partner_staff",), "partner:home"),
        (("law_officer",), "administration:law"),
        (("analyst",), "figures:month"),
        (("employer_staff", "employer_administrator", "employer_reader"), "employer:home"),
        (("jobseeker",), "jobseeker:home"),
    ]
    return next((reverse(page) for roles, page in pages if actor.has_role(*roles)), reverse("web:home"))


class SignInForm(OpenpesForm):
    """A sign-in name or personal code, and a password or PIN."""

    username = with_look(
        forms.CharField(
            label=_("Your code or sign-in name"),
            max_length=80,
            help_text=_("Jobseekers: the code on your card, for example 7KQ3-Q9FX."),
            widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
        ),
        width=20,
    )
    secret = with_look(
        forms.CharField(
            label=_("PIN or password"),
            max_length=128,
            strip=False,
            widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        ),
        width=20,
    )


@audience(Door.PUBLIC)
@never_cache
def sign_in(request: OpenpesRequest) -> HttpResponse:
    """One door for everybody. The same words for an unknown name and a wrong secret."""
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        # A code and a PIN may be typed in the digits of any script; a password is taken sign by sign.
        username = folded_code(fold_digits(form.cleaned_data["username"]))
        secret = form.cleaned_data["secret"]
        secret = fold_digits(secret) if fold_digits(secret).isascii() and secret.isdecimal() else secret
        account = authenticate(request, username=username, password=secret)
        # After many wrong tries the right one has to wait too, and is answered like a wrong one.
        waits = must_wait(username, at=request.at)
        if waits:
            account = None
        else:
            note_try(username, right=account is not None, at=request.at)
        if account is not None:
            login(request, account)
            return HttpResponseRedirect(safe_next(request, home_of(request)))
        form.add_error(
            None,
            _("This code or name and this PIN or password do not belong together. Try again, or ask at your office."),
        )
    return render(
        request,
        "openpes/signing/sign_in.html",
        {"form": form, "next": request.POST.get("next") or request.GET.get("next", "")},
        status=422 if form.errors else 200,
    )


@audience(Door.PUBLIC)
def sign_out(request: OpenpesRequest) -> HttpResponse:
    """Sign out by POST and tell the browser to forget: the next one at this computer sees nothing."""
    if request.method != "POST":
        return render(request, "openpes/signing/sign_out.html")
    logout(request)
    response = HttpResponseRedirect(reverse("web:home"))
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response


class TokenForm(OpenpesForm):
    """Six digits from an authenticator app, or a recovery code."""

    token = with_look(
        DigitsCharField(
            label=_("Code from your app, or a recovery code"),
            max_length=16,
            widget=forms.TextInput(attrs={"autocomplete": "one-time-code"}),
        ),
        width=10,
    )


@audience(Door.SIGNED_IN)
@never_cache
def second_factor(request: OpenpesRequest) -> HttpResponse:
    """Ask for the second factor; who has none yet sets it up first."""
    if not TOTPDevice.objects.filter(user=request.user, confirmed=True).exists():
        return HttpResponseRedirect(f"{reverse('web:second_factor_set_up')}?next={request.GET.get('next', '')}")
    form = TokenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        device = match_token(request.user, form.cleaned_data["token"])
        if device is not None:
            otp_login(request, device)
            return HttpResponseRedirect(safe_next(request, home_of(request)))
        form.add_error("token", _("This code is not right or is too old. Wait for the next one and try again."))
    return render(
        request,
        "openpes/signing/second_factor.html",
        {"form": form, "next": request.GET.get("next", "")},
        status=422 if form.errors else 200,
    )


def _qr_svg(text: str) -> str:
    """A QR code as a data address for an image."""
    return segno.make(text, error="m").svg_data_uri(scale=5, dark="#12343b", light="#ffffff", border=3)


@audience(Door.SIGNED_IN)
@never_cache
def second_factor_set_up(request: OpenpesRequest) -> HttpResponse:
    """Set up an authenticator app: a QR code, the key to type, one code to prove it; then recovery codes, once."""
    if TOTPDevice.objects.filter(user=request.user, confirmed=True).exists() and not request.user.is_verified():  # type: ignore[union-attr]
        return HttpResponseRedirect(reverse("web:second_factor"))
    device, _made = TOTPDevice.objects.get_or_create(user=request.user, confirmed=False, defaults={"name": "app"})
    form = TokenForm(request.POST or None)
    form.fields["token"].label = _("Six digits that the app shows")
    if request.method == "POST" and form.is_valid():
        if device.verify_token(form.cleaned_data["token"]):
            TOTPDevice.objects.filter(user=request.user, confirmed=True).delete()
            device.confirmed = True
            device.save()
            otp_login(request, device)
            return render(
                request,
                "openpes/signing/recovery_codes.html",
                {"codes": _new_recovery_codes(request), "next": safe_next(request, home_of(request))},
            )
        form.add_error("token", _("This code is not right or is too old. Wait for the next one and try again."))
    return render(
        request,
        "openpes/signing/second_factor_set_up.html",
        {
            "form": form,
            "qr": _qr_svg(device.config_url),
            "key": _base32(device.key),
            "next": request.POST.get("next") or request.GET.get("next", ""),
        },
        status=422 if form.errors else 200,
    )


def _base32(hexadecimal: str) -> str:
    """The key as an app wants it typed, in groups of four."""
    text = b32encode(bytes.fromhex(hexadecimal)).decode().rstrip("=")
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def _new_recovery_codes(request: OpenpesRequest) -> list[str]:
    """Fresh one-time codes for a lost phone; older ones stop working."""
    StaticDevice.objects.filter(user=request.user).delete()
    device = StaticDevice.objects.create(user=request.user, name="recovery", confirmed=True)
    codes = [StaticToken.random_token() for _number in range(RECOVERY_CODES)]
    StaticToken.objects.bulk_create([StaticToken(device=device, token=code) for code in codes])
    return codes


class NewPinForm(OpenpesForm):
    """A new PIN, twice."""

    pin = with_look(
        DigitsCharField(
            label=_("Choose a new PIN of 6 digits"),
            min_length=6,
            max_length=6,
            widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        ),
        width=5,
    )
    again = with_look(
        DigitsCharField(
            label=_("The same PIN again"),
            min_length=6,
            max_length=6,
            widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        ),
        width=5,
    )

    def clean(self) -> dict[str, str]:
        """The two are one, and not one that a thief tries first."""
        cleaned = super().clean() or self.cleaned_data
        pin = cleaned.get("pin", "")
        if pin and (not pin.isdigit() or is_weak_pin(pin)):
            self.add_error("pin", _("This PIN is too easy to guess. Do not use 111111 or 123456."))
        if pin and "again" in cleaned and cleaned["again"] != pin:
            self.add_error("again", _("The two PINs are not the same."))
        return cleaned

    @property
    def secret(self) -> str:
        """The chosen secret."""
        return str(self.cleaned_data["pin"])


class NewPasswordForm(OpenpesForm):
    """A new password, twice."""

    password = with_look(
        forms.CharField(
            label=_("Choose a password"),
            strip=False,
            max_length=128,
            widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        ),
        width=20,
    )
    again = with_look(
        forms.CharField(
            label=_("The same password again"),
            strip=False,
            max_length=128,
            widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        ),
        width=20,
    )

    def clean_password(self) -> str:
        """Long enough and not among the common ones."""
        validate_password(self.cleaned_data["password"])
        return str(self.cleaned_data["password"])

    def clean(self) -> dict[str, str]:
        """The two are one."""
        cleaned = super().clean() or self.cleaned_data
        if "password" in cleaned and "again" in cleaned and cleaned["again"] != cleaned["password"]:
            self.add_error("again", _("The two passwords are not the same."))
        return cleaned

    @property
    def secret(self) -> str:
        """The chosen secret."""
        return str(self.cleaned_data["password"])


@audience(Door.SIGNED_IN)
@never_cache
def change_secret(request: OpenpesRequest) -> HttpResponse:
    """Choose a new PIN (jobseekers) or password (everybody else)."""
    is_person = request.actor.person_id is not None
    form = (NewPinForm if is_person else NewPasswordForm)(request.POST or None)
    if request.method == "POST" and form.is_valid():
        people.set_secret(account=request.user, secret=form.secret, by=request.actor, at=request.at)  # type: ignore[arg-type]
        update_session_auth_hash(request, request.user)  # type: ignore[arg-type]
        return HttpResponseRedirect(safe_next(request, home_of(request)))
    return render(
        request,
        "openpes/signing/change_secret.html",
        {"form": form, "is_person": is_person, "rules": password_validators_help_texts()},
        status=422 if form.errors else 200,
    )


@audience(Door.SIGNED_LINK)
@never_cache
def invitation(request: OpenpesRequest, key: str) -> HttpResponse:
    """Whoever holds an open invitation chooses a password and is taken to the second factor."""
    row = invitation_by_key(key, at=request.at, secret=settings.SECRET_KEY)
    form = NewPasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            account = organisations.accept_invitation(
                invitation=row, password=form.secret, by=VISITOR, at=request.at, on=today(request.at)
            )
        except Refused as refused:
            for reason in refused.decision.reasons:
                form.add_error(None, str(REASON[reason.code]) % reason.facts)
        else:
            login(request, account, backend="django.contrib.auth.backends.ModelBackend")
            request.session.pop(SIGNED_IN_BY_DEMO, None)
            page = "web:second_factor_set_up" if needs_second_factor((row.role,)) else "web:home"
            return HttpResponseRedirect(reverse(page))
    return render(
        request,
        "openpes/signing/invitation.html",
        {"form": form, "invitation": row, "role": ROLES.get(row.role), "rules": password_validators_help_texts()},
        status=422 if form.errors else 200,
    )
