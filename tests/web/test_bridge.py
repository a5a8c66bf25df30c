"""The bridge: planks laid in order, inside the towers, said in words as well as drawn."""

from __future__ import annotations

import itertools

import pytest
from bs4 import BeautifulSoup
from flask import Flask, get_template_attribute

from portal.domain.places import Jurisdiction
from portal.web.bridge import BridgePicture, BridgeSize, PlankState, bridge_towards, city_name
from portal.wording.languages import HONG_KONG, MAINLAND
from tests.web.small_app import small_app

MIXED = [
    ("not_met", "Regulatory paper"),
    ("met_declared", "Chinese citizen"),
    ("undetermined", "Fit and proper"),
    ("met_verified", "Practical papers"),
    ("met_verified", "Fund qualification"),
]


@pytest.fixture(scope="module")
def app() -> Flask:
    return small_app()


def picture(
    app: Flask, planks: list[tuple[str, str]], size: str = "large", language: str = "en"
) -> BridgePicture:
    with app.test_request_context("/", headers={"Accept-Language": language}):
        made = bridge_towards(Jurisdiction.HONG_KONG, planks, size=size)
        assert made.description
        return made


def drawn(
    app: Flask, planks: list[tuple[str, str]], size: str = "large", language: str = "en"
) -> BeautifulSoup:
    with app.test_request_context("/", headers={"Accept-Language": language}):
        draw = get_template_attribute("components/bridge.html", "bridge")
        made = bridge_towards(Jurisdiction.HONG_KONG, planks, size=size)
        return BeautifulSoup(str(draw(made)), "html.parser")


def test_what_stands_firm_is_laid_first_and_the_rest_in_the_order_of_the_rule(app: Flask) -> None:
    assert [plank.label for plank in picture(app, MIXED).laid] == [
        "Practical papers",
        "Fund qualification",
        "Chinese citizen",
        "Regulatory paper",
        "Fit and proper",
    ]


@pytest.mark.parametrize("count", [1, 5, 10, 11, 30])
def test_planks_lie_side_by_side_between_the_towers(app: Flask, count: int) -> None:
    laid = picture(app, [("not_met", f"Clause {place}") for place in range(count)]).laid
    assert len(laid) == count
    assert laid[0].x >= 88
    assert laid[-1].x + laid[-1].width <= 418.5
    for left, right in itertools.pairwise(laid):
        assert left.x + left.width < right.x


def test_a_bridge_without_planks_is_still_a_bridge(app: Flask) -> None:
    assert picture(app, []).laid == ()
    assert drawn(app, []).svg is not None


def test_every_hanger_hangs_from_the_cable_to_the_deck(app: Flask) -> None:
    for plank in picture(app, MIXED).laid:
        assert 6 < plank.hanger_top < 80


def test_only_what_cannot_be_told_is_hatched_and_the_strokes_stay_inside(app: Flask) -> None:
    laid = picture(app, MIXED).laid
    assert [bool(plank.hatching) for plank in laid] == [False, False, False, False, True]
    numbers = [float(n) for n in laid[-1].hatching.replace("M", " ").replace("L", " ").split()]
    across, down = numbers[::2], numbers[1::2]
    assert min(across) >= laid[-1].x
    assert max(across) <= laid[-1].x + laid[-1].width
    assert min(down) >= 80
    assert max(down) <= 93


def test_the_picture_is_said_in_words(app: Flask) -> None:
    label = drawn(app, MIXED).svg["aria-label"]
    assert label == (
        "Bridge from You to Hong Kong. Met and verified: 2. Met as declared: 1. "
        "Cannot tell yet: 1. Not met: 1."
    )


@pytest.mark.parametrize("language", [HONG_KONG, MAINLAND])
def test_the_words_follow_each_other_without_spaces_in_chinese(app: Flask, language: object) -> None:
    label = drawn(app, MIXED, language=language.tag).svg["aria-label"]  # type: ignore[attr-defined]
    assert " " not in label
    assert label.endswith("。")


def test_each_plank_carries_its_label_and_its_state(app: Flask) -> None:
    planks = drawn(app, MIXED).select("g.bridge__plank")
    assert next(plank.title.text for plank in planks) == "Practical papers"
    assert "bridge__plank--met_verified" in planks[0]["class"]


def test_a_label_cannot_break_out_of_the_picture(app: Flask) -> None:
    page = drawn(app, [("not_met", "<script>alert(1)</script>")])
    assert page.script is None


def test_the_banks_wear_the_colours_of_their_cities(app: Flask) -> None:
    banks = drawn(app, MIXED).select("path.bridge__bank")
    assert [bank["class"][-1] for bank in banks] == ["bridge__bank--sz", "bridge__bank--hk"]


def test_a_row_of_a_list_has_no_room_for_names(app: Flask) -> None:
    assert drawn(app, MIXED, size="small").find("text") is None
    assert [name.text for name in drawn(app, MIXED).find_all("text")] == ["You", "Hong Kong"]


def test_the_drawing_needs_no_style_and_no_ids(app: Flask) -> None:
    for element in drawn(app, MIXED).find_all(True):
        assert not {"style", "id", "fill", "onclick"} & set(element.attrs)


def test_every_state_has_a_word_a_mark_and_a_sentence(app: Flask) -> None:
    with app.test_request_context("/"):
        mark = get_template_attribute("components/bridge.html", "plank_mark")
        for state in PlankState:
            assert "govuk-visually-hidden" in str(mark(state.value))
    everything = [(state.value, state.value) for state in PlankState]
    assert picture(app, everything, size=BridgeSize.PRINT).laid


def test_a_city_is_named_by_its_code(app: Flask) -> None:
    with app.test_request_context("/"):
        assert (city_name("hk"), city_name(Jurisdiction.SHENZHEN)) == ("Hong Kong", "Shenzhen")
