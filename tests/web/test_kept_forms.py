"""What somebody typed is kept when their sign-in has ended; what must never lie in a table is not."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.models.records import KeptForm
from portal.services.house import House
from portal.web.forms.base import PortalForm
from portal.web.forms.fields import PasswordField
from portal.web.kept_forms import NEVER_KEPT
from tests.web.account.steps import token_on

SECRET = "Sesame-opens-9-bridges"


def every_form(base: type[PortalForm] = PortalForm) -> Iterator[type[PortalForm]]:
    for form in base.__subclasses__():
        yield form
        yield from every_form(form)


def secret_fields() -> set[str]:
    """The fields in which passwords are typed, and codes that open an account."""
    found = set()
    for form in every_form():
        for name in dir(form):
            unbound = getattr(form, name, None)
            of = getattr(unbound, "field_class", None)
            more = getattr(unbound, "kwargs", {})
            if of is not None and (of is PasswordField or more.get("autocomplete") == "one-time-code"):
                found.add(name)
    return found


def test_no_field_for_a_secret_is_ever_kept(the_app: Flask) -> None:
    fields = secret_fields()
    assert {"password", "new_password_confirm", "one_time_code"} <= fields
    assert fields - NEVER_KEPT == set()


@pytest.mark.parametrize("path", ["/account/password", "/account/verify", "/me/about-me/documents/add"])
def test_a_form_sent_after_the_end_leaves_no_secret_in_the_table(
    client: FlaskClient, house: House, path: str
) -> None:
    token = token_on(client, "/account/reset")
    names = NEVER_KEPT | secret_fields()
    sent = {**dict.fromkeys(names, SECRET), "harmless": "kept", "csrf_token": token}
    assert client.post(path, data=sent).status_code == 303
    kept = house.session.scalars(select(KeptForm)).one()
    assert SECRET not in json.dumps(kept.fields)
    assert kept.fields["harmless"] == ["kept"]
