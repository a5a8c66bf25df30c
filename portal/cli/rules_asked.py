"""``rules evaluate`` and ``rules schema``: what a dossier in a file amounts to, and what both files hold.

No database is needed. The files and the answer keep their form: it is printed
by ``schema``, and a test holds it to a snapshot.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from portal.cli.rules_files import Unreadable, dossier_in
from portal.cli.rules_options import DAY, folder_option, format_option, give_up, loaded, spelt, target_in
from portal.cli.rules_schemas import ANSWER, DOSSIER
from portal.cli.rules_shown import verdict_lines
from portal.domain.errors import PortalError
from portal.domain.rules.verdict import judge


@click.command("evaluate")
@click.option("--target", "target_id", required=True, metavar="TARGET")
@click.option("--on", type=DAY, required=True, help="The day asked.")
@click.option("--dossier", "file", required=True, type=click.Path(path_type=Path))
@folder_option
@format_option
@click.pass_context
def evaluate_command(
    context: click.Context, target_id: str, on: datetime, file: Path, folder: Path, shape: str
) -> None:
    """Ask what the dossier in a JSON file amounts to on a day, as declared and as verified."""
    rulebook = loaded(context, folder)
    target = target_in(context, rulebook, target_id)
    try:
        dossier = dossier_in(file, rulebook)
        verdict = judge(target, dossier, on=on.date(), rulebook=rulebook.digest)
    except Unreadable as error:
        give_up(context, str(error))
    except PortalError as error:
        give_up(context, f"{target_id}: {error.code} on {on.date().isoformat()}.")
    click.echo(spelt(verdict.to_json()) if shape == "json" else "\n".join(verdict_lines(verdict)))


@click.command("schema")
@click.argument("which", type=click.Choice(["dossier", "answer"]), required=False)
def schema_command(which: str | None) -> None:
    """Print the JSON Schema of the dossier file and of the answer, or of one of them."""
    schemas = {"dossier": DOSSIER, "answer": ANSWER}
    click.echo(spelt(schemas[which] if which else schemas))
