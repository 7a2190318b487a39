"""What was begun by text goes on here: the same conversation, as a page."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from openpes.dialogues.operations import address_of, hear, open_since, question_of
from openpes.dialogues.queries import open_of_person
from openpes.web.audience import Door, audience
from openpes.web.jobseeker.own_pages import own
from openpes.web.requests import OpenpesRequest

LONGEST = 400


@audience(Door.ROLES, "jobseeker")
@never_cache
def talk(request: OpenpesRequest) -> HttpResponse:
    """Everything that waits for an answer, and one box to answer in; a word such as HELP works here, too."""
    jobseeker, said, replies = own(request), "", []
    if request.method == "POST":
        said = request.POST.get("text", "").strip()[:LONGEST]
        ref = request.POST.get("ref", "").strip()[:2]
        if said:
            address, text = address_of(jobseeker.person.ref), f"{ref} {said}".strip()
            replies = hear(channel="web", address=address, text=text, at=request.at)
    waiting = open_of_person(jobseeker.person_id, since=open_since(request.at))
    return render(
        request,
        "openpes/jobseeker/talk.html",
        {
            "said": said,
            "empty": request.method == "POST" and not said,
            "replies": [one.text for one in replies],
            "waiting": [{"ref": one.ref, "question": question_of(one), "by": one.channel} for one in waiting],
        },
        status=422 if request.method == "POST" and not said else 200,
    )
