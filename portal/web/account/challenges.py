"""What a browser was asked to prove with a passkey, kept in its signed session until it answers, once."""

from __future__ import annotations

from base64 import b64decode, b64encode
from enum import StrEnum
from typing import Any, Final

from flask import session

from portal.domain.errors import Refused
from portal.services.passkeys import Challenge

_CHALLENGE: Final = "challenge"


class Purpose(StrEnum):
    """What an answer will be used for; one given for another purpose is none."""

    NEW = "new"
    SIGN_IN = "sign-in"
    SECOND_STEP = "second-step"
    PROOF = "proof"


def keep_challenge(purpose: Purpose, challenge: Challenge) -> dict[str, Any]:
    """Remember what is asked; gives what the browser needs to answer."""
    session[_CHALLENGE] = [purpose.value, b64encode(challenge.secret).decode()]
    return challenge.options


def take_challenge(purpose: Purpose) -> bytes:
    """What was asked for this purpose; refuses with ``passkey.not_asked`` when nothing was."""
    kept = session.pop(_CHALLENGE, None)
    if not kept or kept[0] != purpose.value:
        raise Refused("passkey.not_asked")
    return b64decode(kept[1])
