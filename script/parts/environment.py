"""Makes the two environments that the scripts use, and remembers what they were made from.

    environment.py run    asks what would stop the service; then .venv holds what requirements/run.txt pins
    environment.py venv   the same without asking
    environment.py test   .venv holds what requirements/test.txt pins
    environment.py boot   .boot holds uv, the installer
    environment.py uv ... runs uv with the package settings of this machine

Standard library only. Exits 0, or 2 with one sentence that says why and how to mend it. A folder that could not be
finished is removed again.
"""

from __future__ import annotations

import ast
import contextlib
import fcntl
import hashlib
import importlib.util
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BOOT, VENV, REQUIREMENTS = ROOT / ".boot", ROOT / ".venv", ROOT / "requirements"
MADE_FROM = "made-from.json"
ROOM_NEEDED_MB = 1500
# What pip is told on this machine, under the names that uv knows. uv does not read pip's own settings.
PIP_TO_UV = {
    "index-url": ("UV_DEFAULT_INDEX", " "),
    "extra-index-url": ("UV_INDEX", " "),
    "find-links": ("UV_FIND_LINKS", ","),
    "trusted-host": ("UV_INSECURE_HOST", " "),
    "cert": ("SSL_CERT_FILE", " "),
    "proxy": ("ALL_PROXY", " "),
    "no-index": ("UV_NO_INDEX", " "),
}
NETWORK_SIGNS = (
    "connection",
    "temporary failure in name resolution",
    "name or service not known",
    "timed out",
    "timeout",
    "dns error",
    "unreachable",
    "no matching distribution",
    "failed to fetch",
    "proxyerror",
    "sslerror",
)
HASH_SIGNS = ("hash mismatch", "do not match the hashes", "hashes are required")


class CannotMake(Exception):
    """Why an environment cannot be made, and the mend."""


def main(arguments: list[str]) -> int:
    """Make what is asked for."""
    task = arguments[0] if arguments else ""
    try:
        if task == "uv":
            return subprocess.run([uv_or_reason(), *arguments[1:]], env=machine_settings(), check=False).returncode
        if task not in {"boot", "run", "venv", "test"}:
            raise CannotMake("Usage: environment.py boot | run | venv | test | uv ...")
        if task == "run":
            ask_before_making_anything()
        with one_at_a_time():
            if task == "boot":
                uv_or_reason()
            else:
                make_venv(task)
    except CannotMake as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("Stopped before the set-up was finished. Nothing half-made is left; run it again.", file=sys.stderr)
        return 2
    return 0


def ask_before_making_anything() -> None:
    """The questions of openpes.config.preflight, which needs no package either."""
    place = ROOT / "src" / "openpes" / "config" / "preflight.py"
    spec = importlib.util.spec_from_file_location("preflight", place)
    assert spec is not None and spec.loader is not None
    preflight = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(preflight)
    try:
        preflight.check_all(os.environ)
    except preflight.CannotStart as error:
        raise CannotMake(str(error)) from error


@contextlib.contextmanager
def one_at_a_time() -> Iterator[None]:
    """Two scripts started together must not make the same folder. The lock is on a file that is always there."""
    with open(REQUIREMENTS / "run.txt", "rb") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def make_venv(task: str) -> None:
    """Bring .venv to what the pins say; does nothing when it was made from the same pins."""
    made = read_made_from(VENV)
    # An environment that once got the tests keeps them: run.txt is a part of test.txt.
    wanted = "test" if task == "test" or "test" in made else "run"
    fingerprint = fingerprint_of(wanted)
    if made.get(wanted) == fingerprint and (VENV / "bin" / "python").exists():
        return
    ask_about_this_machine()
    fresh = not made
    started = time.monotonic()
    say("Setting up, once: the packages of openpes go into .venv ...")
    try:
        if fresh and VENV.exists():
            shutil.rmtree(VENV)
        install(REQUIREMENTS / f"{wanted}.txt")
        (VENV / MADE_FROM).write_text(json.dumps({wanted: fingerprint}) + "\n")
    except BaseException:
        if fresh:
            shutil.rmtree(VENV, ignore_errors=True)
        else:  # an unfinished change: the next start must not trust it
            (VENV / MADE_FROM).unlink(missing_ok=True)
        raise
    say(f"Packages are in place ({time.monotonic() - started:.0f} s).")


def fingerprint_of(wanted: str) -> str:
    """What an environment is made from: the pins and the Python."""
    digest = hashlib.sha256(sys.version.encode())
    digest.update((REQUIREMENTS / f"{wanted}.txt").read_bytes())
    return digest.hexdigest()


def read_made_from(folder: Path) -> dict[str, str]:
    """What a finished environment says it was made from; empty when it is absent or unfinished."""
    try:
        found = json.loads((folder / MADE_FROM).read_text())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def ask_about_this_machine() -> None:
    """Before the first byte is written: may we write here, is there room, can Python make environments?"""
    if not os.access(ROOT, os.W_OK):
        raise CannotMake(
            f"Nothing can be written in {ROOT}, where .venv is made. Make the folder yours (chown), or "
            "clone openpes into your home."
        )
    free = shutil.disk_usage(ROOT).free // 1_000_000
    if free < ROOM_NEEDED_MB:
        raise CannotMake(
            f"openpes needs {ROOM_NEEDED_MB} MB for its packages and {ROOT} has {free} MB left. "
            "Make room, or clone it onto another disk."
        )
    missing = [name for name in ("venv", "ensurepip") if importlib.util.find_spec(name) is None]
    if missing:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        raise CannotMake(
            "Python here cannot make environments: a part of it is not installed. Install it: "
            f"sudo apt install python{version}-venv"
        )


