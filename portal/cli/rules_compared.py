"""``rules compare`` and ``rules impact``: what another rulebook says, and whom it concerns.

A rulebook is given as a folder of files, as a release saved as JSON, as the
number of a published release, or as ``shipped``. Both commands only read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Final

import click
from flask.cli import NoAppException, ScriptInfo
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from portal.cli.rules_files import Unreadable, register_in
from portal.cli.rules_options import DAY, day_of, format_option, give_up, opened, spelt
from portal.cli.rules_shown import difference_lines, impact_lines, impact_record
from portal.domain.dossier import Dossier
from portal.domain.rules.batch.impact import impact
from portal.domain.rules.batch.register import register_of
from portal.domain.rules.comparison import compare
from portal.domain.rules.vocabulary import Basis
from portal.models.people import Person
from portal.models.records import Release
from portal.rulebook.loader import FOLDER, Rulebook
from portal.services.facts import dossier_of
from portal.services.house import House

SHIPPED: Final = "shipped"
_BASES: Final = click.Choice([basis.value for basis in Basis])


def _before(command: click.decorators.FC) -> click.decorators.FC:
    return click.argument("before", metavar="RELEASE_OR_FOLDER_A")(command)


def _after(command: click.decorators.FC) -> click.decorators.FC:
    return click.argument("after", metavar="RELEASE_OR_FOLDER_B")(command)


@click.command("compare")
@_before
@_after
@format_option
@click.pass_context
def compare_command(context: click.Context, before: str, after: str, shape: str) -> None:
    """Say what the second rulebook says otherwise than the first."""
    old, new = _named(context, before), _named(context, after)
    differences = compare(old, new)
    if shape == "text":
        click.echo("\n".join(difference_lines(differences)))
        return
    record = {
        "before": old.digest,
        "after": new.digest,
        "differences": [found.to_json() for found in differences],
    }
    click.echo(spelt(record))


@click.command("impact")
@_before
@_after
@click.option(
    "--register",
    "file",
    type=click.Path(path_type=Path),
    help="A file with one JSON dossier a line, each with an “id”; the portal’s people if left out.",
)
@click.option("--on", type=DAY, help="The day asked; today if left out.")
@click.option("--basis", type=_BASES, default=Basis.VERIFIED.value, show_default=True)
@format_option
@click.pass_context
def impact_command(
    context: click.Context,
    before: str,
    after: str,
    file: Path | None,
    on: datetime | None,
    basis: str,
    shape: str,
) -> None:
    """Say who gains, who loses and of whom it can no longer be told, by target and jurisdiction."""
    rulebooks = _named(context, before), _named(context, after)
    people = _people(context, file, rulebooks, on)
    found = impact(*rulebooks, register_of(people), day_of(on), basis=Basis(basis))
    click.echo(spelt(impact_record(found)) if shape == "json" else "\n".join(impact_lines(found)))


def _named(context: click.Context, name: str) -> Rulebook:
    if name == SHIPPED:
        return opened(context, FOLDER)
    if not name.isdecimal():
        return opened(context, Path(name))
    with _portal(context, "Give a folder or a file.") as house:
        release = house.session.get(Release, int(name))
        if release is None:
            give_up(context, f"There is no release {name}.")
        return Rulebook.from_json(release.content)


def _people(
    context: click.Context, file: Path | None, rulebooks: Sequence[Rulebook], on: datetime | None
) -> list[tuple[str, Dossier]]:
    if file is not None:
        try:
            return register_in(file, rulebooks)
        except Unreadable as error:
            give_up(context, str(error))
    with _portal(context, "Give the people in a file: --register FILE.") as house:
        ids = house.session.scalars(select(Person.id).order_by(Person.id)).all()
        return [(str(one), dossier_of(house, one, on=day_of(on))) for one in ids]


@contextmanager
def _portal(context: click.Context, otherwise: str) -> Iterator[House]:
    """The portal and its database, for what is not in a file; without one the command ends."""
    try:
        app = context.ensure_object(ScriptInfo).load_app()
        with app.app_context():
            yield app.extensions["house"]
    except (NoAppException, OperationalError):
        give_up(context, f"There is no portal with a database here. {otherwise}")
