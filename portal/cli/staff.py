"""Makes the first accounts of a portal, and helps staff who have lost every way in."""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import with_appcontext
from flask_security import hash_password

from portal.domain.errors import Refused
from portal.domain.people import JURISDICTIONAL_ROLES, NOBODY, Role
from portal.domain.places import Jurisdiction
from portal.services.accounts import account_at, is_known, make_staff
from portal.services.house import House
from portal.services.lost_ways import may_ask, remove_second_steps

_ROLES = [role.value for role in Role if role is not Role.PROFESSIONAL]


@click.group()
def staff() -> None:
    """Accounts of officers, programme managers, employers and system administrators."""


@staff.command("remove-second-steps")
@click.option("--email", required=True)
@click.confirmation_option(prompt="Have you found out, outside this portal, that it is they who ask?")
@with_appcontext
def remove(*, email: str) -> None:
    """Remove passkeys, app and recovery codes of somebody who has lost them, and sign out every browser.

    Only for those who decide about others; everybody else asks at the sign-in page and waits.
    """
    house: House = current_app.extensions["house"]
    account = account_at(house, email.lower())
    if account is None:
        raise click.ClickException("There is no account with this address.")
    if may_ask(account):
        raise click.ClickException(
            "This account can come back by itself: “I have lost every way in” at sign-in."
        )
    if not remove_second_steps(house, account):
        raise click.ClickException("This account has no second step.")
    click.echo(f"{email} signs in with the password alone, and is asked to add a second step.")


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
            NOBODY,
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
