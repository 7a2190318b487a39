"""Fetching a file from an address that a stranger gave: https only, no private network, never too much or too long.

fetch(url, most_bytes=..., seconds=...) -> bytes      raises NotFetched with a code that the door puts into words
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import time
from collections.abc import Callable
from urllib.parse import SplitResult, urlsplit

HTTPS_PORT = 443
PIECE = 64 * 1024
# A name -> the addresses that it stands for.
Resolver = Callable[[str], list[str]]
# (host, address, seconds) -> a connection that speaks with that very address.
Connector = Callable[[str, str, float], http.client.HTTPConnection]


class NotFetched(Exception):
    """Why nothing came. Codes: not_https, private_address, unreachable, too_large, too_slow, refused (with status)."""

    def __init__(self, code: str, status: int = 0) -> None:
        super().__init__(code)
        self.code, self.status = code, status


class _Pinned(http.client.HTTPSConnection):
    """Speaks with one address only, so that the name cannot mean another machine a moment later."""

    def __init__(self, host: str, address: str, seconds: float) -> None:
        super().__init__(host, HTTPS_PORT, timeout=seconds, context=ssl.create_default_context())
        self._address = address

    def connect(self) -> None:
        """Connect to the address; the certificate has to be the host's."""
        plain = socket.create_connection((self._address, HTTPS_PORT), self.timeout)
        self.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=self.host)


def addresses_of(host: str) -> list[str]:
    """The addresses of a host by the system's resolver. Raises NotFetched."""
    try:
        found = socket.getaddrinfo(host, HTTPS_PORT, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise NotFetched("unreachable") from error
    return list(dict.fromkeys(str(one[4][0]) for one in found))


def is_public(address: str) -> bool:
    """True for an address of the open net; False for one's own machine, an office network, a cloud's inside."""
    try:
        read = ipaddress.ip_address(address.split("%")[0])
    except ValueError:
        return False
    inner = getattr(read, "ipv4_mapped", None) or getattr(read, "sixtofour", None) or read
    return bool(inner.is_global and read.is_global and not inner.is_multicast)


def _checked(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        odd = parts.port not in {None, HTTPS_PORT}
    except ValueError as error:
        raise NotFetched("not_https") from error
    if parts.scheme != "https" or not parts.hostname or odd or parts.username is not None:
        raise NotFetched("not_https")
    return parts


def fetch(
    url: str,
    *,
    most_bytes: int,
    seconds: float,
    accept: str = "*/*",
    resolve: Resolver = addresses_of,
    connect: Connector = _Pinned,
) -> bytes:
    """The content behind an address, in a form of `accept`. Redirects are not followed. Raises NotFetched."""
    parts = _checked(url)
    host, ends = str(parts.hostname), time.monotonic() + seconds
    addresses = resolve(host)
    # All of them: a name that stands for an open and a private machine is not to be trusted with either.
    if not addresses or not all(is_public(one) for one in addresses):
        raise NotFetched("private_address")
    line = connect(host, addresses[0], seconds)
    try:
        path = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
        line.request("GET", path, headers={"Accept": accept, "Accept-Encoding": "identity", "User-Agent": "openpes"})
        answer = line.getresponse()
        if answer.status != http.client.OK:
            raise NotFetched("refused", answer.status)
        return _read(answer, most_bytes, ends)
    except TimeoutError as error:
        raise NotFetched("too_slow") from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise NotFetched("unreachable") from error
    finally:
        line.close()


def _read(answer: http.client.HTTPResponse, most_bytes: int, ends: float) -> bytes:
    pieces: list[bytes] = []
    size = 0
    while piece := answer.read1(PIECE):
        size += len(piece)
        if size > most_bytes:
            raise NotFetched("too_large")
        if time.monotonic() > ends:
            raise NotFetched("too_slow")
        pieces.append(piece)
    return b"".join(pieces)
