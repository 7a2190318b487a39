"""A Kannel of one's own for a test: bearerbox, smsbox and a pretended operator (fakesmsc), on free ports."""

from __future__ import annotations

import contextlib
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote_plus

from django.core.signals import request_finished, request_started

FAKESMSC = Path("/usr/lib/kannel/test/fakesmsc")
PHONE, OURS = "+639171234567", "2910"

CONFIG = """\
group = core
admin-port = {admin}
admin-password = none
smsbox-port = {box}
log-file = "{folder}/bearerbox.log"
log-level = 0
box-allow-ip = "127.0.0.1"
dlr-storage = internal

group = smsc
smsc = fake
smsc-id = fake
port = {smsc}
connect-allow-ip = 127.0.0.1

group = smsbox
bearerbox-host = 127.0.0.1
bearerbox-port = {box}
sendsms-port = {send}
log-file = "{folder}/smsbox.log"
log-level = 0
global-sender = {ours}

group = sendsms-user
username = openpes
password = of-smsbox
max-messages = 10
concatenation = true

group = sms-service
keyword = default
max-messages = 0
catch-all = true
omit-empty = true
get-url = "{base}/sms/kannel/heard?secret={secret}&ref=%I&from=%p&text=%b&sent=%T"
"""


# SQLite in memory: server and test share one connection, and savepoints of two threads mix. So one at a time.
_TURN = threading.Lock()


@contextlib.contextmanager
def taking_turns() -> Iterator[None]:
    """The test has the database to itself for the whole block, save while it waits in `until`; then requests run."""
    open_requests: list[None] = []

    def begin(**given: object) -> None:
        open_requests.append(None)
        _TURN.acquire()

    def end(**given: object) -> None:
        if open_requests:
            open_requests.pop()
            _TURN.release()

    request_started.connect(begin, weak=False)
    request_finished.connect(end, weak=False)
    _TURN.acquire()
    try:
        yield
        # A report that came late is still answered before the tables are emptied.
        until(lambda: not open_requests, seconds=10)
    finally:
        request_started.disconnect(begin)
        request_finished.disconnect(end)
        _TURN.release()


def until(good: Callable[[], bool], *, seconds: float = 90) -> bool:
    """Wait for something to become true; the server answers meanwhile."""
    ends = time.monotonic() + seconds
    while True:
        if good():
            return True
        if time.monotonic() > ends:
            return False
        _TURN.release()
        time.sleep(0.1)
        _TURN.acquire()


def is_installed() -> bool:
    """Are the three programs here?"""
    return bool(shutil.which("bearerbox") and shutil.which("smsbox") and FAKESMSC.exists())


def free_ports(number: int) -> list[int]:
    """Ports that nobody listens on just now."""
    with contextlib.ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _one in range(number)]
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]


def wait_for_port(port: int, *, seconds: float = 15) -> None:
    """Wait until somebody listens. Raises TimeoutError."""
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)
    raise TimeoutError(f"Nobody listens on port {port}.")


class Line:
    """The pretended operator's line, spoken by the test itself: one line of words a text, in and out."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=0.2)
        self.heard = b""

    def text(self, words: str) -> None:
        """The phone sends one text."""
        self.socket.sendall(f"{PHONE} {OURS} text {words}\n".encode())

    def hears(self, words: str, *, seconds: float = 60) -> bool:
        """Did the operator get the first words of a text for the phone? Long texts come in pieces, in URL letters."""
        ends = time.monotonic() + seconds
        while time.monotonic() < ends:
            if words[:20] in unquote_plus(self.heard.decode("latin-1")):
                return True
            with contextlib.suppress(TimeoutError):
                self.heard += self.socket.recv(4096)
        return False


@dataclass
class Kannel:
    """A running Kannel. `phone` is the pretended operator's program."""

    send_url: str
    smsc_port: int
    folder: Path
    programs: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self, *command: str, log: str) -> None:
        """Start one of its programs; its output goes to a file of the folder."""
        with (self.folder / log).open("wb") as output:
            self.programs.append(
                subprocess.Popen(
                    command, cwd=self.folder, stdout=output, stderr=subprocess.STDOUT, stdin=subprocess.PIPE
                )
            )

    @contextlib.contextmanager
    def line(self) -> Iterator[Line]:
        """The operator's line, for as long as the block runs."""
        line = Line(self.smsc_port)
        with line.socket:
            yield line

    def phone_texts(self, text: str) -> None:
        """The phone sends one text and goes on listening."""
        command = [
            str(FAKESMSC),
            "-H",
            "127.0.0.1",
            "-r",
            str(self.smsc_port),
            "-m",
            "1",
            f"{PHONE} {OURS} text {text}",
        ]
        self.start(*command, log="phone.log")

    def said_to_phone(self) -> str:
        """What the pretended operator was told to deliver, as its log writes it."""
        return (self.folder / "phone.log").read_text(errors="replace")


@contextlib.contextmanager
def running(folder: Path, *, base_url: str, secret: str) -> Iterator[Kannel]:
    """A Kannel that hands texts in at a service, for as long as the block runs."""
    admin, box, smsc, send = free_ports(4)
    config = folder / "kannel.conf"
    config.write_text(
        CONFIG.format(
            admin=admin, box=box, smsc=smsc, send=send, folder=folder, ours=OURS, base=base_url, secret=secret
        )
    )
    kannel = Kannel(f"http://127.0.0.1:{send}/cgi-bin/sendsms", smsc, folder)
    try:
        kannel.start("bearerbox", str(config), log="bearerbox.out")
        wait_for_port(box)
        kannel.start("smsbox", str(config), log="smsbox.out")
        wait_for_port(send)
        wait_for_port(smsc)
        yield kannel
    finally:
        for program in reversed(kannel.programs):
            program.terminate()
        for program in kannel.programs:
            try:
                program.wait(timeout=5)
            except subprocess.TimeoutExpired:
                program.kill()
