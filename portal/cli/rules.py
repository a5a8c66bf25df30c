"""``rules``: look at the rulebook, check it and seal it. The other commands stand in modules beside.

Owns the words of these commands. The work is done by the rulebook and the engine.
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click

from portal.cli.rules_asked import evaluate_command, schema_command
from portal.cli.rules_compared import compare_command, impact_command
from portal.cli.rules_options import (
    DAY,
    FAULTY,
    day_of,
    folder_option,
    format_option,
    give_up,
    loaded,
    spelt,
    target_in,
)
from portal.cli.rules_shown import fault_lines, target_lines, target_record
from portal.domain.errors import PortalError
from portal.domain.rules.faults import Fault, Severity
from portal.rulebook.ledger import sealed_text
from portal.rulebook.loader import LEDGER, faults_of, read_folder


@click.group()
def rules() -> None:
    """Look at the rulebook, check it, seal it, and ask it about a dossier or a whole register."""


@rules.command("lint")
@folder_option
@format_option
@click.option("--on", type=DAY, help="The day to check seals and stale sources on; today if left out.")
@click.pass_context
def lint_command(context: click.Context, folder: Path, shape: str, on: datetime | None) -> None:
    """Check the rulebook; exit 1 when anything but a warning is found."""
    faults = lint_folder(folder, on=day_of(on))
    if shape == "json":
        click.echo(spelt([fault.to_json() for fault in faults]))
    else:
        click.echo("\n".join(fault_lines(faults)))
    if any(fault.severity is not Severity.WARNING for fault in faults):
        context.exit(FAULTY)


def lint_folder(folder: Path, *, on: date | None) -> tuple[Fault, ...]:
    """Every fault of the rulebook in a folder."""
    rulebook, reading = read_folder(folder)
    return faults_of(rulebook, reading, on=on)


@rules.command("list")
@folder_option
@format_option
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
        for target in loaded(context, folder).targets.values()
    ]
    if shape == "json":
        click.echo(spelt(listed))
        return
    width = max((len(str(entry["target"])) for entry in listed), default=0)
    for entry in listed:
        click.echo(f"{entry['target']:<{width}}  {entry['in_force_from']}  {entry['recognition']}")


@rules.command("show")
@click.argument("target_id", metavar="TARGET")
@folder_option
@format_option
@click.option("--on", type=DAY, help="The day whose version to show; today if left out.")
@click.pass_context
def show_command(
    context: click.Context, target_id: str, folder: Path, shape: str, on: datetime | None
) -> None:
    """Print the clauses of a target as a tree, with sources and confidence."""
    target = target_in(context, loaded(context, folder), target_id)
    try:
        version = target.in_force(day_of(on))
    except PortalError as error:
        give_up(context, f"{target_id}: {error.code} on {day_of(on).isoformat()}.")
    if shape == "json":
        click.echo(spelt(target_record(target, version)))
    else:
        click.echo("\n".join(target_lines(target, version)))


@rules.command("seal")
@folder_option
@click.option("--on", type=DAY, help="Seal what is in force on this day; today if left out.")
@click.pass_context
def seal_command(context: click.Context, folder: Path, on: datetime | None) -> None:
    """Write the digests of all versions in force or past into the ledger."""
    rulebook = loaded(context, folder)
    text = sealed_text(rulebook.version_digests, on=day_of(on))
    (folder / LEDGER).write_text(text, encoding="utf-8")
    click.echo(f"Sealed {text.count(chr(64))} versions in {LEDGER}.")


for command in (evaluate_command, schema_command, compare_command, impact_command):
    rules.add_command(command)


if __name__ == "__main__":
    rules()
