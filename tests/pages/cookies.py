"""What lies in the session cookie, read as anybody could who holds it: signed is not sealed."""

from __future__ import annotations

import zlib
from base64 import urlsafe_b64decode

from flask.testing import FlaskClient


def inside_the_cookie(client: FlaskClient) -> str:
    """The content of a browser's session cookie, without any key."""
    cookie = client.get_cookie("bridge")
    return unpacked(cookie.value) if cookie else ""


def unpacked(value: str) -> str:
    """The content of a cookie's value: packed, then written in letters, then signed."""
    packed = value.startswith(".")
    body = value.removeprefix(".").partition(".")[0]
    raw = urlsafe_b64decode(body + "=" * (-len(body) % 4))
    return (zlib.decompress(raw) if packed else raw).decode()
