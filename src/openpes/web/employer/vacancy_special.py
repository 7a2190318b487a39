"""The parts of a vacancy that few need: work abroad, the wage region, and a lawful exception that is claimed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openpes.circumstances.states import Accommodation
from openpes.circumstances.words import NEED
from openpes.reference.country import country
from openpes.vacancies.operations import Offered
from openpes.vacancies.states import ACCOMMODATIONS
from openpes.vacancies.words import GROUND, OFFER
from openpes.web.forms import OpenpesForm, with_look
from openpes_countries import GROUNDS, advert_exceptions

SPECIAL = ("abroad_in", "abroad_contract", "abroad_costs", "wage_region", "exception", "exception_reason")


class SpecialFields(OpenpesForm):
    """Fields that lie folded away on the page of a vacancy, and are asked of nobody who does not open them."""

    abroad_in = with_look(
        forms.CharField(
            label=gettext_lazy("If the work is in another country: which?"),
            required=False,
            max_length=60,
            help_text=gettext_lazy("Leave it empty for work here. Work abroad needs a licence."),
        ),
        width=20,
    )
    abroad_contract = with_look(
        forms.CharField(
            label=gettext_lazy("Work abroad: which contract?"),
            required=False,
            max_length=300,
            help_text=gettext_lazy("How long it runs, in which language, and who has checked it."),
        )
    )
    abroad_costs = with_look(
        forms.CharField(
            label=gettext_lazy("Work abroad: who pays what?"),
            required=False,
            max_length=300,
            help_text=gettext_lazy("Journey there and back, visa, papers, bed and meals."),
        )
    )
    wage_region = forms.ChoiceField(
        label=gettext_lazy("Wage region of the workplace, if you know it"), required=False, choices=()
    )
    exception = forms.ChoiceField(
        label=gettext_lazy("Exception of the law that you claim"),
        required=False,
        choices=(),
        help_text=gettext_lazy("Only when the work cannot be done otherwise. Two officers decide before it is public."),
    )
    exception_reason = forms.CharField(
        label=gettext_lazy("Why this job needs the exception"),
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    facts = forms.MultipleChoiceField(
        label=gettext_lazy("What else does the job offer?"),
        required=False,
        choices=(),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("People read this on the advert and can search for it."),
    )

    def offer_special(self, today: date) -> None:
        """Fill the choices from the law of the day; what the country does not have is not asked."""
        self.fields["facts"].choices = fact_choices()  # type: ignore[attr-defined]
        regions = sorted({wage.region for wage in country().minimum_wages_on(today) if wage.region})
        claims = exceptions_to_claim(today)
        if regions:
            self.fields["wage_region"].choices = [("", _("I do not know")), *((one, one) for one in regions)]  # type: ignore[attr-defined]
        else:
            del self.fields["wage_region"]
        if claims:
            self.fields["exception"].choices = [  # type: ignore[attr-defined]
                ("", _("None")),
                *(
                    (code, _("%(ground)s: %(exception)s") % {"ground": str(GROUND[ground]), "exception": basis})
                    for code, (ground, basis) in claims.items()
                ),
            ]
        else:
            del self.fields["exception"], self.fields["exception_reason"]

    def special(self, today: date) -> dict[str, Any]:
        """The columns of an advert that were said here."""
        said = getattr(self, "cleaned_data", {})
        ground, basis = exceptions_to_claim(today).get(said.get("exception", ""), ("", ""))
        facts = said.get("facts", ())
        return {
            "offers": tuple(one for one in facts if one not in ACCOMMODATIONS),
            "accommodations": tuple(one for one in facts if one in ACCOMMODATIONS),
            "abroad_in": said.get("abroad_in", "").strip(),
            "abroad_contract": said.get("abroad_contract", "").strip(),
            "abroad_costs": said.get("abroad_costs", "").strip(),
            "wage_region": said.get("wage_region", ""),
            "exception_ground": ground,
            "exception_basis": basis,
            "exception_reason": said.get("exception_reason", "").strip() if ground else "",
        }

    @property
    def special_is_open(self) -> bool:
        """Something is written here, or wrong."""
        names = [name for name in SPECIAL if name in self.fields]
        return any(self[name].value() or self.has_error(name) for name in names)


def fact_choices() -> list[tuple[str, Any]]:
    """What a job can offer beside pay, and to whoever needs it: code and words."""
    return [*OFFER.items(), *((one, NEED[Accommodation(one)]) for one in ACCOMMODATIONS)]


def facts_in_words(codes: Iterable[str]) -> list[str]:
    """What an advert offers, in words, in the order of the list."""
    held = set(codes)
    return [str(words) for code, words in fact_choices() if code in held]


def exceptions_to_claim(today: date) -> dict[str, tuple[str, str]]:
    """Code of a choice -> (ground, exception in the law's words), of the law in force on a day."""
    return {
        f"{ground}-{number}": (ground, basis)
        for ground in GROUNDS
        for number, basis in enumerate(advert_exceptions(country(), ground, on=today), 1)
    }


def special_initial(held: Offered, today: date) -> dict[str, Any]:
    """An advert's special parts as the form shows them."""
    claim = (held.exception_ground, held.exception_basis)
    return {
        "facts": [*held.offers, *held.accommodations],
        "abroad_in": held.abroad_in,
        "abroad_contract": held.abroad_contract,
        "abroad_costs": held.abroad_costs,
        "wage_region": held.wage_region,
        "exception": next((code for code, one in exceptions_to_claim(today).items() if one == claim), ""),
        "exception_reason": held.exception_reason,
    }
