"""Forms of the desk: a person and what they look for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from openpes.core.money import Pay, PayPeriod
from openpes.jobseekers.operations import Profile, Wanted
from openpes.jobseekers.states import WorkStatus
from openpes.organisations.models import Office
from openpes.people.operations import NewPerson
from openpes.people.phones import NotAPhone, as_dialled, normalise
from openpes.people.states import PhoneOwner, Sex
from openpes.reference import titles
from openpes.reference.country import area_choices, country, currency
from openpes.reference.labels import (
    education_choices,
    education_isced,
    language_name,
    licence_label,
    occupation_name,
    skill_label,
)
from openpes.reference.queries import skills_of_work
from openpes.reference.shifts import ANY_SHIFT, mask_of
from openpes.reference.taxonomy import licences, licences_of
from openpes.vacancies.words import PAY_PERIOD
from openpes.web.counsellor.words import NOW_SAID, SEX_SAID, WHOSE_PHONE
from openpes.web.forms import (
    MoneyField,
    OpenpesForm,
    PhoneField,
    PlainDateField,
    Proposal,
    SearchThenChooseField,
    with_look,
)
from openpes.web.jobseeker.forms import AS_AGREED, TIMES, is_whole, ticked_of

EVERYDAY_LICENCES = ("motorcycle-licence", "car-licence", "truck-licence")
NO_LICENCE = "none"


def work_proposals(language: str) -> Any:
    """Kinds of work for some words, for a search field."""

    def propose(text: str) -> list[Proposal]:
        return [Proposal(one.isco, one.title, exact=one.confidence == "high") for one in titles.propose(text, language)]

    return propose


class DeskForm(OpenpesForm):
    """A form for another person's data: the browser offers nothing of the last visitor."""

    about_self = False

    def clean_phone(self) -> str:
        """The phone in E.164, or empty."""
        return self.phone_in("phone")

    def phone_in(self, name: str) -> str:
        """A phone box in E.164, or empty."""
        typed = self.cleaned_data.get(name) or ""
        if not typed:
            return ""
        try:
            return normalise(typed, country().code)
        except NotAPhone as error:
            example = as_dialled(country().phone.mobile_example, country().code)
            raise forms.ValidationError(
                _("This is no phone number. Write it like %(example)s."), params={"example": example}
            ) from error


class PersonForm(DeskForm):
    """Who somebody is and how to reach them."""

    name = with_look(
        forms.CharField(
            label=_("Name as given"), max_length=120, help_text=_("As the person writes it. One name is enough.")
        ),
        width=30,
    )
    born_on = PlainDateField(label=_("Birth date"), required=False, birth=True)
    sex = with_look(
        forms.ChoiceField(
            label=_("Sex"), choices=list(SEX_SAID.items()), initial=Sex.NOT_SAID, widget=forms.RadioSelect
        ),
        inline=True,
        small=True,
    )
    phone = PhoneField(label=_("Phone"), required=False)
    phone_owner = with_look(
        forms.ChoiceField(
            label=_("Whose phone is it?"),
            choices=list(WHOSE_PHONE.items()),
            initial=PhoneOwner.OWN,
            widget=forms.RadioSelect,
        ),
        inline=True,
        small=True,
    )
    language = forms.ChoiceField(label=_("Language for texts"), choices=settings.LANGUAGES)

    def new_person(self) -> NewPerson:
        """The person as typed. Call when valid."""
        given = self.cleaned_data
        return NewPerson(
            name=given["name"],
            born_on=given["born_on"],
            sex=Sex(given["sex"]),
            language=given["language"],
            phone=given["phone"],
            phone_owner=PhoneOwner(given["phone_owner"]),
        )


class ConsentForm(DeskForm):
    """The person has heard the two sentences and agrees; for the young a parent or guardian agrees too."""

    agreed = forms.BooleanField(
        label=_("I have read this aloud and the person agrees"),
        error_messages={"required": _("Nobody is registered who has not agreed. Read it aloud and tick the box.")},
    )
    share_contact = forms.BooleanField(
        label=_("Employers to whom the person is introduced may see the phone number"), required=False
    )
    guardian_name = with_look(
        forms.CharField(
            label=_("Parent or guardian who agrees"),
            required=False,
            max_length=120,
            help_text=_("Only for young people whom the law asks for it."),
        ),
        width=30,
    )
    guardian_phone = with_look(PhoneField(label=_("Their phone"), required=False), width=20)

    def clean_guardian_phone(self) -> str:
        """The guardian's phone in E.164, or empty."""
        return self.phone_in("guardian_phone")


