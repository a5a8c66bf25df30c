"""The officers' pages of qualifications that are not listed."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest

from portal.domain.people import Actor
from portal.domain.unlisted import AnswerKind, Asked, RequestSide
from portal.services.house import House
from portal.services.unlisted import make_request, own_requests
from tests.pages.strict_client import StrictClient
from tests.web.professional.filling import errors_of, fields_of, form_of, send, words_of

Cast = Callable[[str], Actor]
SignIn = Callable[[str], StrictClient]
LIST = "/desk/qualification-requests"


def a_request(
    house: House,
    actor: Actor,
    *,
    side: RequestSide = RequestSide.HONG_KONG,
    title: str = "Certified Information System Security Profesional",
) -> str:
    asked = Asked(title, "ISC2", side, "https://example.org/cissp", "Level 1")
    return make_request(house, actor, asked=asked)


def address(request_id: str) -> str:
    return f"{LIST}/{request_id}"


def test_an_officer_reads_what_it_is_and_never_who_asks(house: House, sign_in: SignIn, actor: Cast) -> None:
    made = a_request(house, actor("mei_lam"))
    ada = sign_in("ada_ko")
    for page in (ada.get(LIST), ada.get(address(made))):
        words = words_of(page)
        assert "Certified Information System Security Profesional" in words
        for name in ("Mei", "Lam", "mei.lam@example.com"):
            assert name not in words


def test_the_entries_on_offer_are_what_a_search_finds_and_none_is_chosen(
    house: House, sign_in: SignIn, actor: Cast
) -> None:
    made = a_request(house, actor("mei_lam"))
    page = sign_in("ada_ko").get(address(made))
    assert 'value="isc2.cissp"' in page.text
    assert "You typed “Profesional”; this name has “Professional”." in words_of(page)
    form = page.text.split("<form")[-1]
    assert "checked" not in form


@pytest.mark.parametrize("other", ["su_qing", "ding_lan"])
def test_the_other_sides_officers_get_404(house: House, sign_in: SignIn, actor: Cast, other: str) -> None:
    made = a_request(house, actor("mei_lam"))
    client = sign_in(other)
    assert client.get(address(made)).status_code == 404
    assert client.get(address(str(uuid4()))).status_code == 404
    assert "Certified" not in words_of(client.get(LIST))


def test_an_answer_reaches_the_person(house: House, sign_in: SignIn, actor: Cast) -> None:
    made = a_request(house, actor("mei_lam"))
    ada = sign_in("ada_ko")
    page = ada.get(address(made))
    answer = send(
        ada,
        address(made),
        action=_action_of_the_answer(page.text, made),
        kind="listed",
        listed_as="isc2.cissp",
        remark="The letters on the card.",
    )
    assert answer.status_code == 303
    assert "Nothing waits for an answer." in words_of(ada.get(answer.location))
    (note,) = own_requests(house, actor("mei_lam"))
    assert (note.answer, note.listed_as) == (AnswerKind.LISTED, "isc2.cissp")


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({}, "Choose an answer."),
        ({"kind": "listed"}, "Choose the entry it is listed as."),
        ({"kind": "does_not_count"}, "Choose why it does not count."),
    ],
)
def test_what_is_missing_is_said_and_the_remark_kept(
    house: House, sign_in: SignIn, actor: Cast, typed: dict[str, str], message: str
) -> None:
    made = a_request(house, actor("mei_lam"))
    ada = sign_in("ada_ko")
    action = _action_of_the_answer(ada.get(address(made)).text, made)
    page = send(ada, address(made), action=action, remark="A remark", **typed)
    assert page.status_code == 422
    assert errors_of(page) == [message]
    assert fields_of(form_of(page, action))["remark"].strip() == "A remark"
    assert own_requests(house, actor("mei_lam"))[0].answer is None


def test_looking_under_another_name_offers_other_entries(house: House, sign_in: SignIn, actor: Cast) -> None:
    made = a_request(house, actor("mei_lam"), title="Tide Reader")
    ada = sign_in("ada_ko")
    assert "Nothing in the catalogue looks like it." in words_of(ada.get(address(made)))
    assert 'value="garp.frm"' in ada.get(f"{address(made)}?q=FRM").text


def test_two_officers_at_once_are_one_answer(house: House, sign_in: SignIn, actor: Cast) -> None:
    made = a_request(house, actor("mei_lam"))
    ada = sign_in("ada_ko")
    action = _action_of_the_answer(ada.get(address(made)).text, made)
    fields = {**fields_of(form_of(ada.get(address(made)), action)), "kind": "will_be_added"}
    bo = sign_in("bo_yip")
    other = {**fields_of(form_of(bo.get(address(made)), action)), "kind": "will_be_added"}
    assert bo.post(action, data=other).status_code == 303
    assert sign_in("ada_ko").post(action, data=fields).status_code in (400, 409)
    assert own_requests(house, actor("mei_lam"))[0].answer is AnswerKind.WILL_BE_ADDED


def test_a_professional_is_no_officer(house: House, sign_in: SignIn, actor: Cast) -> None:
    made = a_request(house, actor("mei_lam"))
    mei = sign_in("mei_lam")
    assert mei.get(LIST).status_code == 403
    assert mei.get(address(made)).status_code == 403
    assert UUID(made)


def _action_of_the_answer(html: str, made: str) -> str:
    """The form that answers, not the one that searches."""
    found = [part.split('"')[0] for part in html.split('action="')[1:]]
    return next(one.replace("&amp;", "&") for one in found if one.startswith(f"{address(made)}?q="))
