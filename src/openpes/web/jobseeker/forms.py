"""The questions that a registration asks, a form each; the same forms change a profile later."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openpes.core.money import PayPeriod
from openpes.jobseekers.operations import MOST_WANTED, Wanted
from openpes.jobseekers.rules import may_register
from openpes.jobseekers.states import WorkStatus
from openpes.jobseekers.words import REASON, WORK_STATUS
from openpes.journeys.register_jobseeker import with_phone
from openpes.people.phones import NotAPhone
from openpes.people.states import PhoneOwner
from openpes.people.words import PHONE_OWNER, SEX
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
from openpes.reference.shifts import ANY_SHIFT, DAYS, mask_of
from openpes.reference.taxonomy import licences_of, unit_codes
from openpes.vacancies.words import PAY_PERIOD
from openpes.web.forms import (
    Chosen,
    MoneyField,
    OpenpesForm,
    PhoneField,
    PlainDateField,
    Proposal,
    SearchThenChooseField,
    with_look,
)
from openpes.web.public.signing_in import NewPinForm

NO_SCHOOL = "none"
NO_PAPER = "none"
# So many jobs ask for these that everybody is asked.
ASKED_OF_ALL = ("motorcycle-licence", "car-licence")
PERIODS = [(one.value, PAY_PERIOD[one]) for one in (PayPeriod.MONTH, PayPeriod.DAY, PayPeriod.WEEK, PayPeriod.HOUR)]
EXPERIENCE = (
    ("0", gettext_lazy("Never yet")),
    ("3", gettext_lazy("A few months")),
    ("6", gettext_lazy("About half a year")),
    ("12", gettext_lazy("About one year")),
    ("24", gettext_lazy("About two years")),
    ("36", gettext_lazy("Three or four years")),
    ("60", gettext_lazy("Five years or more")),
)
HOW_FAR = (
    ("5", gettext_lazy("Up to 5 km: on foot or by bicycle")),
    ("10", gettext_lazy("Up to 10 km")),
    ("25", gettext_lazy("Up to 25 km")),
    ("50", gettext_lazy("Up to 50 km")),
    ("", gettext_lazy("Anywhere: I can move or travel")),
)
TIMES: dict[str, tuple[Any, tuple[str, ...]]] = {
    "days": (gettext_lazy("Daytime, Monday to Friday"), tuple(f"{day}-day" for day in DAYS[:5])),
    "evenings": (gettext_lazy("Evenings, Monday to Friday"), tuple(f"{day}-evening" for day in DAYS[:5])),
    "nights": (gettext_lazy("Nights"), tuple(f"{day}-night" for day in DAYS)),
    "weekends": (
        gettext_lazy("Saturday and Sunday, day or evening"),
        tuple(f"{day}-{part}" for day in DAYS[5:] for part in ("day", "evening")),
    ),
}
AS_AGREED = "as_agreed"


class WhoForm(OpenpesForm):
    """Name as given, birth date, sex. One name is enough; a birth date that nobody knows stops nobody."""

    mark_optional = False

    name = with_look(
        forms.CharField(
            label=gettext_lazy("Your name"),
            max_length=120,
            help_text=gettext_lazy("As you write it. One name is enough."),
        ),
        width=30,
    )
    born_on = PlainDateField(label=gettext_lazy("When were you born?"), birth=True, required=False)
    birth_unknown = forms.BooleanField(label=gettext_lazy("I do not know my birth date"), required=False)
    sex = with_look(
        forms.ChoiceField(
            label=gettext_lazy("Are you a woman or a man?"),
            choices=[(one.value, words) for one, words in SEX.items()],
            widget=forms.RadioSelect,
            help_text=gettext_lazy("Only to count whether the service is fair. It is never used to choose people."),
        )
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["born_on"].latest = today  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A birth date, or the word that it is not known; the law's age for registering."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        born_on = cleaned.get("born_on")
        if born_on is None and "born_on" not in self.errors and not cleaned.get("birth_unknown"):
            self.add_error("born_on", _("Write your birth date, or tick that you do not know it."))
        if born_on is not None:
            decision = may_register(country(), born_on=born_on, on=self.today)
            for reason in decision.reasons if decision.refused else ():
                self.add_error("born_on", str(REASON.get(reason.code, reason.text)) % reason.facts)
        return cleaned


class PhoneStepForm(OpenpesForm):
    """A phone, and whose it is. Nobody needs one."""

    mark_optional = False

    phone = with_look(
        PhoneField(
            label=gettext_lazy("Phone number"),
            required=False,
            help_text=gettext_lazy("No phone? Leave it empty and go on."),
        ),
        width=20,
    )
    owner = forms.ChoiceField(
        label=gettext_lazy("Whose phone is it?"),
        required=False,
        widget=forms.RadioSelect,
        choices=[(one.value, words) for one, words in PHONE_OWNER.items()],
        help_text=gettext_lazy("Others may read it? We never write anything private in a text."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["phone"].example = country().phone.mobile_national  # type: ignore[attr-defined]

    def clean_phone(self) -> str:
        """A number of this country; what was typed is kept, the journey stores it in one spelling."""
        typed = self.cleaned_data["phone"]
        try:
            with_phone(typed)
        except NotAPhone as error:
            raise forms.ValidationError(
                _("This is no phone number that we can reach. Check the numbers, for example %(example)s.")
                % {"example": country().phone.mobile_national}
            ) from error
        return str(typed)

    def clean(self) -> dict[str, Any]:
        """A number belongs to somebody."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("phone") and not cleaned.get("owner"):
            self.add_error("owner", _("Choose whose phone it is."))
        return cleaned

    @property
    def said_owner(self) -> PhoneOwner:
        """Whose phone it is; a person's own when there is none."""
        return PhoneOwner(self.cleaned_data["owner"] or PhoneOwner.OWN)


