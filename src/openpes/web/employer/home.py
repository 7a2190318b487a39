"""The first page of an employer, and the firm's own details."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from openpes.organisations.models import Employer
from openpes.organisations.states import EmployerState
from openpes.organisations.words import EMPLOYER_STATE, SECTOR, SIZE_BAND
from openpes.people.phones import as_dialled
from openpes.people.roles import EMPLOYER_ROLES
from openpes.reference.country import area_name, country, today
from openpes.referrals.models import Referral
from openpes.referrals.queries import count_open_introductions, introductions
from openpes.vacancies.feed_operations import list_is_paused
from openpes.vacancies.models import Vacancy
from openpes.vacancies.queries import vacancies_of_employer
from openpes.vacancies.states import VacancyState
from openpes.vacancies.words import LIST_PAUSED, STATE
from openpes.web.audience import Door, audience
from openpes.web.employer.posting import own_employer
from openpes.web.requests import OpenpesRequest

ON_HOME, A_PAGE = 5, 20
APPEALABLE = frozenset({EmployerState.REFUSED, EmployerState.SUSPENDED, EmployerState.PAUSED})


@dataclass(frozen=True)
class Row:
    """One vacancy of the list; `waiting` people wait for an answer, `stale` when nobody has confirmed it for long."""

    vacancy: Vacancy
    state: str
    area: str
    waiting: int
    stale: bool


@dataclass(frozen=True)
class Next:
    """The one thing to do next, in a sentence, and where."""

    words: str
    url: str = ""
    label: str = ""


def days_left(due_at: datetime, at: datetime) -> int:
    """Whole calendar days to a due day; 0 today, negative when it has passed."""
    return (today(due_at) - today(at)).days


def left_in_words(days: int) -> str:
    """How long there is for an answer."""
    if days < 0:
        return _("The answer is late. The person still waits.")
    if days == 0:
        return _("Answer today")
    return ngettext("%(days)s day left to answer", "%(days)s days left to answer", days) % {"days": days}


def confirm_days(at: datetime) -> int:
    """After how many days the country's policy asks whether a job is still open."""
    return int(country().value("clocks.vacancy_confirm_days", on=today(at)).value)


def is_stale(vacancy: Vacancy, at: datetime) -> bool:
    """A public vacancy that nobody has confirmed for the policy's days."""
    return (
        vacancy.state == VacancyState.LIVE
        and vacancy.last_confirmed_at is not None
        and at - vacancy.last_confirmed_at > timedelta(days=confirm_days(at))
    )


def what_next(employer: Employer, waiting: int, rows: list[Row], *, is_list_paused: bool = False) -> Next:
    """The most pressing thing of all that an employer could do."""
    post = reverse("employer:post")
    if employer.state in {EmployerState.REFUSED, EmployerState.SUSPENDED}:
        return Next(
            _("Your vacancies are not public now. Read the office's note below and call the office."),
            reverse("employer:firm"),
            _("See my firm's details"),
        )
    if employer.state == EmployerState.PAUSED and not waiting:
        return Next(
            _("Your vacancies are not public now: you did not answer about the people we sent. Call the office."),
            reverse("employer:firm"),
            _("See my firm's details"),
        )
    if waiting:
        words = ngettext(
            "%(number)s person waits for your answer.", "%(number)s people wait for your answer.", waiting
        ) % {"number": waiting}
        return Next(words, reverse("employer:introductions"), _("Answer now"))
    if is_list_paused:
        return Next(str(LIST_PAUSED), reverse("employer:bulk"), _("Many vacancies from a file"))
    back = next((row.vacancy for row in rows if row.vacancy.state == VacancyState.REFUSED), None)
    if back is not None:
        return Next(
            _("The office sent “%(title)s” back with a note. Read it and change the advert.") % {"title": back.title},
            reverse("employer:vacancy", args=[back.ref]),
            _("Read the note"),
        )
    stale = next((row.vacancy for row in rows if row.stale), None)
    if stale is not None:
        return Next(
            _("Is “%(title)s” still open? Tell us how many places are left.") % {"title": stale.title},
            reverse("employer:vacancy", args=[stale.ref]),
            _("Tell how many are left"),
        )
    if not rows:
        return Next(_("Write your first vacancy: it takes about three minutes."), post, _("Post a vacancy"))
    if employer.state == EmployerState.SUBMITTED:
        return Next(
            _("An officer checks your firm. There is nothing to do until then; you can write more vacancies."),
            post,
            _("Post a vacancy"),
        )
    return Next(_("Nothing waits for you. Do you need more people?"), post, _("Post a vacancy"))


@audience(Door.ROLES, *EMPLOYER_ROLES)
def home(request: OpenpesRequest) -> HttpResponse:
    """What to do next, who waits for an answer, and the own vacancies."""
    actor, at, language = request.actor, request.at, request.LANGUAGE_CODE
    employer = own_employer(request)
    waiting = introductions(actor, open_only=True)
    number = waiting.count()
    page = Paginator(vacancies_of_employer(actor, employer.pk), A_PAGE).get_page(request.GET.get("page"))
    open_ones = count_open_introductions(actor, [one.pk for one in page])
    rows = [
        Row(
            one,
            str(STATE[VacancyState(one.state)]),
            area_name(one.area_code, language),
            open_ones.get(one.pk, 0),
            is_stale(one, at),
        )
        for one in page
    ]
    return render(
        request,
        "openpes/employer/home.html",
        {
            "employer": employer,
            "employer_state": EMPLOYER_STATE[EmployerState(employer.state)],
            "page": page,
            "rows": rows,
            "waiting": [waiting_card(one, at) for one in waiting[:ON_HOME]],
            "waiting_number": number,
            "next": what_next(employer, number, rows, is_list_paused=list_is_paused(actor, employer)),
            "has_more_firms": len(actor.scope_ids("employer.view", "employer")) > 1,
        },
    )


def waiting_card(referral: Referral, at: datetime) -> dict[str, object]:
    """One introduction that waits for an answer."""
    days = days_left(referral.answer_due_at, at)
    return {"referral": referral, "left": left_in_words(days), "late": days < 0}


@audience(Door.ROLES, *EMPLOYER_ROLES)
def firm(request: OpenpesRequest) -> HttpResponse:
    """The firm's own details, as the office has them."""
    employer = own_employer(request)
    ended = employer.introductions
    return render(
        request,
        "openpes/employer/firm.html",
        {
            "employer": employer,
            "employer_state": EMPLOYER_STATE[EmployerState(employer.state)],
            "sector": SECTOR.get(employer.sector, ""),
            "size": dict(SIZE_BAND)[employer.size_band],  # type: ignore[index]
            "area": area_name(employer.area_code, request.LANGUAGE_CODE),
            "phone": as_dialled(employer.contact_phone, country().code) if employer.contact_phone else "",
            "may_appeal": employer.state in APPEALABLE
            and request.actor.may("employer.appeal", employer_id=employer.pk),
            "may_edit": request.actor.may("employer.edit", employer_id=employer.pk),
            "may_papers": request.actor.may("employer.papers", employer_id=employer.pk),
            "answer_share": employer.answers / ended if ended else None,
        },
    )
