"""What happens before the portal serves: migrate, publish the rulebook, and, in a demonstration, people."""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import with_appcontext
from flask_migrate import upgrade

from config import ROOT, Settings
from portal.cli.demonstration.people import is_peopled, people_the_demonstration
from portal.cli.demonstration.sign_ins import PASSWORD, SIGN_INS
from portal.services.duplicates import index_everybody
from portal.services.house import House
from portal.services.releases import publish_shipped


@click.command()
@with_appcontext
def prepare() -> None:
    """Migrate the database, publish the shipped rulebook, and make the demonstration's people once."""
    settings: Settings = current_app.extensions["settings"]
    house: House = current_app.extensions["house"]
    upgrade(directory=str(ROOT / "migrations"))
    release = publish_shipped(house)
    index_everybody(house)
    click.echo(f"Rulebook release {release.number}, SHA-256 {release.digest[:12]}…")
    if not settings.is_production:
        if not is_peopled(house):
            click.echo("Making the demonstration’s people …")
            people_the_demonstration(house)
        _print_sign_ins()
    click.echo(f"\nTwin City Bridge is on {settings.base_url}\n")


def _print_sign_ins() -> None:
    click.echo("\nSign in as (all with the same password):")
    for sign_in in SIGN_INS:
        click.echo(f"  {sign_in.email:34} {sign_in.who}")
    click.echo(f"  password: {PASSWORD}")
