"""One call over HTTP to a gateway: short, and loud when it fails."""

from __future__ import annotations

from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

SECONDS = 10


class NotTaken(RuntimeError):
    """The gateway did not take the text. The outbox tries again."""


def call(request: Request) -> str:
    """The answer of a gateway. Raises NotTaken. What was sent, and the address with its password, is not repeated."""
    if request.type not in {"http", "https"}:
        raise NotTaken("OPENPES_SMS_URL is no web address. Set it to the address of the gateway.")
    try:
        with urlopen(request, timeout=SECONDS) as answer:
            return str(answer.read(10_000).decode("utf-8", "replace"))
    except HTTPError as error:
        raise NotTaken(f"The gateway answered {error.code}: {error.read(200).decode('utf-8', 'replace')}") from None
    except (URLError, TimeoutError, ConnectionError) as error:
        raise NotTaken(f"The gateway did not answer: {getattr(error, 'reason', error)}") from None
