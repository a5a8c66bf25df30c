"""Settings: nothing to set for a demonstration, everything told at once in production."""

from __future__ import annotations

from pathlib import Path

import pytest

from config import SettingsError, read_settings
from portal.adapters.demonstration_key import demonstration_key

PRODUCTION = {
    "PORTAL_ENV": "production",
    "SECRET_KEY": "k" * 40,
    "PASSWORD_SALT": "s" * 40,
    "IDENTITY_KEY": "i" * 40,
    "DATABASE_URL": "postgresql://bridge:secret@db.example/bridge",
    "BASE_URL": "https://bridge.example",
    "OPERATOR_NAME": "Example Operator",
    "OPERATOR_EMAIL": "hello@bridge.example",
    "PRIVACY_OFFICER": "Example Officer",
    "SMTP_URL": "smtp://user:word@mail.example:587",
    "MAIL_FROM": "bridge@bridge.example",
}


def test_development_needs_nothing_and_keeps_its_secret(tmp_path: Path) -> None:
    first = read_settings({}, instance=tmp_path)
    second = read_settings({}, instance=tmp_path)
    assert first.secret_key == second.secret_key
    assert first.secret_key != first.password_salt
    assert first.operator.name == ""
    assert first.database_url.startswith("sqlite:///")


@pytest.fixture
def production(tmp_path: Path) -> dict[str, str]:
    """Everything production needs, with a key that can be opened."""
    return {**PRODUCTION, "SIGNING_PKCS12": str(demonstration_key(tmp_path / "operators-key"))}


def test_production_with_everything_set_is_read(tmp_path: Path, production: dict[str, str]) -> None:
    settings = read_settings(production, instance=tmp_path)
    assert settings.is_production
    assert settings.database_url == "postgresql+psycopg://bridge:secret@db.example/bridge"
    assert settings.mail is not None
    assert settings.mail.encrypted
    assert settings.operator.name == PRODUCTION["OPERATOR_NAME"]


def test_production_with_nothing_set_lists_everything_in_one_message(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as refusal:
        read_settings({"PORTAL_ENV": "production"}, instance=tmp_path)
    message = str(refusal.value)
    for name in {*PRODUCTION, "SIGNING_PKCS12"} - {"PORTAL_ENV", "MAIL_FROM"}:
        assert f"{name} is missing" in message


@pytest.mark.parametrize(
    ("name", "value", "complaint"),
    [
        ("SECRET_KEY", "short", "SECRET_KEY is too short"),
        ("DATABASE_URL", "mysql://db", "DATABASE_URL must begin"),
        ("BASE_URL", "http://bridge.example", "BASE_URL must be an https address"),
        ("SMTP_URL", "mail.example", "SMTP_URL must look like"),
        ("MAIL_FROM", "nobody", "MAIL_FROM must be"),
        ("OPERATOR_EMAIL", "nobody", "OPERATOR_EMAIL must be"),
        ("REDIS_URL", "memcached://x", "REDIS_URL must begin"),
        ("CLAMD_ADDRESS", "clamd.ctl", "CLAMD_ADDRESS must look like"),
        ("CLAMD_ADDRESS", "tcp://host", "CLAMD_ADDRESS must look like"),
        ("SIGNATURE_TRUST_ROOTS", "/nowhere/roots", "SIGNATURE_TRUST_ROOTS must be a folder"),
        ("PORT", "eighty", "PORT must be a number"),
    ],
)
def test_a_malformed_value_is_named(
    tmp_path: Path, production: dict[str, str], name: str, value: str, complaint: str
) -> None:
    with pytest.raises(SettingsError) as refusal:
        read_settings({**production, name: value}, instance=tmp_path)
    assert [complaint in fault for fault in refusal.value.faults] == [True]


@pytest.mark.parametrize(
    ("given", "complaints"),
    [
        ({"SIGNING_PKCS12": "/nowhere/key.p12"}, ["SIGNING_PKCS12 cannot be read"]),
        ({"SIGNING_PKCS12": __file__}, ["SIGNING_PKCS12 is no PKCS#12 file"]),
        ({"SIGNING_PASSPHRASE": "not the one"}, ["SIGNING_PASSPHRASE is wrong"]),
        ({"TIMESTAMP_URL": "ftp://time.example"}, ["TIMESTAMP_URL must be"]),
        (
            {"SIGNING_PKCS11_TOKEN": "portal"},
            [
                "SIGNING_PKCS11_KEY is missing",
                "SIGNING_PKCS11_PIN is missing",
                "SIGNING_PKCS11_MODULE must be the path",
                "cannot both be set",
            ],
        ),
        (
            {"SIGNING_PKCS12": "", "SIGNING_PKCS11_MODULE": "/nowhere.so"},
            [
                "SIGNING_PKCS11_TOKEN is missing",
                "SIGNING_PKCS11_KEY is missing",
                "SIGNING_PKCS11_PIN is missing",
                "SIGNING_PKCS11_MODULE must be the path",
            ],
        ),
    ],
)
def test_every_fault_of_a_signing_key_is_named_at_once(
    tmp_path: Path, production: dict[str, str], given: dict[str, str], complaints: list[str]
) -> None:
    with pytest.raises(SettingsError) as refusal:
        read_settings({**production, **given}, instance=tmp_path)
    assert len(refusal.value.faults) == len(complaints)
    for fault, complaint in zip(refusal.value.faults, complaints, strict=True):
        assert complaint in fault


def test_a_token_is_read_whole_and_its_pin_is_never_shown(tmp_path: Path, production: dict[str, str]) -> None:
    given = {
        "SIGNING_PKCS12": "",
        "SIGNING_PKCS11_MODULE": __file__,
        "SIGNING_PKCS11_TOKEN": "portal",
        "SIGNING_PKCS11_KEY": "documents",
        "SIGNING_PKCS11_PIN": "731904",
    }
    signing = read_settings({**production, **given}, instance=tmp_path).signing
    assert signing.token is not None
    assert (signing.token.token, signing.token.key, signing.token.pin) == ("portal", "documents", "731904")
    assert "731904" not in repr(signing)


def test_a_demonstration_makes_a_key_of_its_own(tmp_path: Path) -> None:
    signing = read_settings({}, instance=tmp_path).signing
    assert (signing.pkcs12, signing.token, signing.demonstration_folder) == (None, None, tmp_path)


def test_an_unknown_environment_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="PORTAL_ENV"):
        read_settings({"PORTAL_ENV": "staging"}, instance=tmp_path)
