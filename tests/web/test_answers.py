"""What people ask is answered where it arises, in every language, with the sources the answer rests on."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from portal.domain.rules.answers import answers_with_target, answers_with_track
from portal.rulebook.loader import load
from tests.pages.strict_client import StrictClient

RULEBOOK = load()
LANGUAGES = ("en", "zh-Hant-HK", "zh-Hans-CN")


def read(client: StrictClient, address: str, language: str = "en") -> BeautifulSoup:
    client.set_cookie("language", language)
    answer = client.get(address)
    assert answer.status_code == 200
    return BeautifulSoup(answer.text, "html.parser")


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("en", "Do SAC results ever expire?"),
        ("zh-Hant-HK", "中國證券業協會的考試成績會否失效？"),
        ("zh-Hans-CN", "中证协的考试成绩会失效吗？"),
    ],
)
def test_a_target_answers_what_people_get_wrong_about_it(
    client: StrictClient, language: str, question: str
) -> None:
    page = read(client, "/requirements/targets/sz.sac.general", language)
    asked = [each.get_text(strip=True) for each in page.select("#asked ~ .measure summary")]
    assert any(question in each for each in asked)


def test_a_target_shows_its_own_answers_and_no_others(client: StrictClient) -> None:
    page = read(client, "/requirements/targets/sz.cnitsec.cisp")
    shown = {each.get_text(strip=True) for each in page.select("#asked ~ .measure summary")}
    own = {answer.question.en for answer in answers_with_target(RULEBOOK, "sz.cnitsec.cisp")}
    assert own
    assert own <= shown
    assert "Do SAC results ever expire? Is the certificate renewed every three years?" not in shown


def test_a_track_answers_what_no_single_rule_can(client: StrictClient) -> None:
    page = read(client, "/requirements/tracks/futures")
    (answer,) = answers_with_track(RULEBOOK, "futures")
    assert answer.question.en in page.get_text()
    assert answer.to_read is not None
    assert answer.to_read.en in page.get_text()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_stands_on_the_page_of_all_questions(client: StrictClient, language: str) -> None:
    page = read(client, "/requirements/questions", language)
    anchors = {row["id"] for row in page.select("li.row[id]")}
    assert anchors == set(RULEBOOK.answers)


def test_every_source_an_answer_names_is_on_the_page_of_sources(client: StrictClient) -> None:
    questions = read(client, "/requirements/questions")
    sources = read(client, "/sources")
    named = {link["href"].partition("#")[2] for link in questions.select(".clause__source a")}
    assert named
    assert named <= {row["id"] for row in sources.select("li.row[id]")}
