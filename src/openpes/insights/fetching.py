"""A statistical file from disk or from a publisher's https address: size and time limited, nothing but the file."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

LARGEST, SECONDS = 200 * 1024 * 1024, 60


def content_of(source: str) -> bytes:
    """The bytes of a file or of an https address. Raises ValueError (too large, not https) and OSError with why."""
    if "://" not in source:
        path = Path(source)
        if not path.is_file():
            raise ValueError(f"There is no file {source}. Give the path of a file, or an https address.")
        return path.read_bytes()
    if urlsplit(source).scheme != "https":
        raise ValueError("Only https addresses are fetched. Download the file and give its path instead.")
    request = Request(source, headers={"Accept": "application/vnd.sdmx.data+csv, application/xml, application/json"})
    with urlopen(request, timeout=SECONDS) as answer:
        content: bytes = answer.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise ValueError("The file is larger than 200 MB. Ask the publisher for fewer years or areas.")
    return content
