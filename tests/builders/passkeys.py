"""A passkey that lives in memory: makes a key, and signs what it is asked, as a device would.

It speaks the browser's side of WebAuthn, with real keys and real signatures, so that tests reach the
use cases without a browser. The journeys prove the same with Chromium's own authenticators.
"""

from __future__ import annotations

import json
import secrets
from hashlib import sha256
from typing import Any

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url

_PRESENT, _VERIFIED, _WITH_KEY = 0x01, 0x04, 0x40


class HeldPasskey:
    """One key for one place. ``verifies`` is whether it asks its holder for a finger or a PIN."""

    def __init__(self, origin: str = "http://localhost:8000", *, verifies: bool = True) -> None:
        self.origin, self.verifies = origin, verifies
        self.id = secrets.token_bytes(32)
        self.count = 0
        self.owner = b""
        self._key = ec.generate_private_key(ec.SECP256R1())

    def make(self, options: dict[str, Any]) -> str:
        """The browser's answer to being asked for a new key."""
        self.owner = base64url_to_bytes(options["user"]["id"])
        numbers = self._key.public_key().public_numbers()
        public = {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")}
        held = bytes(16) + len(self.id).to_bytes(2, "big") + self.id + cbor2.dumps(public)
        attested = {"fmt": "none", "attStmt": {}, "authData": self._data(options["rp"]["id"], held)}
        return self._answer(
            clientDataJSON=self._client("webauthn.create", options),
            attestationObject=cbor2.dumps(attested),
        )

    def sign(self, options: dict[str, Any]) -> str:
        """The browser's answer to being asked to show a key."""
        self.count += 1
        client, data = self._client("webauthn.get", options), self._data(options["rpId"])
        signature = self._key.sign(data + sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        return self._answer(
            clientDataJSON=client, authenticatorData=data, signature=signature, userHandle=self.owner
        )

    def _client(self, kind: str, options: dict[str, Any]) -> bytes:
        said = {"type": kind, "challenge": options["challenge"], "origin": self.origin, "crossOrigin": False}
        return json.dumps(said).encode()

    def _data(self, place: str, held: bytes = b"") -> bytes:
        flags = _PRESENT | (_VERIFIED if self.verifies else 0) | (_WITH_KEY if held else 0)
        return sha256(place.encode()).digest() + bytes([flags]) + self.count.to_bytes(4, "big") + held

    def _answer(self, **response: bytes) -> str:
        said = {name: bytes_to_base64url(value) for name, value in response.items()}
        shown = bytes_to_base64url(self.id)
        return json.dumps({"id": shown, "rawId": shown, "type": "public-key", "response": said})
