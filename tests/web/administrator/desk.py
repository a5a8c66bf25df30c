"""Where the pages of the desk lie, and how a test reads them."""

from __future__ import annotations

from portal.models.cases import Case
from portal.services.house import House
from tests.builders.decisions import (
    fact_seen,
)
from tests.pages.strict_client import StrictClient

LANGUAGES = ("en", "zh-Hant-HK", "zh-Hans-CN")


def path(case: Case, *rest: str) -> str:
    return "/".join(("/desk/cases", case.reference, *rest))


def fact_path(house: House, case: Case, qualification: str) -> str:
    return path(case, "facts", "credential", str(fact_seen(house, case, qualification).id))


def fresh(house: House, case: Case) -> Case:
    house.session.expire_all()
    return house.session.get_one(Case, case.id)


def in_language(client: StrictClient, tag: str) -> StrictClient:
    client.set_cookie("language", tag)
    return client
