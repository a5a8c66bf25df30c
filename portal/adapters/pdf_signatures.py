"""Signatures inside a PDF: whose they are, and whether what they cover is still what was signed.

Owns the checking and its honesty: intact is said of bytes, trusted only of a signer whose
certificate leads to a root the operator configured. Nothing is fetched from the network, so a
revoked certificate is not noticed here. It must not know storage or people.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Final

from asn1crypto import x509  # type: ignore[import-untyped]  # ships no types
from cryptography.exceptions import UnsupportedAlgorithm
from pyhanko.keys import load_certs_from_pemder
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.general import SigningError
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from portal.domain.evidence import SignatureFinding, SignatureState

MOST_SIGNATURES: Final = 20
_LONGEST_NAME: Final = 200
_ENDINGS: Final = frozenset({".pem", ".crt", ".cer", ".der"})
_BROKEN: Final = (
    PdfError,
    SignatureValidationError,
    SigningError,
    UnsupportedAlgorithm,
    NotImplementedError,
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    IndexError,
)
_NOT_READ: Final = SignatureFinding("", None, SignatureState.UNREADABLE, is_trusted=False)

# A signature by somebody unknown is a finding here, not an event for a log.
logging.getLogger("pyhanko").setLevel(logging.CRITICAL)
logging.getLogger("pyhanko_certvalidator").setLevel(logging.CRITICAL)


def check_signatures(content: bytes, trust_roots: Path | None) -> tuple[SignatureFinding, ...]:
    """Look at every signature in the order they were made; one that cannot be read is said to be so."""
    try:
        signatures = PdfFileReader(BytesIO(content)).embedded_signatures[:MOST_SIGNATURES]
    except _BROKEN:
        return (_NOT_READ,)
    roots = roots_in(trust_roots)
    return tuple(_check(signature, roots) for signature in signatures) or (_NOT_READ,)


def roots_in(folder: Path | None) -> Sequence[x509.Certificate]:
    """The certificates of a folder, PEM or DER."""
    if folder is None:
        return ()
    paths = sorted(path for path in folder.iterdir() if path.suffix.lower() in _ENDINGS)
    return tuple(load_certs_from_pemder([str(path) for path in paths]))  # type: ignore[no-untyped-call]  # pyHanko's


def _check(signature: EmbeddedPdfSignature, roots: Sequence[x509.Certificate]) -> SignatureFinding:
    try:
        signer = _name_of(signature.signer_cert)
        context = ValidationContext(trust_roots=list(roots), allow_fetching=False)
        status = validate_pdf_signature(signature, signer_validation_context=context)
    except _BROKEN:
        return _NOT_READ
    state = _state_of(status)
    is_trusted = state is not SignatureState.ALTERED and bool(roots) and status.trusted
    return SignatureFinding(signer, status.signer_reported_dt, state, is_trusted=is_trusted)


def _state_of(status: PdfSignatureStatus) -> SignatureState:
    if not (status.intact and status.valid):
        return SignatureState.ALTERED
    if status.coverage is SignatureCoverageLevel.ENTIRE_FILE:
        return SignatureState.COVERS_WHOLE_FILE
    harmless = status.modification_level in (
        ModificationLevel.NONE,
        ModificationLevel.LTA_UPDATES,
        ModificationLevel.FORM_FILLING,
    )
    if status.coverage is SignatureCoverageLevel.ENTIRE_REVISION and harmless and status.docmdp_ok:
        return SignatureState.ADDED_TO_AFTERWARDS
    return SignatureState.ALTERED


def _name_of(certificate: x509.Certificate) -> str:
    """The name in the certificate: what its issuer wrote, believed only when the issuer is trusted."""
    subject = certificate.subject.native
    name = subject.get("common_name") or subject.get("organization_name") or ""
    plain = name if isinstance(name, str) else " ".join(str(part) for part in name)
    return "".join(sign for sign in plain if sign.isprintable())[:_LONGEST_NAME]
