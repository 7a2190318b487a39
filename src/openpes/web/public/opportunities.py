"""One door for jobs, apprenticeships, internships and programmes: the kinds, their words, and the programmes.

Programmes are not adverts: they come from the law of the country, with who may enter in words of the pack.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import get_language, gettext_lazy

from openpes.reference.country import country
from openpes.vacancies.models import Vacancy
from openpes.vacancies.states import ContractType
from openpes.vacancies.words import CONTRACT_TYPE

PROGRAMME = "programme"
KINDS = {
    "job": gettext_lazy("Jobs"),
    "apprenticeship": gettext_lazy("Apprenticeships"),
    "internship": gettext_lazy("Internships"),
    PROGRAMME: gettext_lazy("Programmes and training"),
}
# A job is a job without saying so; these say what they are.
LABELLED = (ContractType.APPRENTICESHIP, ContractType.INTERNSHIP)


def kind_label(vacancy: Vacancy) -> str:
    """What kind of opportunity an advert is, where it is not a job."""
    return str(CONTRACT_TYPE[ContractType(vacancy.contract_type)]) if vacancy.contract_type in LABELLED else ""


def programme_rows(on: date) -> list[dict[str, Any]]:
    """The programmes of the country on a day, as lines to read."""
    language = get_language() or "en"
    return [
        {"name": one.name_in(language), "law": one.law, "benefit": one.benefit} for one in country().programmes_on(on)
    ]
