"""Settings, read from the environment once, and refused as a whole when anything is wrong.

Development and tests need nothing set. Production needs its secrets from the environment; what is
missing or malformed is listed in one message, because fixing one line at a time costs a start each.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.serialization import pkcs12

ROOT = Path(__file__).parent
SHORTEST_SECRET = 32
# What Argon2 spends on one password: passes, KiB of memory, lanes. RFC 9106's choice for servers.
PASSWORD_COST = {"time_cost": 3, "memory_cost": 64 * 1024, "parallelism": 4}
# What has a period of its own; unset, a period is illustrative and pages say so.
RETENTION = ("decisions", "messages", "journal")


class SettingsError(Exception):
    """Everything that is missing or malformed, one line each."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("The portal cannot start:\n" + "\n".join(f"  - {fault}" for fault in faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Operator:
    """Who runs this portal. Unconfigured it calls itself a demonstration."""

    name: str
    email: str
    privacy_officer: str


@dataclass(frozen=True, slots=True)
class Mail:
    """The SMTP server that takes e-mail away."""

    host: str
    port: int
    user: str
    password: str
    sender: str
    encrypted: bool


@dataclass(frozen=True, slots=True)
class SingleSignOn:
    """The OpenID Connect provider people may sign in with; ``name`` is what they call it."""

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    name: str


@dataclass(frozen=True, slots=True)
class SigningToken:
    """A PKCS#11 token that keeps the signing key; key and certificate carry the same label."""

    module: Path
    token: str
    key: str
    pin: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Signing:
    """The key that signs documents: a PKCS#12 file, or a token. A demonstration makes its own file."""

    pkcs12: Path | None
    passphrase: str = field(repr=False)
    token: SigningToken | None
    demonstration_folder: Path
    timestamp_url: str


@dataclass(frozen=True, slots=True)
class Settings:
    """One portal's settings."""

    environment: str
    secret_key: str
    password_salt: str
    identity_key: str
    database_url: str
    storage_folder: Path
    base_url: str
    operator: Operator
    mail: Mail | None
    limits_url: str
    signing: Signing
    single_sign_on: SingleSignOn | None = None
    retention_months: Mapping[str, int] = field(default_factory=dict)
    clamd_address: str = ""
    signature_trust_roots: Path | None = None
    trusted_proxies: int = 0
    largest_request_bytes: int = 11 * 1024 * 1024

    @property
    def is_production(self) -> bool:
        """True where real people's data may be."""
        return self.environment == "production"

    @property
    def password_cost(self) -> Mapping[str, int]:
        """What a password costs whoever guesses it; tests sign in by the hundred and guard nobody's."""
        if self.environment == "test":
            return {"time_cost": 1, "memory_cost": 1024, "parallelism": 1}
        return PASSWORD_COST


def read_settings(environ: Mapping[str, str] | None = None, *, instance: Path | None = None) -> Settings:
    """Read the settings; SettingsError lists all faults at once."""
    reader = _Reader(os.environ if environ is None else environ, instance or ROOT / "instance")
    settings = reader.settings()
    if reader.faults:
        raise SettingsError(reader.faults)
    return settings


