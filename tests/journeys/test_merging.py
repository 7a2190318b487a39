"""Two records of one person: merged by two people, and taken back without loss."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction

from openpes.core.decisions import NotPermitted, Refused
from openpes.core.references import keys_to
from openpes.jobseekers.models import Jobseeker
from openpes.journeys.erase_person import erase_person
from openpes.journeys.merge_people import merge_people, propose_merge, refuse_merge, unmerge_people
from openpes.messaging.operations import queue_text
from openpes.people.models import Account, Consent, Person, PersonMerge, PersonPhone
from openpes.people.queries import look_alikes
from openpes.people.rules import Likeness
from openpes.people.states import MergeState
from openpes.referrals.models import Referral
from tests.factories import (
    NOW,
    JobseekerFactory,
    OfficeFactory,
    ReferralFactory,
    VacancyFactory,
    account_with,
    actor_with,
)

pytestmark = pytest.mark.django_db(databases=["default", "access"])

LOGS = {"core.ChangeEntry", "core.AccessEntry", "core.OutboxMessage", "people.PersonMerge"}


def everything() -> dict[str, list[dict[str, Any]]]:
    """Every row of every table of ours, apart from the logs and the merge itself."""
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values())
        for model in apps.get_models()
        if model.__module__.startswith("openpes.") and model._meta.label not in LOGS
    }


class Two:
    """Two records of Maria at one office, with something of each kind at both, and two officers."""

    def __init__(self) -> None:
        self.office = OfficeFactory()
        self.first = actor_with(
            "counsellor", scope_id=self.office.pk, account=account_with("counsellor", office=self.office)
        )
        self.second = actor_with(
            "counsellor", scope_id=self.office.pk, account=account_with("counsellor", office=self.office)
        )
        self.kept = JobseekerFactory(office=self.office, person__name_as_given="Maria Santos")
        self.gone = JobseekerFactory(office=self.office, person__name_as_given="Maria C. Santos")
        vacancy = VacancyFactory(employer__office=self.office)
        for one in (self.kept, self.gone):
            ReferralFactory(jobseeker=one, vacancy=vacancy)
            facts = {"office": "x", "code": "y"}
            queue_text(
                number="+639171111111", kind="welcome", facts=facts, language="en", at=NOW, person_id=one.person_id
            )
        self.only_gone = ReferralFactory(jobseeker=self.gone)
        Account.objects.create(username="AAAA-BBBB", name="Maria", person=self.gone.person, created_at=NOW)

    def proposed(self, *taken: str) -> PersonMerge:
        """The first officer's proposal."""
        return propose_merge(kept=self.kept, gone=self.gone, taken=taken, note="same card", by=self.first, at=NOW)


def test_everything_goes_over() -> None:
    """Phones, consents, introductions, texts and the account; what the table does not allow twice stays."""
    two = Two()
    merge_people(merge=two.proposed("name"), by=two.second, at=NOW)
    kept, gone = two.kept.person_id, two.gone.person_id
    assert Person.objects.get(pk=kept).name_as_given == "Maria C. Santos"
    for table in (PersonPhone, Consent, Account):
        assert not table.objects.filter(person=gone).exists()
    assert PersonPhone.objects.filter(person=kept, is_main=True).count() == 1
    two.only_gone.refresh_from_db()
    assert two.only_gone.jobseeker_id == two.kept.pk
    assert Referral.objects.filter(jobseeker=two.gone.pk).count() <= 1
    two.gone.refresh_from_db()
    assert two.gone.state == "left"
    same = Likeness("maria santos", two.kept.person.born_on, frozenset())
    assert gone not in [one.person.pk for one in look_alikes(same)]


def test_merged_and_taken_back_is_as_before() -> None:
    """Every table of every room, row for row."""
    two = Two()
    before = everything()
    merge = merge_people(merge=two.proposed("name", "born_on", "sex"), by=two.second, at=NOW)
    assert everything() != before
    unmerge_people(merge=merge, by=two.first, at=NOW)
    after = everything()
    assert {label: rows for label, rows in after.items() if rows != before[label]} == {}
    # And they may be proposed again.
    assert two.proposed().state == MergeState.PROPOSED


