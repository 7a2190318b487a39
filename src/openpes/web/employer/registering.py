"""An employer registers itself, is signed in, and reads what happens next."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from openpes.core.decisions import Refused
from openpes.journeys.register_employer import EmployerAccount, register_employer
from openpes.organisations.operations import NewEmployer
from openpes.organisations.states import SizeBand
from openpes.organisations.words import REASON, SECTOR, SIZE_BAND
from openpes.people.phones import NotAPhone, as_dialled, normalise
from openpes.people.queries import account_by_username
from openpes.people.roles import EMPLOYER_ROLES
from openpes.reference.country import area_choices, country
from openpes.web.audience import Door, audience
from openpes.web.doorkeeper import SIGNED_IN_BY_DEMO
from openpes.web.employer.posting import own_employer
from openpes.web.forms import OpenpesForm, PhoneField, with_look
from openpes.web.limits import limited
from openpes.web.requests import OpenpesRequest

BACKEND = "django.contrib.auth.backends.ModelBackend"


class FirmForm(OpenpesForm):
    """A firm, shop, farm or household that offers work."""

    organisation = with_look(
        forms.CharField(label=gettext_lazy("Name of the firm, shop, farm or household"), max_length=160), width=30
    )
    registration_number = with_look(
        forms.CharField(
            label=gettext_lazy("Business registration number"),
            required=False,
            max_length=40,
            help_text=gettext_lazy(
                "With it the office can check your firm the same day. Without it somebody has to call "
                "or visit you first."
            ),
        ),
        width=20,
    )
    sector = forms.ChoiceField(
        label=gettext_lazy("What do you do?"), choices=[("", gettext_lazy("Choose what fits best")), *SECTOR.items()]
    )
    size_band = forms.ChoiceField(
        label=gettext_lazy("How many people work with you?"),
        required=False,
        choices=[("", gettext_lazy("Choose")), *SIZE_BAND.items()],
    )
    area_code = forms.ChoiceField(label=gettext_lazy("Where are you?"))
    address = with_look(
        forms.CharField(label=gettext_lazy("Street and number, or a landmark"), required=False, max_length=240),
        width=30,
    )
    contact_name = with_look(forms.CharField(label=gettext_lazy("Your name"), max_length=120), width=20)
    phone = with_look(
        PhoneField(
            label=gettext_lazy("Phone number"),
            help_text=gettext_lazy(
                "The office calls this number. When a person is introduced to you, a text comes here."
            ),
        ),
        width=20,
    )
    language = forms.ChoiceField(
        label=gettext_lazy("In which language shall we write to you?"), choices=lambda: settings.LANGUAGES
    )

    def __init__(self, *args: Any, page_language: str, held: dict[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, initial={"language": page_language, **(held or {})}, **kwargs)
        self.fields["area_code"].choices = [("", _("Choose the place")), *area_choices(page_language)]  # type: ignore[attr-defined]

    def clean_phone(self) -> str:
        """As it is stored."""
        try:
            return normalise(self.cleaned_data["phone"], country().code)
        except NotAPhone as error:
            raise forms.ValidationError(_("This is no phone number of this country. Check the numbers.")) from error

    def new_employer(self) -> NewEmployer:
        """The firm as the journey takes it."""
        said = self.cleaned_data
        return NewEmployer(
            name=said["organisation"],
            area_code=said["area_code"],
            contact_name=said["contact_name"],
            contact_phone=said["phone"],
            registration_number=said["registration_number"],
            sector=said["sector"],
            size_band=SizeBand(said["size_band"] or SizeBand.UNKNOWN),
            address=said["address"],
            language=said["language"],
        )


class RegisterForm(FirmForm):
    """A firm that registers itself, and the first account of it."""

    username = with_look(
        forms.CharField(
            label=gettext_lazy("Sign-in name"),
            max_length=80,
            min_length=4,
            help_text=gettext_lazy("Your phone number or your e-mail address. Next time, type it exactly as here."),
            widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
        ),
        width=20,
    )
    new_password = with_look(
        forms.CharField(
            label=gettext_lazy("Choose a password"),
            strip=False,
            max_length=128,
            help_text=gettext_lazy(
                "At least 10 letters, numbers or signs. Three words that do not belong together are good."
            ),
            widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        ),
        width=20,
    )

    def clean_new_password(self) -> str:
        """Long enough and not among the common ones."""
        validate_password(self.cleaned_data["new_password"])
        return str(self.cleaned_data["new_password"])


@audience(Door.PUBLIC)
@never_cache
@limited("register_firm", "employers.registrations_an_hour", methods=("POST",))
def register(request: OpenpesRequest) -> HttpResponse:
    """Write down the firm, open its first account, sign it in."""
    form = RegisterForm(request.POST if request.method == "POST" else None, page_language=request.LANGUAGE_CODE)
    if request.method == "POST" and form.is_valid():
        account = EmployerAccount(form.cleaned_data["username"].strip(), form.cleaned_data["new_password"])
        try:
            register_employer(new=form.new_employer(), account=account, by=request.actor, at=request.at)
        except Refused as refused:
            for reason in refused.decision.reasons:
                words = REASON.get(reason.code) or NO_OFFICE
                form.add_error("username" if reason.code == "username_taken" else None, str(words) % reason.facts)
        else:
            login(request, account_by_username(account.username), backend=BACKEND)
            request.session.pop(SIGNED_IN_BY_DEMO, None)
            return HttpResponseRedirect(reverse("employer:welcome"))
    return render(
        request,
        "openpes/employer/register.html",
        {"form": form, "rules": password_validators_help_texts()},
        status=422 if form.errors else 200,
    )


NO_OFFICE = gettext_lazy("No office is open yet to check your firm. Please try again later.")


@audience(Door.ROLES, *EMPLOYER_ROLES)
def welcome(request: OpenpesRequest) -> HttpResponse:
    """What happens next: an officer checks, nothing is public before, the first advert can be written now."""
    employer = own_employer(request)
    return render(
        request,
        "openpes/employer/welcome.html",
        {"employer": employer, "phone": as_dialled(employer.contact_phone, country().code)},
    )