class PlaceForm(OpenpesForm):
    """Where somebody lives, what they learned, what they do now."""

    area_code = forms.ChoiceField(label=gettext_lazy("Where do you live?"))
    education = forms.ChoiceField(label=gettext_lazy("What school have you finished?"), required=False)
    work_status = forms.ChoiceField(
        label=gettext_lazy("What do you do now?"),
        widget=forms.RadioSelect,
        choices=[(one.value, words) for one, words in WORK_STATUS.items()],
    )

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area_code"].choices = [("", _("Choose the place")), *area_choices(language)]  # type: ignore[attr-defined]
        self.fields["education"].choices = [  # type: ignore[attr-defined]
            ("", _("I would rather not say")),
            (NO_SCHOOL, _("None yet")),
            *education_choices(language),
        ]

    def profile_parts(self) -> dict[str, Any]:
        """The parts of a profile that were said."""
        said = self.cleaned_data["education"]
        level = 0 if said == NO_SCHOOL else education_isced(said)
        return {
            "area_code": self.cleaned_data["area_code"],
            "education_level": level,
            "work_status": WorkStatus(self.cleaned_data["work_status"]),
        }


class WorkForm(OpenpesForm):
    """Up to three kinds of work in own words; each becomes a group that the person chose.

    `held`: words -> code of what was chosen before. `filled_in`: words in the boxes that we wrote, not the person.
    """

    work1 = SearchThenChooseField(
        label=gettext_lazy("What work do you want most?"),
        help_text=gettext_lazy("In your own words, in any language: cook, office work, repair motorbikes."),
    )
    work2 = SearchThenChooseField(label=gettext_lazy("And what else?"), required=False)
    work3 = SearchThenChooseField(label=gettext_lazy("And a third?"), required=False)

    def __init__(
        self,
        *args: Any,
        language: str,
        held: Mapping[str, str] | None = None,
        filled_in: Iterable[str] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.language, self.held, self.filled_in = language, dict(held or {}), frozenset(filled_in)
        for name in ("work1", "work2", "work3"):
            self.fields[name].set_propose(self.proposals)  # type: ignore[attr-defined]

    def proposals(self, text: str) -> list[Proposal]:
        """Kinds of work for some words; one chosen before, or named exactly so, always among them."""
        found = [
            Proposal(one.isco, one.title, exact=one.confidence == "high") for one in titles.propose(text, self.language)
        ]
        known = self.held.get(text) or _code_named(text, self.language)
        if known and known not in {one.code for one in found}:
            found.insert(0, Proposal(known, occupation_name(known, self.language)))
        return found

    def wanted(self) -> tuple[Wanted, ...]:
        """What was chosen, the most wanted first, each kind once."""
        found: dict[str, Wanted] = {}
        for name in ("work1", "work2", "work3"):
            chosen: Chosen | None = self.cleaned_data.get(name)
            if chosen is not None and chosen.code:
                words = "" if chosen.text in self.filled_in else chosen.text
                found.setdefault(chosen.code, Wanted(chosen.code, words))
        return tuple(found.values())[:MOST_WANTED]


def _code_named(text: str, language: str) -> str:
    """The unit group whose everyday name a text is, or nothing."""
    return next((code for code in unit_codes() if occupation_name(code, language) == text), "")


class SkillsForm(OpenpesForm):
    """Skills of the work wanted, to be ticked; licences it may need; how long the person has done it."""

    mark_optional = False

    skills = forms.MultipleChoiceField(
        label=gettext_lazy("What can you do?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "Tick all that you can do, wherever you learned it: at home, at school, helping others."
        ),
    )
    licences = forms.MultipleChoiceField(
        label=gettext_lazy("Do you have one of these papers?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Tick nothing if you are not sure: then no job is left out."),
    )
    experience = forms.ChoiceField(
        label=gettext_lazy("How long have you done work like this?"),
        required=False,
        choices=[("", gettext_lazy("I would rather not say")), *EXPERIENCE],
        help_text=gettext_lazy("Work in the family and unpaid work count too."),
    )

    def __init__(
        self,
        *args: Any,
        iscos: Iterable[str],
        language: str,
        has: Iterable[str] = (),
        has_licences: Iterable[str] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        codes = tuple(iscos)
        seen: set[str] = set()
        groups: list[tuple[str, list[tuple[str, str]]]] = []
        for isco in codes:
            fresh = [skill.skill_id for skill in skills_of_work(isco) if skill.skill_id not in seen]
            seen.update(fresh)
            if fresh:
                groups.append((occupation_name(isco, language), [(one, skill_label(one, language)) for one in fresh]))
        others = [one for one in has if one not in seen]
        if others:
            groups.append((_("What you told us before"), [(one, skill_label(one, language)) for one in others]))
        if groups:
            self.fields["skills"].choices = groups  # type: ignore[attr-defined]
        else:
            del self.fields["skills"]
        papers = dict.fromkeys(
            [*(link.licence.id for isco in codes for link in licences_of(isco)), *has_licences, *ASKED_OF_ALL]
        )
        self.fields["licences"].choices = [  # type: ignore[attr-defined]
            *((one, licence_label(one, language)) for one in papers),
            (NO_PAPER, _("None of these, and no other licence")),
        ]

    def profile_parts(self) -> dict[str, Any]:
        """The parts of a profile that were said. Only who says "none" has none; a list left empty stays "not known"."""
        said = self.cleaned_data
        papers = tuple(one for one in said["licences"] if one != NO_PAPER)
        return {
            "skill_ids": tuple(said.get("skills", ())),
            "licence_ids": papers if said["licences"] else None,
            "experience_months": int(said["experience"]) if said.get("experience") else None,
        }


class WishesForm(OpenpesForm):
    """How far, when, and for what pay. `held` is the mask of times that is stored now."""

    mark_optional = False

    max_km = forms.ChoiceField(
        label=gettext_lazy("How far can you go to work?"), required=False, choices=HOW_FAR, widget=forms.RadioSelect
    )
    times = forms.MultipleChoiceField(
        label=gettext_lazy("When can you work?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[(code, words) for code, (words, _slots) in TIMES.items()],
        help_text=gettext_lazy("Tick all that suit you. If any time is fine, tick nothing."),
    )

    field_order = ["max_km", "times", "pay"]

    def __init__(self, *args: Any, held: int = ANY_SHIFT, km: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.held = held
        self.fields["pay"] = MoneyField(
            label=_("What do you need to earn at least?"),
            currency=currency(),
            periods=PERIODS,
            required=False,
            help_text=_(
                "You need not say. Only you and your office see it. Jobs that pay a little less are still shown."
            ),
            error_messages={"bad_period": _("Choose if the amount is for an hour, a day, a week or a month.")},
        )
        self.order_fields(self.field_order)
        if km is not None and str(km) not in dict(HOW_FAR):
            self.fields["max_km"].choices = [(str(km), _("Up to %(km)s km") % {"km": km}), *HOW_FAR]  # type: ignore[attr-defined]
        if not is_whole(held):
            self.initial["times"] = [AS_AGREED]
            self.fields["times"].choices = [  # type: ignore[attr-defined]
                (AS_AGREED, _("The times that I agreed with my office")),
                *self.fields["times"].choices,  # type: ignore[attr-defined]
            ]

    def profile_parts(self) -> dict[str, Any]:
        """The parts of a profile that were said."""
        said = self.cleaned_data
        ticked = said["times"]
        mask = mask_of([slot for code in ticked if code in TIMES for slot in TIMES[code][1]])
        if AS_AGREED in ticked:
            mask |= self.held
        pay = said["pay"]
        return {
            "max_km": int(said["max_km"]) if said["max_km"] else None,
            "shifts": mask if ticked else ANY_SHIFT,
            "min_pay_amount": pay.amount if pay else None,
            "min_pay_currency": pay.currency if pay else "",
            "min_pay_period": pay.period if pay else PayPeriod.MONTH,
        }


def ticked_of(mask: int) -> list[str]:
    """The groups of times that a mask holds whole; none when any time is fine."""
    if mask == ANY_SHIFT:
        return []
    return [code for code, (_words, slots) in TIMES.items() if mask_of(slots) & mask == mask_of(slots)]


def is_whole(mask: int) -> bool:
    """Do the groups of times say a mask exactly? Else only the office can have set it."""
    return mask == ANY_SHIFT or mask_of([slot for code in ticked_of(mask) for slot in TIMES[code][1]]) == mask


def times_words(mask: int) -> str:
    """A mask of times in words."""
    if mask == ANY_SHIFT:
        return _("any time")
    if not is_whole(mask) or not mask:
        return _("The times that I agreed with my office")
    return "; ".join(str(TIMES[code][0]) for code in ticked_of(mask))


class LanguagesForm(OpenpesForm):
    """The languages somebody speaks at work."""

    mark_optional = False

    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Which languages do you speak?"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, language: str, has: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tags = list(dict.fromkeys([*(one.tag for one in country().languages), "en", *has]))
        self.fields["languages"].choices = [(tag, language_name(tag, language)) for tag in tags]  # type: ignore[attr-defined]

    def profile_parts(self) -> dict[str, Any]:
        """The parts of a profile that were said."""
        return {"language_codes": tuple(self.cleaned_data["languages"])}


class ConsentForm(OpenpesForm):
    """Two sentences, and one more for the phone number."""

    agree = forms.BooleanField(label=gettext_lazy("I agree. You may keep this and look for work for me."))
    share_contact = forms.BooleanField(
        label=gettext_lazy("Employers to whom I am introduced may see my phone number."),
        required=False,
        help_text=gettext_lazy("Without this they reach you through your office. You can change it at any time."),
    )


class PinForm(NewPinForm):
    """The PIN that a person chooses at registration, twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pin"].label = _("Choose a PIN of 6 digits")
        self.fields["pin"].help_text = _("You need it each time you sign in. Tell it to nobody, not even to us.")
