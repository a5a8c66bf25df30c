"""What the mapping page offers beyond the clauses: progress, filter, days, other days, doors, sources."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup

from portal.domain.places import Jurisdiction
from portal.services.house import House
from portal.web.professional.mapping.days import nearness
from portal.web.professional.mapping.groups import Shown, shown_in
from portal.web.professional.mapping.steps import preparing_codes
from tests.builders.applications import TYPE_9, a_credential, a_file, a_name, some_work, the_person
from tests.builders.programmes import a_programme
from tests.pages.strict_client import StrictClient

SignIn = Callable[[str], StrictClient]
FUNDS = "/me/mapping?track=fund-management"


def read(client: StrictClient, address: str) -> BeautifulSoup:
    client.set_cookie("language", "en")
    answer = client.get(address)
    assert answer.status_code == 200
    return BeautifulSoup(answer.text, "lxml")


def words(tag: object) -> str:
    return " ".join(tag.get_text(" ").split())  # type: ignore[attr-defined]


def test_the_pictures_come_before_the_first_clause(house: House, sign_in: SignIn) -> None:
    a_file(house)
    text = sign_in("mei_lam").get(FUNDS).text
    assert text.rindex("bridge--large") < text.index('class="clause"')


def test_each_group_has_its_own_progress(house: House, sign_in: SignIn) -> None:
    a_file(house)
    page = read(sign_in("mei_lam"), FUNDS)
    shenzhen = page.select('section[aria-label^="Shenzhen,"] .group')
    assert [words(one) for one in shenzhen] == [
        "You can do this alone 1 of 2",
        "This needs an employer 0 of 1",
        "The authority decides 0 of 1",
    ]
    assert [len(one.select("svg.plank-mark")) for one in shenzhen] == [2, 1, 1]


@pytest.mark.parametrize(
    ("shown", "state"), [("missing", "not_met"), ("unknown", "undetermined"), ("nonsense", None)]
)
def test_the_filter_shows_only_what_is_asked(
    house: House, sign_in: SignIn, shown: str, state: str | None
) -> None:
    a_file(house)
    client = sign_in("mei_lam")
    everything = read(client, FUNDS).select(".banks > section > .clauses > .clause")
    page = read(client, f"{FUNDS}&show={shown}")
    clauses = page.select(".banks > section > .clauses > .clause")
    marks = [str(clause.select_one("svg")["class"]) for clause in clauses]  # type: ignore[index]
    if state is None:
        assert len(clauses) == len(everything)
    else:
        assert 0 < len(clauses) < len(everything)
        assert all(f"bridge__plank--{state}" in mark for mark in marks)
    assert len(page.select("svg.bridge--large")) == 2


def test_the_filter_counts_what_it_shows(house: House, sign_in: SignIn) -> None:
    a_file(house)
    client = sign_in("mei_lam")
    links = read(client, FUNDS).select(".filters a")
    assert links
    for link in links:
        page = read(client, str(link["href"]))
        clauses = page.select(".banks > section > .clauses > .clause")
        assert len(clauses) == int(link.select_one(".number").get_text())  # type: ignore[union-attr]
        chosen = page.select_one('.filters [aria-current="true"]')
        assert chosen is not None
        assert words(chosen) == words(link)


def test_an_empty_filter_says_so(house: House, sign_in: SignIn) -> None:
    a_file(house)
    page = read(sign_in("mei_lam"), f"{FUNDS}&show=missing")
    assert "No clause of this kind here." in words(page.main)


def test_progress_stays_whole_under_a_filter(house: House, sign_in: SignIn) -> None:
    a_file(house)
    client = sign_in("mei_lam")
    whole, filtered = (
        [words(one) for one in read(client, address).select(".group")]
        for address in (FUNDS, f"{FUNDS}&show=missing")
    )
    assert whole == filtered


def test_a_filter_asked_for_is_never_a_fault() -> None:
    assert shown_in("missing") is Shown.MISSING
    assert shown_in("") is shown_in(None) is shown_in("<b>") is Shown.ALL


def test_another_day_is_said_loudly_and_leads_back(house: House, sign_in: SignIn) -> None:
    a_file(house)
    client = sign_in("mei_lam")
    address = f"{FUNDS}&hk={TYPE_9}&show=missing&on=2027-03-01"
    page = read(client, address)
    banner = page.select_one(".other-day")
    assert banner is not None
    assert "This is 1 March 2027, not today." in words(banner)
    back = banner.select_one("a")
    assert back is not None
    today = read(client, str(back["href"]))
    assert today.select_one(".other-day") is None
    assert "As the rules stand today, 22 November 2026." in words(today.main)
    assert f"hk={TYPE_9}" in str(back["href"])
    assert "show=missing" in str(back["href"])


def test_the_day_survives_the_filter_and_the_choice_of_another_target(house: House, sign_in: SignIn) -> None:
    a_file(house)
    page = read(sign_in("mei_lam"), f"{FUNDS}&on=2027-03-01")
    leads = [str(link["href"]) for link in page.select(".filters a, .banks--words .row a")]
    assert len(leads) > 3
    assert all("on=2027-03-01" in lead for lead in leads)


@pytest.mark.parametrize(
    ("days", "near", "colour"),
    [
        (0, "today", "red"),
        (1, "in 1 day", "red"),
        (30, "in 30 days", "red"),
        (31, "in 31 days", "orange"),
        (90, "in 90 days", "orange"),
        (91, "in 91 days", "yellow"),
        (180, "in 180 days", "yellow"),
        (181, "", ""),
        (-1, "", ""),
    ],
)
def test_how_near_a_day_is_is_said_in_words(
    house: House, sign_in: SignIn, days: int, near: str, colour: str
) -> None:
    on = date(2026, 11, 22)
    with sign_in("mei_lam").application.test_request_context():
        assert nearness(on + timedelta(days=days), on=on) == (near, colour)


def test_days_stand_under_the_picture_the_nearest_first(house: House, sign_in: SignIn) -> None:
    actor = a_name(house)
    a_credential(house, actor, "amac.subject-1", awarded_on=date(2026, 3, 28))
    a_credential(house, actor, "amac.subject-2", awarded_on=date(2023, 2, 10))
    page = read(sign_in("mei_lam"), FUNDS)
    days = [words(day) for day in page.select('section[aria-label="Shenzhen"] .days__day')]
    assert [day[:16] for day in days] == ["10 February 2027", "28 March 2030 La"]
    assert "in 80 days" in days[0]
    assert page.select('.banks a[href$="/reading-guide#windows"], .banks a[href$="#windows"]')


def test_what_must_be_read_is_named_where_it_cannot_be_told(house: House, sign_in: SignIn) -> None:
    the_person(house)
    client = sign_in("mei_lam")
    found = [
        clause
        for track in house.rulebook.tracks
        for clause in read(client, f"/me/mapping?track={track}").select(".clause__next")
        if "this must be read first" in words(clause)
    ]
    assert found
    for one in found:
        assert one.select("ul li")
        assert one.select('a[href$="#cannot-tell"]')


def test_open_clauses_lead_to_where_they_are_closed(house: House, sign_in: SignIn) -> None:
    the_person(house)
    page = read(sign_in("mei_lam"), FUNDS)
    doors = {str(door["href"]) for door in page.select(".clause__next a")}
    assert "/me/credentials/new/amac.subject-1" in doors
    assert "/me/credentials/new/hksi.le.paper-1" in doors
    assert "/me/work/new" in doors


def test_every_door_opens(house: House, sign_in: SignIn) -> None:
    a_file(house)
    client = sign_in("mei_lam")
    doors = {
        str(door["href"])
        for track in house.rulebook.tracks
        for door in read(client, f"/me/mapping?track={track}").select(".clause__next a")
    }
    assert len(doors) > 30
    plain = client.application.test_client()
    with client.session_transaction() as there, plain.session_transaction() as here:
        here.update(there)
    shut = [door for door in sorted(doors) if plain.get(door).status_code != 200]
    assert shut == []


def test_a_course_that_prepares_is_a_door_and_says_what_it_is(house: House, sign_in: SignIn) -> None:
    code = a_programme(house).code  # its second module prepares for the law paper of the banks
    the_person(house)
    intermediate = next(one for one in house.rulebook.tracks["credit-risk"].sz if "intermediate" in one)
    page = read(sign_in("mei_lam"), f"/me/mapping?track=credit-risk&sz={intermediate}")
    doors = {str(door["href"]): words(door) for door in page.select(".clause__next a")}
    assert doors[f"/me/bridging/{code}"] == "See a course that prepares for it"


def test_only_tracks_with_such_a_course_look_for_one(house: House) -> None:
    tracks, on = house.rulebook.tracks, date(2026, 11, 22)
    assert preparing_codes(house.rulebook, tracks["credit-risk"], on=on)
    assert not preparing_codes(house.rulebook, tracks["tax"], on=on)


def test_the_shortest_way_stands_first(house: House, sign_in: SignIn) -> None:
    the_person(house)
    client = sign_in("mei_lam")
    several = 0
    for track in house.rulebook.tracks:
        for way in read(client, f"/me/mapping?track={track}").select(".clause__next > .clause__ways"):
            several += len(way.select("li")) > 1
    assert several > 3


def test_a_source_leads_to_its_row_and_names_the_publishers_site(house: House, sign_in: SignIn) -> None:
    a_file(house)
    client = sign_in("mei_lam")
    page = read(client, FUNDS)
    rows = {str(link["href"]) for link in page.select('.clause__source a[href^="/sources#"]')}
    rows |= {str(link["href"]) for link in page.select('.clause__source a[href*="sources#"]')}
    assert rows
    known = {row["id"] for row in read(client, next(iter(rows)).split("#")[0]).select("li.row")}
    assert {row.split("#")[1] for row in rows} <= known
    outside = page.select('.clause__source a[rel~="external"]')
    assert outside
    assert all(words(link) in str(link["href"]) for link in outside)


def test_facts_say_how_many_documents_they_have(house: House, sign_in: SignIn) -> None:
    actor = a_name(house)
    licence = a_credential(house, actor, "sfc.rep.type-9", begun_on=date(2018, 6, 4))
    page = read(sign_in("mei_lam"), FUNDS)
    assert "no document" in words(page.main)
    attach = page.select_one(f'a[href$="supports=credential:{licence}"]')
    assert attach is not None
    assert words(attach).startswith("Attach one ")


def test_work_leads_to_its_place_in_the_history(house: House, sign_in: SignIn) -> None:
    actor = a_name(house)
    key = some_work(house, actor)
    page = read(sign_in("mei_lam"), FUNDS)
    assert page.select(f'a[href="/me/work#work-{key}"]')


def test_the_kind_of_recognition_leads_to_what_it_means(house: House, sign_in: SignIn) -> None:
    the_person(house)
    client = sign_in("mei_lam")
    kinds = [str(link["href"]) for link in read(client, FUNDS).select(".bank-heading__subtitle a")]
    assert kinds == ["/requirements/reading-guide#paper-exemption"] * 2 or all("#" in one for one in kinds)
    guide = read(client, kinds[0].split("#")[0])
    assert guide.find(id=kinds[0].split("#")[1])


def test_what_people_ask_leads_to_its_answer(house: House, sign_in: SignIn) -> None:
    the_person(house)
    client = sign_in("mei_lam")
    asked = read(client, FUNDS).select('a[href*="/requirements/questions#"]')
    assert asked
    answers = read(client, "/requirements/questions")
    for link in asked:
        row = answers.find(id=str(link["href"]).split("#")[1])
        assert words(link) in words(row)


def test_a_side_without_a_counterpart_says_so(house: House, sign_in: SignIn) -> None:
    the_person(house)
    alone = next(track for track in house.rulebook.tracks.values() if not track.sz)
    page = read(sign_in("mei_lam"), f"/me/mapping?track={alone.id}")
    shenzhen = page.select_one('section[aria-label="Shenzhen"]')
    assert shenzhen is not None
    assert "No counterpart was found" in words(shenzhen)
    assert len(page.select("svg.bridge--large")) == 1


def test_home_shows_the_nearest_bridges_and_leads_to_all(house: House, sign_in: SignIn) -> None:
    a_file(house)
    mei = sign_in("mei_lam")
    home, every = read(mei, "/me"), read(mei, "/me/mappings")

    nearest = home.select(".crossings__track")

    assert 0 < len(nearest) < len(every.select(".crossings__track"))
    assert "Fund management" in words(nearest[0])
    assert home.select_one('main a[href="/me/mappings"]') is not None


def test_the_overview_keeps_cities_in_their_columns(house: House, sign_in: SignIn) -> None:
    the_person(house)
    page = read(sign_in("mei_lam"), "/me/mappings")
    rows = page.select(".crossings__track")
    assert rows
    for row in rows:
        ways = [words(way) for way in row.select(".crossings__way")]
        assert ["Hong Kong" in ways[0], "Shenzhen" in ways[1]] == [True, True]


def test_a_page_names_its_day_and_its_rules_in_full(house: House, sign_in: SignIn) -> None:
    the_person(house)
    colophon = words(read(sign_in("mei_lam"), FUNDS).select_one(".colophon"))
    assert "22 November 2026" in colophon
    assert house.rulebook.digest in colophon


def test_every_source_of_the_page_stands_once_in_its_printed_list(house: House, sign_in: SignIn) -> None:
    a_file(house)
    page = read(sign_in("mei_lam"), FUNDS)
    cited = {words(link) for link in page.select('.clause__source a[href*="sources#"]')}
    listed = [words(row) for row in page.select(".printed__sources li")]
    assert len(listed) == len(cited)
    assert all(any(row.startswith(name) for row in listed) for name in cited)


@pytest.mark.parametrize("language", ["en", "zh-Hant-HK", "zh-Hans-CN"])
def test_every_track_weighs_less_than_thirty_kilobytes(house: House, sign_in: SignIn, language: str) -> None:
    a_file(house)
    client = sign_in("mei_lam").application.test_client()
    signed_in = sign_in("mei_lam")
    with signed_in.session_transaction() as there, client.session_transaction() as here:
        here.update(there)
    client.set_cookie("language", language)
    weights = {
        track: len(gzip.compress(client.get(f"/me/mapping?track={track}").data, 6))
        for track in house.rulebook.tracks
    }
    assert {track: weight for track, weight in weights.items() if weight >= 30_000} == {}
    assert min(weights.values()) > 1_000


def test_home_is_where_the_near_bank_is(house: House, sign_in: SignIn) -> None:
    the_person(house)
    page = read(sign_in("mei_lam"), FUNDS)
    far = [str(picture["class"]) for picture in page.select("svg.bridge--large")]
    assert [f"bridge--to-{place.value}" in far[n] for n, place in enumerate(Jurisdiction)] == [True, True]
