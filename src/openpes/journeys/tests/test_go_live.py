"""Going live is refused with everything that is in the way, and signed when nothing is."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse
from tests.factories import EmployerFactory, PersonFactory, account_with, actor_with

from openpes.cli.__main__ import main
from openpes.core.decisions import NotPermitted, Refused
from openpes.core.models import ChangeEntry
from openpes.core.privacy import PrivacyClass
from openpes.journeys import go_live as journey
from openpes.journeys.go_live import About, go_live, leave_live, obstacles
from openpes.journeys.go_live_words import OBSTACLE, obstacle_words
from openpes.organisations.queries import officers_without_second_factor
from openpes.reference import in_force
from openpes.reference.country import country
from openpes.reference.law_models import ServiceMode
from openpes.reference.law_operations import answer_entry, propose_value, waive_values
from openpes.reference.law_queries import is_live
from openpes.reference.personal_fields import PURPOSE_OF, declared, kept_by_purpose, personal_fields, without_basis
from openpes_countries import Source
from openpes_countries.contract import PURPOSES

AT = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
ON = date(2026, 11, 24)
pytestmark = pytest.mark.django_db(databases=["default", "access"])


def about(*wanted: About) -> list[str]:
    return [f"{one.code} {one.thing}".strip() for one in obstacles(at=AT) if one.about in wanted]


@pytest.fixture
def ready(settings, monkeypatch):
    """A service in which nothing but the law is in the way."""
    settings.DEMO, settings.HTTPS, settings.BASE_URL = False, True, "https://jobs.example"
    settings.ALLOWED_HOSTS, settings.MESSAGING_PROVIDER = ["testserver"], "gateway"
    settings.SECRET_KEY = "k" * 60
    monkeypatch.setattr(journey, "_texts", lambda: iter(()))
    account = account_with("administrator")
    account.totpdevice_set.create(name="app", confirmed=True)
    return account


def settle_the_law() -> None:
    """Waive what waits, and supply the legal bases, as two officers would."""
    one, two = account_with("law_officer"), account_with("law_officer")
    for one_account in (one, two):
        one_account.totpdevice_set.create(name="app", confirmed=True)
    first, second = actor_with("law_officer", account=one), actor_with("law_officer", account=two)
    first, second = (
        type(first)(actor.kind, f"k{n}", actor.grants, account_id=account.pk, label=f"Officer {n}")
        for n, (actor, account) in enumerate(((first, one), (second, two)))
    )
    for kept in without_basis(on=ON):
        entry = propose_value(
            key=f"legal_bases.{kept.purpose}", written="{basis: public_task}", starts_on=ON,
            source=Source("RA 10173", "s. 12(e)"), note="", by=first, at=AT,
        )  # fmt: skip
        answer_entry(entry=entry, agreed=True, note="", by=second, at=AT)
    in_force.refresh()
    keys = dict.fromkeys(one.key for one in country().unverified(on=ON))
    waive_values(keys=keys, why="the pilot", before=date(2027, 6, 1), by=first, at=AT)
    in_force.refresh()


def test_a_demonstration_may_not_go_live_and_is_told_why() -> None:
    PersonFactory(synthetic=True)
    EmployerFactory(synthetic=True)
    said = about(About.DEMO, About.KEYS)
    assert "demo_is_on" in said and "synthetic_people" in said and "synthetic_organisations" in said
    assert {"https_off", "hosts_open", "address_without_https", "texts_go_nowhere", "second_factor_missing"} <= set(
        said
    )
    values = about(About.VALUE)
    assert "value_unverified ages.minimum" in values and "value_unknown ages.light_work" in values
    assert all(obstacle_words(one) for one in obstacles(at=AT))


def test_going_live_is_refused_with_the_whole_list_and_changes_nothing(ready) -> None:
    by = actor_with("administrator", account=ready)
    lines = ChangeEntry.objects.count()
    with pytest.raises(Refused) as refused:
        go_live(note="", by=by, at=AT)
    assert len(refused.value.decision.reasons) == len(obstacles(at=AT)) > 40
    assert not ServiceMode.objects.exists() and ChangeEntry.objects.count() == lines and not is_live()


def test_it_goes_live_when_nothing_is_in_the_way_and_leaves_with_a_reason(ready) -> None:
    settle_the_law()
    assert obstacles(at=AT) == []
    by = actor_with("administrator", account=ready)
    with pytest.raises(NotPermitted):
        go_live(note="", by=actor_with("law_officer", account=ready), at=AT)
    mode = go_live(note="begun", by=by, at=AT)
    assert is_live() and mode.pack_hash == country().hash
    with pytest.raises(Refused, match="mode_is_so"):
        go_live(note="again", by=by, at=AT)
    with pytest.raises(Refused, match="mode_note_missing"):
        leave_live(why=" ", by=by, at=AT)
    assert is_live()
    leave_live(why="a fault", by=by, at=AT)
    assert not is_live() and ServiceMode.objects.count() == 2


def test_a_text_that_nobody_has_read_is_in_the_way(settings) -> None:
    settings.LANGUAGES = [("km", "Khmer"), ("en", "English")]
    found = [one for one in obstacles(at=AT) if one.about == About.TEXT]
    assert [one.thing for one in found] == ["km"] and found[0].count > 0


def test_who_acts_for_all_has_a_second_factor() -> None:
    assert officers_without_second_factor(on=ON) == [""], "without an administrator nobody could mend anything"
    account = account_with("administrator", name="Ana")
    account.totpdevice_set.create(name="app", confirmed=False)
    assert officers_without_second_factor(on=ON) == ["Ana"]
    account.totpdevice_set.update(confirmed=True)
    assert officers_without_second_factor(on=ON) == []


def test_every_personal_field_of_every_table_is_listed_exactly_once() -> None:
    wanted = sorted(
        f"{model._meta.label}.{name}"
        for model in apps.get_models(include_auto_created=True)
        if (said := declared(model)) is not None
        for name, field in said.fields.items()
        if field.privacy_class != PrivacyClass.NONE
    )
    listed = sorted(f"{one.model}.{one.name}" for kept in kept_by_purpose(on=ON) for one in kept.fields)
    assert listed == wanted and len(listed) == len(set(listed)) > 100


def test_every_class_of_personal_data_has_a_purpose() -> None:
    """A table that keeps something about people says what for: name its class in PURPOSE_OF."""
    assert {one.kept_as for one in personal_fields()} <= set(PURPOSE_OF)
    assert set(PURPOSE_OF.values()) <= set(PURPOSES)


def test_an_officer_supplies_a_basis() -> None:
    assert "messages" in {one.purpose for one in without_basis(on=ON)}
    assert about(About.BASIS)
    settle_the_law()
    assert without_basis(on=ON) == [] and about(About.BASIS) == []


def test_the_pages_tell_it(signed_in) -> None:
    administrator = signed_in(account_with("administrator"))
    page = administrator.get(reverse("administration:going_live")).content.decode()
    assert "things are in the way" in page and "Choosing people by age: no officer has verified" in page
    refused = administrator.post(reverse("administration:going_live"), {"act": "go", "note": "kept words"})
    assert refused.status_code == 422 and not ServiceMode.objects.exists()
    fields = administrator.get(reverse("administration:personal_fields")).content.decode()
    assert "people.Person.born_on" not in fields and "?about=registration" in fields
    opened = administrator.get(reverse("administration:personal_fields"), {"about": "registration"}).content.decode()
    assert "people.Person.born_on" in opened and "No legal basis is known." in fields
    for name in ("going_live", "personal_fields"):
        assert signed_in(account_with("analyst")).get(reverse(f"administration:{name}")).status_code == 404
    public = Client().get(reverse("web:rules")).content.decode()
    assert "Some rules are not verified yet." in public and "runs with rules that nobody has verified" in public


def test_the_command_says_what_is_in_the_way(capsys) -> None:
    assert main(["golive", "--check"]) == 1
    out = capsys.readouterr().out
    assert "ages.minimum: no officer has verified or waived it." in out
    assert main(["golive"]) == 2
    assert main(["golive", "--as", "nobody-here"]) == 2
    account = account_with("administrator")
    assert main(["golive", "--as", account.username]) == 1
    assert not ServiceMode.objects.exists() and set(OBSTACLE)
