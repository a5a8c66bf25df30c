"""Signing: accepted by poppler and by pyHanko, broken by one byte, and nothing else of the document harmed."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from asn1crypto import tsp  # type: ignore[import-untyped]
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from flask import Flask
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import signers
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from config import ROOT, Settings, Signing, SigningToken
from portal.adapters.demonstration_key import SIGNER_NAME, demonstration_key
from portal.adapters.signature_field import with_signature_field
from portal.adapters.signing import FileKey, PadesSigner, TokenKey
from portal.adapters.typesetting import TypstTypesetter
from portal.app import create_app
from portal.domain.errors import Refused
from portal.domain.places import Jurisdiction
from portal.domain.ports import SignedDocument
from portal.wording.documents import LetterFacts, letter_facts
from tests.documents import broken_claims, pdfsig
from tests.tokens import LABEL, PIN, TOKEN, a_token

THEN = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def document() -> bytes:
    facts = LetterFacts(
        reference="HK-7K4M-2QR9",
        place=Jurisdiction.HONG_KONG,
        language="zh_Hant_HK",
        subject="批准認可",
        body="陳大文：\n\n你已獲認可。",
        written_on=THEN.date(),
        operator="",
        check_address="https://bridge.example/check",
        code_picture=None,
    )
    return TypstTypesetter(ROOT / "templates" / "documents").typeset("letter", letter_facts(facts))


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return demonstration_key(tmp_path_factory.mktemp("instance"))


@pytest.fixture(scope="module")
def signed(document: bytes, key: Path) -> SignedDocument:
    return PadesSigner(FileKey(key, "")).sign(document, purpose="批准認可", at=THEN)


def a_signer(key: Path) -> signers.SimpleSigner:
    return signers.SimpleSigner.load_pkcs12(str(key))  # type: ignore[no-untyped-call,no-any-return]


def validated(content: bytes, key: Path) -> PdfSignatureStatus:
    """What pyHanko says of the one signature, trusting the demonstration's own root."""
    pdf = PdfFileReader(BytesIO(content))
    (signature,) = pdf.embedded_signatures
    root = a_signer(key).cert_registry
    trusted = [certificate for certificate in root if certificate.subject == certificate.issuer]
    context = ValidationContext(trust_roots=trusted, allow_fetching=False)
    return validate_pdf_signature(signature, context)


def test_poppler_accepts_the_signature(signed: SignedDocument, tmp_path: Path) -> None:
    said = pdfsig(signed.content, tmp_path)
    assert "Signature Validation: Signature is Valid." in said
    assert "Total document signed" in said
    assert "Signature Type: ETSI.CAdES.detached" in said
    assert f"Signer Certificate Common Name: {SIGNER_NAME}" in said
    assert signed.signer == SIGNER_NAME


def test_pyhanko_accepts_the_signature_and_its_chain(signed: SignedDocument, key: Path) -> None:
    status = validated(signed.content, key)
    assert status.intact
    assert status.valid
    assert status.trusted
    assert status.coverage is SignatureCoverageLevel.ENTIRE_FILE
    assert status.signer_reported_dt == THEN


@pytest.mark.parametrize("place", [0.02, 0.4, 0.7])
def test_one_flipped_bit_breaks_it(signed: SignedDocument, key: Path, tmp_path: Path, place: float) -> None:
    spoilt = bytearray(signed.content)
    spoilt[int(len(signed.content) * place)] ^= 1
    assert "Signature Validation: Signature is Valid." not in pdfsig(bytes(spoilt), tmp_path)
    assert not validated(bytes(spoilt), key).intact


def test_signing_breaks_no_claim_of_the_document(document: bytes, signed: SignedDocument) -> None:
    assert broken_claims(signed.content) == []
    with pikepdf.open(BytesIO(document)) as before, pikepdf.open(BytesIO(signed.content)) as after:
        assert after.Root.Metadata.read_bytes() == before.Root.Metadata.read_bytes()
        (field,) = after.pages[0].obj.Annots
        assert str(field.TU) == "批准認可"
        assert [float(side) for side in field.Rect] == [0, 0, 0, 0]


def test_a_field_outside_the_tags_is_noticed(document: bytes) -> None:
    with pikepdf.open(BytesIO(with_signature_field(document, "Signature"))) as pdf:
        field = pdf.pages[0].obj.Annots[0]
        del field["/StructParent"]
        del field["/TU"]
        field.F = 2
        del pdf.pages[0].obj["/Tabs"]
        out = BytesIO()
        pdf.save(out)
    assert broken_claims(out.getvalue()) == [
        "no order for the keyboard",
        "a field that is not printed",
        "a field without a name",
        "a field outside the tags",
    ]


def test_the_demonstration_key_is_made_once_and_kept_secret(tmp_path: Path) -> None:
    with ThreadPoolExecutor(2) as pool:
        paths = list(pool.map(lambda _: demonstration_key(tmp_path / "a"), range(2)))
    content = paths[0].read_bytes()
    assert demonstration_key(tmp_path / "a").read_bytes() == content
    assert paths[0].stat().st_mode & 0o077 == 0
    assert [path.name for path in (tmp_path / "a").iterdir()] == [paths[0].name]


