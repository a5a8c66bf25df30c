"""The schemas are promises: they stay as their snapshot has them, and both sides keep to them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings

from portal.cli.rules import rules
from portal.cli.rules_schemas import ANSWER, DOSSIER
from portal.domain.dossier import Dossier
from portal.domain.dossier_json import dossier_to_json
from portal.domain.rules.faults import Place
from portal.domain.rules.verdict import judge
from portal.rulebook.dossiers import FACTS, read_dossier
from portal.rulebook.loader import load
from portal.rulebook.reading import Reader
from tests.cli.json_schema import problems
from tests.domain.rules.batch.chance import dossiers

SNAPSHOT = Path(__file__).parent / "snapshots" / "schemas.json"
RULEBOOK = load()


def printed(*words: str) -> Any:
    found = CliRunner().invoke(rules, ["schema", *words])
    assert found.exit_code == 0
    return json.loads(found.output)


def test_the_schemas_are_those_of_the_snapshot() -> None:
    """A change here is a change for everybody who writes or reads these files."""
    assert printed() == json.loads(SNAPSHOT.read_text(encoding="utf-8"))


def test_each_schema_is_printed_alone_and_refuses_a_list() -> None:
    for which, schema in (("dossier", DOSSIER), ("answer", ANSWER)):
        assert printed(which) == schema
        # Walking it with an empty value meets no word the dialect does not know.
        assert list(problems([], schema)) != []


@settings(max_examples=150, deadline=None)
@given(dossiers())
def test_whatever_dossier_is_written_is_one_the_schema_and_the_reader_know(dossier: Dossier) -> None:
    record = dossier_to_json(dossier)
    kept = {name: value for name, value in record.items() if value}
    faults: list[Any] = []

    read_dossier(Reader(kept, Place("dossier.json"), faults))

    levels = [held["attributes"].get("level") for held in kept.get("credential", []) if "attributes" in held]
    if "" not in levels:
        assert list(problems(kept, DOSSIER)) == []
    assert not faults
    assert set(kept) <= set(FACTS)


@pytest.mark.parametrize("case", RULEBOOK.cases, ids=lambda case: f"{case.target}: {case.name.en}")
def test_the_answer_to_every_worked_case_keeps_to_the_schema(case: Any) -> None:
    verdict = judge(RULEBOOK.targets[case.target], case.dossier, on=case.on, rulebook=RULEBOOK.digest)

    assert list(problems(verdict.to_json(), ANSWER)) == []


@pytest.mark.parametrize(
    "record",
    [
        {"credentials": []},
        {"credential": [{}]},
        {"credential": [{"qualification": ""}]},
        {"work": [{"until": "2024-01-01"}]},
        {"work": [{"from": "2024-01-01", "share": 2}]},
        {"person": {"chinese_citizen": 1}},
        {"judgements": {"calm": "yes"}},
    ],
)
def test_what_the_reader_refuses_the_schema_refuses_too(record: dict[str, Any]) -> None:
    faults: list[Any] = []
    reader = Reader(record, Place("dossier.json"), faults)
    reader.only(FACTS)
    read_dossier(reader)

    assert faults
    assert list(problems(record, DOSSIER)) != []


def test_the_schemas_use_no_word_their_reader_does_not_know() -> None:
    with pytest.raises(ValueError, match="oneOf"):
        list(problems(1, {"oneOf": []}))
