"""What fits me? Questions on what somebody likes, cards on what matters, and kinds of work that go with the answers.

Open to everybody. Nothing is stored but in the visit, until somebody who is registered says "keep it".
"""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from openpes.core.decisions import NotFound, NotPermitted
from openpes.interests.items import items_of, sides_of
from openpes.interests.models import InterestAnswers, ValueSort
from openpes.interests.queries import letters_by_isco, own_answers, own_values, profile_in
from openpes.interests.rules import FLAT_BELOW, Profile, most_alike, profile_of
from openpes.interests.states import Length
from openpes.interests.words import AGREEMENT, CARD, FLAT, LIKES, NOT_NORMED, SIDE
from openpes.jobseekers.models import Jobseeker
from openpes.jobseekers.queries import count_seekers_by_area
from openpes.journeys.expectations import band_words
from openpes.reference.country import currency
from openpes.reference.labels import occupation_name
from openpes.vacancies.queries import count_live_of, usual_pay
from openpes.web.audience import Door, audience
from openpes.web.jobseeker.own_pages import own
from openpes.web.public.interests_draft import InterestsDraft
from openpes.web.public.interests_forms import CardsForm, QuestionsForm, TopForm
from openpes.web.public.interests_paper import FILES, paper_of
from openpes.web.public.interests_picture import hexagon, strongest
from openpes.web.requests import OpenpesRequest

A_PAGE = 6
MOST_ALIKE, MOST_WORK = 24, 8


def own_or_none(request: OpenpesRequest) -> Jobseeker | None:
    """The registration of the reader, where they have one."""
    try:
        return own(request)
    except (NotFound, NotPermitted):
        return None


def _pages(length: Length) -> int:
    return len(items_of(length)) // A_PAGE


@audience(Door.PUBLIC)
def start(request: OpenpesRequest) -> HttpResponse:
    """What this is; the short form, the long one, the cards."""
    draft = InterestsDraft(request.session)
    if request.method == "POST":
        if request.POST.get("act") == "forget":
            draft.forget()
            return HttpResponseRedirect(reverse("web:fits_me"))
        draft.begin(Length.LONG if request.POST.get("length") == Length.LONG else Length.SHORT)
        return HttpResponseRedirect(reverse("web:fits_me_questions", args=[_first_open(draft)]))
    context = {"draft": draft, "not_normed": NOT_NORMED, "jobseeker": own_or_none(request), "open": _first_open(draft)}
    return render(request, "openpes/public/fits_me.html", context)


