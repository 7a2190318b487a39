"""Every stored field about a person, with what it is kept for and the legal basis that the country's law gives it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib import import_module

from django.apps import apps
from django.conf import settings
from django.db import models

from openpes.core.privacy import Privacy, PrivacyClass, privacy_of
from openpes.reference.country import country
from openpes_countries import Dated, legal_basis
from openpes_countries.contract import PURPOSES

# What each retention class of the tables is kept for. A class that is not named here has no purpose, and so no basis.
PURPOSE_OF = {
    "inactive_jobseeker": "registration",
    "imported_list": "registration",
    "match_run": "matching",
    "referral_record": "placement",
    "outcome_record": "placement",
    "rejected_candidate": "placement",
    "guidance_record": "guidance",
    "appointment_record": "guidance",
    "circumstances": "circumstances",
    "programme_record": "programmes",
    "complaint_record": "complaints",
    "statistics": "statistics",
    "consent_record": "consent_proof",
    "messages": "messages",
    "stored_files": "stored_files",
    "employer_record": "employers",
    "vacancy_record": "employers",
    "account": "staff",
    "invitation": "staff",
    "institution": "staff",
    "change_log": "security",
    "access_log": "security",
    "sessions": "security",
    "second_factor": "security",
    "sign_in_attempts": "security",
}
NO_PURPOSE = ""


@dataclass(frozen=True)
class PersonalField:
    """A field about a person. `model` is written app.Model; `purpose` is empty where nobody has said what it is for."""

    model: str
    name: str
    sensitive: bool
    kept_as: str
    purpose: str


@dataclass(frozen=True)
class Kept:
    """What is kept for one purpose and on what basis; `basis` is empty where none is known. `dated` says from where."""

    purpose: str
    basis: str
    dated: Dated | None
    fields: tuple[PersonalField, ...]


def declared(model: type[models.Model]) -> Privacy | None:
    """What a table says of itself, or what the roof says of a library's table."""
    own = privacy_of(model)
    if own is not None:
        return own
    # The roof says it, and settings name the module, as they name the one with the addresses.
    told = import_module(getattr(settings, "PRIVACY_OF_LIBRARIES", "openpes.config.privacy_of_libraries"))
    found: Privacy | None = told.OF_LIBRARIES.get(model._meta.label)
    return found


@lru_cache(maxsize=1)
def personal_fields() -> tuple[PersonalField, ...]:
    """Each field about a person of each table, once."""
    found = []
    for model in apps.get_models(include_auto_created=True):
        said = declared(model)
        if said is None or model._meta.proxy:
            continue
        for name, field in said.fields.items():
            if field.privacy_class != PrivacyClass.NONE:
                found.append(
                    PersonalField(
                        model._meta.label,
                        name,
                        field.privacy_class == PrivacyClass.SENSITIVE,
                        said.retention,
                        PURPOSE_OF.get(said.retention, NO_PURPOSE),
                    )
                )
    return tuple(found)


def kept_by_purpose(*, on: date) -> list[Kept]:
    """All personal fields under what they are kept for; what lacks a purpose or a basis comes first."""
    held = country()
    by_purpose: dict[str, list[PersonalField]] = {}
    for field in personal_fields():
        by_purpose.setdefault(field.purpose, []).append(field)
    made = []
    for purpose, fields in by_purpose.items():
        if purpose not in PURPOSES:
            made.append(Kept(purpose, "", None, tuple(fields)))
            continue
        answer = legal_basis(held, purpose, on=on)
        basis = str(answer.value) if answer.is_yes else ""
        made.append(Kept(purpose, basis, held.value(f"legal_bases.{purpose}", on=on), tuple(fields)))
    return sorted(made, key=lambda one: (bool(one.basis), one.purpose))


def without_basis(*, on: date) -> list[Kept]:
    """What is kept without a legal basis that is known."""
    return [one for one in kept_by_purpose(on=on) if not one.basis]
