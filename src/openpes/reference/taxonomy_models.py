"""Tables of taxonomies as their publishers wrote them, of the links to our own skills, and of national codes.

A version (ESCO 1.2) is loaded in one or several loads, one or more languages each. Every row carries its load, and only
rows of loads in the state "ready" exist for anybody: an interrupted load leaves nothing that can be seen.
"""

from __future__ import annotations

from django.db import models

from openpes.core.privacy import Privacy


class LoadState(models.TextChoices):
    """A load is being written, or whole."""

    LOADING = "loading"
    READY = "ready"


class ConceptKind(models.TextChoices):
    """What a concept of a taxonomy is."""

    OCCUPATION = "occupation"
    SKILL = "skill"
    GROUP = "group"


class LabelKind(models.TextChoices):
    """How a text belongs to its concept."""

    PREFERRED = "preferred"
    ALTERNATIVE = "alternative"
    HIDDEN = "hidden"
    DESCRIPTION = "description"


class RelationKind(models.TextChoices):
    """How one concept points to another: an occupation needs a skill, a concept lies under a broader one, and so on."""

    ESSENTIAL = "essential"
    OPTIONAL = "optional"
    BROADER = "broader"
    RELATED = "related"
    COLLECTION = "collection"


class TaxonomyVersion(models.Model):
    """One version of one publisher's taxonomy. `counts` is what its ready loads hold, by kind."""

    scheme = models.CharField(max_length=16)
    version = models.CharField(max_length=24)
    state = models.CharField(max_length=8, choices=LoadState.choices, default=LoadState.LOADING)
    languages = models.JSONField(default=list)
    counts = models.JSONField(default=dict)
    loaded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "version"], condition=models.Q(state="ready"), name="one_ready_version"
            )
        ]

    privacy = Privacy(
        retention="institution",
        plain_fields=("id", "scheme", "version", "state", "languages", "counts", "loaded_at"),
    )


class TaxonomyLoad(models.Model):
    """One reading of a publisher's files. `files` names each part that was read and the hash of its content."""

    version = models.ForeignKey(TaxonomyVersion, models.CASCADE, related_name="loads")
    state = models.CharField(max_length=8, choices=LoadState.choices, default=LoadState.LOADING)
    sha256 = models.CharField(max_length=64)
    files = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    loaded_at = models.DateTimeField()

    privacy = Privacy(
        retention="institution",
        plain_fields=("id", "version", "state", "sha256", "files", "counts", "loaded_at"),
    )


class Concept(models.Model):
    """An occupation, a skill or a group of a version.

    `ref` is what people and vacancies carry ("esco:…", "onet:2.A.1.a"): the same concept has the same ref in every
    version. `isco` is the unit group of an occupation ("" when the taxonomy does not say). `level` is the job zone of
    O*NET, 1 to 5.
    """

    version = models.ForeignKey(TaxonomyVersion, models.CASCADE, db_index=False)
    load = models.ForeignKey(TaxonomyLoad, models.CASCADE)
    uri = models.CharField(max_length=250)
    ref = models.CharField(max_length=120, db_index=True)
    kind = models.CharField(max_length=10, choices=ConceptKind.choices)
    code = models.CharField(max_length=40, blank=True)
    isco = models.CharField(max_length=4, blank=True, db_index=True)
    skill_type = models.CharField(max_length=24, blank=True)
    reuse_level = models.CharField(max_length=24, blank=True)
    level = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "uri"], name="concept_once_in_a_version")]

    privacy = Privacy(
        retention="institution",
        plain_fields=(
            "id", "version", "load", "uri", "ref", "kind", "code", "isco", "skill_type", "reuse_level", "level",
        ),
    )  # fmt: skip


class ConceptLabel(models.Model):
    """One text of a concept in one language."""

    load = models.ForeignKey(TaxonomyLoad, models.CASCADE, db_index=False)
    concept = models.ForeignKey(Concept, models.CASCADE)
    language = models.CharField(max_length=8)
    kind = models.CharField(max_length=12, choices=LabelKind.choices)
    text = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["load", "language", "kind"], name="label_by_language")]

    privacy = Privacy(retention="institution", plain_fields=("id", "load", "concept", "language", "kind", "text"))


class ConceptRelation(models.Model):
    """One concept points to another. `weight`: importance times 100 or rank, where the publisher says one."""

    load = models.ForeignKey(TaxonomyLoad, models.CASCADE)
    source = models.ForeignKey(Concept, models.CASCADE, related_name="relations")
    target = models.ForeignKey(Concept, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=RelationKind.choices)
    weight = models.PositiveSmallIntegerField(null=True)

    privacy = Privacy(retention="institution", plain_fields=("id", "load", "source", "target", "kind", "weight"))


class SkillLink(models.Model):
    """A skill of ours and a skill of a publisher that mean the same ("exact") or nearly the same ("close").

    The publisher's skill is named by its ref, so that a link holds for every version; "none" remembers that an expert
    has said no, so that no rule proposes the pair again. `how` says where a link came from:
    a rule, or an expert's file.
    """

    skill_id = models.CharField(max_length=80)
    ref = models.CharField(max_length=120)
    kind = models.CharField(max_length=8, choices=[("exact", "exact"), ("close", "close"), ("none", "none")])
    how = models.CharField(max_length=40)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["skill_id", "ref"], name="skill_link_once"),
            # Two exact links of one concept would make the canonical skill a matter of chance.
            models.UniqueConstraint(fields=["ref"], condition=models.Q(kind="exact"), name="one_exact_skill"),
        ]

    privacy = Privacy(retention="institution", plain_fields=("id", "skill_id", "ref", "kind", "how", "changed_at"))


class NationalScheme(models.Model):
    """One version of a country's own classification, in force over a half-open period."""

    scheme = models.CharField(max_length=24)
    version = models.CharField(max_length=24)
    starts_on = models.DateField()
    ends_before = models.DateField(null=True)
    sha256 = models.CharField(max_length=64)
    loaded_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scheme", "version"], name="national_scheme_once")]

    privacy = Privacy(
        retention="institution",
        plain_fields=("id", "scheme", "version", "starts_on", "ends_before", "sha256", "loaded_at"),
    )


class NationalCode(models.Model):
    """One line of a crosswalk: a national code, its title, and one ISCO unit group it corresponds to, and how."""

    scheme = models.ForeignKey(NationalScheme, models.CASCADE, related_name="codes")
    code = models.CharField(max_length=24)
    title = models.CharField(max_length=250)
    isco = models.CharField(max_length=4, db_index=True)
    kind = models.CharField(max_length=8)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scheme", "code", "isco"], name="national_code_once")]

    privacy = Privacy(retention="institution", plain_fields=("id", "scheme", "code", "title", "isco", "kind"))
