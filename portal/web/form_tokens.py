"""Form tokens that say for which sign-in a form was drawn.

The library signs a random value of the session into every form, against forged ones. Here that value
ends with the key of the sign-in: when a form arrives after its sign-in, or after another, the portal
still knows whose it is, from its own signature. The key opens nothing.
"""

from __future__ import annotations

import secrets
from contextlib import suppress
from typing import Final
from uuid import UUID

from flask import current_app, g, request, session
from itsdangerous import BadData, URLSafeTimedSerializer

# Where the session keeps the key of its sign-in.
SIGN_IN: Final = "sign_in"
# Names of the library's: the field, and its place in the session.
_FIELD: Final = "csrf_token"
_SALT: Final = "wtf-csrf-token"


def bind_tokens(sign_in: UUID) -> None:
    """From now on this session's forms are this sign-in's; those drawn before count no more."""
    session[_FIELD] = token_value(sign_in)
    g.pop(_FIELD, None)


def token_value(sign_in: UUID) -> str:
    """What is signed into the forms of a sign-in: chance, and its key."""
    return f"{secrets.token_hex(20)}.{sign_in}"


def sign_in_of_form() -> UUID | None:
    """The sign-in for which the form of this request was drawn, whether it stands or has ended.

    None for a form drawn for a visitor. One without a token of ours counts as its session's.
    """
    signed = URLSafeTimedSerializer(str(current_app.secret_key), salt=_SALT)
    try:
        # However old: a form may have lain open for hours.
        named = str(signed.loads(request.form.get(_FIELD, ""))).partition(".")[2]
    except BadData:
        named = session.get(SIGN_IN, "")
    with suppress(ValueError):
        return UUID(named)
    return None
