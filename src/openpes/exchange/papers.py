"""A signed paper: one readable YAML file whose text anybody can check without asking a server. Pure.

The signature is made over the content as canonical JSON (sorted names, no spaces, UTF-8), so that line breaks, quotes
and the order of lines may change on the way, and no word of it.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import yaml
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

LARGEST = 500_000
FORMAT = 1


class Kind(StrEnum):
    """What a paper is: a practice, what was changed and seen while trying it, or comparable figures."""

    CARD = "practice_card"
    LOG = "adaptation_log"
    DATASET = "mini_dataset"


class BadPaper(ValueError):
    """The file cannot be read or trusted; the message says why and what to do."""


@dataclass(frozen=True)
class Paper:
    """A paper whose signature fits. `digest`: SHA-256 of the content, in hexadecimal. `key`: the public key, base64."""

    kind: Kind
    body: Mapping[str, Any]
    signer: str
    key: str
    digest: str
    text: str

    @property
    def fingerprint(self) -> str:
        """How people compare the key by telephone."""
        return fingerprint_of(self.key)


def canonical(content: Mapping[str, Any]) -> bytes:
    """The content as the bytes that are signed. Raises BadPaper for what is neither text, number, list nor mapping."""
    try:
        return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
    except (TypeError, ValueError) as wrong:
        raise BadPaper("The file holds a value that is not text, a number, a list or a mapping.") from wrong


def fingerprint_of(key: str) -> str:
    """SHA-256 of the public key, in eight groups of four."""
    digest = hashlib.sha256(base64.b64decode(key)).hexdigest()[:32]
    return " ".join(digest[at : at + 4] for at in range(0, 32, 4))


def public_key_of(private: Ed25519PrivateKey) -> str:
    """The public half, in base64."""
    return base64.b64encode(private.public_key().public_bytes_raw()).decode()


def write_paper(kind: Kind, body: Mapping[str, Any], *, private: Ed25519PrivateKey, signer: str, note: str = "") -> str:
    """The signed file. `signer`: the name of the service that signs. `note`: a line for whoever opens it."""
    content = {"openpes": kind.value, "format": FORMAT, "signer": signer, "body": _plain(body)}
    signed = canonical(content)
    key = public_key_of(private)
    signature = {
        "algorithm": "ed25519",
        "key": key,
        "fingerprint": fingerprint_of(key),
        "value": base64.b64encode(private.sign(signed)).decode(),
    }
    head = f"# {note}\n" if note else ""
    text = head + _as_yaml(content) + _as_yaml({"signature": signature})
    read_paper(text)
    return text


def read_paper(text: str) -> Paper:
    """Read a file and check its signature. Raises BadPaper: not a paper, another format, changed after signing."""
    if len(text) > LARGEST:
        raise BadPaper("The file is larger than a card or a data set can be.")
    try:
        found = yaml.load(text, Loader=_TextLoader)
    except (yaml.YAMLError, RecursionError, ValueError) as wrong:
        raise BadPaper(
            "The file is not YAML. Ask the sender for it again, as a file and not as pasted text."
        ) from wrong
    if not isinstance(found, dict) or not isinstance(found.get("signature"), dict):
        raise BadPaper("The file has no signature. Only signed files are taken in.")
    signature = found.pop("signature")
    if found.get("format") != FORMAT or found.get("openpes") not in {one.value for one in Kind}:
        raise BadPaper("This kind of file is not known here. The sender may have a newer version.")
    if not isinstance(found.get("body"), dict) or not str(found.get("signer") or "").strip():
        raise BadPaper("The file has no content, or does not say who signs.")
    signed = canonical(found)
    _check(signed, signature)
    return Paper(
        Kind(found["openpes"]),
        found["body"],
        str(found["signer"])[:200],
        str(signature["key"]),
        hashlib.sha256(signed).hexdigest(),
        text,
    )


def _check(signed: bytes, signature: Mapping[str, Any]) -> None:
    if signature.get("algorithm") != "ed25519":
        raise BadPaper("The signature is of a kind that is not known here.")
    try:
        key = base64.b64decode(str(signature.get("key")), validate=True)
        value = base64.b64decode(str(signature.get("value")), validate=True)
        Ed25519PublicKey.from_public_bytes(key).verify(value, signed)
    except (binascii.Error, ValueError, InvalidSignature) as wrong:
        raise BadPaper(
            "The signature does not fit: the file was changed after it was signed, or is not whole."
        ) from wrong


class _TextLoader(yaml.SafeLoader):
    """Days stay text: what is signed is what is written. Anchors cannot blow a small file up."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            raise ValueError("no references")
        return super().compose_node(parent, index)


_TextLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def plain_text_loader() -> type[yaml.SafeLoader]:
    """The loader of papers, for files that are read in the same way."""
    return _TextLoader


class _Writer(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True


def _as_yaml(content: Mapping[str, Any]) -> str:
    return yaml.dump(content, Dumper=_Writer, sort_keys=False, allow_unicode=True, width=100)


def _plain(value: Any) -> Any:
    """Mappings, lists, text and numbers only, as they come back from the file."""
    if isinstance(value, Mapping):
        return {_plain(str(key)): _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if value is None or isinstance(value, bool | int | float):
        return value
    return _UNSEEN.sub(" ", str(value))


# Signs that nobody sees and that a file does not carry unchanged: control signs, odd line ends, halves of letters.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
