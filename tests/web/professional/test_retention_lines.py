"""Every page that shows data of a person says until when it is kept."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

import pytest

from portal.services.credentials import own_credentials
from portal.services.house import House
from portal.services.shelf import own_shelf
from tests.builders.my_data import a_whole_person
from tests.pages.strict_client import StrictClient
from tests.web.professional.filling import words_of

SignIn = Callable[[str], StrictClient]
# How the sentences of portal/web/retention.py begin, and the one of a page whose consents are of several kinds.
KEPT: Final = re.compile(r"Kept (until|for) |Deleted 7 days|is kept as long as")
LISTS: Final = (
    "/me/credentials",
    "/me/work",
    "/me/evidence",
    "/me/about-me",
    "/me/data",
    "/me/data/export",
    "/me/data/consents",
    "/me/data/erase",
    "/me/inbox",
    "/me/applications",
    "/me/shares",
)


@pytest.mark.parametrize("path", LISTS)
def test_a_list_says_how_long_it_is_kept(house: House, sign_in: SignIn, path: str) -> None:
    a_whole_person(house)
    assert KEPT.search(words_of(sign_in("mei_lam").get(path)))


def test_the_page_of_one_thing_says_so_too(house: House, sign_in: SignIn) -> None:
    mei = a_whole_person(house)
    credential, document = own_credentials(house, mei)[0].id, own_shelf(house, mei)[0].id
    browser = sign_in("mei_lam")
    for path in (
        f"/me/credentials/{credential}",
        f"/me/credentials/{credential}/history",
        f"/me/evidence/{document}",
    ):
        assert KEPT.search(words_of(browser.get(path))), path


def test_a_page_that_shows_none_is_told_from_them(sign_in: SignIn) -> None:
    assert not KEPT.search(words_of(sign_in("mei_lam").get("/me/credentials/find")))
