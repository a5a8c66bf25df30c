"""Files as people send them, and as people should not: real bytes, made when a test asks."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from pathlib import Path

import pikepdf
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pikepdf import Array, Dictionary, Name
from PIL import Image
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers

from portal.adapters.pictures import LARGEST_PICTURE_PIXELS
from tests.builders.records import a_pdf


def a_pdf_with(change: Callable[[pikepdf.Pdf], None], words: str = "") -> bytes:
    """A small PDF after something was done to it."""
    with pikepdf.open(BytesIO(a_pdf(words))) as document:
        change(document)
        out = BytesIO()
        document.save(out)
    return out.getvalue()


def a_pdf_with_a_script() -> bytes:
    """A PDF that runs a script when it is opened."""

    def change(document: pikepdf.Pdf) -> None:
        document.Root.OpenAction = Dictionary(S=Name.JavaScript, JS="app.alert(1)")

    return a_pdf_with(change)


def a_pdf_with_a_launch() -> bytes:
    """A PDF with a link that starts a program."""

    def change(document: pikepdf.Pdf) -> None:
        action = Dictionary(S=Name.Launch, F="calc.exe")
        link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=action)
        document.pages[0].Annots = Array([document.make_indirect(link)])

    return a_pdf_with(change)


def a_pdf_with_a_file_inside() -> bytes:
    """A PDF with an attachment."""

    def change(document: pikepdf.Pdf) -> None:
        document.attachments["tool.exe"] = pikepdf.AttachedFileSpec(document, b"MZ", filename="tool.exe")

    return a_pdf_with(change)


def a_pdf_with_notes() -> bytes:
    """A PDF that says who made it, in its information, in its metadata and in a photograph on a page."""

    def change(document: pikepdf.Pdf) -> None:
        document.docinfo["/Author"] = "Somebody Private"
        document.Root.Metadata = document.make_stream(b"<x:xmpmeta>Somebody Private</x:xmpmeta>")
        picture = document.make_stream(
            a_photograph(), Type=Name.XObject, Subtype=Name.Image, Width=40, Height=20
        )
        picture.ColorSpace, picture.BitsPerComponent = Name.DeviceRGB, 8
        picture.Filter = Name.DCTDecode
        document.pages[0].Resources = Dictionary(XObject=Dictionary(Im0=picture))

    return a_pdf_with(change)


def a_pdf_that_unfolds(times: int, *, megabytes: int = 60) -> bytes:
    """A PDF of a few hundred kilobytes whose streams unfold into so many megabytes each."""
    folded = zlib.compress(b"0" * (megabytes * 1024 * 1024), 9)

    def change(document: pikepdf.Pdf) -> None:
        for number in range(times):
            stream = document.make_stream(folded)
            stream.Filter = Name.FlateDecode
            document.Root[f"/Extra{number}"] = stream

    return a_pdf_with(change)


def a_pdf_with_a_huge_picture() -> bytes:
    """A PDF whose page holds a picture with more points than any scan, in no bytes to speak of."""

    def change(document: pikepdf.Pdf) -> None:
        side = int(LARGEST_PICTURE_PIXELS**0.5) + 10
        picture = document.make_stream(b"", Subtype=Name.Image, Width=side, Height=side)
        document.pages[0].Resources = Dictionary(XObject=Dictionary(Im0=picture))

    return a_pdf_with(change)


def a_bomb_of_a_pdf() -> bytes:
    """A cross-reference stream of a few hundred kilobytes that unfolds into 200 million bytes."""
    folded = zlib.compress(b"0" * 200_000_000, 9)
    start = b"%PDF-1.5\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    head = b"3 0 obj<</Type/XRef/Size 5/W[1 2 1]/Root 1 0 R/Filter/FlateDecode/Length %d>>stream\n"
    table = head % len(folded) + folded + b"\nendstream endobj\n"
    return start + table + b"startxref\n%d\n%%%%EOF" % len(start)


def an_archive_in_a_pdf(*, asks_for: int = 20) -> bytes:
    """A PDF that any unpacker opens as a ZIP: the archive's last words hold the end mark of the PDF.

    ``asks_for`` is the edition of ZIP an unpacker should know, in tenths.
    """
    archive, payload = BytesIO(), zipfile.ZipInfo("payload.txt")
    payload.extract_version = asks_for
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr(payload, "two files in one")
        packed.comment = b"%%EOF"
    return a_pdf() + archive.getvalue()


def a_photograph(*, turned: bool = False, kind: str = "JPEG") -> bytes:
    """A photograph 40 wide and 20 high, its left half black, that tells where and with what it was taken."""
    picture = Image.new("RGB", (40, 20), "white")
    picture.paste("black", (0, 0, 20, 20))
    notes = Image.Exif()
    notes[0x010F] = "Camera of Somebody Private"
    if turned:
        notes[0x0112] = 6
    place = notes.get_ifd(0x8825)
    place[1], place[2] = "N", (22.0, 18.0, 30.0)
    out = BytesIO()
    picture.save(out, kind, exif=notes, comment=b"<script>alert(1)</script>")
    return out.getvalue()


def a_huge_picture() -> bytes:
    """A picture of a few kilobytes with more pixels than any scan."""
    side = int(LARGEST_PICTURE_PIXELS**0.5) + 10
    out = BytesIO()
    Image.new("1", (side, side)).save(out, "PNG")
    return out.getvalue()


@dataclass(frozen=True, slots=True)
class Signatory:
    """Somebody with a key and a certificate of their own making."""

    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    def put_in(self, folder: Path) -> Path:
        """Make this signatory's certificate a root of trust in a folder."""
        (folder / "root.pem").write_bytes(self.pem)
        return folder


@cache
def a_signatory(name: str = "Registry of Testing") -> Signatory:
    """A signatory whose certificate holds from 2020 to 2040."""
    key = ec.generate_private_key(ec.SECP256R1())
    named = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    usage = x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=True,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    certificate = (
        x509.CertificateBuilder()
        .subject_name(named)
        .issuer_name(named)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2040, 1, 1, tzinfo=UTC))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .sign(key, hashes.SHA256())
    )
    return Signatory(key, certificate)


def signed(content: bytes, by: Signatory, *, field: str = "Signature1") -> bytes:
    """The document with a signature added at its end."""
    pkcs12 = serialization.pkcs12.serialize_key_and_certificates(
        b"test", by.key, by.certificate, None, serialization.NoEncryption()
    )
    signer = signers.SimpleSigner.load_pkcs12_data(pkcs12, other_certs=[])
    assert signer is not None
    writer = IncrementalPdfFileWriter(BytesIO(content))
    fields.append_signature_field(writer, fields.SigFieldSpec(field))
    out = BytesIO()
    signers.sign_pdf(writer, signers.PdfSignatureMetadata(field_name=field), signer=signer, output=out)
    return out.getvalue()


def altered(content: bytes, before: bytes, after: bytes) -> bytes:
    """The document with a few bytes changed for as many others."""
    assert len(before) == len(after)
    assert before in content
    return content.replace(before, after, 1)


def added_to(content: bytes) -> bytes:
    """A signed document after somebody changed what its first page shows, in a new revision."""
    writer = IncrementalPdfFileWriter(BytesIO(content))
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    page["/Contents"] = writer.add_object(generic.StreamObject(stream_data=b"% other words"))
    writer.update_container(page)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()
