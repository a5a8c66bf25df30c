"""The budget of statements is kept, and a page beyond it is noticed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import Browser


def test_a_page_beyond_its_budget_is_noticed(
    sign_in: Callable[[str], Browser], monkeypatch: pytest.MonkeyPatch
) -> None:
    mei = sign_in("mei_lam")
    assert mei.get("/me").status_code == 200
    monkeypatch.setattr(mei, "most_statements", 1)
    with pytest.raises(AssertionError, match="1 allowed"):
        mei.get("/me")