def install(pins: Path) -> None:
    """Make .venv and install exactly the pins: with uv, or with pip where uv cannot be had."""
    try:
        uv = uv_or_reason()
    except CannotMake:
        say("uv cannot be had here; plain pip does the same, slower.")
        uv = ""
    if uv and with_uv(uv, pins):
        return
    if not (VENV / "bin" / "pip").exists():
        shutil.rmtree(VENV, ignore_errors=True)
        run([sys.executable, "-m", "venv", str(VENV)], "Python could not make an environment in .venv")
    run(
        [
            str(VENV / "bin" / "python"),
            "-m",
            "pip",
            "install",
            "--quiet",
            "--retries",
            "2",
            "--require-hashes",
            "--requirement",
            str(pins),
        ],
        "The packages could not be installed",
    )


def with_uv(uv: str, pins: Path) -> bool:
    """True when uv did it. A wrong hash stops everything; any other trouble leaves it to pip."""
    settings = machine_settings()
    steps = [[uv, "pip", "sync", "--quiet", "--require-hashes", "--python", str(VENV), str(pins)]]
    if not (VENV / "bin" / "python").exists():
        steps.insert(0, [uv, "venv", "--quiet", "--clear", "--python", sys.executable, str(VENV)])
    for step in steps:
        done = subprocess.run(step, env=settings, capture_output=True, text=True, check=False)
        if done.returncode:
            if any(sign in done.stderr.lower() for sign in HASH_SIGNS):
                raise CannotMake(sentence("The packages could not be installed", done.stderr))
            return False
    return True


def uv_or_reason() -> str:
    """The path of the pinned uv, installed into .boot when it is not there. Raises CannotMake."""
    fingerprint = fingerprint_of("boot")
    uv = BOOT / "bin" / "uv"
    if read_made_from(BOOT).get("boot") == fingerprint and uv.exists():
        return str(uv)
    ask_about_this_machine()
    try:
        shutil.rmtree(BOOT, ignore_errors=True)
        run([sys.executable, "-m", "venv", str(BOOT)], "Python could not make an environment in .boot")
        run(
            [
                str(BOOT / "bin" / "python"),
                "-m",
                "pip",
                "install",
                "--quiet",
                "--retries",
                "2",
                "--no-deps",
                "--only-binary",
                ":all:",
                "--require-hashes",
                "--requirement",
                str(REQUIREMENTS / "boot.txt"),
            ],
            "uv could not be installed",
        )
        (BOOT / MADE_FROM).write_text(json.dumps({"boot": fingerprint}) + "\n")
    except BaseException:
        shutil.rmtree(BOOT, ignore_errors=True)
        raise
    return str(uv)


def machine_settings() -> dict[str, str]:
    """The environment for uv: what pip is told on this machine, unless uv was told otherwise."""
    settings = dict(os.environ)
    for variable, value in pip_settings():
        settings.setdefault(variable, value)
    settings["UV_PYTHON_DOWNLOADS"] = "never"
    # pip looks at all places and takes the pinned version wherever it is; the hashes make that safe.
    settings.setdefault("UV_INDEX_STRATEGY", "unsafe-best-match")
    settings.setdefault("UV_LINK_MODE", "hardlink")
    home = Path(settings.get("UV_CACHE_DIR") or settings.get("XDG_CACHE_HOME") or Path.home())
    if not os.access(home, os.W_OK):
        settings["UV_NO_CACHE"] = "1"
    settings.pop("VIRTUAL_ENV", None)
    return settings


def pip_settings() -> Iterator[tuple[str, str]]:
    """(variable of uv, value) for each setting of pip that uv has a name for."""
    pip = [str(BOOT / "bin" / "python"), "-m", "pip"]
    listed = subprocess.run([*pip, "config", "list"], capture_output=True, text=True, check=False).stdout
    for line in listed.splitlines():
        key, separator, value = line.partition("=")
        known = PIP_TO_UV.get(key.rpartition(".")[2])
        if separator and known:
            with contextlib.suppress(ValueError, SyntaxError):
                yield known[0], known[1].join(str(ast.literal_eval(value)).split())


def run(command: list[str], what_failed: str) -> None:
    """Run quietly; raise CannotMake with a plain sentence when it fails."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise CannotMake(sentence(what_failed, done.stderr + done.stdout))


def sentence(what_failed: str, output: str) -> str:
    """A plain sentence for what an installer said, with its own last words only where we cannot tell."""
    low = output.lower()
    if "ensurepip" in low:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        return f"{what_failed}: a part of Python is missing. Install it: sudo apt install python{version}-venv"
    if any(sign in low for sign in HASH_SIGNS):
        return (
            f"{what_failed}: what was downloaded is not what the project pinned. Do not use it; try another "
            "network or package mirror."
        )
    if "no space left" in low:
        return f"{what_failed}: the disk is full. Make room and run it again."
    if any(sign in low for sign in NETWORK_SIGNS):
        return (
            f"{what_failed}: the package index does not answer. Connect this machine to the network (or tell pip "
            "of your mirror: pip config set global.index-url ...) and run it again."
        )
    last = [line.strip() for line in output.splitlines() if line.strip()][-3:]
    return f"{what_failed}: {' '.join(last) or 'the installer gave no reason'}"


def say(text: str) -> None:
    """Progress goes to stderr."""
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    raise SystemExit(main(sys.argv[1:]))
