"""A demonstration's signing key: made once, plainly named, worth nothing to anybody.

Owns the making of a root and a signer below it, so that a demonstration signs like the real thing
and every reader of the signature sees that it is none.
"""

from __future__ import annotations

import os
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import NoEncryption, pkcs12
from cryptography.x509.oid import NameOID

SIGNER_NAME: Final = "Demonstration - not an official signature"
ROOT_NAME: Final = "Demonstration - not an official authority"
_SIZE: Final = 2048
# A demonstration's clock may be set to any day: its certificates are dated so that none is outside.
_FROM, _UNTIL = datetime(2020, 1, 1, tzinfo=UTC), datetime(2050, 1, 1, tzinfo=UTC)


def demonstration_key(folder: Path) -> Path:
    """Give the PKCS#12 file of this checkout's own key; makes it when there is none yet."""
    path = folder / "demonstration-signing.p12"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        # For the owner alone from its first byte on.
        handle, draft = tempfile.mkstemp(dir=folder)
        with os.fdopen(handle, "wb") as file:
            file.write(_made())
        try:
            # Two processes that start at once keep one key: whichever came first.
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            os.unlink(draft)
    return path


def _made() -> bytes:
    root_key, key = (rsa.generate_private_key(public_exponent=65537, key_size=_SIZE) for _ in range(2))
    root = _certificate(ROOT_NAME, root_key, issuer=ROOT_NAME, issuer_key=root_key, is_root=True)
    signer = _certificate(SIGNER_NAME, key, issuer=ROOT_NAME, issuer_key=root_key, is_root=False)
    return pkcs12.serialize_key_and_certificates(b"demonstration", key, signer, [root], NoEncryption())


def _certificate(
    name: str, key: rsa.RSAPrivateKey, *, issuer: str, issuer_key: rsa.RSAPrivateKey, is_root: bool
) -> x509.Certificate:
    return (
        x509.CertificateBuilder()
        .subject_name(_called(name))
        .issuer_name(_called(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(_FROM)
        .not_valid_after(_UNTIL)
        .add_extension(x509.BasicConstraints(ca=is_root, path_length=None), critical=True)
        .add_extension(_usage(is_root=is_root), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False
        )
        .sign(issuer_key, hashes.SHA256())
    )


def _called(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _usage(*, is_root: bool) -> x509.KeyUsage:
    """A root signs certificates; a signer signs documents and stands by them."""
    return x509.KeyUsage(
        digital_signature=not is_root,
        content_commitment=not is_root,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=is_root,
        crl_sign=is_root,
        encipher_only=False,
        decipher_only=False,
    )
