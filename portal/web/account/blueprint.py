"""The pages of an account; each module of this room hangs its views here."""

from __future__ import annotations

from flask import Blueprint
from flask_login import current_user

from portal.models.accounts import Account

account = Blueprint("account", __name__, url_prefix="/account")


def own_account() -> Account:
    """The account of the reader; only for views behind a marker that asks for one."""
    found: Account = current_user._get_current_object()
    return found
