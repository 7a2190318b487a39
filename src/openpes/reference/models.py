"""Which country this database serves, under which state of its pack."""

from __future__ import annotations

from django.db import models

from openpes.core.privacy import Privacy
from openpes.reference.law_models import LawAnswer, LawEntry, ServiceMode
from openpes.reference.taxonomy_models import (
    Concept,
    ConceptKind,
    ConceptLabel,
    ConceptRelation,
    LabelKind,
    LoadState,
    NationalCode,
    NationalScheme,
    RelationKind,
    SkillLink,
    TaxonomyLoad,
    TaxonomyVersion,
)

__all__ = [
    "Concept",
    "ConceptKind",
    "ConceptLabel",
    "ConceptRelation",
    "CountryInForce",
    "LabelKind",
    "LawAnswer",
    "LawEntry",
    "LoadState",
    "NationalCode",
    "NationalScheme",
    "RelationKind",
    "ServiceMode",
    "SkillLink",
    "TaxonomyLoad",
    "TaxonomyVersion",
]


class CountryInForce(models.Model):
    """One line each time the database first met a country pack in a new state."""

    code = models.CharField(max_length=2)
    pack_hash = models.CharField(max_length=64, unique=True)
    loaded_at = models.DateTimeField()

    privacy = Privacy(retention="institution", plain_fields=("id", "code", "pack_hash", "loaded_at"))
