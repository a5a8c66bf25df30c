"""What a password costs whoever guesses it: next to nothing in tests, and Argon2's full price wherever people are."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask
from flask_security import hash_password, verify_password

from config import Settings
from portal.adapters.clock import SettableClock
from portal.app import create_app


def portal_in(environment: str, settings: Settings, the_app: Flask, the_clock: SettableClock) -> Flask:
    """The portal as it is in another environment."""
    rulebook = the_app.extensions["house"].rulebook
    return create_app(replace(settings, environment=environment), clock=the_clock, rulebook=rulebook)


@pytest.mark.parametrize("environment", ["production", "development"])
def test_a_password_costs_the_full_price_outside_tests(
    environment: str, settings: Settings, the_app: Flask, the_clock: SettableClock
) -> None:
    with portal_in(environment, settings, the_app, the_clock).test_request_context():
        digest = hash_password("many planks and one bridge")
        assert digest.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
        assert verify_password("many planks and one bridge", digest)


def test_only_tests_are_let_off(app: Flask) -> None:
    assert hash_password("many planks and one bridge").startswith("$argon2id$v=19$m=1024,t=1,p=1$")