@pytest.fixture
def locked_key(key: Path, tmp_path: Path) -> Path:
    """The same key behind a passphrase, as an operator keeps one."""
    private, certificate, others = pkcs12.load_key_and_certificates(key.read_bytes(), None)
    assert isinstance(private, RSAPrivateKey)
    path = tmp_path / "operator.p12"
    lock = BestAvailableEncryption(b"open sesame")
    path.write_bytes(pkcs12.serialize_key_and_certificates(b"operator", private, certificate, others, lock))
    return path


def test_the_operators_own_file_signs_and_no_demonstration_key_is_made(
    locked_key: Path, document: bytes, settings: Settings, the_app: Flask, tmp_path: Path
) -> None:
    signing = Signing(locked_key, "open sesame", None, tmp_path / "none", "")
    rulebook = the_app.extensions["house"].rulebook
    app = create_app(replace(settings, signing=signing), rulebook=rulebook)
    made = app.extensions["house"].signer.sign(document, purpose="Letter", at=THEN)
    assert "Signature is Valid." in pdfsig(made.content, tmp_path)
    assert not (tmp_path / "none").exists()


def test_the_operators_token_signs_for_the_portal(
    token: Path, document: bytes, settings: Settings, the_app: Flask, tmp_path: Path
) -> None:
    signing = Signing(None, "", SigningToken(token, TOKEN, LABEL, PIN), tmp_path / "none", "")
    rulebook = the_app.extensions["house"].rulebook
    app = create_app(replace(settings, signing=signing), rulebook=rulebook)
    made = app.extensions["house"].signer.sign(document, purpose="Letter", at=THEN)
    assert "Signature is Valid." in pdfsig(made.content, tmp_path)
    assert not (tmp_path / "none").exists()


def test_a_wrong_passphrase_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "key.p12"
    path.write_bytes(b"no key")
    with pytest.raises(ValueError, match="holds no key"):
        FileKey(path, "guess")


@pytest.fixture(scope="module")
def token(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with pytest.MonkeyPatch.context() as patch, a_token(tmp_path_factory.mktemp("token"), patch) as module:
        yield module


def test_a_key_on_a_token_signs_without_leaving_it(document: bytes, token: Path, tmp_path: Path) -> None:
    signer = PadesSigner(TokenKey(module=token, token=TOKEN, label=LABEL, pin=PIN))
    made = signer.sign(document, purpose="Letter", at=THEN)
    said = pdfsig(made.content, tmp_path)
    assert "Signature Validation: Signature is Valid." in said
    assert "Total document signed" in said
    assert made.signer == SIGNER_NAME


def test_a_token_signs_for_several_at_once(document: bytes, token: Path, tmp_path: Path) -> None:
    signer = PadesSigner(TokenKey(module=token, token=TOKEN, label=LABEL, pin=PIN))
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: signer.sign(document, purpose="Letter", at=THEN), range(4)))
    for number, each in enumerate(made):
        folder = tmp_path / str(number)
        folder.mkdir()
        assert "Signature is Valid." in pdfsig(each.content, folder)


@pytest.mark.parametrize("wrong", [{"pin": "000000"}, {"token": "elsewhere"}, {"label": "nothing"}])
def test_a_token_that_cannot_be_had_is_a_plain_refusal(
    document: bytes, token: Path, wrong: dict[str, str]
) -> None:
    key = TokenKey(**{"module": token, "token": TOKEN, "label": LABEL, "pin": PIN, **wrong})  # type: ignore[arg-type]
    with pytest.raises(Refused) as refusal:
        PadesSigner(key).sign(document, purpose="Letter", at=THEN)
    assert refusal.value.code == "signing.unavailable"


@pytest.fixture
def timestamp_server(key: Path) -> Iterator[str]:
    """A time stamp authority on this machine, answering over HTTP as RFC 3161 says."""
    signer = a_signer(key)
    stamper = DummyTimeStamper(signer.signing_cert, signer.signing_key, fixed_dt=THEN)

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = tsp.TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"])))
            answer = stamper.request_tsa_response(asked).dump()
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            return

    with HTTPServer(("127.0.0.1", 0), Answer) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def test_a_time_stamp_is_added_where_a_server_gives_one(
    document: bytes, key: Path, timestamp_server: str, tmp_path: Path
) -> None:
    signer = PadesSigner(FileKey(key, ""), timestamp_url=timestamp_server)
    made = signer.sign(document, purpose="Letter", at=THEN).content
    status = validated(made, key)
    assert status.intact
    assert status.timestamp_validity is not None
    assert status.timestamp_validity.timestamp == THEN
    assert "Signature is Valid." in pdfsig(made, tmp_path)


def test_a_silent_time_stamp_server_is_a_plain_refusal(document: bytes, key: Path) -> None:
    signer = PadesSigner(FileKey(key, ""), timestamp_url="http://127.0.0.1:9/")
    with pytest.raises(Refused) as refusal:
        signer.sign(document, purpose="Letter", at=THEN)
    assert refusal.value.code == "signing.unavailable"