class _Reader:
    """Reads variables one by one and gathers what is wrong with them."""

    def __init__(self, environ: Mapping[str, str], instance: Path) -> None:
        self._environ = environ
        self._instance = instance
        self.faults: list[str] = []
        self._environment = environ.get("PORTAL_ENV", "development")
        if self._environment not in ("development", "production", "test"):
            self.faults.append("PORTAL_ENV must be development, test or production")

    @property
    def _strict(self) -> bool:
        return self._environment == "production"

    def settings(self) -> Settings:
        return Settings(
            environment=self._environment,
            secret_key=self._secret("SECRET_KEY"),
            password_salt=self._secret("PASSWORD_SALT"),
            identity_key=self._secret("IDENTITY_KEY"),
            database_url=self._database(),
            storage_folder=Path(self._environ.get("STORAGE_FOLDER", self._instance / "evidence")),
            # By name: browsers make passkeys for names, not for numbers.
            base_url=self._address("BASE_URL", f"http://localhost:{self._port()}"),
            operator=self._operator(),
            mail=self._mail(),
            limits_url=self._limits(),
            signing=self._signing(),
            single_sign_on=self._single_sign_on(),
            retention_months=self._retention_months(),
            clamd_address=self._clamd(),
            signature_trust_roots=self._trust_roots(),
            trusted_proxies=self._proxies(),
        )

    def _secret(self, name: str) -> str:
        value = self._environ.get(name, "")
        if not value and not self._strict:
            return self._development_secret(name)
        if not value:
            self.faults.append(f"{name} is missing: set it to {SHORTEST_SECRET} or more random characters")
        elif len(value) < SHORTEST_SECRET:
            self.faults.append(f"{name} is too short: {SHORTEST_SECRET} characters or more")
        return value

    def _development_secret(self, name: str) -> str:
        """A secret of this checkout alone, kept so that sign-ins outlive a restart."""
        path = self._instance / f"development-{name.lower().replace('_', '-')}"
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with path.open("x") as file:
                os.chmod(path, 0o600)
                file.write(secrets.token_urlsafe(48))
        except FileExistsError:
            pass
        return path.read_text()

    def _database(self) -> str:
        value = self._environ.get("DATABASE_URL", "")
        if not value:
            if self._strict:
                self.faults.append(
                    "DATABASE_URL is missing: postgresql://user:password@host/name, or sqlite:////path"
                )
            return f"sqlite:///{self._instance / 'portal.sqlite3'}"
        for spelling in ("postgresql://", "postgres://"):
            if value.startswith(spelling):
                return "postgresql+psycopg://" + value.removeprefix(spelling)
        if not value.startswith(("sqlite:///", "postgresql+psycopg://")):
            self.faults.append("DATABASE_URL must begin with postgresql:// or sqlite:///")
        return value

    def _port(self) -> int:
        value = self._environ.get("PORT", "8000")
        if not value.isdigit() or not 0 < int(value) < 65536:
            self.faults.append("PORT must be a number from 1 to 65535")
            return 8000
        return int(value)

    def _address(self, name: str, default: str) -> str:
        value = self._environ.get(name, "" if self._strict else default).rstrip("/")
        parts = urlsplit(value)
        if not value:
            self.faults.append(f"{name} is missing: the public address, such as https://bridge.example")
        elif parts.scheme not in ("http", "https") or not parts.hostname:
            self.faults.append(f"{name} must be an http or https address")
        elif self._strict and parts.scheme != "https":
            self.faults.append(f"{name} must be an https address in production")
        return value

    def _operator(self) -> Operator:
        name = self._environ.get("OPERATOR_NAME", "")
        email = self._environ.get("OPERATOR_EMAIL", "")
        officer = self._environ.get("PRIVACY_OFFICER", "")
        if self._strict:
            needed = {"OPERATOR_NAME": name, "OPERATOR_EMAIL": email, "PRIVACY_OFFICER": officer}
            for variable, value in needed.items():
                if not value:
                    self.faults.append(f"{variable} is missing: every page says who runs the portal")
        if email and "@" not in email:
            self.faults.append("OPERATOR_EMAIL must be an e-mail address")
        return Operator(name, email, officer)

    def _mail(self) -> Mail | None:
        value = self._environ.get("SMTP_URL", "")
        sender = self._environ.get("MAIL_FROM", "")
        if not value:
            if self._strict:
                self.faults.append("SMTP_URL is missing: smtp://user:password@host:587")
            return None
        parts = urlsplit(value)
        if parts.scheme not in ("smtp", "smtp+plain") or not parts.hostname:
            self.faults.append("SMTP_URL must look like smtp://user:password@host:587")
        if "@" not in sender:
            self.faults.append("MAIL_FROM must be the address e-mails are sent from")
        return Mail(
            host=parts.hostname or "",
            port=parts.port or 587,
            user=parts.username or "",
            password=parts.password or "",
            sender=sender,
            encrypted=parts.scheme == "smtp",
        )

    def _single_sign_on(self) -> SingleSignOn | None:
        names = ("OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET", "OIDC_NAME")
        values = [self._environ.get(name, "") for name in names]
        if not any(values):
            return None
        for name, value in zip(names, values, strict=True):
            if not value:
                self.faults.append(f"{name} is missing: single sign-on needs all four of {', '.join(names)}")
        issuer = values[0]
        parts = urlsplit(issuer)
        if issuer and (parts.scheme not in ("http", "https") or not parts.hostname):
            self.faults.append("OIDC_ISSUER must be an http or https address")
        elif issuer and self._strict and parts.scheme != "https":
            self.faults.append("OIDC_ISSUER must be an https address in production")
        return SingleSignOn(*values)

    def _signing(self) -> Signing:
        token = self._signing_token()
        file = self._environ.get("SIGNING_PKCS12", "")
        passphrase = self._environ.get("SIGNING_PASSPHRASE", "")
        if file:
            self._require_pkcs12(Path(file), passphrase)
        if file and token:
            self.faults.append("SIGNING_PKCS12 and SIGNING_PKCS11_MODULE cannot both be set: one key signs")
        if self._strict and not file and not token:
            self.faults.append(
                "SIGNING_PKCS12 is missing: a PKCS#12 file that signs documents, with SIGNING_PASSPHRASE; "
                "or SIGNING_PKCS11_MODULE with SIGNING_PKCS11_TOKEN, SIGNING_PKCS11_KEY, SIGNING_PKCS11_PIN"
            )
        timestamp_url = self._environ.get("TIMESTAMP_URL", "")
        if timestamp_url and not timestamp_url.startswith(("http://", "https://")):
            self.faults.append("TIMESTAMP_URL must be an http or https address")
        return Signing(Path(file) if file else None, passphrase, token, self._instance, timestamp_url)

    def _signing_token(self) -> SigningToken | None:
        module = self._environ.get("SIGNING_PKCS11_MODULE", "")
        names = ("SIGNING_PKCS11_TOKEN", "SIGNING_PKCS11_KEY", "SIGNING_PKCS11_PIN")
        values = [self._environ.get(name, "") for name in names]
        if not module and not any(values):
            return None
        for name, value in zip(names, values, strict=True):
            if not value:
                self.faults.append(f"{name} is missing: a token needs all of {', '.join(names)}")
        if not Path(module).is_file():
            self.faults.append("SIGNING_PKCS11_MODULE must be the path of the token's library")
        return SigningToken(Path(module), *values)

    def _require_pkcs12(self, path: Path, passphrase: str) -> None:
        try:
            key, certificate, _ = pkcs12.load_key_and_certificates(
                path.read_bytes(), passphrase.encode() or None
            )
        except OSError:
            self.faults.append(f"SIGNING_PKCS12 cannot be read: {path}")
        except ValueError:
            self.faults.append("SIGNING_PKCS12 is no PKCS#12 file, or SIGNING_PASSPHRASE is wrong")
        else:
            if key is None or certificate is None:
                self.faults.append("SIGNING_PKCS12 must hold a key and its certificate")

    def _limits(self) -> str:
        value = self._environ.get("REDIS_URL", "")
        if value and not value.startswith(("redis://", "rediss://", "unix://")):
            self.faults.append("REDIS_URL must begin with redis://, rediss:// or unix://")
        return value or "memory://"

    def _retention_months(self) -> dict[str, int]:
        given = {name: self._environ.get(f"RETENTION_{name.upper()}_MONTHS", "") for name in RETENTION}
        for name, value in given.items():
            if value and not (value.isdigit() and 0 < int(value) <= 600):
                self.faults.append(
                    f"RETENTION_{name.upper()}_MONTHS must be a number of months from 1 to 600"
                )
        return {name: int(value) for name, value in given.items() if value.isdigit()}

    def _clamd(self) -> str:
        value = self._environ.get("CLAMD_ADDRESS", "")
        host, _colon, port = value.removeprefix("tcp://").rpartition(":")
        by_network = value.startswith("tcp://") and host != "" and port.isdigit()
        if value and not by_network and not value.startswith("unix:/"):
            self.faults.append("CLAMD_ADDRESS must look like unix:/run/clamav/clamd.ctl or tcp://host:3310")
        return value

    def _trust_roots(self) -> Path | None:
        value = self._environ.get("SIGNATURE_TRUST_ROOTS", "")
        if value and not Path(value).is_dir():
            self.faults.append("SIGNATURE_TRUST_ROOTS must be a folder of certificates (PEM or DER)")
        return Path(value) if value else None

    def _proxies(self) -> int:
        value = self._environ.get("TRUSTED_PROXIES", "0")
        if not value.isdigit() or int(value) > 9:
            self.faults.append("TRUSTED_PROXIES must be the number of proxies in front, from 0 to 9")
            return 0
        return int(value)
