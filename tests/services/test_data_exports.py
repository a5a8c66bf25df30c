"""An export: everything about a person, nothing about anybody else, made in steps, gone after a week."""

from __future__ import annotations

import json
from datetime import timedelta
from hashlib import sha256

import pytest
from sqlalchemy import select

from portal.adapters.clock import SettableClock
from portal.domain.errors import NotFound, NotPermitted, Refused
from portal.models.evidence import EvidenceFile
from portal.models.identity import PossibleDuplicate
from portal.models.my_data import DataExport
from portal.models.records import JournalEntry
from portal.services import data_exports
from portal.services.data_exports import (
    advance_own_export,
    ask_for_export,
    drop_old_exports,
    make_exports,
    make_next_step,
    read_export,
    take_export,
)
from portal.services.erasure import erase_oneself
from portal.services.export_contents import schema
from portal.services.house import House
from portal.services.inbox import read_inbox
from portal.services.journal import record
from portal.services.person_tables import HELD
from tests.builders.decisions import a_case
from tests.builders.my_data import EMPLOYER, NAME_CHINESE, REFEREE, a_whole_person, an_export
from tests.builders.records import a_document
from tests.cast import actor_for, seat
from tests.cli.json_schema import problems


def test_everything_about_a_person_is_in_one_archive(house: House) -> None:
    mei = a_whole_person(house)
    archive = an_export(house, mei)
    assert archive.testzip() is None
    data = json.loads(archive.read("data.json"))
    tables = data["tables"]
    assert set(tables) == {held.name for held in HELD}
    assert tables["people"][0]["name_chinese"] == NAME_CHINESE
    assert tables["work_periods"][0]["employer"] == EMPLOYER
    assert tables["referee_requests"][0]["name"] == REFEREE
    assert tables["identity_documents"][0]["last_four"]
    assert tables["sign_ins"]
    assert tables["journal"]
    assert "Everything Twin City Bridge holds about you" in archive.read("README.txt").decode()


def test_the_files_are_the_ones_that_are_stored(house: House) -> None:
    mei = a_whole_person(house)
    archive = an_export(house, mei)
    kept = {row.sha256 for row in house.session.scalars(select(EvidenceFile))}
    packed = {
        sha256(archive.read(name)).hexdigest() for name in archive.namelist() if name.startswith("files/")
    }
    assert packed == kept
    assert len(kept) == 2
    listed = json.loads(archive.read("data.json"))["files"]
    assert set(listed) <= set(archive.namelist())


def test_data_json_has_the_form_it_says(house: House) -> None:
    archive = an_export(house, a_whole_person(house))
    assert json.loads(archive.read("schema.json")) == json.loads(json.dumps(schema()))
    assert list(problems(json.loads(archive.read("data.json")), schema())) == []


def test_whoever_did_not_wait_for_it_is_told_when_it_is_ready(house: House) -> None:
    mei = a_whole_person(house)
    ask_for_export(house, mei, language="en")
    make_exports(house)
    (line,) = [each for each in read_inbox(house, mei).lines if each.kind == "export_ready"]
    state = read_export(house, mei)
    assert state is not None
    assert state.gone_at is not None
    assert line.facts == {"gone_on": state.gone_at.date()}


def test_whoever_watches_it_being_made_is_not_written_to(house: House) -> None:
    mei = a_whole_person(house)
    ask_for_export(house, mei, language="en")
    for _step in range(10):
        advance_own_export(house, mei)
    state = read_export(house, mei)
    assert state is not None
    assert state.is_ready
    assert "export_ready" not in {each.kind for each in read_inbox(house, mei).lines}


def test_the_readme_speaks_the_readers_language(house: House) -> None:
    mei = a_whole_person(house)
    assert "雙城資歷橋持有的全部個人資料" in an_export(house, mei, "zh_Hant_HK").read("README.txt").decode()
    assert (
        "双城资格桥持有的您的全部个人信息" in an_export(house, mei, "zh_Hans_CN").read("README.txt").decode()
    )


def test_nothing_that_opens_a_door_and_nobody_else_is_in_it(house: House) -> None:
    mei = a_whole_person(house)
    chen = a_whole_person(house, "chen_wei")
    account = seat(house, "mei_lam")
    written = an_export(house, mei).read("data.json").decode()
    for secret in (account.password, account.fs_uniquifier, str(chen.person_id), "chen.wei@example.com"):
        assert secret is not None
        assert secret not in written
    tables = json.loads(written)["tables"]
    assert "password" not in tables["accounts"][0]
    assert "digest" not in tables["identity_documents"][0]


def test_nobody_learns_from_an_export_that_a_number_is_somebody_elses(house: House) -> None:
    mei = a_whole_person(house)
    a_whole_person(house, "chen_wei")
    pair = house.session.scalars(select(PossibleDuplicate)).first()
    assert pair is not None
    reasons = ["same_document"]
    record(house, mei, "duplicate.found", person_id=mei.person_id, duplicate=str(pair.id), reasons=reasons)
    house.session.commit()
    data = json.loads(an_export(house, mei).read("data.json"))
    assert data["tables"]["possible_duplicates"] == data["tables"]["duplicate_rulings"] == []
    assert "duplicate." not in json.dumps(data["tables"]["journal"])
    left_out = {each["table"] for each in data["withheld"] if each["columns"] == []}
    assert left_out == {"possible_duplicates", "duplicate_rulings", "journal"}


