"""What the ``rules`` commands share: options, exit codes, and how they give up.

Exit codes: 0 fine, 1 the rulebook has faults, 2 what was asked cannot be read.
"""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Final, NoReturn

import click

from portal.adapters.clock import SystemClock
from portal.cli.rules_files import Unreadable, rulebook_in
from portal.domain.rules.rulesets import Target
from portal.rulebook.loader import FOLDER, Rulebook, RulebookError, load

FAULTY: Final = 1
UNREADABLE: Final = 2
DAY: Final = click.DateTime(["%Y-%m-%d"])
_FOLDER: Final = click.Path(exists=True, file_okay=False, path_type=Path)

format_option = click.option(
    "--format", "shape", type=click.Choice(["text", "json"]), default="text", show_default=True
)
folder_option = click.option(
    "--folder", type=_FOLDER, default=FOLDER, help="Another rulebook than the shipped one."
)


def loaded(context: click.Context, folder: Path) -> Rulebook:
    """The rulebook of a folder; one with faults ends the command."""
    try:
        return load(folder)
    except RulebookError as error:
        click.echo(str(error), err=True)
        context.exit(FAULTY)


def opened(context: click.Context, path: Path) -> Rulebook:
    """The rulebook of a folder or of a saved release; one with faults ends the command."""
    try:
        return rulebook_in(path)
    except RulebookError as error:
        click.echo(f"{path.name}: {error}", err=True)
        context.exit(FAULTY)
    except Unreadable as error:
        give_up(context, str(error))


def target_in(context: click.Context, rulebook: Rulebook, target_id: str) -> Target:
    """A target by its id; an unknown one ends the command and lists those there are."""
    target = rulebook.targets.get(target_id)
    if target is None:
        known = "\n  ".join(sorted(rulebook.targets))
        give_up(context, f"There is no target “{target_id}”. There are:\n  {known}")
    return target


def give_up(context: click.Context, message: str) -> NoReturn:
    """Say why what was asked cannot be done, and end."""
    click.echo(message, err=True)
    context.exit(UNREADABLE)


def day_of(on: datetime | None) -> date:
    """The day asked; a command run without one means today."""
    return on.date() if on is not None else SystemClock().today()


def spelt(value: object) -> str:
    """JSON as people and programs read it."""
    return json.dumps(value, ensure_ascii=False, indent=2)
