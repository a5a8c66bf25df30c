"""A person about whom every room knows something, and a search for what is left of them."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from datetime import timedelta
from io import BytesIO
from uuid import UUID

from sqlalchemy import select

from portal.domain.people import Actor
from portal.domain.referees import Relation
from portal.domain.sign_ins import Device, WayIn
from portal.models.database import Base
from portal.services.data_exports import ask_for_export, make_exports, take_export
from portal.services.house import House
from portal.services.referees import Nomination, ask_referee
from portal.services.sign_ins import begin_sign_in
from tests.builders.identity import a_name, an_hkid, an_identity_document
from tests.builders.records import (
    a_credential,
    a_description,
    a_document,
    a_period_of_work,
    a_translation,
    credential_fact,
    work_answers,
)
from tests.cast import actor_for, seat

NAME_LATIN, NAME_CHINESE = "LAM Mei Quillfeather", "林美翎羽"
EMPLOYER = "Saltmarsh Ledger Works"
REFEREE = "Prudence Vantongeren"
WORDS = "the words of a diploma nobody else has"


def a_whole_person(house: House, key: str = "mei_lam") -> Actor:
    """Somebody with a name, documents, credentials, work, a referee, files and a sign-in."""
    account = seat(house, key)
    actor = actor_for(account)
    begin_sign_in(house, account, way=WayIn.PASSWORD, is_strong=False, device=Device())
    house.session.commit()
    a_description(house, actor, name_latin=NAME_LATIN, name_chinese=NAME_CHINESE)
    a_name(house, actor, family="Quillfeather", given="Mei")
    an_identity_document(house, actor, an_hkid("765432", "Y"))
    credential = a_credential(house, actor)
    document = a_document(
        house, actor, supports=credential_fact(credential), words=WORDS, description=f"From {EMPLOYER}"
    )
    a_translation(house, actor, document)
    work = a_period_of_work(house, actor, said=work_answers(employer=EMPLOYER))
    a_referee(house, actor, work)
    return actor


def a_referee(house: House, actor: Actor, work: UUID) -> UUID:
    """Ask somebody about a period of work."""
    said = Nomination(
        name=REFEREE, email="prudence@saltmarsh.example", relation=Relation.LINE_MANAGER, language="en"
    )
    return UUID(ask_referee(house, actor, work_id=work, said=said))


def tell_tales(key: str = "mei_lam") -> tuple[str, ...]:
    """Words that name this person and nobody else."""
    return (
        "Quillfeather",
        "QUILLFEATHER",
        "quillfeather",
        "翎羽",
        f"{key.replace('_', '.')}@example.com",
        "765432",
        "Saltmarsh",
        REFEREE,
    )


def everything_written(house: House) -> Iterator[tuple[str, str]]:
    """Every value of every column of every table, as words."""
    house.session.rollback()
    for table in Base.metadata.sorted_tables:
        for row in house.session.execute(select(table)):
            for column, value in row._mapping.items():
                yield f"{table.name}.{column}", str(value)
    house.session.rollback()


def where_found(house: House, tales: Iterable[str]) -> set[str]:
    """The columns in which any of these words stands."""
    tales = tuple(tales)
    return {place for place, value in everything_written(house) if any(tale in value for tale in tales)}


def stored_bytes(house: House) -> list[bytes]:
    """The content of everything in storage."""
    later = house.clock.now() + timedelta(days=3650)
    return [house.storage.get(key) for key in house.storage.keys(before=later)]


def an_export(house: House, actor: Actor, language: str = "en") -> zipfile.ZipFile:
    """Ask for an export, have it made, and take it."""
    ask_for_export(house, actor, language=language)
    make_exports(house)
    taken = take_export(house, actor)
    with taken.file as file:
        return zipfile.ZipFile(BytesIO(file.read()))
