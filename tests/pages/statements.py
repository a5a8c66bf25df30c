"""Counts the statements a page costs, so that none grows with the number of its rows unseen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from portal.models.database import db


@contextmanager
def counted() -> Iterator[list[str]]:
    """Note every statement that is sent."""
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.split(maxsplit=1)[0] in ("SELECT", "INSERT", "UPDATE", "DELETE"):
            sent.append(" ".join(statement.split())[:160])

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


@contextmanager
def at_most(budget: int) -> Iterator[list[str]]:
    """Fail when more statements are sent than the budget allows, listing them all."""
    db.session.remove()
    with counted() as sent:
        yield sent
    keep_within(budget, sent)


def keep_within(budget: int, sent: list[str]) -> None:
    """Fail when these are more statements than the budget allows, listing them all."""
    assert len(sent) <= budget, f"{len(sent)} statements, {budget} allowed:\n" + "\n".join(sent)
