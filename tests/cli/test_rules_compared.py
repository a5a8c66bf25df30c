"""``rules compare`` and ``rules impact``: what changed, whom it concerns, and what they refuse."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from flask.cli import NoAppException, ScriptInfo

from portal.cli.rules import rules
from portal.rulebook.loader import load
from portal.services.house import House
from portal.services.releases import publish_shipped
from tests.rulebook.sampling import SAMPLES

KEEPER = "hong_kong/bridge_keeper.toml"
TARGET = "hk.bridge-keeper.east"
PEOPLE = [
    {"id": "wei", "credential": [{"qualification": "bridge.paper-east", "awarded_on": "2020-10-26"}]},
    {"id": "mei", "credential": [{"qualification": "bridge.paper-east", "awarded_on": "2026-10-26"}]},
    {"id": "nobody"},
]


@pytest.fixture
def before(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SAMPLES, tmp_path / "before"))


@pytest.fixture
def after(tmp_path: Path) -> Path:
    """A rulebook in which the paper of the second version lapses too, under another title."""
    folder = Path(shutil.copytree(SAMPLES, tmp_path / "after"))
    file = folder / KEEPER
    text = file.read_text(encoding="utf-8")
    head, marker, tail = text.rpartition('with = { any_of = "$papers" }')
    assert marker
    file.write_text(
        f'{head}with = {{ any_of = "$papers", awarded_within_months = 36 }}{tail}', encoding="utf-8"
    )
    sources = next((folder / "sources").iterdir())
    sources.write_text(sources.read_text(encoding="utf-8").replace("2026", "2025", 1), encoding="utf-8")
    return folder


@pytest.fixture
def register(tmp_path: Path) -> Path:
    file = tmp_path / "people.jsonl"
    file.write_text("\n".join(json.dumps(person) for person in PEOPLE) + "\n\n", encoding="utf-8")
    return file


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(rules, [str(word) for word in words])


def test_compare_names_the_clause_and_the_part_of_it_that_changed(before: Path, after: Path) -> None:
    found = json.loads(run("compare", before, after, "--format", "json").output)

    clause = next(entry for entry in found["differences"] if entry["shelf"] == "clauses")
    assert clause["name"] == [TARGET, "2025-07-01", "paper"]
    assert (clause["kind"], clause["parts"], clause["decides"]) == ("changed", ["parameters"], True)
    assert found["before"] == load(before).digest
    assert "decides  changed  clauses:" in run("compare", before, after).output


def test_a_rulebook_does_not_differ_from_itself_saved_as_a_release(before: Path, tmp_path: Path) -> None:
    release = tmp_path / "release-1.json"
    release.write_text(json.dumps(load(before).to_json()), encoding="utf-8")

    assert run("compare", before, release).output == "0 differences.\n"


def test_another_title_differs_and_does_not_decide(before: Path, tmp_path: Path) -> None:
    other = Path(shutil.copytree(before, tmp_path / "retitled"))
    text = (other / KEEPER).read_text(encoding="utf-8").replace('en = "The paper"', 'en = "A paper"')
    (other / KEEPER).write_text(text, encoding="utf-8")

    found = json.loads(run("compare", before, other, "--format", "json").output)["differences"]

    assert {entry["decides"] for entry in found} == {False}
    assert [entry["parts"] for entry in found] == [["title"], ["title"]]


def test_impact_names_who_loses(before: Path, after: Path, register: Path) -> None:
    words = ("impact", before, after, "--register", register, "--on", "2026-11-22")

    found = json.loads(run(*words, "--format", "json").output)

    (target,) = found["targets"]
    assert (target["target"], target["loses"], target["gains"]) == (TARGET, ["wei"], [])
    assert found["by_jurisdiction"]["hk"]["loses"] == 1
    assert "    loses: wei" in run(*words).output


def test_impact_the_other_way_round_names_who_gains(before: Path, after: Path, register: Path) -> None:
    found = run("impact", after, before, "--register", register, "--on", "2026-11-22")

    assert "1 gains" in found.output
    assert "    gains: wei" in found.output


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("{", "people.jsonl, clause line 2: It cannot be read"),
        ("{}", "people.jsonl, clause line 2: It has no “id”"),
        ('{"id": "wei"}', "people.jsonl, clause line 2: “wei” is there twice"),
        (
            '{"id": "x", "credential": [{"qualification": "ghost"}]}',
            "people.jsonl, clause line 2, credential 1: “ghost” is not among the qualifications",
        ),
    ],
)
def test_one_bad_line_refuses_the_whole_register_and_names_the_line(
    before: Path, tmp_path: Path, line: str, place: str
) -> None:
    file = tmp_path / "people.jsonl"
    file.write_text(f"{json.dumps(PEOPLE[0])}\n{line}\n", encoding="utf-8")

    found = run("impact", before, before, "--register", file, "--on", "2026-11-22")

    assert found.exit_code == 2
    assert place in found.output


@pytest.mark.parametrize("content", ["{", "[]", '{"documents": 1}'])
def test_a_file_that_is_no_release_ends_with_two(before: Path, tmp_path: Path, content: str) -> None:
    file = tmp_path / "release.json"
    file.write_text(content, encoding="utf-8")

    found = run("compare", before, file)

    assert found.exit_code == 2
    assert "release.json" in found.output


def test_a_broken_rulebook_ends_with_one_and_a_missing_one_with_two(before: Path, tmp_path: Path) -> None:
    (before / "authorities.toml").unlink()

    assert run("compare", SAMPLES, before).exit_code == 1
    assert run("compare", SAMPLES, tmp_path / "none").exit_code == 2


def in_portal(app: Flask, *words: str | Path) -> Result:
    return CliRunner().invoke(rules, [str(word) for word in words], obj=ScriptInfo(create_app=lambda: app))


def test_the_people_of_the_portal_are_asked_when_no_file_is_given(app: Flask, house: House) -> None:
    found = in_portal(app, "impact", "shipped", "shipped", "--on", "2026-11-22", "--format", "json")

    record = json.loads(found.output)
    assert (record["before"], record["targets"]) == (house.rulebook.digest, [])


def test_a_published_release_is_named_by_its_number(app: Flask, house: House) -> None:
    number = publish_shipped(house).number
    # The command has a transaction of its own, which would wait for the test's.
    house.session.remove()

    assert in_portal(app, "compare", str(number), "shipped").output == "0 differences.\n"
    missing = in_portal(app, "compare", "999", "shipped")
    assert (missing.exit_code, missing.output) == (2, "There is no release 999.\n")


def test_without_a_database_the_people_must_be_in_a_file(before: Path) -> None:
    def no_portal() -> Flask:
        raise NoAppException("none here")

    words = ["impact", str(before), str(before)]
    found = CliRunner().invoke(rules, words, obj=ScriptInfo(create_app=no_portal))

    assert found.exit_code == 2
    assert "--register FILE" in found.output


def test_impact_in_json_says_both_digests_the_day_and_the_basis(before: Path, register: Path) -> None:
    words = ("impact", before, before, "--register", register, "--on", "2026-11-22", "--format", "json")
    found = json.loads(run(*words).output)

    assert found["before"] == found["after"] == load(before).digest
    assert (found["on"], found["basis"], found["people"], found["targets"]) == (
        "2026-11-22",
        "verified",
        3,
        [],
    )
