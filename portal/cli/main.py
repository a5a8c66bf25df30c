"""The portal's commands: ``./run WORDS``. ``./run help`` lists them."""

from __future__ import annotations

import sys

import click
from flask.cli import FlaskGroup

from config import SettingsError
from portal.app import create_app
from portal.cli.delivery import deliver
from portal.cli.preparation import prepare
from portal.cli.rules import rules
from portal.cli.shelf import scan, sweep
from portal.cli.staff import staff
from portal.rulebook.loader import RulebookError


@click.group(
    cls=FlaskGroup,
    create_app=create_app,
    add_default_commands=False,
    add_version_option=False,
    help="Commands of the portal.",
)
def portal() -> None:
    """Commands of the portal."""


portal.add_command(prepare)
portal.add_command(deliver)
portal.add_command(rules)
portal.add_command(scan)
portal.add_command(sweep)
portal.add_command(staff)


def main() -> None:
    """Run a command; settings and rulebooks that are wrong are told in one message."""
    try:
        portal(prog_name="./run")
    except (SettingsError, RulebookError) as error:
        print(error, file=sys.stderr)
        sys.exit(2)


if __name__ == "__main__":
    main()
