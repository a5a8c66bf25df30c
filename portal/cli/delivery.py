"""Sends what the outbox holds, and does what else falls due by itself, round after round."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

import click
from flask import current_app
from flask.cli import with_appcontext

from config import Settings
from portal.adapters.mail import SmtpCarrier
from portal.domain.ports import Carrier
from portal.services.data_exports import make_exports
from portal.services.forgetting import forget_farewells
from portal.services.house import House
from portal.services.lapsed_offers import pass_on_lapsed_offers
from portal.services.outbox import deliver_due
from portal.services.referees import remind_referees
from portal.services.scanning import scan_waiting

_SECONDS_BETWEEN_LOOKS = 5
log = logging.getLogger("portal")


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
        sent, failed = go_round(house, carrier)
        house.session.remove()
        if sent:
            click.echo(f"sent {sent}")
        if failed and not watch:
            raise click.ClickException(f"failed, as the log tells: {', '.join(failed)}")
        if not watch:
            return
        time.sleep(_SECONDS_BETWEEN_LOOKS)


def go_round(house: House, carrier: Carrier) -> tuple[int, list[str]]:
    """Do every errand once; gives how many e-mails left, and the names of the errands that failed.

    Whatever befalls one of them is logged, and the others are done all the same: a file that cannot be
    scanned must not hold back an e-mail. What failed is tried again in the next round.
    """
    sent = 0

    def send() -> None:
        nonlocal sent
        sent = deliver_due(house, carrier)

    errands: dict[str, Callable[[], object]] = {
        "pass on lapsed offers": lambda: pass_on_lapsed_offers(house),
        "remind referees": lambda: remind_referees(house),
        "scan what waits": lambda: scan_waiting(house),
        "make exports": lambda: make_exports(house),
        "send e-mails": send,
        "forget farewells": lambda: forget_farewells(house),
    }
    failed = [name for name, errand in errands.items() if not _is_done(house, name, errand)]
    return sent, failed


def _is_done(house: House, name: str, errand: Callable[[], object]) -> bool:
    try:
        errand()
    except Exception:
        house.session.rollback()
        log.exception("An errand failed: %s", name)
        return False
    return True
