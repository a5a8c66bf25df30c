"""Loading: all faults at once, one digest for one text, JSON that reads back, and nothing half used."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from portal.domain.dossier import Dossier
from portal.domain.errors import Refused
from portal.domain.rules.evaluation import evaluate
from portal.domain.rules.reasons import REASONS
from portal.domain.rules.results import Evaluation
from portal.domain.rules.rulesets import version_in_force
from portal.domain.rules.vocabulary import Basis
from portal.rulebook.loader import Rulebook, RulebookError, _usable, load, read
from tests.rulebook.sampling import SAMPLES

RULEBOOK = load()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the sample that a test may spoil."""
    return Path(shutil.copytree(SAMPLES, tmp_path / "rulebook"))


def test_a_broken_rulebook_raises_with_every_fault_it_has(folder: Path) -> None:
    (folder / "authorities.toml").unlink()
    (folder / "measures" / "bridge.toml").write_text("not toml at all")

    with pytest.raises(RulebookError) as refusal:
        load(folder)

    codes = {fault.code for fault in refusal.value.faults}
    assert codes == {"authority.unknown", "file.unreadable", "measure.unknown"}
    assert "measures/bridge.toml" in str(refusal.value)


def test_a_message_names_file_version_clause_and_remedy(folder: Path) -> None:
    path = folder / "hong_kong" / "bridge_keeper.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('"hk.B1", at = "rule 2"', '"x", at = "r"'))

    with pytest.raises(RulebookError, match="version 2020-01-01, clause work: There is no source “x”"):
        load(folder)


def test_the_digest_follows_the_text_and_not_its_spelling(folder: Path) -> None:
    before = load(folder).digest
    path = folder / "tracks.toml"
    path.write_text("# a remark\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    remarked = load(folder).digest
    path.write_text(path.read_text(encoding="utf-8").replace("Bridges", "Spans"), encoding="utf-8")

    assert remarked == before
    assert load(folder).digest != before


def test_a_stored_release_reads_back_as_the_same_rulebook() -> None:
    stored = json.loads(json.dumps(RULEBOOK.to_json(), ensure_ascii=False))

    again = Rulebook.from_json(stored)

    assert again.digest == RULEBOOK.digest
    assert again.targets.keys() == RULEBOOK.targets.keys()
    for case in RULEBOOK.cases:
        one = evaluate(RULEBOOK.targets[case.target], case.dossier, on=case.on)
        assert evaluate(again.targets[case.target], case.dossier, on=case.on) == one


def test_a_release_of_the_days_of_english_cases_can_still_be_read() -> None:
    stored = json.loads(json.dumps(load(SAMPLES).to_json()))
    told = stored["documents"]["cases/bridge.toml"]["case"][0]
    told["name"] = told["name"]["en"]

    again = Rulebook.from_json(stored)

    assert again.cases[0].name.zh_hant == told["name"]
    with pytest.raises(RulebookError, match=r"text\.missing"):
        _usable(*read(stored["documents"]))


def test_instances_take_their_own_values() -> None:
    rulebook = load(SAMPLES)
    paper = rulebook.targets["hk.bridge-keeper.east"].ruleset.versions[0].clauses["paper"]

    assert getattr(paper, "parameters")["any_of"] == ("bridge.paper-east",)  # noqa: B009


BOUNDARIES = [
    (target.id, version.in_force_from)
    for target in RULEBOOK.targets.values()
    for version in target.ruleset.versions
]


@pytest.mark.parametrize(("target_id", "begins"), BOUNDARIES)
def test_each_version_binds_from_its_first_day(target_id: str, begins: date) -> None:
    ruleset = RULEBOOK.targets[target_id].ruleset
    earlier = [v for v in ruleset.versions if v.in_force_from < begins]

    for day in (begins, begins + timedelta(days=1)):
        assert version_in_force(ruleset, on=day).in_force_from == begins
    eve = begins - timedelta(days=1)
    if earlier:
        assert version_in_force(ruleset, on=eve) is earlier[-1]
        return
    with pytest.raises(Refused, match=r"rules\.not_yet_in_force"):
        version_in_force(ruleset, on=eve)


@pytest.mark.parametrize(("target_id", "begins"), BOUNDARIES)
def test_every_target_can_be_asked_on_the_days_around_each_version(target_id: str, begins: date) -> None:
    target = RULEBOOK.targets[target_id]
    for case in (case for case in RULEBOOK.cases if case.target == target_id):
        for day in (begins, begins + timedelta(days=1)):
            assert evaluate(target, case.dossier, on=day).in_force_from == begins


def test_a_rule_that_ended_gives_no_answer_afterwards() -> None:
    ruleset = load(SAMPLES).targets["hk.bridge-keeper.east"].ruleset
    last = replace(ruleset.versions[-1], in_force_until=date(2026, 1, 31))
    ended = replace(ruleset, versions=(*ruleset.versions[:-1], last))

    assert version_in_force(ended, on=date(2026, 1, 31)) is last
    with pytest.raises(Refused, match=r"rules\.no_longer_in_force"):
        version_in_force(ended, on=date(2026, 2, 1))


@pytest.mark.parametrize("basis", Basis)
def test_every_reason_given_is_registered_with_exactly_its_parameters(basis: Basis) -> None:
    for case in RULEBOOK.cases:
        for dossier in (case.dossier, Dossier()):
            evaluation = evaluate(RULEBOOK.targets[case.target], dossier, on=case.on, basis=basis)
            for result in evaluation.root.walk():
                assert result.because.params.keys() == REASONS[result.because.code].keys()


def test_every_shipped_evaluation_survives_json() -> None:
    for case in RULEBOOK.cases:
        evaluation = evaluate(RULEBOOK.targets[case.target], case.dossier, on=case.on)
        assert Evaluation.from_json(json.loads(json.dumps(evaluation.to_json()))) == evaluation
