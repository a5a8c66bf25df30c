"""The pages about a qualification that is not listed: asking, the note, taking it away."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from portal.domain.people import Actor
from portal.domain.unlisted import Answered, AnswerKind, Asked, RequestSide, WhyNotCounted
from portal.models.unlisted import QualificationRequest
from portal.services.house import House
from portal.services.unlisted import answer_request, make_request
from tests.builders.records import a_credential
from tests.pages.strict_client import StrictClient
from tests.web.professional.filling import errors_of, fields_of, form_of, send, words_of

Cast = Callable[[str], Actor]
SignIn = Callable[[str], StrictClient]
ASK = "/me/credentials/not-listed"
GOOD = {"title": "Tide Reader", "awarded_by": "Harbour Institute", "side": "elsewhere"}


def count(house: House) -> int:
    return house.session.scalar(select(func.count()).select_from(QualificationRequest)) or 0


def a_request(house: House, actor: Actor) -> UUID:
    asked = Asked("Tide Reader", "Harbour Institute", RequestSide.ELSEWHERE)
    return UUID(make_request(house, actor, asked=asked))


def test_what_was_searched_for_in_vain_is_filled_in(sign_in: SignIn) -> None:
    mei = sign_in("mei_lam")
    page = mei.get("/me/credentials/find", query_string={"q": "Tide Reader"})
    assert "Nothing found" in words_of(page)
    assert f'href="{ASK}?title=Tide+Reader"' in page.text
    assert fields_of(form_of(mei.get(f"{ASK}?title=Tide+Reader")))["title"] == "Tide Reader"


def test_asking_leaves_a_note_that_says_it_changes_nothing(house: House, sign_in: SignIn) -> None:
    mei = sign_in("mei_lam")
    answer = send(mei, ASK, **GOOD)
    assert answer.status_code == 303
    words = words_of(mei.get(answer.location))
    for part in ("Not in the catalogue", "Tide Reader", "Waits for an answer", "it changes no result"):
        assert part in words
    assert count(house) == 1


def test_a_double_click_is_one_request(house: House, sign_in: SignIn) -> None:
    mei = sign_in("mei_lam")
    fields = {**fields_of(form_of(mei.get(ASK))), **GOOD}
    assert [mei.post(ASK, data=fields).status_code for _ in range(2)] == [303, 303]
    assert count(house) == 1


def test_everything_wrong_is_said_at_once_and_nothing_typed_is_lost(house: House, sign_in: SignIn) -> None:
    page = send(sign_in("mei_lam"), ASK, title="Tide Reader", link="javascript:alert(1)", note="x" * 1001)
    assert page.status_code == 422
    assert errors_of(page) == [
        "Enter who awards it.",
        "Choose where the body is.",
        "Enter a whole web address that begins with https:// or leave it empty.",
        "Use 1000 characters or fewer. You typed 1001.",
    ]
    kept = fields_of(form_of(page))
    assert (kept["title"], kept["link"], kept["note"].strip()) == (
        "Tide Reader",
        "javascript:alert(1)",
        "x" * 1001,
    )
    assert count(house) == 0


def test_a_side_nobody_has_is_refused(sign_in: SignIn) -> None:
    page = send(sign_in("mei_lam"), ASK, title="Tide Reader", awarded_by="Harbour Institute", side="moon")
    assert page.status_code == 422


@pytest.mark.parametrize(
    ("answered", "parts"),
    [
        (
            Answered(AnswerKind.LISTED, listed_as="isc2.cissp", remark="See the letters."),
            ("It is listed", "(CISSP)", "Register it", "See the letters."),
        ),
        (Answered(AnswerKind.WILL_BE_ADDED), ("To be added", "It cannot be compared yet")),
        (
            Answered(AnswerKind.DOES_NOT_COUNT, reason=WhyNotCounted.NOT_PERSONAL),
            ("Does not count", "It belongs to a firm or a product"),
        ),
    ],
)
def test_each_answer_is_said_with_what_to_do(
    house: House, sign_in: SignIn, actor: Cast, answered: Answered, parts: tuple[str, ...]
) -> None:
    made = a_request(house, actor("mei_lam"))
    answer_request(house, actor("ada_ko"), request_id=made, version=1, answered=answered)
    page = sign_in("mei_lam").get("/me/credentials")
    for part in parts:
        assert part in words_of(page)
    assert ("/me/credentials/new/isc2.cissp" in page.text) == (answered.kind is AnswerKind.LISTED)


def test_once_registered_the_note_leads_to_the_credential(house: House, sign_in: SignIn, actor: Cast) -> None:
    made = a_request(house, actor("mei_lam"))
    listed = Answered(AnswerKind.LISTED, listed_as="isc2.cissp")
    answer_request(house, actor("ada_ko"), request_id=made, version=1, answered=listed)
    credential = a_credential(house, actor("mei_lam"), qualification="isc2.cissp")
    page = sign_in("mei_lam").get("/me/credentials")
    assert "You have registered it." in words_of(page)
    assert f"/me/credentials/{credential}" in page.text
    assert "/me/credentials/new/isc2.cissp" not in page.text


def test_a_note_is_taken_away_after_a_page_that_says_what_follows(
    house: House, sign_in: SignIn, actor: Cast
) -> None:
    made = a_request(house, actor("mei_lam"))
    mei = sign_in("mei_lam")
    path = f"{ASK}/{made}/remove"
    assert "The question is withdrawn with the note." in words_of(mei.get(path))
    assert send(mei, path).status_code == 303
    assert "Tide Reader" not in words_of(mei.get("/me/credentials"))


def test_strangers_get_404(house: House, sign_in: SignIn, actor: Cast) -> None:
    made = a_request(house, actor("mei_lam"))
    chen = sign_in("chen_wei")
    for request_id in (made, uuid4()):
        assert chen.get(f"{ASK}/{request_id}/remove").status_code == 404


def test_what_a_person_typed_is_text_and_never_markup(house: House, sign_in: SignIn, actor: Cast) -> None:
    asked = Asked("<b>Tide</b>", "<script>alert(1)</script>", RequestSide.ELSEWHERE)
    make_request(house, actor("mei_lam"), asked=asked)
    page = sign_in("mei_lam").get("/me/credentials")
    assert "<b>Tide" not in page.text
    assert "&lt;b&gt;Tide" in page.text
