"""A statistical file from disk or a publisher's https address (`core.fetching`), with what to do when none came."""

from __future__ import annotations

from pathlib import Path

from openpes.core.fetching import NotFetched, fetch

LARGEST, SECONDS = 200 * 1024 * 1024, 60
STATISTICS = "application/vnd.sdmx.data+csv, application/xml, application/json"
WHY = {
    "not_https": "Only https addresses are fetched.",
    "private_address": "The address lies in a private network.",
    "unreachable": "Nobody answers there.",
    "too_large": "The file is larger than 200 MB. Ask the publisher for fewer years or areas.",
    "too_slow": "The file took more than a minute.",
    "refused": "The publisher answered with %(status)s. Redirects are not followed: give the last address.",
}


def content_of(source: str) -> bytes:
    """The bytes of a file or of an https address. Raises ValueError with why, and the mend."""
    if "://" not in source:
        path = Path(source)
        if not path.is_file():
            raise ValueError(f"There is no file {source}. Give the path of a file, or an https address.")
        return path.read_bytes()
    try:
        return fetch(source, most_bytes=LARGEST, seconds=SECONDS, accept=STATISTICS)
    except NotFetched as failed:
        why = WHY[failed.code] % {"status": failed.status}
        raise ValueError(f"{why} Or download the file yourself and give its path.") from failed
