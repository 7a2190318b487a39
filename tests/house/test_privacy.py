"""Every stored field says what it is about a person, how long it lives, its export name and what erasure leaves."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import models

from openpes.config.privacy_of_libraries import ENDS, OF_LIBRARIES
from openpes.core.privacy import OnErase, Privacy, PrivacyClass, keep, privacy_of
from openpes_countries import known_countries, load_country

MODELS = [model for model in apps.get_models(include_auto_created=True) if not model._meta.proxy]
OURS = [model for model in MODELS if model.__module__.startswith("openpes.")]
THEIRS = [model for model in MODELS if model not in OURS]

# Personal, and of no use in the person's own download: why.
NOT_EXPORTED = {
    "people.Person": {
        "log_key": "the pseudonym in the logs; the lines themselves are shown as who looked",
        "name_key": "the name once more, folded for search",
        "national_number_hash": "cannot be read back by anybody",
    },
    "people.Account": {"log_key": "the pseudonym in the logs", "password": "a hash of a secret the person knows"},
}


def declared_for(model: type[models.Model]) -> Privacy | None:
    """The declaration of a table, ours or a library's."""
    return privacy_of(model) if model in OURS else OF_LIBRARIES.get(model._meta.label)


def stored_fields(model: type[models.Model]) -> set[str]:
    """Names of the columns and of the lists of keys of a table."""
    return {field.name for field in [*model._meta.local_concrete_fields, *model._meta.local_many_to_many]}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_field_is_declared(model: type[models.Model]) -> None:
    """No field less, and none that is not there."""
    declared = declared_for(model)
    if declared is None and model._meta.auto_created:
        # A table of pairs that Django makes: it holds the two keys only.
        assert stored_fields(model) <= {"id"} | {field.name for field in model._meta.fields if field.is_relation}
        return
    assert declared is not None, f"{model._meta.label} has no privacy declaration"
    assert set(declared.fields) == stored_fields(model)


@pytest.mark.parametrize("code", known_countries())
def test_every_retention_is_a_clock_of_the_pack(code: str) -> None:
    """A name that no clock answers to would mean: for ever."""
    keys = load_country(code).keys
    wrong = {
        model._meta.label: declared.retention
        for model in MODELS
        if (declared := declared_for(model)) is not None
        if declared.retention not in ENDS and f"retention.{declared.retention}_months" not in keys
    }
    assert not wrong, wrong


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_personal_fields_are_exported_and_erased(model: type[models.Model]) -> None:
    """What is about a person has an export name; where erasure keeps the row, a sensitive value does not stay."""
    declared = declared_for(model)
    assert declared is not None or model._meta.auto_created
    if declared is None:
        return
    excused = NOT_EXPORTED.get(model._meta.label, {})
    unnamed = [
        name
        for name, field in declared.fields.items()
        if field.privacy_class != PrivacyClass.NONE and declared.subject and not field.export and name not in excused
    ]
    assert not unnamed, f"without an export name: {unnamed}"
    if declared.on_erase == OnErase.ANONYMISE:
        stays = [
            name
            for name, field in declared.fields.items()
            if field.privacy_class == PrivacyClass.SENSITIVE and field.erase is keep
        ]
        assert not stays, f"sensitive, and erasure leaves it: {stays}"


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_export_names_are_unique_in_a_table(model: type[models.Model]) -> None:
    """Two fields under one name would hide one of them from the person."""
    declared = declared_for(model)
    names = [field.export for field in declared.fields.values() if field.export] if declared else []
    assert len(names) == len(set(names))


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_an_erased_value_can_be_stored(model: type[models.Model]) -> None:
    """An eraser that leaves nothing needs a column that may hold nothing."""
    declared = declared_for(model)
    if declared is None or declared.on_erase != OnErase.ANONYMISE:
        return
    for name, field in declared.fields.items():
        column = model._meta.get_field(name)
        if field.erase is not keep and getattr(field.erase, "__name__", "") == "nothing":
            assert column.null, f"{model._meta.label}.{name} is erased to nothing and may not be empty"


# Erased by the pseudonym of the logs (`insights.freezing.forget_pseudonyms`): a key to the person would undo it.
REACHED_BY_PSEUDONYM = {"insights.FrozenPerson"}


def test_every_table_is_about_somebody_or_says_not() -> None:
    """A table with personal fields that erasure never reaches must be one whose people are not jobseekers."""
    unreached = {
        model._meta.label
        for model in OURS
        if (declared := declared_for(model)) is not None
        and not declared.subject
        and model._meta.label not in REACHED_BY_PSEUDONYM
        and any(field.privacy_class != PrivacyClass.NONE for field in declared.fields.values())
    }
    rooms = {label.split(".")[0] for label in unreached}
    assert rooms <= {"core", "people", "organisations", "vacancies", "reference"}, unreached


def test_no_declaration_of_a_library_is_a_leftover() -> None:
    """The table of libraries names only tables that are installed."""
    assert set(OF_LIBRARIES) == {model._meta.label for model in THEIRS if not model._meta.auto_created}
