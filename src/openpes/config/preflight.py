"""What must be right before anything is made: the country, the data folder, the port, the database's address.

Standard library only: the scripts ask these questions before any package is installed. Each answer is one plain
sentence with the mend, or nothing when all is well; asking changes nothing on the disk.
"""

from __future__ import annotations

import errno
import os
import re
import socket
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit

PACKS = Path(__file__).parents[2] / "openpes_countries" / "packs"
DEFAULT_PORT = 8000


class CannotStart(Exception):
    """Why the service cannot start, and the mend, in one sentence."""


def port_of(environment: Mapping[str, str]) -> int:
    """The port asked for. Raises CannotStart when it is not a number between 1 and 65535."""
    text = environment.get("OPENPES_PORT", "").strip() or str(DEFAULT_PORT)
    if not re.fullmatch(r"[0-9]{1,5}", text) or not 1 <= int(text) <= 65535:
        raise CannotStart(f"OPENPES_PORT is {text!r}; write a number from 1 to 65535, such as {DEFAULT_PORT}.")
    return int(text)


def host_of(environment: Mapping[str, str]) -> str:
    """The address to listen on: this machine only, unless OPENPES_BIND says other."""
    return environment.get("OPENPES_BIND", "").strip() or "127.0.0.1"


def countries() -> list[str]:
    """Codes of the country packs that are here."""
    return sorted(path.name.upper() for path in PACKS.iterdir() if re.fullmatch(r"[a-z]{2}", path.name))


def check_country(environment: Mapping[str, str]) -> None:
    """Is there a pack for the country asked for?"""
    code = environment.get("OPENPES_COUNTRY", "PH").strip().upper()
    there = countries()
    if code not in there:
        raise CannotStart(
            f"There is no country pack {code!r}. Choose one of {', '.join(there)}, for example: "
            f"OPENPES_COUNTRY={there[0]} script/run"
        )


def check_folder(path: Path, name: str) -> None:
    """Can files be made in this folder (or can the folder be made)?"""
    there = path
    # os.path, not pathlib: what we may not look into counts as absent, and its parent is named.
    while not os.path.lexists(there):
        there = there.parent
    if not os.path.isdir(there):
        raise CannotStart(f"{name} is {path}, but {there} is a file and not a folder. Choose another: {name}=./var")
    if not os.access(there, os.W_OK | os.X_OK):
        raise CannotStart(
            f"Nothing can be written in {there}, where {name} lies. Make it yours (chown), or choose another folder: "
            f"{name}=~/openpes-data"
        )


def check_database_url(environment: Mapping[str, str]) -> None:
    """Is DATABASE_URL, when given, the address of a PostgreSQL database?"""
    url = environment.get("DATABASE_URL", "")
    if not url:
        return
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
        raise CannotStart(
            "DATABASE_URL is not the address of a PostgreSQL database. Write postgres://user:password@host:5432/name, "
            "or leave it unset to use SQLite."
        )


def check_port(environment: Mapping[str, str]) -> None:
    """Is the port free to listen on?"""
    host, port = host_of(environment), port_of(environment)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        # As the server does: a port that was let go a moment ago is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CannotStart(_why_not_bound(error, host, port)) from error


def _why_not_bound(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {port} is taken by another program. Stop that one, or choose another port: "
            f"OPENPES_PORT={port + 1 if port < 65535 else port - 1} script/run"
        )
    if error.errno == errno.EACCES:
        return f"Port {port} is reserved for the system. Choose one above 1023: OPENPES_PORT={DEFAULT_PORT} script/run"
    return f"Cannot listen on {host}, port {port} ({error.strerror or error}). Choose another OPENPES_BIND."


def check_all(environment: Mapping[str, str]) -> None:
    """Ask every question; raises CannotStart at the first that is answered badly."""
    for problem in problems(environment):
        raise CannotStart(problem)


def problems(environment: Mapping[str, str]) -> Iterator[str]:
    """The sentences of all questions that are answered badly."""
    data = Path(environment.get("OPENPES_DATA", "") or "var")
    for question in (
        lambda: check_country(environment),
        lambda: check_database_url(environment),
        lambda: check_folder(data.absolute(), "OPENPES_DATA"),
        lambda: check_port(environment),
    ):
        try:
            question()
        except CannotStart as error:
            yield str(error)