def test_officers_opinions_wait_for_the_end_of_the_case(house: House) -> None:
    case = a_case(house, stage="recommended")
    chen = actor_for(seat(house, "chen_wei"))
    during = json.loads(an_export(house, chen).read("data.json"))
    assert during["tables"]["recommendations"]
    assert "note" not in during["tables"]["recommendations"][0]
    assert {"case_still_open", "opens_a_door"} <= {each["why"] for each in during["withheld"]}
    assert case.reference in json.dumps(during)


def test_after_the_decision_they_are_in_it(house: House) -> None:
    a_case(house, stage="granted")
    after = json.loads(an_export(house, actor_for(seat(house, "chen_wei"))).read("data.json"))
    assert "register of AMAC" in after["tables"]["recommendations"][0]["note"]
    assert after["tables"]["decisions"][0]["account_id"] == "another account"
    assert "case_still_open" not in {each["why"] for each in after["withheld"]}


def test_letters_are_in_it_as_sent(house: House) -> None:
    a_case(house, stage="declined")
    archive = an_export(house, actor_for(seat(house, "chen_wei")))
    letters = [name for name in archive.namelist() if name.startswith("letters/")]
    assert len(letters) == 1
    assert archive.read(letters[0]).decode().strip()


def test_it_is_made_in_steps_and_says_how_far_it_is(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data_exports, "_BYTES_A_STEP", 1)
    mei = a_whole_person(house)
    ask_for_export(house, mei, language="en")
    seen = []
    while True:
        state = read_export(house, mei)
        assert state is not None
        seen.append((state.steps_done, state.is_ready))
        if not make_next_step(house, state.id):
            break
    assert seen == [(0, False), (1, False), (2, False), (3, True)]
    assert an_export(house, mei).testzip() is None


def test_a_fall_in_the_middle_of_a_step_costs_nothing(house: House, clock: SettableClock) -> None:
    mei = a_whole_person(house)
    key = ask_for_export(house, mei, language="en")
    row = house.session.scalars(select(DataExport)).one()
    # Somebody took the step, wrote half of it and fell over.
    row.leased_until = house.clock.now() + timedelta(minutes=2)
    row.steps_done = 1
    with house.storage.under_construction(row.storage_key) as half:
        half.write(b"PK half of a file")
    house.session.commit()
    assert make_exports(house) == 0
    clock.put_to(house.clock.now() + timedelta(minutes=3))
    assert make_exports(house) > 0
    with take_export(house, mei).file as file:
        assert file.read(4) == b"PK\x03\x04"
    assert key


def test_one_at_a_time_and_the_next_replaces_the_last(house: House) -> None:
    mei = a_whole_person(house)
    ask_for_export(house, mei, language="en")
    with pytest.raises(Refused, match=r"export\.under_way"):
        ask_for_export(house, mei, language="en")
    make_exports(house)
    old = house.session.scalars(select(DataExport)).one().storage_key
    ask_for_export(house, mei, language="en")
    with pytest.raises(KeyError):
        house.storage.open(old)


def test_only_the_holder_takes_it_and_it_is_written_down(house: House) -> None:
    mei = a_whole_person(house)
    an_export(house, mei)
    for stranger in ("chen_wei",):
        with pytest.raises(NotFound):
            take_export(house, actor_for(seat(house, stranger)))
    with pytest.raises(NotPermitted):
        take_export(house, actor_for(seat(house, "ada_ko")))
    kinds = set(
        house.session.scalars(select(JournalEntry.kind).where(JournalEntry.person_id == mei.person_id))
    )
    assert {"data.export_asked", "data.exported", "data.export_taken"} <= kinds


def test_it_is_gone_after_a_week(house: House, clock: SettableClock) -> None:
    mei = a_whole_person(house)
    an_export(house, mei)
    key = house.session.scalars(select(DataExport)).one().storage_key
    clock.put_to(house.clock.now() + timedelta(days=6, hours=23))
    assert drop_old_exports(house) == 0
    assert read_export(house, mei) is not None
    clock.put_to(house.clock.now() + timedelta(hours=2))
    assert read_export(house, mei) is None
    with pytest.raises(NotFound):
        take_export(house, mei)
    assert drop_old_exports(house) == 1
    with pytest.raises(KeyError):
        house.storage.open(key)


def test_a_person_erased_meanwhile_leaves_no_archive(house: House) -> None:
    mei = a_whole_person(house)
    a_document(house, mei, words="one more")
    ask_for_export(house, mei, language="en")
    row = house.session.scalars(select(DataExport)).one()
    key, export_id = row.storage_key, row.id
    make_next_step(house, export_id)
    erase_oneself(house, mei, withdraw_open=False)
    assert not make_next_step(house, export_id)
    with pytest.raises(KeyError):
        house.storage.open(key)
