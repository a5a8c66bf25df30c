"""Many people with names, keys and an application each, put into the tables in bulk.

It does not walk through the services, because a hundred thousand walks take an hour. The keys are
made by the same functions that the services call.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from sqlalchemy import insert

from portal.domain.cases import Stage
from portal.domain.declarations import DeclarationKind
from portal.domain.names import NameKind, StatedName, joined, keys_of, letter_keys
from portal.domain.places import Jurisdiction
from portal.models.cases import Case, Declaration
from portal.models.database import Base, db
from portal.models.identity import NameKey, PersonName
from portal.models.people import Person
from portal.services.name_keys import to_simplified

_FAMILIES = (
    ("陳", "CHAN", "Chen"), ("張", "CHEUNG", "Zhang"), ("李", "LEE", "Li"), ("王", "WONG", "Wang"),
    ("黃", "WONG", "Huang"), ("林", "LAM", "Lin"), ("梁", "LEUNG", "Liang"), ("吳", "NG", "Wu"),
    ("劉", "LAU", "Liu"), ("歐陽", "AU YEUNG", "Ouyang"), ("蔡", "CHOI", "Cai"), ("葉", "YIP", "Ye"),
)  # fmt: skip
_GIVEN = (
    ("美", "Mei"), ("文", "Man"), ("偉", "Wai"), ("小", "Siu"), ("萍", "Ping"), ("欣", "Yan"), ("傑", "Kit"),
    ("子", "Tsz"), ("晴", "Ching"), ("志", "Chi"), ("明", "Ming"), ("玲", "Ling"), ("國", "Kwok"), ("嘉", "Ka"),
)  # fmt: skip
ALL_NAMES = len(_FAMILIES) * len(_GIVEN) ** 2
_THEN = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
_AT_ONCE = 2000

Row = tuple[type[Base], dict[str, object]]


def many_people(size: int) -> None:
    """Fill the tables with so many people of Hong Kong, each with a case disclosed to Hong Kong."""
    with db.engine.begin() as connection:
        for start in range(0, size, _AT_ONCE):
            filled: dict[type[Base], list[dict[str, object]]] = {}
            for number in range(start, min(size, start + _AT_ONCE)):
                for table, row in _rows_of(number):
                    filled.setdefault(table, []).append(row)
            for table in (Person, PersonName, NameKey, Case, Declaration):
                if table in filled:
                    connection.execute(insert(table), filled[table])


def _rows_of(number: int) -> Iterator[Row]:
    # Every combination comes once before any comes again, so that a search always has an answer.
    which, rest = divmod(number, len(_GIVEN) ** 2)
    chinese_family, latin_family, pinyin_family = _FAMILIES[which % len(_FAMILIES)]
    (one, first), (other, second) = (_GIVEN[place] for place in divmod(rest, len(_GIVEN)))
    latin, chinese = f"{latin_family} {first} {second}", f"{chinese_family}{one}{other}"
    key = UUID(int=(7 << 124) + number)
    born_on = date(1960, 1, 1) + timedelta(days=number * 7919 % 14000)
    yield (
        Person,
        {
            "id": key,
            "home": Jurisdiction.HONG_KONG,
            "name_latin": latin,
            "name_chinese": chinese,
            "born_on": born_on,
            "created_at": _THEN,
            "version": 1,
        },
    )
    keys = [letter_keys(latin, chinese, to_simplified)]
    if which % 2:
        name = StatedName(NameKind.PINYIN, pinyin_family, f"{first}{second}".capitalize(), is_former=True)
        keys.append(keys_of(name, to_simplified))
        yield (
            PersonName,
            {
                "id": UUID(int=(8 << 124) + number),
                "person_id": key,
                "kind": name.kind,
                "family": name.family,
                "given": name.given,
                "family_first": True,
                "is_former": True,
                "stated_at": _THEN,
            },
        )
    for one_key, whole in joined(keys).items():
        yield NameKey, {"key": one_key, "person_id": key, "whole": whole}
    yield from _case_of(number, key)


def _case_of(number: int, person_id: UUID) -> Iterator[Row]:
    case_id = UUID(int=(9 << 124) + number)
    yield (
        Case,
        {
            "id": case_id,
            "reference": f"CASE-{number:08}",
            "application_id": case_id,
            "person_id": person_id,
            "track": "fund-management",
            "target": "hk.sfc.representative.type-9",
            "jurisdiction": Jurisdiction.HONG_KONG,
            "language": "en",
            "stage": Stage.SUBMITTED,
            "started_at": _THEN,
            "submitted_at": _THEN + timedelta(seconds=number),
            "version": 1,
        },
    )
    yield (
        Declaration,
        {
            "id": UUID(int=(10 << 124) + number),
            "case_id": case_id,
            "kind": DeclarationKind.SHARING.value,
            "wording_version": "1",
            "language": "en",
            "wording": "",
            "given_at": _THEN,
        },
    )
