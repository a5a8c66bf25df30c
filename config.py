"""Settings, read from the environment once, and refused as a whole when anything is wrong.

Development and tests need nothing set. Production needs its secrets from the environment; what is
missing or malformed is listed in one message, because fixing one line at a time costs a start each.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).parent
SHORTEST_SECRET = 32


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
    is_demonstration: bool


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
class Settings:
    """One portal's settings."""

    environment: str
    secret_key: str
    password_salt: str
    database_url: str
    storage_folder: Path
    base_url: str
    operator: Operator
    mail: Mail | None
    limits_url: str
    trusted_proxies: int = 0
    largest_request_bytes: int = 11 * 1024 * 1024

    @property
    def is_production(self) -> bool:
        """True where real people's data may be."""
        return self.environment == "production"


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
            database_url=self._database(),
            storage_folder=Path(self._environ.get("STORAGE_FOLDER", self._instance / "evidence")),
            base_url=self._address("BASE_URL", f"http://127.0.0.1:{self._port()}"),
            operator=self._operator(),
            mail=self._mail(),
            limits_url=self._limits(),
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
            for variable, value in (
                ("OPERATOR_NAME", name),
                ("OPERATOR_EMAIL", email),
                ("PRIVACY_OFFICER", officer),
            ):
                if not value:
                    self.faults.append(f"{variable} is missing: every page says who runs the portal")
        if email and "@" not in email:
            self.faults.append("OPERATOR_EMAIL must be an e-mail address")
        return Operator(name, email, officer, is_demonstration=not name)

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

    def _limits(self) -> str:
        value = self._environ.get("REDIS_URL", "")
        if value and not value.startswith(("redis://", "rediss://", "unix://")):
            self.faults.append("REDIS_URL must begin with redis://, rediss:// or unix://")
        return value or "memory://"

    def _proxies(self) -> int:
        value = self._environ.get("TRUSTED_PROXIES", "0")
        if not value.isdigit() or int(value) > 9:
            self.faults.append("TRUSTED_PROXIES must be the number of proxies in front, from 0 to 9")
            return 0
        return int(value)
