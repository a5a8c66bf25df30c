"""Makes the first accounts of a portal: officers, managers, employers, administrators."""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import with_appcontext
from flask_security import hash_password

from portal.domain.errors import Refused
from portal.domain.people import JURISDICTIONAL_ROLES, Actor, Role
from portal.domain.places import Jurisdiction
from portal.services.accounts import is_known, make_staff
from portal.services.house import House

_ROLES = [role.value for role in Role if role is not Role.PROFESSIONAL]


@click.group()
def staff() -> None:
    """Accounts of officers, programme managers, employers and system administrators."""


@staff.command()
@click.option("--email", required=True)
@click.option("--name", required=True)
@click.option("--role", type=click.Choice(_ROLES), required=True)
@click.option("--jurisdiction", type=click.Choice([place.value for place in Jurisdiction]))
@click.option("--language", type=click.Choice(["en", "zh_Hant_HK", "zh_Hans_CN"]), default="en")
@click.password_option(help="Asked for when not given.")
@with_appcontext
def add(*, email: str, name: str, role: str, jurisdiction: str | None, language: str, password: str) -> None:
    """Make an account with one appointment."""
    house: House = current_app.extensions["house"]
    if is_known(house, email.lower()):
        raise click.ClickException("There is an account with this address.")
    needs_place = Role(role) in JURISDICTIONAL_ROLES
    if needs_place is not (jurisdiction is not None):
        raise click.ClickException("Officers and programme managers need --jurisdiction; others have none.")
    if len(password) < 12:
        raise click.ClickException("Use a password of 12 characters or more.")
    try:
        make_staff(
            house,
            Actor(),
            email=email.lower(),
            name=name,
            password_digest=hash_password(password),
            language=language,
            role=Role(role),
            jurisdiction=Jurisdiction(jurisdiction) if jurisdiction else None,
        )
    except Refused as refusal:
        raise click.ClickException(refusal.code) from refusal
    house.session.commit()
    click.echo(f"{email} may sign in.")
