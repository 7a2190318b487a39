"""Forms of the administration pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from openpes.organisations.models import Office
from openpes.people.roles import OFFICE_ROLES, ROLES, SERVICE_ROLES
from openpes.people.words import ROLE
from openpes.reference.country import area_choices
from openpes.web.forms import OpenpesForm, with_look


class OfficeForm(OpenpesForm):
    """One office."""

    about_self = False
    code = with_look(
        forms.CharField(label=_("Code"), max_length=20, help_text=_("Short and lasting, for example CEB-01.")), width=10
    )
    name = with_look(forms.CharField(label=_("Name"), max_length=160), width=30)
    area_code = forms.ChoiceField(label=_("Area that it serves"), choices=())
    level = forms.CharField(label=_("Level"), max_length=40, required=False)
    address = forms.CharField(label=_("Address"), max_length=240, required=False)
    phone = with_look(forms.CharField(label=_("Phone"), max_length=30, required=False), width=20)
    opening_hours = forms.CharField(label=_("Opening hours"), max_length=120, required=False)
    supervisor_code = with_look(
        forms.CharField(label=_("Code of the office above it"), max_length=20, required=False), width=10
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area_code"].choices = area_choices(get_language() or "en")  # type: ignore[attr-defined]


class InviteForm(OpenpesForm):
    """One invitation. Which roles are offered depends on who invites."""

    about_self = False
    name = with_look(forms.CharField(label=_("Name"), max_length=120), width=30)
    username = with_look(
        forms.CharField(
            label=_("Sign-in name"), max_length=80, help_text=_("An e-mail address, or any name that is theirs alone.")
        ),
        width=30,
    )
    role = forms.ChoiceField(label=_("Role"), choices=())
    office = forms.ChoiceField(
        label=_("Office"),
        required=False,
        choices=(),
        help_text=_("Statisticians and administrators belong to no office."),
    )
    language = forms.ChoiceField(label=_("Language"), choices=())

    def __init__(self, *args: Any, offices: list[Office], everywhere: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = OFFICE_ROLES + (SERVICE_ROLES if everywhere else ())
        blank = [("", _("No office"))] if everywhere else []
        self.fields["role"].choices = [(code, ROLE[code]) for code in roles]  # type: ignore[attr-defined]
        self.fields["office"].choices = blank + [(one.ref, one.name) for one in offices]  # type: ignore[attr-defined]
        self.fields["language"].choices = settings.LANGUAGES  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A role of an office needs its office; a role of the whole service has none."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        role = ROLES.get(cleaned.get("role", ""))
        if role is not None and role.scope == "office" and not cleaned.get("office"):
            self.add_error("office", _("Choose the office for this role."))
        if role is not None and role.scope == "service" and cleaned.get("office"):
            self.add_error("office", _("This role is for the whole service: choose no office."))
        return cleaned


class FileForm(OpenpesForm):
    """A CSV or XLSX file to read."""

    about_self = False
    file = forms.FileField(label=_("File (CSV or XLSX, at most 2 MB)"))

    def clean_file(self) -> Any:
        """Refuse what is too large before it is read."""
        given = self.cleaned_data["file"]
        if given.size > 2 * 1024 * 1024:
            raise forms.ValidationError(_("This file is larger than 2 MB. Split it and load the parts one by one."))
        return given
