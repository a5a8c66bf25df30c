"""Sends what the outbox holds."""

from __future__ import annotations

import time

import click
from flask import current_app
from flask.cli import with_appcontext

from config import Settings
from portal.adapters.mail import SmtpCarrier
from portal.services.data_exports import make_exports
from portal.services.forgetting import forget_farewells
from portal.services.house import House
from portal.services.lapsed_offers import pass_on_lapsed_offers
from portal.services.outbox import deliver_due
from portal.services.referees import remind_referees
from portal.services.scanning import scan_waiting

_SECONDS_BETWEEN_LOOKS = 5


@click.command()
@click.option("--watch", is_flag=True, help="Go on looking every few seconds until stopped.")
@with_appcontext
def deliver(*, watch: bool) -> None:
    """Send the e-mails that are due, remind referees, pass on places nobody confirmed, and scan what waits."""
    settings: Settings = current_app.extensions["settings"]
    house: House = current_app.extensions["house"]
    if settings.mail is None:
        raise click.ClickException("No mail server is configured: set SMTP_URL and MAIL_FROM.")
    mail = settings.mail
    carrier = SmtpCarrier(
        host=mail.host,
        port=mail.port,
        sender=mail.sender,
        user=mail.user,
        password=mail.password,
        encrypted=mail.encrypted,
    )
    while True:
        pass_on_lapsed_offers(house)
        remind_referees(house)
        scan_waiting(house)
        make_exports(house)
        sent = deliver_due(house, carrier)
        forget_farewells(house)
        house.session.remove()
        if sent:
            click.echo(f"sent {sent}")
        if not watch:
            return
        time.sleep(_SECONDS_BETWEEN_LOOKS)
