"""Signing PDF documents (PAdES) with the key the operator configured, or a demonstration's own.

Owns the three homes of a key (a PKCS#12 file, a PKCS#11 token, a demonstration's file), the
invisible field a signature lies in, and the time stamp when a server gives one. It must not know
what a document says.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import Any, Final, Protocol

from pkcs11 import PKCS11Error
from pyhanko.config.pkcs11 import TokenCriteria
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko.sign.pkcs11 import PKCS11Signer, open_pkcs11_session
from pyhanko.sign.signers.pdf_signer import PdfSigningSession
from pyhanko.sign.timestamps import HTTPTimeStamper, TimestampRequestError

from portal.adapters.signature_field import FIELD, with_signature_field
from portal.domain.errors import Refused
from portal.domain.ports import SignedDocument

_DIGEST: Final = "sha256"


class Key(Protocol):
    """A signing key, wherever it lives."""

    def opened(self) -> Iterator[signers.Signer]:
        """Hold the key for one signature."""


class FileKey:
    """A key in a PKCS#12 file, read once when the portal starts."""

    def __init__(self, path: Path, passphrase: str) -> None:
        signer = signers.SimpleSigner.load_pkcs12(  # type: ignore[no-untyped-call]  # pyHanko leaves it untyped
            str(path), passphrase=passphrase.encode() or None
        )
        if signer is None or signer.signing_cert is None:
            raise ValueError(f"{path} holds no key with its certificate, or the passphrase is wrong")
        self._signer = signer

    def opened(self) -> Iterator[signers.Signer]:
        """Give the key: it lies in memory."""
        yield self._signer


class TokenKey:
    """A key that never leaves its PKCS#11 token. Its certificate has the same label."""

    def __init__(self, *, module: Path, token: str, label: str, pin: str) -> None:
        self._module, self._token, self._label, self._pin = module, token, label, pin
        # A session of its own for each signature, because a module does not survive a fork; one
        # at a time, because signing out of a token signs out every session of the process.
        self._turn = Lock()

    def opened(self) -> Iterator[signers.Signer]:
        """Open the token for one signature and close it again."""
        with self._turn:
            session = open_pkcs11_session(
                str(self._module), token_criteria=TokenCriteria(label=self._token), user_pin=self._pin
            )
            with session:
                yield PKCS11Signer(session, cert_label=self._label, key_label=self._label)


class PadesSigner:
    """Signs documents: PAdES B-B, and B-T where a time stamp server is configured."""

    def __init__(self, key: Key, *, timestamp_url: str = "") -> None:
        self._key = key
        self._timestamps = HTTPTimeStamper(timestamp_url, timeout=10) if timestamp_url else None

    def sign(self, document: bytes, *, purpose: str, at: datetime) -> SignedDocument:
        """Sign a document; refuses with ``signing.unavailable`` when the key or the time cannot be had."""
        try:
            # pyHanko runs an event loop of its own, which a thread may have only once.
            with ThreadPoolExecutor(max_workers=1) as thread:
                return thread.submit(self._sign, document, purpose, at).result()
        except (PKCS11Error, TimestampRequestError, OSError) as error:
            raise Refused("signing.unavailable") from error

    def _sign(self, document: bytes, purpose: str, at: datetime) -> SignedDocument:
        with contextmanager(self._key.opened)() as signer:
            return self._signed(with_signature_field(document, purpose), signer, purpose, at)

    def _signed(self, document: bytes, signer: signers.Signer, purpose: str, at: datetime) -> SignedDocument:
        wanted = signers.PdfSignatureMetadata(
            field_name=FIELD,
            md_algorithm=_DIGEST,
            subfilter=fields.SigSeedSubFilter.PADES,
            reason=purpose,
        )
        writer = _Appendix(BytesIO(document))
        pen = _DatedPen(wanted, signer=signer, timestamper=self._timestamps)
        pen.at = at
        signed = pen.sign_pdf(writer, existing_fields_only=True)
        return SignedDocument(signed.getvalue(), _name_in(signer.signing_cert))


class _Appendix(IncrementalPdfFileWriter):
    """What signing appends to a document: the signature, and nothing about who appended it.

    The metadata stays as it was typeset, because it says in an exact form what the document keeps to.
    """

    def _update_meta(self) -> None:
        return


class _DatedPen(signers.PdfSigner):
    """A signer that is told the time: the house's clock is the only one."""

    at: datetime

    def init_signing_session(
        self, pdf_out: BasePdfFileWriter, existing_fields_only: bool = False
    ) -> PdfSigningSession:
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self.at
        return session


def _name_in(certificate: Any) -> str:
    """Whom a certificate names."""
    return str(certificate.subject.native.get("common_name", "")) if certificate is not None else ""
