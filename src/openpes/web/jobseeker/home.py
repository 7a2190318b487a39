"""A person's own first page: what to do next in one sentence, then what is under way."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from openpes.core.decisions import Refused
from openpes.jobseekers.models import Jobseeker
from openpes.jobseekers.operations import confirm_looking
from openpes.jobseekers.states import JobseekerState
from openpes.jobseekers.words import STATE
from openpes.placements.check_queries import own_checks
from openpes.placements.models import Outcome
from openpes.reference.country import today
from openpes.referrals.meeting_queries import interviews_ahead
from openpes.referrals.models import Referral
from openpes.referrals.queries import own_referrals
from openpes.referrals.states import ReferralState
from openpes.web.audience import Door, audience
from openpes.web.jobseeker.draft import KeptForms
from openpes.web.jobseeker.outcomes import to_confirm
from openpes.web.jobseeker.own_pages import JobForMe, clock_words, jobs_for, own, refusal_words
from openpes.web.jobseeker.profile import TITLES
from openpes.web.jobseeker.referrals import own_state
from openpes.web.requests import OpenpesRequest

TOP, OPEN_SHOWN = 3, 5
# Forms that may be gone on with, by the name under which they are kept: what they are, and where.
KEPT = {
    "cv": (gettext_lazy("My CV"), "jobseeker:cv_change"),
    "wrong": (gettext_lazy("Tell us what went wrong"), "jobseeker:complaints"),
    **{part: (title, f"jobseeker:profile_{part}") for part, title in TITLES.items() if part != "phone"},
}


@dataclass(frozen=True)
class Next:
    """The one thing to do now. `posts`: the button asks for a change and is a form."""

    words: str
    url: str
    label: str
    posts: bool = False


def next_step(jobseeker: Jobseeker, waiting: list[Referral], jobs: list[JobForMe], doubtful: list[Outcome]) -> Next:
    """The most helpful thing to do next, of all that could be done."""
    return _next_in_this_state(jobseeker, doubtful) or _next_while_looking(jobseeker, waiting, jobs)


def _next_in_this_state(jobseeker: Jobseeker, doubtful: list[Outcome]) -> Next | None:
    """What the state of the registration asks for before anything else; None for somebody who looks for work."""
    looking = reverse("jobseeker:still_looking")
    if jobseeker.state == JobseekerState.WAITING_FOR_GUARDIAN:
        return Next(
            _(
                "Go to your office together with a parent or guardian. As soon as they agree, we can introduce "
                "you to employers."
            ),
            reverse("web:jobs"),
            _("Look at jobs until then"),
        )
    if jobseeker.state == JobseekerState.SLEEPING:
        return Next(
            _("Your registration rests because we had not heard from you. Do you still look for work?"),
            looking,
            _("Yes, I still look"),
            posts=True,
        )
    if doubtful:
        return Next(
            _("An employer says that you work there. Tell us if that is right."), "#confirm", _("See what they say")
        )
    if jobseeker.state == JobseekerState.IN_WORK:
        return Next(
            _("You are in work. If it ends or you want something else, tell us."),
            looking,
            _("I look for work again"),
            posts=True,
        )
    return None


def _next_while_looking(jobseeker: Jobseeker, waiting: list[Referral], jobs: list[JobForMe]) -> Next:
    """The next step of somebody who looks for work."""
    meeting = next((one for one in waiting if one.state == ReferralState.INTERVIEW), None)
    if meeting is not None:
        return Next(
            _("An employer wants to meet you about “%(title)s”. Get in touch today.")
            % {"title": meeting.vacancy.title},
            reverse("jobseeker:referral", args=[meeting.ref]),
            _("See how"),
        )
    if jobseeker.skills_confirmed_at is None:
        return Next(
            _("Tell us what you can do: then we can find better jobs for you."),
            reverse("jobseeker:profile_skills"),
            _("Tell my skills"),
        )
    if jobs:
        best = jobs[0].row["vacancy"]
        return Next(
            ngettext(
                "We have %(number)s job that fits you. Look at it and apply.",
                "We have %(number)s jobs that fit you. Look at the first one and apply.",
                len(jobs),
            )
            % {"number": len(jobs)},
            reverse("jobseeker:suggestion", args=[best.ref]),
            _("See the job “%(title)s”") % {"title": best.title},
        )
    if waiting:
        return Next(
            _("You have applied. Now the employers must answer; we keep asking them for you."),
            reverse("jobseeker:referrals"),
            _("See my applications"),
        )
    return Next(
        _("No job fits you just now. A wider distance or one more kind of work can change that."),
        reverse("jobseeker:profile"),
        _("Change my details"),
    )


@audience(Door.ROLES, "jobseeker")
def home(request: OpenpesRequest) -> HttpResponse:
    """What to do next, applications with their clock, the best jobs, the office."""
    actor, at, language = request.actor, request.at, request.LANGUAGE_CODE
    jobseeker = own(request)
    waiting = list(own_referrals(actor).exclude(state=ReferralState.ENDED)[:OPEN_SHOWN])
    looking = jobseeker.state in {JobseekerState.ACTIVE, JobseekerState.WAITING_FOR_GUARDIAN}
    found = jobs_for(actor, jobseeker, language, at=at, limit=TOP + len(waiting)) if looking else []
    jobs = [one for one in found if not one.applied][:TOP]
    doubtful = to_confirm(actor, jobseeker)
    meetings = interviews_ahead([one.pk for one in waiting])
    return render(
        request,
        "openpes/jobseeker/home.html",
        {
            "jobseeker": jobseeker,
            "state": STATE[JobseekerState(jobseeker.state)],
            "jobs": jobs,
            "next": next_step(jobseeker, waiting, jobs, doubtful),
            "outcomes": doubtful,
            "looking": looking,
            "kept": [
                {"title": KEPT[name][0], "url": reverse(KEPT[name][1])}
                for name in KeptForms(request.session).names
                if name in KEPT
            ],
            "checks": own_checks(actor, on=today(at)),
            "waiting": [
                {
                    "referral": one,
                    "state": own_state(one),
                    "clock": clock_words(one, at),
                    "meeting": meetings.get(one.pk),
                }
                for one in waiting
            ],
        },
    )


@audience(Door.ROLES, "jobseeker")
@require_POST
def still_looking(request: OpenpesRequest) -> HttpResponse:
    """The person looks for work, still or again."""
    try:
        confirm_looking(jobseeker=own(request), by=request.actor, at=request.at)
    except Refused as refused:
        for reason in refused.decision.reasons:
            messages.error(request, refusal_words(reason.code, reason.facts, reason.text))
    else:
        messages.success(request, _("Thank you. We look for work for you."))
    return HttpResponseRedirect(reverse("jobseeker:home"))
