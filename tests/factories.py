"""Records for tests, in situations that have names. Everything is made through the models' own rules."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from openpes.core.actors import Actor, ActorKind, Grant
from openpes.jobseekers.models import Jobseeker, WantedOccupation
from openpes.jobseekers.states import Channel, JobseekerState
from openpes.organisations.models import Employer, Membership, Office, Partner
from openpes.organisations.states import EmployerState
from openpes.people.models import Account, Consent, Person, PersonPhone
from openpes.people.names import match_key
from openpes.people.roles import ROLES
from openpes.people.states import ConsentWay, PhoneOwner, Purpose, Sex
from openpes.referrals.models import Referral, ReferralEvent
from openpes.referrals.states import AnswerChannel, EventKind
from openpes.vacancies.models import Vacancy
from openpes.vacancies.states import VacancyState

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
TODAY = date(2026, 11, 24)
MANILA, CEBU = "PH-00", "PH-CEB"


class OfficeFactory(DjangoModelFactory):
    """A local office."""

    class Meta:
        model = Office

    code = factory.Sequence(lambda n: f"OFF{n:03d}")
    name = factory.Sequence(lambda n: f"Employment office {n}")
    area_code = CEBU


class PersonFactory(DjangoModelFactory):
    """A young woman with a phone of her own."""

    class Meta:
        model = Person
        skip_postgeneration_save = True

    name_as_given = factory.Sequence(lambda n: f"Maria Santos {n}")
    name_key = factory.LazyAttribute(lambda one: match_key(one.name_as_given)[:160])
    born_on = date(2007, 3, 14)
    sex = Sex.FEMALE
    language = "en"
    created_at = NOW

    class Params:
        one_name = factory.Trait(name_as_given="Suharto")
        minor = factory.Trait(born_on=date(2010, 6, 1))
        birth_unknown = factory.Trait(born_on=None)

    @factory.post_generation
    def phone(self, create: bool, extracted: str | None, **kwargs: object) -> None:
        """The number to reach them on; False for none."""
        if create and extracted is not False:
            number = extracted or f"+63917{self.pk % 10**7:07d}"
            PersonPhone.objects.create(person=self, number=number, owner=PhoneOwner.OWN, added_at=NOW)

    @factory.post_generation
    def consents(self, create: bool, extracted: list[Purpose] | None, **kwargs: object) -> None:
        """What they agree to; registration and showing the contact unless said otherwise."""
        purposes = [Purpose.REGISTRATION, Purpose.SHARE_CONTACT] if extracted is None else extracted
        for purpose in purposes if create else []:
            Consent.objects.create(
                person=self,
                purpose=purpose,
                version="test",
                language="en",
                given_at=NOW,
                way=ConsentWay.SELF_ON_SCREEN,
                given_to="test",
            )


class JobseekerFactory(DjangoModelFactory):
    """Somebody who looks for work as a waiter or cook, in Cebu."""

    class Meta:
        model = Jobseeker
        skip_postgeneration_save = True

    person = factory.SubFactory(PersonFactory)
    office = factory.SubFactory(OfficeFactory)
    channel = Channel.DESK
    registered_at = last_confirmed_at = changed_at = NOW
    area_code = CEBU
    latitude, longitude = 10.3157, 123.8854
    max_km = 20
    education_level = 3
    experience_months = 6
    min_pay_amount, min_pay_currency = Decimal("12000"), "PHP"
    skill_ids = factory.LazyFunction(list)
    language_codes = factory.LazyFunction(lambda: ["fil", "en"])
    licence_ids = factory.LazyFunction(list)

    class Params:
        sleeping = factory.Trait(state=JobseekerState.SLEEPING)
        waiting_for_guardian = factory.Trait(state=JobseekerState.WAITING_FOR_GUARDIAN)

    @factory.post_generation
    def wanted(self, create: bool, extracted: list[str] | None, **kwargs: object) -> None:
        """The unit groups wanted, most wanted first."""
        for position, isco in enumerate(extracted or ["5131", "5120"] if create else [], start=1):
            WantedOccupation.objects.create(jobseeker=self, position=position, isco=isco, words="")


class EmployerFactory(DjangoModelFactory):
    """A restaurant that an officer has checked."""

    class Meta:
        model = Employer

    name = factory.Sequence(lambda n: f"Kusina {n}")
    name_key = factory.LazyAttribute(lambda one: match_key(one.name)[:200])
    sector = "I"
    area_code = CEBU
    office = factory.SubFactory(OfficeFactory)
    contact_name = "Ana Reyes"
    contact_phone = "+639181234567"
    state = EmployerState.VERIFIED
    registered_at = NOW

    class Params:
        unverified = factory.Trait(state=EmployerState.SUBMITTED)
        silent = factory.Trait(introductions=10, answers=0)


class VacancyFactory(DjangoModelFactory):
    """A live job for a waiter, in Cebu, with two places."""

    class Meta:
        model = Vacancy

    employer = factory.SubFactory(EmployerFactory)
    office = factory.LazyAttribute(lambda one: one.employer.office)
    state = VacancyState.LIVE
    title = "Waiter"
    isco = "5131"
    description = "Serve guests in a busy restaurant."
    places = 2
    places_left = factory.LazyAttribute(lambda one: one.places)
    pay_amount, pay_currency = Decimal("16000"), "PHP"
    weekly_hours = Decimal("48")
    area_code = CEBU
    latitude, longitude = 10.3157, 123.8854
    posted_at = live_since = last_confirmed_at = changed_at = decided_at = NOW

    class Params:
        waiting = factory.Trait(state=VacancyState.SUBMITTED, live_since=None, decided_at=None)
        hazardous_work = factory.Trait(isco="8111", title="Miner", hazardous=True)
        last_place = factory.Trait(places=1)


class ReferralFactory(DjangoModelFactory):
    """A person introduced to a job, waiting for the answer."""

    class Meta:
        model = Referral
        skip_postgeneration_save = True

    jobseeker = factory.SubFactory(JobseekerFactory)
    vacancy = factory.SubFactory(VacancyFactory)
    office = factory.LazyAttribute(lambda one: one.jobseeker.office)
    sent_at = NOW
    answer_due_at = datetime(2026, 12, 8, 2, 0, tzinfo=UTC)

    @factory.post_generation
    def events(self, create: bool, extracted: object, **kwargs: object) -> None:
        """The first event of every referral."""
        if create:
            ReferralEvent.objects.create(
                referral=self, kind=EventKind.SENT, at=self.sent_at, actor="test", channel=AnswerChannel.WEB
            )


class AccountFactory(DjangoModelFactory):
    """Somebody who can sign in with the password "a long password"."""

    class Meta:
        model = Account

    username = factory.Sequence(lambda n: f"staff{n}")
    name = factory.Sequence(lambda n: f"Staff {n}")
    created_at = NOW
    password = "md5$test$" + "0" * 32


def account_with(
    role: str,
    *,
    office: Office | None = None,
    employer: Employer | None = None,
    person: Person | None = None,
    partner: Partner | None = None,
    **columns: object,
) -> Account:
    """An account that holds a role in one place (or is a person's own)."""
    account = AccountFactory(person=person, **columns)
    if role != "jobseeker":
        Membership.objects.create(
            account=account,
            role=role,
            office=office,
            employer=employer,
            partner=partner,
            starts_on=date(2020, 1, 1),
        )
    return account


def actor_with(role: str, *, scope_id: int | None = None, account: Account | None = None) -> Actor:
    """An actor that holds a role, without going through a door."""
    held = ROLES[role]
    return Actor(
        ActorKind.ACCOUNT,
        f"test-{role}",
        (Grant(role, held.verbs, held.scope, scope_id),),
        account_id=account.pk if account else None,
        person_id=scope_id if held.scope == "person" else None,
        label=role,
    )
