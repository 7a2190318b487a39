"""The form of a vacancy, the same for the employer and for a counsellor who writes it down on the phone.

There is no field for sex, age, marital status, religion, looks, height or a photo, and none may be added.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openpes.core.money import Pay, PayPeriod
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
from openpes.reference.shifts import SHIFT_SLOTS
from openpes.reference.taxonomy import licences_of
from openpes.vacancies.operations import Offered
from openpes.vacancies.rules import LONGEST_WEEK, MOST_PLACES, employer_says_hazardous
from openpes.vacancies.states import ContractType
from openpes.vacancies.words import CONTRACT_TYPE, PAY_PERIOD
from openpes.web.employer import times_of_work
from openpes.web.employer.times_of_work import AGREED, OWN
from openpes.web.employer.vacancy_special import SpecialFields, special_initial
from openpes.web.forms import (
    Chosen,
    MoneyField,
    PlainDateField,
    Proposal,
    SearchThenChooseField,
    with_look,
)

LONGEST_TITLE, LONGEST_TEXT, LONGEST_ADDRESS = 120, 4000, 240
MOST_MUSTS = 3
NO, HELPS, MUST = "no", "helps", "must"
# So sure that it stands ticked; the employer still sees it and can change it.
SURE = {"high", "medium"}
PERIODS = [
    (period.value, PAY_PERIOD[period]) for period in (PayPeriod.MONTH, PayPeriod.DAY, PayPeriod.WEEK, PayPeriod.HOUR)
]
EXPERIENCE = (
    ("0", gettext_lazy("None needed")),
    ("3", gettext_lazy("3 months")),
    ("6", gettext_lazy("6 months")),
    ("12", gettext_lazy("1 year")),
    ("24", gettext_lazy("2 years")),
    ("36", gettext_lazy("3 years")),
    ("60", gettext_lazy("5 years")),
)


@dataclass(frozen=True)
class SkillRow:
    """One skill of the work and how far it is asked for: no, helps or must. `usual`: most who do the work need it."""

    id: str
    name: str
    label: str
    asked: str
    usual: bool = False


class VacancyForm(SpecialFields):
    """A job as an employer says it.

    `held` is the advert that is changed or copied, `area_code` the place of the firm.
    """

    about_self = False

    work = SearchThenChooseField(
        label=gettext_lazy("What is the job?"),
        help_text=gettext_lazy("In your own words, for example cook, welder, office cleaner."),
    )
    places = with_look(
        forms.IntegerField(
            label=gettext_lazy("How many people do you need?"),
            min_value=1,
            max_value=MOST_PLACES,
            initial=1,
            error_messages={
                "invalid": gettext_lazy("Write how many with numbers only, for example 2."),
                "min_value": gettext_lazy("At least 1."),
                "max_value": gettext_lazy("At most %(limit_value)s in one advert."),
            },
        ),
        width=3,
    )
    area_code = forms.ChoiceField(label=gettext_lazy("Where is the work?"))
    weekly_hours = with_look(
        forms.DecimalField(
            label=gettext_lazy("Hours a week"),
            required=False,
            min_value=Decimal("0.5"),
            max_value=LONGEST_WEEK,
            decimal_places=1,
            error_messages={
                "invalid": gettext_lazy("Write the hours with numbers only, for example 48."),
                "max_decimal_places": gettext_lazy("Write whole or half hours, for example 37.5."),
                "min_value": gettext_lazy("Write the hours in a week, from 1 to 168."),
                "max_value": gettext_lazy("Write the hours in a week, from 1 to 168."),
            },
        ),
        width=3,
    )
    times = forms.ChoiceField(
        label=gettext_lazy("Times of work"), choices=times_of_work.pattern_choices, initial=AGREED
    )
    slots = forms.MultipleChoiceField(
        label=gettext_lazy("Times in the week"), required=False, choices=times_of_work.slot_choices
    )
    description = with_look(
        forms.CharField(
            label=gettext_lazy("A few words about the work"),
            required=False,
            max_length=LONGEST_TEXT,
            help_text=gettext_lazy(
                "What does the person do on a usual day? What do you offer: meals, transport, training? "
                "Nothing about age, sex or looks: the law does not allow it."
            ),
            widget=forms.Textarea(attrs={"rows": 4}),
        )
    )
    address = with_look(
        forms.CharField(
            label=gettext_lazy("Street and number, or a landmark"), required=False, max_length=LONGEST_ADDRESS
        ),
        width=30,
    )
    contract_type = forms.ChoiceField(
        label=gettext_lazy("Kind of contract"),
        initial=ContractType.OPEN_ENDED.value,
        choices=[(kind.value, words) for kind, words in CONTRACT_TYPE.items()],
    )
    starts_on = PlainDateField(label=gettext_lazy("First day of work, if you know it"), required=False)
    experience_months = forms.TypedChoiceField(
        label=gettext_lazy("Experience in this work"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=EXPERIENCE,
        initial="0",
    )
    education = forms.ChoiceField(
        label=gettext_lazy("Schooling"),
        required=False,
        help_text=gettext_lazy("Ask only for what the work needs. Every wish makes the list of people shorter."),
    )
    licence_ids = with_look(
        forms.MultipleChoiceField(
            label=gettext_lazy("Licences that the work needs"), required=False, widget=forms.CheckboxSelectMultiple
        ),
        small=True,
    )
    language_codes = with_look(
        forms.MultipleChoiceField(
            label=gettext_lazy("Languages that the work needs"), required=False, widget=forms.CheckboxSelectMultiple
        ),
        small=True,
    )
    hazardous = forms.BooleanField(
        label=gettext_lazy("The work can be dangerous"),
        required=False,
        help_text=gettext_lazy(
            "For example heights, heavy machines, chemicals, mines, night work alone. Then it is for adults only."
        ),
    )

    field_order = ["work", "places", "pay", "area_code"]

    def __init__(
        self, data: QueryDict | None = None, *, language: str, area_code: str, today: date, held: Offered | None = None
    ) -> None:
        self.language, self.held, self.today = language, held, today
        data = data.copy() if data is not None else None
        if data is not None:
            self._tick_the_likely_work(data)
        super().__init__(data, initial=_initial_of(held, today) if held else {"area_code": area_code})
        self.offer_special(today)
        # The money is the country's, which is known only now.
        self.fields["pay"] = MoneyField(
            label=_("Pay"),
            currency=currency(),
            periods=PERIODS,
            required=False,
            help_text=_("Before anything is taken off. Adverts with pay get more and better answers."),
            error_messages={"bad_period": _("Choose if the amount is for an hour, a day, a week or a month.")},
        )
        self.order_fields(self.field_order)
        self.fields["work"].set_propose(self.proposals)  # type: ignore[attr-defined]
        self.fields["area_code"].choices = area_choices(language)  # type: ignore[attr-defined]
        self.fields["starts_on"].earliest = today  # type: ignore[attr-defined]
        self.fields["education"].choices = [("", _("No school needed")), *education_choices(language)]  # type: ignore[attr-defined]
        self.fields["language_codes"].choices = [  # type: ignore[attr-defined]
            (one.tag, language_name(one.tag, language)) for one in country().languages
        ]
        known = set(held.licence_ids if held else ())
        known |= {link.licence.id for link in licences_of(self.isco)} if self.isco else set()
        self.fields["licence_ids"].choices = [(one, licence_label(one, language)) for one in sorted(known)]  # type: ignore[attr-defined]

    # --- the kind of work ---------------------------------------------------------------------------

    def proposals(self, text: str) -> list[Proposal]:
        """Kinds of work for some words; the one of the advert at hand is always among them."""
        found = [
            Proposal(one.isco, one.title, exact=one.confidence == "high") for one in titles.propose(text, self.language)
        ]
        if (
            self.held
            and self.held.isco
            and text == self.held.title
            and self.held.isco not in {one.code for one in found}
        ):
            found.insert(0, Proposal(self.held.isco, occupation_name(self.held.isco, self.language)))
        return found

    def _tick_the_likely_work(self, data: QueryDict) -> None:
        text = (data.get("work_text") or "").strip()
        found = titles.propose(text, self.language) if text else []
        offered = {one.isco for one in found} | ({self.held.isco} if self.held else set())
        if data.get("work_code") not in offered:
            data["work_code"] = found[0].isco if found and found[0].confidence in SURE else ""

    @property
    def isco(self) -> str:
        """The unit group chosen so far, "" for none."""
        if self.is_bound:
            return str(self.data.get("work_code") or "")
        return self.held.isco if self.held else ""

    @property
    def needs_choice(self) -> bool:
        """The words are there, and only the kind of work has still to be chosen from the list."""
        return self.has_error("work", "choose")

    def ask_choice_later(self) -> None:
        """The next step asks for the kind of work: having not chosen it yet is no mistake."""
        if self.needs_choice:
            del self.errors["work"]

    # --- skills -------------------------------------------------------------------------------------

    @property
    def skill_rows(self) -> list[SkillRow]:
        """The skills of the chosen work, each with what was said of it."""
        if not self.isco:
            return []
        links = {skill.skill_id: skill.kind for skill in skills_of_work(self.isco)}
        held = self.held if self.held and self.held.isco == self.isco else None
        known = (
            list(links) + [one for one in (*held.must_skill_ids, *held.skill_ids) if one not in links]
            if held
            else list(links)
        )
        return [
            SkillRow(
                one,
                f"skill-{one}",
                skill_label(one, self.language),
                self._asked(one, links, held),
                links.get(one) == "essential",
            )
            for one in known
        ]

    @property
    def skill_groups(self) -> tuple[list[SkillRow], list[SkillRow]]:
        """The skills to show at once (usual, or asked for), and the others."""
        rows = self.skill_rows
        return (
            [row for row in rows if row.usual or row.asked != NO],
            [row for row in rows if not row.usual and row.asked == NO],
        )

    def _asked(self, skill_id: str, links: dict[str, str], held: Offered | None) -> str:
        """What was said; else what the advert at hand says; else what is essential to the work helps."""
        said = self.data.get(f"skill-{skill_id}") if self.is_bound and self.skills_are_of_this_work else None
        if said in {NO, HELPS, MUST}:
            return str(said)
        if held:
            return MUST if skill_id in held.must_skill_ids else HELPS if skill_id in held.skill_ids else NO
        return HELPS if links.get(skill_id) == "essential" else NO

    @property
    def skills_are_of_this_work(self) -> bool:
        """The skills on the page the employer sent were those of the work now chosen."""
        return self.is_bound and bool(self.isco) and self.data.get("skills_for") == self.isco

    # --- cleaning -----------------------------------------------------------------------------------

    def clean_work(self) -> Chosen:
        """The words become the title."""
        chosen: Chosen = self.cleaned_data["work"]
        if len(chosen.text) > LONGEST_TITLE:
            raise forms.ValidationError(
                _("Say it in at most %(most)s letters. The rest fits in the words about the work.")
                % {"most": LONGEST_TITLE}
            )
        return chosen

    def clean(self) -> dict[str, Any]:
        """Times that are ticked; not too many skills that must be there."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("times") == OWN and not cleaned.get("slots"):
            self.add_error("times", _("Tick the times in the week below, or choose one of the usual times."))
        if sum(row.asked == MUST for row in self.skill_rows) > MOST_MUSTS:
            self.add_error(
                None,
                _("Choose at most %(most)s skills as “must have”. People can learn the others with you.")
                % {"most": MOST_MUSTS},
            )
        return cleaned

    def offered(self) -> Offered:
        """The job as far as it is written; what is missing or wrong stays empty."""
        said = getattr(self, "cleaned_data", {})
        chosen: Chosen | None = said.get("work")
        pay: Pay | None = said.get("pay")
        rows = self.skill_rows
        return Offered(
            title=chosen.text if chosen else str(self.data.get("work_text", ""))[:LONGEST_TITLE],
            isco=chosen.code if chosen else self.isco,
            places=said.get("places") or 1,
            area_code=said.get("area_code", ""),
            description=said.get("description", ""),
            pay_amount=pay.amount if pay else None,
            pay_currency=pay.currency if pay else "",
            pay_period=pay.period if pay else PayPeriod.MONTH,
            weekly_hours=said.get("weekly_hours"),
            shifts=times_of_work.mask_said(said.get("times", AGREED), said.get("slots", [])) if "times" in said else 0,
            address=said.get("address", ""),
            education_level=education_isced(said["education"]) if said.get("education") else None,
            experience_months=said.get("experience_months") or None,
            must_skill_ids=tuple(row.id for row in rows if row.asked == MUST),
            skill_ids=tuple(row.id for row in rows if row.asked == HELPS),
            language_codes=tuple(said.get("language_codes", ())),
            licence_ids=tuple(said.get("licence_ids", ())),
            hazardous=bool(said.get("hazardous")),
            contract_type=ContractType(said.get("contract_type") or ContractType.OPEN_ENDED),
            starts_on=said.get("starts_on"),
            closes_before=self.held.closes_before if self.held else None,
            **self.special(self.today),
        )

    @property
    def week(self) -> list[dict[str, object]]:
        """The parts of a week to tick."""
        value = self["slots"].value() or []
        return times_of_work.grid([one for one in value if one in SHIFT_SLOTS])


def _initial_of(held: Offered, today: date) -> dict[str, Any]:
    """An advert as the form shows it."""
    times, slots = times_of_work.said_of(held.shifts)
    ladder = {level.isced: level.code for level in reversed(country().education_levels)}
    experience = next(
        (value for value, _words in reversed(EXPERIENCE) if int(value) <= (held.experience_months or 0)), "0"
    )
    return {
        "work": Chosen(held.title, held.isco),
        "places": held.places,
        "area_code": held.area_code,
        "pay": Pay(held.pay_amount, held.pay_currency, held.pay_period) if held.pay_amount is not None else None,
        "weekly_hours": held.weekly_hours,
        "times": times,
        "slots": list(slots),
        "description": held.description,
        "address": held.address,
        "contract_type": held.contract_type.value,
        "starts_on": held.starts_on,
        "experience_months": experience,
        "licence_ids": list(held.licence_ids),
        "education": ladder.get(held.education_level, "") if held.education_level is not None else "",
        "language_codes": list(held.language_codes),
        "hazardous": employer_says_hazardous(isco=held.isco, hazardous=held.hazardous),
        **special_initial(held, today),
    }