class RegisterForm(PersonForm, ConsentForm):
    """The minimum first: five to eight minutes, the rest later."""

    office = forms.ChoiceField(label=_("Office that serves the person"), choices=())
    area_code = forms.ChoiceField(label=_("Where does the person live?"), choices=())
    education = forms.ChoiceField(label=_("Schooling"), required=False, choices=())
    work = SearchThenChooseField(label=_("What work is wanted?"), help_text=_("In the person’s own words."))
    no_paper = forms.BooleanField(
        label=_("Has no identity paper with them"),
        required=False,
        help_text=_("They are served all the same. Their number stands for it until they bring one."),
    )
    another_person = forms.BooleanField(label=_("I have looked: this is another person"), required=False)
    # What is agreed to is asked last, when it is known to what.
    field_order: Sequence[str] = (
        "office", "name", "born_on", "sex", "phone", "phone_owner", "language", "area_code", "education", "work",
        "no_paper", "agreed", "share_contact", "guardian_name", "guardian_phone", "another_person",
    )  # fmt: skip

    def __init__(
        self, data: QueryDict | None = None, *, language: str, today: date, offices: Sequence[Office], **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        if len(offices) > 1:
            self.fields["office"].choices = [(one.ref, one.name) for one in offices]  # type: ignore[attr-defined]
        else:
            del self.fields["office"]
        self.fields["born_on"].latest = today  # type: ignore[attr-defined]
        self.fields["area_code"].choices = [("", _("Choose")), *area_choices(language)]  # type: ignore[attr-defined]
        self.fields["education"].choices = [("", _("Not said")), *education_choices(language)]  # type: ignore[attr-defined]
        self.fields["work"].set_propose(work_proposals(language))  # type: ignore[attr-defined]

    def profile(self) -> Profile:
        """What is looked for, as typed. Call when valid."""
        given = self.cleaned_data
        work = given["work"]
        return Profile(
            area_code=given["area_code"],
            wanted=(Wanted(work.code, work.text),),
            education_level=education_isced(given["education"]) if given["education"] else None,
        )


class ProfileForm(DeskForm):
    """All that a registration says."""

    work_status = forms.ChoiceField(label=_("What does the person do now?"), choices=list(NOW_SAID.items()))
    area_code = forms.ChoiceField(label=_("Where does the person live?"), choices=())
    education = forms.ChoiceField(label=_("Schooling"), required=False, choices=())
    experience_months = with_look(
        forms.IntegerField(label=_("Months of experience in this work"), required=False, min_value=0, max_value=720),
        width=3,
    )
    max_km = with_look(
        forms.IntegerField(label=_("How far can the person travel?"), required=False, min_value=1, max_value=1000),
        width=3,
        suffix="km",
    )
    times = with_look(
        forms.MultipleChoiceField(
            label=_("When can the person work?"),
            required=False,
            widget=forms.CheckboxSelectMultiple,
            choices=[(code, words) for code, (words, _slots) in TIMES.items()],
            help_text=_("Tick all that suit. If any time is fine, tick nothing."),
        ),
        small=True,
    )
    skill_ids = with_look(
        forms.MultipleChoiceField(
            label=_("Skills: tick what the person can do"), required=False, widget=forms.CheckboxSelectMultiple
        ),
        small=True,
    )
    licence_ids = with_look(
        forms.MultipleChoiceField(
            label=_("Licences"),
            required=False,
            widget=forms.CheckboxSelectMultiple,
            help_text=_("If you have not asked yet, tick nothing."),
        ),
        small=True,
    )
    language_codes = with_look(
        forms.MultipleChoiceField(
            label=_("Languages"),
            required=False,
            widget=forms.CheckboxSelectMultiple,
            help_text=_("If you have not asked yet, tick nothing."),
        ),
        small=True,
    )

    field_order: Sequence[str] = (
        "skill_ids",
        "experience_months",
        "licence_ids",
        "language_codes",
        "education",
        "work_status",
        "area_code",
        "max_km",
        "times",
        "pay",
    )

    def __init__(self, data: QueryDict | None = None, *, language: str, held: Profile) -> None:
        steps = [code for code, _name in education_choices(language) if education_isced(code) == held.education_level]
        initial: dict[str, Any] = {
            "work_status": held.work_status,
            "area_code": held.area_code,
            "education": steps[0] if steps else "",
            "experience_months": held.experience_months,
            "max_km": held.max_km,
            "skill_ids": list(held.skill_ids),
            "licence_ids": [NO_LICENCE] if held.licence_ids == () else list(held.licence_ids or ()),
            "times": ticked_of(held.shifts) if is_whole(held.shifts) else [AS_AGREED],
            "language_codes": list(held.language_codes or ()),
        }
        if held.min_pay_amount is not None:
            initial["pay"] = Pay(held.min_pay_amount, held.min_pay_currency, PayPeriod(held.min_pay_period))
        super().__init__(data, initial=initial)
        self.held, self.language = held, language
        self.fields["area_code"].choices = area_choices(language)  # type: ignore[attr-defined]
        self.fields["education"].choices = [("", _("Not said")), *education_choices(language)]  # type: ignore[attr-defined]
        self.fields["pay"] = MoneyField(
            label=_("Lowest pay that the person would take"),
            currency=currency(),
            periods=[(one.value, PAY_PERIOD[one]) for one in PayPeriod],
            required=False,
        )
        known = list(
            dict.fromkeys(
                [*(skill.skill_id for one in held.wanted for skill in skills_of_work(one.isco)), *held.skill_ids]
            )
        )
        self.fields["skill_ids"].choices = [(one, skill_label(one, language)) for one in known]  # type: ignore[attr-defined]
        needed = [link.licence.id for one in held.wanted for link in licences_of(one.isco)]
        usual = [one for one in EVERYDAY_LICENCES if one in licences()]
        choices = list(dict.fromkeys([*needed, *usual, *(held.licence_ids or ())]))
        self.fields["licence_ids"].choices = [  # type: ignore[attr-defined]
            *((one, licence_label(one, language)) for one in choices),
            (NO_LICENCE, _("None of these, and no other")),
        ]
        if not is_whole(held.shifts):
            self.fields["times"].choices = [  # type: ignore[attr-defined]
                (AS_AGREED, _("The times agreed before")),
                *self.fields["times"].choices,  # type: ignore[attr-defined]
            ]
        tags = list(dict.fromkeys([*(one.tag for one in country().languages), "en", *(held.language_codes or ())]))
        self.fields["language_codes"].choices = [(one, language_name(one, language)) for one in tags]  # type: ignore[attr-defined]
        self.order_fields(self.field_order)

    def _shifts(self) -> int:
        """The times ticked, as a mask; nothing ticked is any time."""
        ticked = self.cleaned_data["times"]
        if not ticked:
            return ANY_SHIFT
        mask = mask_of([slot for code in ticked if code in TIMES for slot in TIMES[code][1]])
        return mask | self.held.shifts if AS_AGREED in ticked else mask

    def profile(self) -> Profile:
        """The whole profile with what was changed. Call when valid.

        Only who says "none" has none: a list left empty stays "not asked yet".
        """
        given = self.cleaned_data
        pay = given.get("pay")
        return Profile(
            area_code=given["area_code"],
            wanted=self.held.wanted,
            work_status=WorkStatus(given["work_status"]),
            education_level=education_isced(given["education"]) if given["education"] else None,
            experience_months=given["experience_months"],
            max_km=given["max_km"],
            min_pay_amount=Decimal(pay.amount) if pay else None,
            min_pay_currency=pay.currency if pay else "",
            min_pay_period=PayPeriod(pay.period) if pay else PayPeriod.MONTH,
            shifts=self._shifts(),
            skill_ids=tuple(given["skill_ids"]),
            language_codes=tuple(given["language_codes"]) or None,
            licence_ids=(
                tuple(one for one in given["licence_ids"] if one != NO_LICENCE) if given["licence_ids"] else None
            ),
        )


class WantedForm(DeskForm):
    """Up to three kinds of work, the most wanted first."""

    first = SearchThenChooseField(label=_("Most wanted"))
    second = SearchThenChooseField(label=_("Second"), required=False)
    third = SearchThenChooseField(label=_("Third"), required=False)

    def __init__(self, data: QueryDict | None = None, *, language: str, held: Profile) -> None:
        names = ("first", "second", "third")
        initial = {
            name: one.words or occupation_name(one.isco, language)
            for name, one in zip(names, held.wanted, strict=False)
        }
        super().__init__(data, initial=initial)
        for name in names:
            self.fields[name].set_propose(work_proposals(language))  # type: ignore[attr-defined]

    def wanted(self) -> tuple[Wanted, ...]:
        """What was chosen, without repeats. Call when valid."""
        chosen = [self.cleaned_data[name] for name in ("first", "second", "third") if self.cleaned_data.get(name)]
        return tuple({one.code: Wanted(one.code, one.text) for one in chosen}.values())
