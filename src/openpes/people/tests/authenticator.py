"""A device of the test's own that keeps keys: real elliptic keys, CBOR and signatures, as a phone's chip makes them."""

from __future__ import annotations

import hashlib
import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

PRESENT, VERIFIED, WITH_KEY = 0x01, 0x04, 0x40


def to_text(raw: bytes) -> str:
    """Bytes as browsers send them."""
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def to_bytes(text: str) -> bytes:
    """The bytes of such a text."""
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass
class Device:
    """A phone with its lock. `verifies` False: it signs without asking for the lock."""

    origin: str
    verifies: bool = True
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    key_id: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    handle: bytes = b""
    uses: int = 0

    def adds(self, options: str) -> str:
        """What the browser sends after a key was made."""
        asked = json.loads(options)
        self.handle = to_bytes(asked["user"]["id"])
        public = self.key.public_key().public_numbers()
        # COSE: an elliptic key (1: 2) on P-256 (-1: 1) for ES256 (3: -7), with its two coordinates.
        cose = cbor2.dumps({1: 2, 3: -7, -1: 1, -2: public.x.to_bytes(32), -3: public.y.to_bytes(32)})
        held = bytes(16) + len(self.key_id).to_bytes(2) + self.key_id + cose
        told = self._data(asked["rp"]["id"], WITH_KEY) + held
        attested = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": told})
        return self._sends(
            clientDataJSON=self._client("webauthn.create", asked["challenge"]), attestationObject=attested
        )

    def signs(self, options: str) -> str:
        """What the browser sends after the key signed."""
        asked = json.loads(options)
        self.uses += 1
        told, client = self._data(asked["rpId"], 0), self._client("webauthn.get", asked["challenge"])
        signature = self.key.sign(told + hashlib.sha256(client).digest(), ec.ECDSA(SHA256()))
        return self._sends(clientDataJSON=client, authenticatorData=told, signature=signature, userHandle=self.handle)

    def _data(self, rp_id: str, more: int) -> bytes:
        flags = PRESENT | (VERIFIED if self.verifies else 0) | more
        return hashlib.sha256(rp_id.encode()).digest() + bytes([flags]) + self.uses.to_bytes(4)

    def _client(self, what: str, challenge: str) -> bytes:
        return json.dumps({"type": what, "challenge": challenge, "origin": self.origin}).encode()

    def _sends(self, **parts: bytes) -> str:
        response: dict[str, Any] = {name: to_text(raw) for name, raw in parts.items()}
        key_id = to_text(self.key_id)
        return json.dumps({"id": key_id, "rawId": key_id, "type": "public-key", "response": response})
