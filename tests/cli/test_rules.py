"""The ``rules`` commands: what they print and with which status they end."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from portal.cli.rules import rules
from portal.cli.rules_schemas import ANSWER
from portal.domain.rules.results import Evaluation
from portal.rulebook.loader import load
from tests.cli.json_schema import problems
from tests.rulebook.sampling import SAMPLES

TARGET = "hk.bridge-keeper.east"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the sample rulebook that a test may spoil or seal."""
    return Path(shutil.copytree(SAMPLES, tmp_path / "rulebook"))


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(rules, [str(word) for word in words])


def asked(folder: Path, record: Any, *words: str) -> Result:
    """Evaluate a dossier file that holds ``record``, as JSON unless it is text."""
    file = folder.parent / "dossier.json"
    file.write_text(record if isinstance(record, str) else json.dumps(record), encoding="utf-8")
    command = ("evaluate", "--target", TARGET, "--on", "2025-06-30", "--dossier", file)
    return run(*command, "--folder", folder, *words)


def test_lint_names_each_fault_and_ends_with_one_until_all_is_sealed(folder: Path) -> None:
    before = run("lint", "--folder", folder, "--on", "2026-11-22")
    run("seal", "--folder", folder, "--on", "2026-11-22")
    after = run("lint", "--folder", folder, "--on", "2026-11-22")

    assert (before.exit_code, after.exit_code) == (1, 0)
    assert "version.unsealed" in before.output
    assert after.output == "0 faults, 0 warnings.\n"


def test_lint_in_json_says_file_version_clause_and_remedy(folder: Path) -> None:
    (folder / "measures" / "bridge.toml").unlink()

    found = run("lint", "--folder", folder, "--on", "2019-01-01", "--format", "json")

    (fault,) = json.loads(found.output)
    assert (fault["code"], fault["clause"]) == ("measure.unknown", "paper")
    assert fault["file"] == "hong_kong/bridge_keeper.toml"
    assert fault["version"] == "2020-01-01"
    assert fault["remedy"]


def test_a_warning_alone_does_not_fail_the_lint(folder: Path) -> None:
    run("seal", "--folder", folder, "--on", "2028-01-01")

    found = run("lint", "--folder", folder, "--on", "2028-01-01")

    assert (found.exit_code, found.output.splitlines()[-1]) == (0, "0 faults, 1 warnings.")


def test_list_names_every_target(folder: Path) -> None:
    assert TARGET in run("list", "--folder", folder).output
    (entry,) = json.loads(run("list", "--folder", folder, "--format", "json").output)
    assert entry["in_force_from"] == "2025-07-01"


def test_show_prints_the_tree_of_the_version_in_force(folder: Path) -> None:
    first = run("show", TARGET, "--folder", folder, "--on", "2025-06-30").output
    second = run("show", TARGET, "--folder", folder, "--on", "2025-07-01").output

    assert "calm: Calm in a storm [judgement, authority]" in first
    assert "hk.B1, rule 3 (high)" in first
    assert "calm" not in second


def test_show_in_json_gives_every_clause_with_its_citations(folder: Path) -> None:
    found = json.loads(run("show", TARGET, "--folder", folder, "--format", "json").output)

    assert (found["target"], found["root"], found["versions"]) == (
        TARGET,
        "may_keep",
        ["2020-01-01", "2025-07-01"],
    )
    paper = found["clauses"][1]
    assert (paper["id"], paper["test"], paper["cites"][0]["source"]) == ("paper", "holds", "hk.B1")


def test_evaluate_reads_a_dossier_and_prints_the_verdict(folder: Path) -> None:
    record = {"credential": [{"qualification": "bridge.paper-east", "awarded_on": "2024-10-26"}]}

    found = asked(folder, record)

    assert found.exit_code == 0
    assert "not_met (rule of 2020-01-01)" in found.output
    assert "lapses on 2027-10-26" in found.output


def test_evaluate_in_json_carries_both_verdicts_and_their_photographs(folder: Path) -> None:
    paper = {"qualification": "bridge.paper-east", "awarded_on": "2024-10-26"}
    found = asked(
        folder,
        {"verified": False, "credential": [paper], "judgements": {"calm": True}},
        "--format",
        "json",
    )

    answer = json.loads(found.output)
    assert list(problems(answer, ANSWER)) == []
    photographs = {basis: Evaluation.from_json(record) for basis, record in answer["photographs"].items()}
    assert (answer["target"], answer["on"]) == (TARGET, "2025-06-30")
    assert answer["rulebook"] == load(folder).digest
    assert answer["outcome"] == {"declared": "not_met", "verified": "not_met"}
    assert photographs["declared"].find("paper").outcome == "met"
    assert photographs["verified"].find("paper").because.code == "holds.awaits_verification"
    assert photographs["verified"].find("calm").outcome == "met"


