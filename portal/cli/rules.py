"""``rules``: look at the rulebook, check it, seal it, and ask it about a dossier in a file.

Owns the commands' words and exit codes: 0 fine, 1 the rulebook has faults,
2 what was asked cannot be read. The work is done by the rulebook and the engine.
"""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Final, NoReturn

import click

from portal.adapters.clock import SystemClock
from portal.cli.rules_shown import evaluation_lines, fault_lines, target_lines
from portal.domain.errors import PortalError
from portal.domain.rules.evaluation import evaluate
from portal.domain.rules.faults import Fault, Place, Severity
from portal.domain.rules.results import Evaluation
from portal.domain.rules.rulesets import Target
from portal.domain.rules.vocabulary import Basis
from portal.rulebook.dossiers import FACTS, read_dossier
from portal.rulebook.ledger import sealed_text
from portal.rulebook.loader import (
    FOLDER,
    LEDGER,
    Rulebook,
    RulebookError,
    faults_of,
    load,
    read_folder,
)
from portal.rulebook.reading import Reader

UNREADABLE: Final = 2
_BASES: Final = click.Choice([basis.value for basis in Basis])
_DAY: Final = click.DateTime(["%Y-%m-%d"])
_FOLDER: Final = click.Path(exists=True, file_okay=False, path_type=Path)


class DossierUnreadable(Exception):
    """A dossier file cannot be read; each fault names its place."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


@click.group()
def rules() -> None:
    """Look at the rulebook, check it, seal it, and ask it about a dossier."""


_format = click.option(
    "--format", "shape", type=click.Choice(["text", "json"]), default="text", show_default=True
)
_folder = click.option(
    "--folder", type=_FOLDER, default=FOLDER, help="Another rulebook than the shipped one."
)


@rules.command("lint")
@_folder
@_format
@click.option("--on", type=_DAY, help="The day to check seals and stale sources on; today if left out.")
@click.pass_context
def lint_command(context: click.Context, folder: Path, shape: str, on: datetime | None) -> None:
    """Check the rulebook; exit 1 when anything but a warning is found."""
    faults = lint_folder(folder, on=_day(on))
    if shape == "json":
        click.echo(_spelt([fault.to_json() for fault in faults]))
    else:
        click.echo("\n".join(fault_lines(faults)))
    if any(fault.severity is not Severity.WARNING for fault in faults):
        context.exit(1)


def lint_folder(folder: Path, *, on: date | None) -> tuple[Fault, ...]:
    """Every fault of the rulebook in a folder."""
    rulebook, reading = read_folder(folder)
    return faults_of(rulebook, reading, on=on)


@rules.command("list")
@_folder
@_format
@click.pass_context
def list_command(context: click.Context, folder: Path, shape: str) -> None:
    """Name every target, with the first day of its newest version."""
    listed = [
        {
            "target": target.id,
            "title": target.title.to_json(),
            "recognition": target.recognition.value,
            "in_force_from": target.ruleset.versions[-1].in_force_from.isoformat(),
        }
        for target in _loaded(context, folder).targets.values()
    ]
    if shape == "json":
        click.echo(_spelt(listed))
        return
    width = max((len(str(entry["target"])) for entry in listed), default=0)
    for entry in listed:
        click.echo(f"{entry['target']:<{width}}  {entry['in_force_from']}  {entry['recognition']}")


@rules.command("show")
@click.argument("target_id", metavar="TARGET")
@_folder
@_format
@click.option("--on", type=_DAY, help="The day whose version to show; today if left out.")
@click.pass_context
def show_command(
    context: click.Context, target_id: str, folder: Path, shape: str, on: datetime | None
) -> None:
    """Print the clauses of a target as a tree, with sources and confidence."""
    target = _target(context, _loaded(context, folder), target_id)
    try:
        version = target.in_force(_day(on))
    except PortalError as error:
        _give_up(context, f"{target_id}: {error.code} on {_day(on).isoformat()}.")
    lines = target_lines(target, version)
    click.echo(_spelt(lines) if shape == "json" else "\n".join(lines))


@rules.command("evaluate")
@click.option("--target", "target_id", required=True, metavar="TARGET")
@click.option("--on", type=_DAY, required=True, help="The day asked.")
@click.option("--dossier", "file", required=True, type=click.Path(path_type=Path))
@click.option("--basis", type=_BASES, default=Basis.DECLARED.value, show_default=True)
@_folder
@_format
@click.pass_context
def evaluate_command(
    context: click.Context,
    target_id: str,
    on: datetime,
    file: Path,
    basis: str,
    folder: Path,
    shape: str,
) -> None:
    """Ask what the dossier in a JSON file amounts to on a day."""
    target = _target(context, _loaded(context, folder), target_id)
    try:
        evaluation = evaluate_file(target, file, on=on.date(), basis=Basis(basis))
    except DossierUnreadable as error:
        _give_up(context, str(error))
    except PortalError as error:
        _give_up(context, f"{target_id}: {error.code} on {on.date().isoformat()}.")
    lines = evaluation_lines(evaluation)
    click.echo(_spelt(evaluation.to_json()) if shape == "json" else "\n".join(lines))


def evaluate_file(target: Target, file: Path, *, on: date, basis: Basis) -> Evaluation:
    """Evaluate a dossier file; refuses with ``DossierUnreadable``, naming each place in it."""
    place = Place(file.name)
    try:
        record = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        remedy = "Give a JSON file in UTF-8."
        raise DossierUnreadable(
            (Fault("dossier.unreadable", place, f"It cannot be read: {error}.", remedy),)
        ) from error
    faults: list[Fault] = []
    reader = Reader({}, place, faults).at(record)
    reader.only(FACTS)
    dossier = read_dossier(reader)
    if faults:
        raise DossierUnreadable(tuple(faults))
    return evaluate(target, dossier, on=on, basis=basis)


@rules.command("seal")
@_folder
@click.option("--on", type=_DAY, help="Seal what is in force on this day; today if left out.")
@click.pass_context
def seal_command(context: click.Context, folder: Path, on: datetime | None) -> None:
    """Write the digests of all versions in force or past into the ledger."""
    rulebook = _loaded(context, folder)
    text = sealed_text(rulebook.version_digests, on=_day(on))
    (folder / LEDGER).write_text(text, encoding="utf-8")
    click.echo(f"Sealed {text.count(chr(64))} versions in {LEDGER}.")


def _loaded(context: click.Context, folder: Path) -> Rulebook:
    try:
        return load(folder)
    except RulebookError as error:
        click.echo(str(error), err=True)
        context.exit(1)


def _target(context: click.Context, rulebook: Rulebook, target_id: str) -> Target:
    target = rulebook.targets.get(target_id)
    if target is None:
        known = "\n  ".join(sorted(rulebook.targets))
        _give_up(context, f"There is no target “{target_id}”. There are:\n  {known}")
    return target


def _give_up(context: click.Context, message: str) -> NoReturn:
    click.echo(message, err=True)
    context.exit(UNREADABLE)


def _day(on: datetime | None) -> date:
    """The day asked; a command run without one means today."""
    return on.date() if on is not None else SystemClock().today()


def _spelt(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


if __name__ == "__main__":
    rules()
