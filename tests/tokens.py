"""A PKCS#11 token for tests: Debian's SoftHSM, with a key and its certificate under one label."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pkcs11
import pytest
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from pkcs11.util.x509 import decode_x509_certificate

from portal.adapters.demonstration_key import demonstration_key
from tests.documents import needed

LIBRARY = Path("/usr/lib/softhsm/libsofthsm2.so")
TOKEN, LABEL, PIN = "portal", "documents", "731904"


@contextmanager
def a_token(folder: Path, patch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Make a token below a folder and put a key on it; gives the module to load it with."""
    program = needed("softhsm2-util", "softhsm2")
    store = folder / "tokens"
    store.mkdir()
    settings = folder / "softhsm2.conf"
    settings.write_text(f"directories.tokendir = {store}\nobjectstore.backend = file\nlog.level = ERROR\n")
    patch.setenv("SOFTHSM2_CONF", str(settings))
    key, certificate = _key_in(folder)
    file = folder / "key.pem"
    file.write_bytes(key)
    for arguments in (
        ("--init-token", "--free", "--label", TOKEN, "--pin", PIN, "--so-pin", "84019375"),
        ("--import", str(file), "--token", TOKEN, "--label", LABEL, "--id", "01", "--pin", PIN),
    ):
        subprocess.run([program, *arguments], check=True, capture_output=True, env=dict(os.environ))
    file.unlink()
    with _opened() as session:
        session.create_object(
            {
                **decode_x509_certificate(certificate),
                pkcs11.Attribute.LABEL: LABEL,
                pkcs11.Attribute.TOKEN: True,
            }
        )
    yield LIBRARY


@contextmanager
def _opened() -> Iterator[pkcs11.Session]:
    token = pkcs11.lib(str(LIBRARY)).get_token(token_label=TOKEN)
    with token.open(rw=True, user_pin=PIN) as session:
        yield session


def _key_in(folder: Path) -> tuple[bytes, bytes]:
    """A key as PKCS#8 and its certificate as DER, made as a demonstration makes its own."""
    made = demonstration_key(folder / "made").read_bytes()
    key, certificate, _ = pkcs12.load_key_and_certificates(made, None)
    assert key is not None
    assert certificate is not None
    return (
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
        certificate.public_bytes(Encoding.DER),
    )
