"""What the use cases need from the outside world, as small protocols. The adapters keep them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, BinaryIO, Protocol

from portal.domain.files import OfferedFile, ReadDocument
from portal.domain.rules.catalogue import Authority, Qualification
from portal.domain.search import Found


class Clock(Protocol):
    """The only source of the present."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""

    def today(self) -> date:
        """The present day on both banks: Hong Kong and Shenzhen keep the same time."""


class Entropy(Protocol):
    """The only source of chance."""

    def bytes(self, count: int) -> bytes:
        """So many unpredictable bytes."""


class Storage(Protocol):
    """Where the bytes of evidence lie. A key is written once and never overwritten."""

    def put(self, key: str, content: bytes) -> None:
        """Store; refuses with FileExistsError when the key is taken."""

    def get(self, key: str) -> bytes:
        """Read back; KeyError when there is nothing."""

    def delete(self, key: str) -> None:
        """Remove; silent when there is nothing."""

    def open(self, key: str) -> BinaryIO:
        """Read bit by bit; KeyError when there is nothing."""

    def under_construction(self, key: str) -> BinaryIO:
        """What is made in several sittings, to be read and written anywhere; empty at first."""

    def keys(self, *, before: datetime) -> Iterable[str]:
        """The keys of everything stored before an instant."""


class Digests(Protocol):
    """Makes numbers comparable that may not be kept."""

    def digest(self, text: str) -> str:
        """A keyed digest: the same for the same text, and no way back."""


class DocumentReader(Protocol):
    """Opens what a stranger sends, away from everything else."""

    def read(self, offered: OfferedFile) -> ReadDocument:
        """What the file is and what to keep of it; refuses with the field ``file``."""


class ScanResult(StrEnum):
    """What a scanner says of a file. An unscanned file says so wherever it is offered.

    ``PENDING``: there is a scanner, and it has not answered yet; nobody opens the file until it has.
    """

    CLEAN = "clean"
    INFECTED = "infected"
    NOT_SCANNED = "not_scanned"
    PENDING = "pending"


class Scanner(Protocol):
    """The malware gate."""

    @property
    def is_present(self) -> bool:
        """False where there is none and nothing is looked at."""

    def scan(self, content: bytes) -> ScanResult:
        """Look at the bytes before anybody may open them."""


@dataclass(frozen=True, slots=True)
class WrittenLetter:
    """A letter as it was sent: words frozen, in one language."""

    language: str
    subject: str
    body: str


class Stationery(Protocol):
    """Writes letters and e-mails in a person's language."""

    def write_letter(self, kind: str, language: str, facts: Mapping[str, Any]) -> WrittenLetter:
        """The words of a letter; KeyError for an unknown kind."""

    def write_email(self, kind: str, language: str, facts: Mapping[str, Any]) -> WrittenLetter:
        """The words of an e-mail: never with personal data beyond a greeting and a reference."""

    def write_notice(self, kind: str, language: str, facts: Mapping[str, Any]) -> WrittenLetter:
        """What an e-mail of a kind says, without its link and foot: for the inbox, in any language."""


class Carrier(Protocol):
    """Takes e-mail away."""

    def send(self, *, recipient: str, subject: str, body: str, key: str) -> None:
        """Hand one message over; raises OSError when it cannot be taken now."""


class OneTimeCodes(Protocol):
    """Codes of authenticator apps. Secrets leave and come back sealed."""

    def new_secret(self) -> str:
        """A new secret, sealed."""

    def spelt(self, sealed: str) -> str:
        """The secret in letters, to be typed into an app."""

    def address(self, sealed: str, owner: str) -> str:
        """The secret as the address an app reads from a square code."""

    def step_of(self, sealed: str, code: str, at: datetime) -> int | None:
        """The number of the half minute a code belongs to; None when it is not one of now."""


@dataclass(frozen=True, slots=True)
class SignOnAttempt:
    """One way to a single sign-on provider and back; everything but ``address`` stays with us.

    ``asked_at``, in seconds, is there when somebody was asked to sign in anew: only what they
    did there since then answers.
    """

    address: str
    state: str
    nonce: str
    verifier: str
    asked_at: int | None = None


@dataclass(frozen=True, slots=True)
class OutsidePerson:
    """Who a provider says somebody is."""

    issuer: str
    subject: str
    email: str
    email_verified: bool


class SignOnFailed(Exception):
    """The provider's answer proves nothing; ``cancelled`` when the person turned back there."""

    def __init__(self, cause: str, *, cancelled: bool = False) -> None:
        super().__init__(cause)
        self.cancelled = cancelled


class SignOnProvider(Protocol):
    """A provider of single sign-on by OpenID Connect."""

    @property
    def name(self) -> str:
        """What people call it."""

    @property
    def issuer(self) -> str:
        """The name by which it signs."""

    def begin(self, back: str, *, again: bool) -> SignOnAttempt:
        """Where to send somebody; ``again`` asks them to show there anew who they are.

        Raises ``SignOnFailed`` when the provider cannot be reached.
        """

    def finish(self, attempt: SignOnAttempt, answer: Mapping[str, str], back: str) -> OutsidePerson:
        """Who came back with this answer; ``SignOnFailed`` when anything about it is not right."""


class Typesetter(Protocol):
    """Typesets documents: archival and accessible PDF."""

    def typeset(self, kind: str, facts: Mapping[str, Any]) -> bytes:
        """The PDF of a kind of document; KeyError for an unknown kind. Facts are never read as markup."""

    def square_code(self, address: str) -> str:
        """An address as a picture a camera reads, for a fact of a document."""


@dataclass(frozen=True, slots=True)
class SignedDocument:
    """A signed document and whom its signing certificate names."""

    content: bytes
    signer: str


class Signer(Protocol):
    """Signs documents in the operator's name."""

    def sign(self, document: bytes, *, purpose: str, at: datetime) -> SignedDocument:
        """Sign; refuses with ``signing.unavailable`` when the key cannot be had now."""


class SearchIndex(Protocol):
    """Entries read for searching by what people type: in any script, abbreviated, with slips."""

    def search(self, typed: str) -> Found:
        """What was typed, found; nothing for words without a letter or a digit."""


class SearchIndexes(Protocol):
    """Where indexes are kept: reading the entries for one takes longer than many searches."""

    def index_of(
        self,
        collection: str,
        *,
        digest: str,
        entries: Callable[[], Mapping[str, Qualification]],
        authorities: Mapping[str, Authority],
    ) -> SearchIndex:
        """The index of a collection as a rulebook with this digest has it.

        ``entries`` are asked for only when it is not there yet; with ``authorities``, who awards an
        entry helps to find it.
        """
