"""One person at a browser without JavaScript: keeps cookies, follows links, walks in through the demo door."""

from __future__ import annotations

import http.client
import re
import time
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urlencode, urljoin, urlsplit

LINK = re.compile(r"""<a\b[^>]*\bhref=["']([^"'#]+)""")
TOKEN = re.compile(r"""name=["']csrfmiddlewaretoken["'] value=["']([^"']+)""")
INPUT = re.compile(r"<(?:input|button)\b[^>]*>")
VALUE = re.compile(r"""value=["']([^"']+)["']""")
STYLE = re.compile(r"""<link\b[^>]*\bhref=["']([^"']+\.css)["']""")


@dataclass(frozen=True)
class Page:
    """What came back, and after how many milliseconds the last byte was there."""

    path: str
    status: int
    body: bytes
    milliseconds: float
    location: str = ""

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode("utf-8", "replace")

    def links(self) -> list[str]:
        """Addresses on this server that the page links to, in order, without their fragment."""
        found = (urlsplit(urljoin(self.path, unescape(link))) for link in LINK.findall(self.text))
        return [part.path + (f"?{part.query}" if part.query else "") for part in found if not part.netloc]


@dataclass
class Visitor:
    """A connection that stays open, and what the server asked to remember."""

    host: str
    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    connection: http.client.HTTPConnection | None = None

    def get(self, path: str) -> Page:
        """Fetch one page; redirects are not followed."""
        return self._ask("GET", path, None)

    def post(self, path: str, fields: dict[str, str]) -> Page:
        """Send a form."""
        return self._ask("POST", path, urlencode(fields))

    def people_at_the_door(self) -> list[str]:
        """User names of the people one can be, in the order of the page."""
        names = (value for tag in INPUT.findall(self.get("/demo/").text) if 'name="username"' in tag
                 for value in VALUE.findall(tag))  # fmt: skip
        return list(dict.fromkeys(names))

    def walk_in(self, username: str) -> Page:
        """Sign in as one of the demonstration's people, and follow to their first page."""
        token = TOKEN.search(self.get("/demo/").text)
        fields = {"username": username, "csrfmiddlewaretoken": token.group(1) if token else ""}
        answered = self.post("/demo/walk-in/", fields)
        if answered.status not in {302, 303}:
            raise RuntimeError(f"The demo door did not let {username} in: {answered.status}.")
        return self.get(answered.location)

    def _ask(self, method: str, path: str, body: str | None) -> Page:
        if self.connection is None:
            self.connection = http.client.HTTPConnection(self.host, self.port, timeout=60)
        headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "Accept": "text/html",
        }
        if body is not None:
            headers |= {
                "Content-Type": "application/x-www-form-urlencoded",
                "Referer": f"http://{self.host}:{self.port}/",
            }
        began = time.perf_counter()
        try:
            self.connection.request(method, path, body, headers)
            answer = self.connection.getresponse()
        except (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError):
            # The server closes idle connections; a browser opens another, too.
            self.connection.close()
            self.connection.request(method, path, body, headers)
            answer = self.connection.getresponse()
        content = answer.read()
        milliseconds = (time.perf_counter() - began) * 1000
        for line in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        return Page(path, answer.status, content, milliseconds, answer.headers.get("Location", ""))
