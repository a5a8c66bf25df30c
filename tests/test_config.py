"""Settings: nothing to set for a demonstration, everything told at once in production."""

from __future__ import annotations

from pathlib import Path

import pytest

from config import SettingsError, read_settings

PRODUCTION = {
    "PORTAL_ENV": "production",
    "SECRET_KEY": "k" * 40,
    "PASSWORD_SALT": "s" * 40,
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
    assert first.operator.is_demonstration
    assert first.database_url.startswith("sqlite:///")


def test_production_with_everything_set_is_read(tmp_path: Path) -> None:
    settings = read_settings(PRODUCTION, instance=tmp_path)
    assert settings.is_production
    assert settings.database_url == "postgresql+psycopg://bridge:secret@db.example/bridge"
    assert settings.mail is not None
    assert settings.mail.encrypted
    assert not settings.operator.is_demonstration


def test_production_with_nothing_set_lists_everything_in_one_message(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as refusal:
        read_settings({"PORTAL_ENV": "production"}, instance=tmp_path)
    message = str(refusal.value)
    for name in set(PRODUCTION) - {"PORTAL_ENV", "MAIL_FROM"}:
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
        ("PORT", "eighty", "PORT must be a number"),
    ],
)
def test_a_malformed_value_is_named(tmp_path: Path, name: str, value: str, complaint: str) -> None:
    with pytest.raises(SettingsError) as refusal:
        read_settings({**PRODUCTION, name: value}, instance=tmp_path)
    assert [fault for fault in refusal.value.faults if complaint in fault]


def test_an_unknown_environment_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="PORTAL_ENV"):
        read_settings({"PORTAL_ENV": "staging"}, instance=tmp_path)
