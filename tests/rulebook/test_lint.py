"""The lint passes the sample and the shipped rulebook, and refuses each fault by name and place."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from portal.domain.rules.faults import Severity
from portal.rulebook.ledger import version_digests
from portal.rulebook.loader import FOLDER, faults_of, read, read_folder
from tests.rulebook.sampling import TARGET, TODAY, clause, documents, faults_after, version

Spoil = Callable[[dict[str, Any]], object]


def sealed() -> dict[str, Any]:
    rulebook, _ = read(documents())
    digests = version_digests(rulebook.documents, rulebook.targets)
    return {"sealed": {name: digest for name, (digest, _, _) in digests.items()}}


def test_the_sample_is_without_a_fault() -> None:
    assert faults_after(lambda spoilt: None, on=TODAY, ledger=sealed()) == ()


def test_the_shipped_rulebook_is_without_a_fault() -> None:
    rulebook, reading = read_folder(FOLDER)

    assert [str(fault) for fault in faults_of(rulebook, reading, on=TODAY)] == []


def _set(name: str, **values: Any) -> Spoil:
    return lambda spoilt: clause(spoilt, name).update(values)


def _without(name: str, key: str) -> Spoil:
    return lambda spoilt: clause(spoilt, name).pop(key)


def _with(name: str, **values: Any) -> Spoil:
    return lambda spoilt: clause(spoilt, name)["with"].update(values)


def _cite(**values: Any) -> Spoil:
    return lambda spoilt: clause(spoilt, "work")["cites"][0].update(values)


def _family(**values: Any) -> Spoil:
    return lambda spoilt: spoilt[TARGET].update(values)


def _case(**values: Any) -> Spoil:
    return lambda spoilt: spoilt["cases/bridge.toml"]["case"][0].update(values)


def _only_english(spoilt: dict[str, Any]) -> None:
    del clause(spoilt, "paper")["title"]["zh_hans"]


def _same_day(spoilt: dict[str, Any]) -> None:
    version(spoilt, 1)["in_force_from"] = date(2020, 1, 1)


def _idle(spoilt: dict[str, Any]) -> None:
    clause(spoilt, "may_keep")["all_of"] = ["paper", "work"]


GUILTY: list[tuple[str, Spoil, str | None]] = [
    ("test.unknown", _set("work", test="years_at_sea"), "work"),
    ("parameter.unknown", _with("work", weeks=3), "work"),
    ("parameter.type", _with("work", months="many"), "work"),
    ("parameter.type", _with("paper", any_of=[]), "paper"),
    ("parameter.missing", lambda s: clause(s, "work")["with"].pop("months"), "work"),
    ("clause.uncited", _without("work", "cites"), "work"),
    ("source.unknown", _cite(source="hk.B9"), "work"),
    ("measure.unknown", _set("paper", closed_by=["measure.none"]), "paper"),
    ("qualification.unknown", _with("paper", any_of=["bridge.paper-west"]), "paper"),
    ("places.unknown", _with("work", places=["atlantis"]), "work"),
    ("authority.unknown", _family(authority="nobody"), None),
    ("version.overlap", _same_day, None),
    ("version.overlap", lambda s: version(s).update(in_force_until=date(2025, 7, 1)), None),
    ("version.gap", lambda s: version(s).update(in_force_until=date(2025, 6, 1)), None),
    ("clause.unreachable", _idle, "calm"),
    ("clause.loop", _set("paper", unless="may_keep"), "may_keep"),
    ("clause.unknown", _set("may_keep", all_of=["paper", "work", "calm", "ghost"]), "may_keep"),
    ("clause.empty", _set("may_keep", all_of=[]), "may_keep"),
    ("clause.kind", _without("work", "test"), "work"),
    ("clause.kind", _set("may_keep", any_of=["paper"]), "may_keep"),
    ("clause.twice", lambda s: version(s)["clause"].append(clause(s, "calm")), "calm"),
    ("clause.child_twice", _set("may_keep", all_of=["paper", "paper", "work", "calm"]), "may_keep"),
    ("version.root_missing", lambda s: version(s).update(root="nowhere"), None),
    ("version.none", lambda s: s[TARGET].update(version=[]), None),
    ("text.language_missing", _only_english, "paper"),
    ("text.missing", _without("paper", "title"), "paper"),
    ("clause.low_confidence", _cite(confidence="low"), "work"),
    ("shape.word", _cite(confidence="certain"), "work"),
    ("shape.word", _set("work", owner="cat"), "work"),
    ("shape.key_unknown", _set("work", closedby=["x"]), "work"),
    ("shape.day", lambda s: version(s).update(in_force_from="soon"), None),
    ("instance.value_missing", lambda s: s[TARGET]["instance"][0]["values"].pop("papers"), "paper"),
    ("target.too_few_cases", lambda s: s["cases/bridge.toml"]["case"].pop(), None),
    ("target.unknown", lambda s: s["tracks.toml"]["track"][0].update(sz=["sz.ghost"]), None),
    ("kinds.unknown", lambda s: s["catalogue/bridge.toml"]["qualification"][0].update(kind="hat"), None),
    (
        "jurisdiction.unknown",
        lambda s: s["catalogue/bridge.toml"]["qualification"][0].update(jurisdiction="moon"),
        None,
    ),
    ("case.outcome", lambda s: s["cases/bridge.toml"]["case"][0]["expect"].update(outcome="fine"), None),
    (
        "clause.unread_decides",
        lambda s: clause(s, "work").update({"test": "unread", "with": {"document": "hk.B1"}}),
        "work",
    ),
    (
        "clause.unknown",
        lambda s: s["cases/bridge.toml"]["case"][0].update(judgements={"ghost": True}),
        "ghost",
    ),
    ("source.unknown", lambda s: s["answers.toml"]["answer"][0].update(cites=["hk.B9"]), "bridge-sways"),
    ("target.unknown", lambda s: s["answers.toml"]["answer"][0].update(about=["hk.bridge"]), "bridge-sways"),
    ("track.unknown", lambda s: s["answers.toml"]["answer"][0].update(tracks=["boats"]), "bridge-sways"),
    ("answer.rests_on_nothing", lambda s: s["answers.toml"]["answer"][0].pop("cites"), "bridge-sways"),
    ("text.missing", lambda s: s["answers.toml"]["answer"][0].pop("question"), None),
    ("text.missing", _case(name="In English alone"), "case “1”"),
    ("text.missing", _case(story="In English alone."), "case “Everything is there”"),
    ("text.language_missing", _case(name={"en": "Sunny", "zh_hant": "晴"}), "case “Sunny”"),
    ("text.language_missing", _case(story={"en": "Sun.", "zh_hans": "晴。"}), "case “Everything is there”"),
    (
        "entry.twice",
        lambda s: s["authorities.toml"]["authority"].append(s["authorities.toml"]["authority"][0]),
        None,
    ),
]


@pytest.mark.parametrize(
    ("code", "spoil", "where"), GUILTY, ids=[f"{g[0]}-{n}" for n, g in enumerate(GUILTY)]
)
def test_a_fault_is_refused_and_named_with_its_place_and_a_remedy(
    code: str, spoil: Spoil, where: str | None
) -> None:
    found = [fault for fault in faults_after(spoil) if fault.code == code]

    assert found
    assert found[0].severity is not Severity.WARNING
    assert found[0].place.file.endswith(".toml")
    assert found[0].remedy
    if where is not None:
        assert found[0].place.clause == where


def test_a_changed_past_version_is_refused() -> None:
    def soften(spoilt: dict[str, Any]) -> None:
        clause(spoilt, "paper")["with"]["awarded_within_months"] = 48

    found = faults_after(soften, on=TODAY, ledger=sealed())

    assert [(fault.code, fault.place.version) for fault in found] == [("version.changed", "2020-01-01")]


def test_a_value_of_an_instance_is_part_of_the_sealed_text() -> None:
    def shorten(spoilt: dict[str, Any]) -> None:
        spoilt[TARGET]["instance"][0]["values"]["years"] = 12

    assert {fault.code for fault in faults_after(shorten, ledger=sealed())} == {"version.changed"}


def test_a_removed_past_version_is_refused() -> None:
    found = faults_after(lambda spoilt: spoilt[TARGET]["version"].pop(0), ledger=sealed())

    assert "version.changed" in {fault.code for fault in found}


def test_a_version_in_force_must_be_sealed_and_one_to_come_need_not() -> None:
    found = faults_after(lambda spoilt: None, on=date(2025, 6, 30), ledger={})

    assert [(fault.code, fault.place.version) for fault in found] == [("version.unsealed", "2020-01-01")]


def test_a_source_not_read_for_a_year_is_a_warning() -> None:
    found = faults_after(lambda spoilt: None, on=date(2027, 11, 22), ledger=sealed())

    assert [(fault.code, fault.severity) for fault in found] == [("source.stale", Severity.WARNING)]
    assert faults_after(lambda spoilt: None, on=date(2027, 11, 21), ledger=sealed()) == ()


def test_a_clause_idle_in_one_instance_is_reached_through_another() -> None:
    def two_instances(spoilt: dict[str, Any]) -> None:
        instances = spoilt[TARGET]["instance"]
        instances[0]["values"]["asked"] = ["paper", "work", "calm"]
        west = {**instances[0], "id": "west", "values": {**instances[0]["values"], "asked": ["paper"]}}
        instances.append(west)
        clause(spoilt, "may_keep")["all_of"] = "$asked"

    codes = {fault.code for fault in faults_after(two_instances)}

    assert codes == {"target.too_few_cases"}
