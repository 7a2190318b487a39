"""The doors of gateways. Who does not know the secret finds no door; who calls twice is answered twice the same."""

from __future__ import annotations

import hmac
import json
from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from openpes.core.audience import Door, audience
from openpes.messaging.operations import report_delivery, take_in_text
from openpes.messaging.signing import SIGNATURE, TIME, is_signed
from openpes.messaging.states import MessageState

LONGEST_TEXT, MOST_BYTES = 2_000, 20_000
# What Kannel reports: delivered, not delivered, refused by the operator's centre. Others are steps on the way.
OF_KANNEL = {"1": MessageState.DELIVERED, "2": MessageState.FAILED, "16": MessageState.FAILED}
OF_HTTP = {"delivered": MessageState.DELIVERED, "failed": MessageState.FAILED, "sent": MessageState.SENT}


def _knows_secret(request: HttpRequest) -> bool:
    given = request.GET.get("secret", "")
    return bool(settings.SMS_SECRET) and hmac.compare_digest(given.encode(), settings.SMS_SECRET.encode())


def _instant(seconds: str, otherwise: datetime) -> datetime:
    """Seconds since 1970 as an instant; nonsense and the far future count as now."""
    if not (seconds.isascii() and seconds.isdigit() and len(seconds) <= 10):
        return otherwise
    return min(datetime.fromtimestamp(int(seconds), UTC), otherwise)


@audience(Door.SIGNED_LINK)
@require_safe
def kannel_heard(request: HttpRequest) -> HttpResponse:
    """A text that Kannel took in. The answer is empty: replies go out as texts of their own."""
    if not _knows_secret(request):
        raise Http404
    at: datetime = request.at  # type: ignore[attr-defined]
    ref, number, text = (request.GET.get(name, "") for name in ("ref", "from", "text"))
    if ref and number:
        take_in_text(
            provider="kannel",
            provider_ref=ref[:80],
            number=number[:40],
            text=text[:LONGEST_TEXT].replace("\x00", ""),
            sent_at=_instant(request.GET.get("sent", ""), at),
            at=at,
        )
    return HttpResponse("", content_type="text/plain; charset=utf-8")


@audience(Door.SIGNED_LINK)
@require_safe
def kannel_delivered(request: HttpRequest) -> HttpResponse:
    """What Kannel says became of a text of ours."""
    if not _knows_secret(request):
        raise Http404
    told, key = OF_KANNEL.get(request.GET.get("status", "")), request.GET.get("message", "")
    if told is not None and key.isascii() and key.isdigit() and len(key) < 19:
        report_delivery(provider="kannel", message_id=int(key), told=told, at=request.at)  # type: ignore[attr-defined]
    return HttpResponse("", content_type="text/plain; charset=utf-8")


def signed(view: Callable[[HttpRequest, dict[str, Any]], HttpResponse]) -> Any:
    """A view that is given the signed JSON object of a call; unsigned, stale and unreadable calls do not reach it."""

    @wraps(view)
    def checked(request: HttpRequest) -> HttpResponse:
        body = request.body
        if len(body) > MOST_BYTES or not is_signed(
            body,
            moment=request.headers.get(TIME, ""),
            signature=request.headers.get(SIGNATURE, ""),
            secret=settings.SMS_SECRET,
            at=request.at,  # type: ignore[attr-defined]
        ):
            raise Http404
        try:
            given = json.loads(body)
        except ValueError:
            given = None
        if not isinstance(given, dict):
            return JsonResponse({"problem": "Send a JSON object."}, status=400)
        return view(request, given)

    return audience(Door.SIGNED_LINK)(csrf_exempt(require_POST(checked)))


@signed
def http_heard(request: HttpRequest, given: dict[str, Any]) -> HttpResponse:
    """A text that a gateway took in: {"ref", "from", "text", "sent"}; `sent` in seconds since 1970."""
    at: datetime = request.at  # type: ignore[attr-defined]
    ref, number, text = (given.get(name) for name in ("ref", "from", "text"))
    if not (isinstance(ref, str) and ref and isinstance(number, str) and number and isinstance(text, str)):
        return JsonResponse({"problem": "Give ref, from and text, as texts."}, status=400)
    row = take_in_text(
        provider="http",
        provider_ref=ref[:80],
        number=number[:40],
        text=text[:LONGEST_TEXT].replace("\x00", ""),
        sent_at=_instant(str(given.get("sent", "")), at),
        at=at,
    )
    return JsonResponse({"taken": row is not None})


@signed
def http_delivered(request: HttpRequest, given: dict[str, Any]) -> HttpResponse:
    """What a gateway says became of a text: {"ref", "state"}; the state is sent, delivered or failed."""
    told, ref = OF_HTTP.get(str(given.get("state", ""))), given.get("ref")
    if told is None or not isinstance(ref, str):
        return JsonResponse({"problem": "Give ref, and state: sent, delivered or failed."}, status=400)
    known = report_delivery(provider="http", provider_ref=ref[:80], told=told, at=request.at)  # type: ignore[attr-defined]
    return JsonResponse({"known": known})