def test_every_clause_of_an_answer_says_why_and_where_it_is_written(folder: Path) -> None:
    answer = json.loads(asked(folder, {}, "--format", "json").output)

    paper = next(clause for clause in answer["clauses"] if clause["id"] == "paper")
    assert paper["cites"] == [{"source": "hk.B1", "at": "rule 1", "confidence": "high"}]
    assert paper["declared"]["because"]["code"] == "holds.none_found"
    assert paper["closed_by"] == ["measure.bridge.paper"]
    assert answer["alternatives"]["declared"] == [["paper", "work", "calm"]]


def test_what_would_settle_a_target_is_said_in_text_too(folder: Path) -> None:
    found = asked(folder, {"judgements": {"calm": True}})

    assert "would settle it: paper and work" in found.output
    assert "as verified: not_met, clause by clause the same" in found.output


@pytest.mark.parametrize(
    ("record", "place"),
    [
        ("{", "dossier.json: It cannot be read"),
        ("[]", "dossier.json: Expected a table"),
        ({"credentials": []}, "dossier.json: “credentials” is not a key here"),
        ({"credential": [{}]}, "dossier.json, clause credential 1: “qualification” must be a text"),
        (
            {"credential": [{"qualification": "x", "awarded_on": "2024-02-30"}]},
            "dossier.json, clause credential 1: “awarded_on” must be a day",
        ),
        (
            {"work": [{"from": "2024-02-01", "until": "2024-01-01"}]},
            "dossier.json, clause work 1: The work ends before it begins",
        ),
        ({"work": [{"from": "2024-02-01", "share": 2}]}, "dossier.json, clause work 1: “share” cannot be 2"),
        (
            {"person": {"chinese_citizen": "maybe"}},
            "dossier.json, clause person: “chinese_citizen” cannot be",
        ),
        ({"judgements": {"calm": "yes"}}, "dossier.json, clause judgements: “calm” must be true or false"),
        ('{"verified": NaN}', "dossier.json: It cannot be read"),
        ("[" * 100_000, "dossier.json: It cannot be read"),
        (
            {"credential": [{"qualification": "bridge.papr"}]},
            "dossier.json, clause credential 1: “bridge.papr” is not among the qualifications",
        ),
        (
            {"credential": [{"qualification": "bridge.paper-east", "attributes": {"colour": "red"}}]},
            "dossier.json, clause credential 1: “colour” is not among the attributes of bridge.paper-east",
        ),
        (
            {"work": [{"from": "2024-02-01", "place": "hk"}, {"from": "2024-02-01", "place": "mars"}]},
            "dossier.json, clause work 2: “mars” is not among the places",
        ),
        (
            {"work": [{"from": "2024-02-01", "functions": ["juggling"]}]},
            "dossier.json, clause work 1: “juggling” is not among the functions",
        ),
        ({"person": {"tall": True}}, "dossier.json, clause person: “tall” is not among the facts"),
        ({"judgements": {"clam": True}}, "dossier.json, clause judgements: “clam” is not among the clauses"),
        (
            {"recognition": [{"target": "hk.ghost", "granted_on": "2024-01-01"}]},
            "dossier.json, clause recognition 1: “hk.ghost” is not among the targets",
        ),
    ],
)
def test_a_dossier_that_cannot_be_read_names_the_place_and_ends_with_two(
    folder: Path, record: Any, place: str
) -> None:
    found = asked(folder, record)

    assert found.exit_code == 2
    assert place in found.output


def test_a_missing_file_and_an_unknown_target_end_with_two(folder: Path) -> None:
    missing = run(
        "evaluate",
        "--target",
        TARGET,
        "--on",
        "2025-06-30",
        "--dossier",
        folder / "none.json",
        "--folder",
        folder,
    )
    unknown = run("show", "hk.ghost", "--folder", folder)
    early = run("show", TARGET, "--folder", folder, "--on", "2019-12-31")

    assert [result.exit_code for result in (missing, unknown, early)] == [2, 2, 2]
    assert "There is no target “hk.ghost”" in unknown.output
    assert "rules.not_yet_in_force" in early.output


def test_a_broken_rulebook_ends_with_one_and_lists_its_faults(folder: Path) -> None:
    (folder / "authorities.toml").unlink()

    found = run("list", "--folder", folder)

    assert found.exit_code == 1
    assert "authority.unknown" in found.output
