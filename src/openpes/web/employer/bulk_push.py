"""A firm's own system sends its list: a POST with the firm's key, answered in JSON."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from openpes.core.decisions import NotFound
from openpes.core.limits import is_over
from openpes.core.tables import UnreadableTable
from openpes.journeys.bring_adverts import policy, take_pushed, told_of
from openpes.journeys.feed_makers import feed_that_sends
from openpes.web.audience import Door, audience
from openpes.web.employer.bulk import problems_in_words
from openpes.web.limits import from_where
from openpes.web.requests import OpenpesRequest

BEARER = "Bearer "
MEGABYTE = 1024 * 1024


@audience(Door.PUBLIC)
@csrf_exempt
@require_POST
def push(request: OpenpesRequest, ref: str) -> HttpResponse:
    """Take the list in the body. 200 with counts and the rows to mend, 401, 413, 422 or 429 with the reason."""
    said, at = request.headers.get("Authorization", ""), request.at
    if is_over("vacancies.push", from_where(request, ref), most=policy("pushes_an_hour", at), at=at):
        return JsonResponse({"error": "too many lists in an hour"}, status=429, headers={"Retry-After": "3600"})
    try:
        feed = feed_that_sends(ref, said.removeprefix(BEARER) if said.startswith(BEARER) else "", at=at)
    except NotFound:
        return JsonResponse({"error": "this address and this key do not belong together"}, status=401)
    most = policy("feed_largest_mb", at) * MEGABYTE
    if int(request.headers.get("Content-Length") or 0) > most:
        return JsonResponse({"error": "the list is too large"}, status=413)
    try:
        brought = take_pushed(feed=feed, content=request.read(most + 1), at=at)
    except UnreadableTable as error:
        return JsonResponse({"error": str(error)}, status=422)
    told = told_of(brought)
    rows = [
        {"row": one["line"], "reference": one["reference"], "problems": problems_in_words(one["problems"])}
        for one in told["bad"]
    ]
    return JsonResponse({"counts": told["counts"], "to_mend": rows})