def _first_open(draft: InterestsDraft) -> int:
    """The first page with a question that is not answered."""
    answered = draft.answers
    codes = [one.code for one in items_of(draft.length)]
    return next((place // A_PAGE + 1 for place, code in enumerate(codes) if code not in answered), 1)


@audience(Door.PUBLIC)
def questions(request: OpenpesRequest, page: int) -> HttpResponse:
    """Six questions; what is answered is kept in the visit, also when one is forgotten."""
    draft = InterestsDraft(request.session)
    last = _pages(draft.length)
    if not 1 <= page <= last:
        raise NotFound("page of questions")
    items = items_of(draft.length)[(page - 1) * A_PAGE : page * A_PAGE]
    held = draft.answers
    initial = {one.code: str(held[one.code]) for one in items if one.code in held}
    form = QuestionsForm(request.POST if request.method == "POST" else None, items=items, initial=initial)
    if request.method == "POST":
        draft.answer({one.code: request.POST.get(one.code, "") for one in items})
        if form.is_valid():
            if draft.finished_length is not None and page == last:
                return HttpResponseRedirect(reverse("web:fits_me_result"))
            follows = page + 1 if page < last else _first_open(draft)
            return HttpResponseRedirect(reverse("web:fits_me_questions", args=[follows]))
    context = {"form": form, "page": page, "last": last, "percent": (page - 1) * 100 // last}
    return render(request, "openpes/public/fits_me_questions.html", context, status=422 if form.errors else 200)


def _held(
    request: OpenpesRequest, draft: InterestsDraft, jobseeker: Jobseeker | None
) -> tuple[Profile | None, InterestAnswers | None, ValueSort | None]:
    """(profile, the kept questionnaire, the kept cards): the visit's own answers come before what was kept."""
    kept = own_answers(request.actor, jobseeker.person_id) if jobseeker else None
    values = own_values(request.actor, jobseeker.person_id) if jobseeker else None
    length = draft.finished_length
    if length is not None:
        return profile_of(draft.answers, sides_of(length)), kept, values
    return profile_in(kept) if kept is not None else None, kept, values


def work_lines(profile: Profile, language: str) -> list[dict[str, Any]]:
    """Of the kinds of work most like a profile some, those with free places first: places, people (a band), pay."""
    alike = [isco for isco, _value in most_alike(profile.points, letters_by_isco(), MOST_ALIKE)]
    live, code = count_live_of(alike), currency()
    found = sorted(alike, key=lambda isco: isco not in live)[:MOST_WORK]
    return [
        {
            "isco": isco,
            "name": occupation_name(isco, language),
            "places": live.get(isco, (0, 0))[1],
            "people": band_words(sum(count_seekers_by_area(isco).values())),
            "pay": usual_pay(isco, code, "month") if isco in live else None,
            "currency": code,
        }
        for isco in found
    ]


@audience(Door.PUBLIC)
@require_safe
def result(request: OpenpesRequest) -> HttpResponse:
    """The picture, the words, the work; and for who is registered the way to keep and to show it."""
    draft, jobseeker = InterestsDraft(request.session), own_or_none(request)
    profile, kept, values = _held(request, draft, jobseeker)
    top = draft.top or (tuple(values.top) if values else ())
    if profile is None and not top:
        return HttpResponseRedirect(reverse("web:fits_me"))
    context: dict[str, Any] = {
        "jobseeker": jobseeker,
        "profile": profile,
        "top": [CARD[card] for card in top if card in CARD],
        "not_normed": NOT_NORMED,
        "unsaved": draft.finished or bool(draft.top),
        "kept": kept,
        "values": values,
        "shown": any(one is not None and one.shown_at is not None for one in (kept, values)),
    }
    if profile is not None:
        context |= {
            "picture": hexagon(profile),
            "strongest": strongest(profile),
            "agreement": FLAT if profile.flat else AGREEMENT[profile.agreement],
            "work": [] if profile.flat else work_lines(profile, request.LANGUAGE_CODE),
        }
    return render(request, "openpes/public/fits_me_result.html", context)


@audience(Door.PUBLIC)
@require_safe
def picture(request: OpenpesRequest) -> HttpResponse:
    """The hexagon alone, as a picture to keep and to show."""
    profile, _kept, _values = _held(request, InterestsDraft(request.session), own_or_none(request))
    if profile is None:
        raise NotFound("profile")
    answer = render(
        request,
        "openpes/public/fits_me_picture.html",
        {"picture": hexagon(profile), "alone": True},
        content_type="image/svg+xml",
    )
    answer["Content-Disposition"] = 'attachment; filename="what-i-like.svg"'
    return answer


@audience(Door.PUBLIC)
@require_safe
def result_file(request: OpenpesRequest, form: str) -> HttpResponse:
    """The whole result to show: a picture for the phone, or a page to print. No name stands on it."""
    draft = InterestsDraft(request.session)
    profile, _kept, values = _held(request, draft, own_or_none(request))
    top = draft.top or (tuple(values.top) if values else ())
    if form not in FILES or (profile is None and not top):
        raise NotFound("profile")
    cards = [str(CARD[card]) for card in top if card in CARD]
    paper = paper_of(profile, cards, language=request.LANGUAGE_CODE)
    content_type, press = FILES[form]
    answer = HttpResponse(press(paper), content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="what-i-like.{form}"'
    return answer


@audience(Door.PUBLIC)
def matters(request: OpenpesRequest) -> HttpResponse:
    """Lay twenty cards on three heaps."""
    draft = InterestsDraft(request.session)
    form = CardsForm(request.POST if request.method == "POST" else None, initial=draft.sorting)
    if request.method == "POST" and form.is_valid():
        draft.sort(form.cleaned_data)
        return HttpResponseRedirect(reverse("web:fits_me_top"))
    return render(request, "openpes/public/fits_me_cards.html", {"form": form}, status=422 if form.errors else 200)


@audience(Door.PUBLIC)
def top_cards(request: OpenpesRequest) -> HttpResponse:
    """Which of them matter most."""
    draft = InterestsDraft(request.session)
    if not draft.sorting:
        return HttpResponseRedirect(reverse("web:fits_me_matters"))
    initial = {f"top{place}": card for place, card in enumerate(draft.top, start=1)}
    form = TopForm(request.POST if request.method == "POST" else None, sorting=draft.sorting, initial=initial)
    if request.method == "POST" and form.is_valid():
        draft.rank(form.chosen())
        return HttpResponseRedirect(reverse("web:fits_me_result" if draft.top or draft.finished else "web:fits_me"))
    return render(request, "openpes/public/fits_me_top.html", {"form": form}, status=422 if form.errors else 200)


@audience(Door.PUBLIC)
@require_safe
def how(request: OpenpesRequest) -> HttpResponse:
    """The whole arithmetic."""
    sides = [(side.value, SIDE[side], LIKES[side]) for side in SIDE]
    context = {"sides": sides, "not_normed": NOT_NORMED, "flat": FLAT_BELOW, "alike": MOST_ALIKE, "shown": MOST_WORK}
    return render(request, "openpes/public/fits_me_how.html", context)
