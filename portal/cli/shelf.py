"""Looks after the shelf: scans what waits, and sweeps up what was kept long enough or belongs to nothing."""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import with_appcontext

from portal.services.forgetting import forget_what_is_over
from portal.services.house import House
from portal.services.scanning import scan_waiting, sweep_leftovers


@click.command()
@with_appcontext
def scan() -> None:
    """Ask the malware scanner about every file that waits for it."""
    house: House = current_app.extensions["house"]
    if not house.scanner.is_present:
        raise click.ClickException("No malware scanner is configured: set CLAMD_ADDRESS.")
    done = scan_waiting(house)
    house.session.remove()
    click.echo(f"clean {done.clean}, infected {done.infected}, waiting {done.waiting}")


@click.command()
@with_appcontext
def sweep() -> None:
    """Delete what has been kept long enough, and stored files that nothing in the database names."""
    house: House = current_app.extensions["house"]
    over = forget_what_is_over(house)
    swept = sweep_leftovers(house)
    house.session.remove()
    click.echo(f"deleted {swept}")
    click.echo(
        f"kept long enough: {over.exports} exports, {over.messages} messages, "
        f"{over.people} erased people, {over.journal_entries} journal entries, {over.forms} forms"
    )