def fill(model: type[models.Model], key: str, target: Any) -> models.Model | None:
    """A row of any table that points at somebody, with the least that it asks for; None where that is not enough."""
    values: dict[str, Any] = {key: target}
    for field in model._meta.concrete_fields:
        if field.name in values or field.primary_key or field.has_default() or field.null or field.blank:
            continue
        if isinstance(field, models.ForeignKey):
            found = field.related_model._base_manager.first()  # type: ignore[union-attr]
            if found is None:
                return None
            values[field.name] = found
        elif isinstance(field, models.DateTimeField):
            values[field.name] = NOW
        elif isinstance(field, models.DateField):
            values[field.name] = NOW.date()
        elif isinstance(field, models.JSONField):
            values[field.name] = {}
        elif isinstance(field, models.CharField | models.TextField):
            values[field.name] = field.choices[0][0] if field.choices else f"x{model._base_manager.count()}"
        else:
            values[field.name] = 1
    try:
        with transaction.atomic():
            return model._base_manager.create(**values)
    except IntegrityError:
        return None


def test_a_row_of_every_table_comes_back() -> None:
    """Made by the shape of the tables, so that a room that is added tomorrow is tried too."""
    two, made = Two(), []
    for target, row in ((Person, two.gone.person), (Jobseeker, two.gone)):
        for model, key in keys_to(target):
            if model in {PersonMerge, Person, Account, Jobseeker}:
                continue
            if fill(model, key, row) is not None:
                made.append(model._meta.label)
    # What the factories made already stands there too; the rest is made by the shape of its table.
    assert len(set(made)) >= 10, made
    before = everything()
    merge = merge_people(merge=two.proposed("name"), by=two.second, at=NOW)
    moved = {name.rsplit(".", 1)[0] for name in merge.moved}
    assert {"circumstances.Barrier", "appointments.Contact", "guidance.Interview", "complaints.Complaint"} & set(
        made
    ) <= moved
    unmerge_people(merge=merge, by=two.first, at=NOW)
    after = everything()
    assert {label: rows for label, rows in after.items() if rows != before[label]} == {}


def test_two_people_decide() -> None:
    """Whoever proposed it does not agree too; other offices have no say; a refusal changes nothing."""
    two = Two()
    merge = two.proposed()
    before = everything()
    with pytest.raises(Refused) as refused:
        merge_people(merge=merge, by=two.first, at=NOW)
    assert refused.value.decision.reasons[0].code == "merge_needs_second"
    other = OfficeFactory()
    stranger = actor_with("counsellor", scope_id=other.pk, account=account_with("counsellor", office=other))
    with pytest.raises(NotPermitted):
        merge_people(merge=merge, by=stranger, at=NOW)
    with pytest.raises(Refused):
        two.proposed()
    refuse_merge(merge=merge, by=two.second, at=NOW)
    with pytest.raises(Refused):
        merge_people(merge=merge, by=two.second, at=NOW)
    changed = {label for label, rows in everything().items() if rows != before[label]}
    assert changed <= {"organisations.Office", "people.Account", "organisations.Membership"}


def test_a_value_corrected_since_is_not_lost() -> None:
    """Taking back would overwrite the correction: it is refused, and says so."""
    two = Two()
    merge = merge_people(merge=two.proposed("name"), by=two.second, at=NOW)
    Person.objects.filter(pk=two.kept.person_id).update(name_as_given="Maria Cruz Santos")
    before = everything()
    with pytest.raises(Refused):
        unmerge_people(merge=merge, by=two.first, at=NOW)
    assert everything() == before


def test_erasing_one_erases_the_other() -> None:
    """A record that became part of a person is the person."""
    two = Two()
    merge_people(merge=two.proposed(), by=two.second, at=NOW)
    own = actor_with("jobseeker", scope_id=two.kept.person_id)
    erase_person(person_ref=two.kept.person.ref, by=own, at=NOW)
    for key in (two.kept.person_id, two.gone.person_id):
        assert Person.objects.get(pk=key).name_as_given == ""
