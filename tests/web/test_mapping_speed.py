"""What the pages about mapping and applying cost: statements counted, server time measured and printed.

The measured person has twelve credentials, work, a recognition's worth of answers and an open
application; every target of the rulebook is evaluated on both bases. Processor time is asserted
generously, because a shared machine is slow now and then; the printed figures are the ones to read.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from datetime import date
from statistics import median, quantiles
from time import perf_counter, process_time

import pytest
from flask.testing import FlaskClient

from portal.services.house import House
from tests.builders.applications import AMAC, a_credential, a_file, an_application, the_person
from tests.builders.decisions import a_case
from tests.pages.statements import at_most
from tests.pages.strict_client import StrictClient

SignIn = Callable[[str], StrictClient]
ROUNDS = 40
MOST_STATEMENTS = 12
GENEROUS_SECONDS = 0.2
MOST_LEFT_BEHIND = 1000

LICENCES = ("sfc.rep.type-1", "sfc.rep.type-4")
PAPERS = (
    "hksi.le.paper-7",
    "hksi.le.paper-12",
    "amac.subject-1",
    "amac.subject-2",
    "sac.general.law",
    "sac.general.fundamentals",
    "hkib.ecf-crm.m4",
)


def a_full_file(house: House) -> None:
    """Mei Lam with twelve credentials and an application under way on both sides."""
    actor = a_file(house)
    for licence in LICENCES:
        a_credential(house, actor, licence, begun_on=date(2019, 6, 4))
    for paper in PAPERS:
        a_credential(house, actor, paper, awarded_on=date(2025, 10, 18))
    a_credential(
        house,
        actor,
        "education.degree",
        awarded_on=date(2012, 6, 30),
        level="master",
        field="finance",
        place="hk",
        school="Lantau University",
    )
    an_application(house, actor, stage="submitted")


@pytest.mark.parametrize(
    "address",
    [
        "/me/mapping",
        "/me/mapping?track=fund-management",
        "/me/mapping?track=credit-risk&on=2027-06-01&show=missing",
        "/me/mappings",
        "/me/mappings/papers",
    ],
)
def test_the_mapping_of_twelve_credentials_takes_at_most_twelve_statements(
    house: House, sign_in: SignIn, address: str
) -> None:
    a_full_file(house)
    open_within(sign_in("mei_lam"), address, MOST_STATEMENTS)


def test_a_budget_too_small_is_noticed(house: House, sign_in: SignIn) -> None:
    a_full_file(house)
    with pytest.raises(AssertionError, match="1 allowed"):
        open_within(sign_in("mei_lam"), "/me/mapping", 1)


def test_the_pages_about_applying_take_at_most_twelve_statements(house: House, sign_in: SignIn) -> None:
    a_full_file(house)
    client = sign_in("mei_lam")
    actor = the_person(house)
    draft = an_application(house, actor, track="cybersecurity", targets=["sz.cnitsec.cisp"], stage="declared")
    base = f"/me/applications/{draft.id}"
    pages = (
        "/me/applications",
        "/me/applications/start",
        "/me/applications/start?track=fintech",
        base,
        f"{base}/declarations",
        f"{base}/check",
        f"/me/cases/{draft.cases[0].reference}/withdraw",
        "/requirements",
        "/requirements/targets/hk.sfc.representative.type-9",
    )
    for page in pages:
        open_within(client, page, MOST_STATEMENTS)


def test_a_person_who_is_recognised_already_costs_no_more_than_the_budgets(
    house: House, sign_in: SignIn
) -> None:
    a_case(house, stage="granted")
    actor = the_person(house, "chen_wei")
    draft = an_application(house, actor, targets=[AMAC], stage="declared")
    client = sign_in("chen_wei")
    open_within(client, f"/me/applications/{draft.id}/check", MOST_STATEMENTS)
    open_within(client, "/me/mapping", MOST_STATEMENTS)


def test_the_mapping_page_answers_in_time(
    house: House, sign_in: SignIn, capsys: pytest.CaptureFixture[str]
) -> None:
    a_full_file(house)
    client = sign_in("mei_lam").application.test_client()
    signed_in = sign_in("mei_lam")
    with signed_in.session_transaction() as there, client.session_transaction() as here:
        here.update(there)
    for address in ("/me/mapping?track=fund-management", "/me/mapping", "/me/mappings"):
        assert client.get(address).status_code == 200
        walls, works = zip(*(_timed(client, address) for _ in range(ROUNDS)), strict=True)
        with capsys.disabled():
            print(  # noqa: T201 - the figures are for people to read
                f"\n{address}: {len(house.rulebook.targets)} targets, 12 credentials: "
                f"{_figures(walls)} by the clock, {_figures(works)} of processor time"
            )
        assert median(works) < GENEROUS_SECONDS


@pytest.mark.parametrize("address", ["/me/mapping", "/me/mappings", "/me/mappings/papers"])
def test_a_page_leaves_little_to_the_garbage_collector(house: House, sign_in: SignIn, address: str) -> None:
    """Answers caught in a circle of references wait for the collector, and every twentieth reader for it."""
    a_full_file(house)
    client = sign_in("mei_lam").application.test_client()
    signed_in = sign_in("mei_lam")
    with signed_in.session_transaction() as there, client.session_transaction() as here:
        here.update(there)
    client.get(address)
    assert _left_behind(lambda: client.get(address)) < MOST_LEFT_BEHIND


def test_answers_in_a_circle_are_noticed() -> None:
    def make_circles() -> None:
        for _ in range(MOST_LEFT_BEHIND):
            circle: list[object] = []
            circle.append(circle)

    assert _left_behind(make_circles) >= MOST_LEFT_BEHIND


def _left_behind(act: Callable[[], object]) -> int:
    """How many objects an act leaves in circles that only the collector can break."""
    gc.collect()
    gc.disable()
    try:
        act()
        return gc.collect()
    finally:
        gc.enable()


def open_within(client: StrictClient, address: str, budget: int) -> None:
    """Open a page that is warm already, within a number of statements."""
    client.get(address)
    with at_most(budget):
        assert client.get(address).status_code == 200


def _timed(client: FlaskClient, address: str) -> tuple[float, float]:
    """One request by the clock, and the processor time it took whatever else the machine did."""
    began, worked = perf_counter(), process_time()
    answer = client.get(address)
    taken = perf_counter() - began, process_time() - worked
    assert answer.status_code == 200
    return taken


def _figures(seconds: Sequence[float]) -> str:
    tail = quantiles(seconds, n=20)[-1]
    return f"median {median(seconds) * 1000:.1f} ms, p95 {tail * 1000:.1f} ms"
