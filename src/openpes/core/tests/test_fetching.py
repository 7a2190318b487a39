"""Fetching from an address that a stranger gave: never a private network, never too much, never by plain http."""

from __future__ import annotations

import io
from types import SimpleNamespace
from typing import Any

import pytest

from openpes.core.fetching import NotFetched, fetch, is_public

OPEN = "93.184.215.14"


class Line:
    """A connection that answers with what a test says."""

    def __init__(self, content: bytes = b"", status: int = 200, error: Exception | None = None) -> None:
        self.content, self.status, self.error, self.asked, self.closed = content, status, error, "", False

    def request(self, method: str, path: str, headers: dict[str, str]) -> None:
        """Remember what was asked."""
        self.asked = f"{method} {path}"
        if self.error:
            raise self.error

    def getresponse(self) -> Any:
        """The answer."""
        return SimpleNamespace(status=self.status, read1=io.BytesIO(self.content).read)

    def close(self) -> None:
        """Closed."""
        self.closed = True


def get(url: str, line: Line, *, addresses: list[str] | None = None, most: int = 100) -> bytes:
    """Fetch over a line, from a name that stands for these addresses."""
    return fetch(
        url,
        most_bytes=most,
        seconds=5,
        resolve=lambda host: [OPEN] if addresses is None else addresses,
        connect=lambda host, address, seconds: line,  # type: ignore[arg-type,return-value]
    )


def test_a_list_of_the_open_net_is_fetched() -> None:
    """With its query; the line is closed."""
    line = Line(b"reference,title")
    assert get("https://jobs.example.org/list.csv?all=1", line) == b"reference,title"
    assert line.asked == "GET /list.csv?all=1" and line.closed


@pytest.mark.parametrize(
    "url",
    [
        "http://jobs.example.org/",
        "ftp://jobs.example.org/",
        "file:///etc/passwd",
        "https://jobs.example.org:8443/",
        "https://me:secret@jobs.example.org/",
        "https:///list",
        "https://[bad/",
    ],
)
def test_anything_but_plain_https_is_refused(url: str) -> None:
    """Before a name is looked up."""
    with pytest.raises(NotFetched, match="not_https"):
        get(url, Line(b"x"))


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.0.0.7", "192.168.1.1", "172.16.3.4", "169.254.169.254", "::1", "fe80::1%eth0", "::ffff:10.0.0.1",
     "100.64.0.1", "0.0.0.0", "224.0.0.1", "fd00::1", "2002:a00:1::", "nonsense"],
)  # fmt: skip
def test_a_private_machine_is_never_asked(address: str) -> None:
    """Not even when the same name stands for an open one too."""
    line = Line(b"secret")
    assert not is_public(address)
    for addresses in ([address], [OPEN, address]):
        with pytest.raises(NotFetched, match="private_address"):
            get("https://jobs.example.org/", line, addresses=addresses)
    assert line.asked == ""


def test_too_large_a_list_a_redirect_and_silence_are_told_apart() -> None:
    """By codes that the page puts into words."""
    for line, code in (
        (Line(b"x" * 101), "too_large"),
        (Line(status=302), "refused"),
        (Line(error=TimeoutError()), "too_slow"),
        (Line(error=ConnectionRefusedError()), "unreachable"),
    ):
        with pytest.raises(NotFetched) as caught:
            get("https://jobs.example.org/", line)
        assert caught.value.code == code and line.closed
