"""What templates may call: filters for days, numbers, money and rulebook texts, and addresses of assets.

Owns the joining of ``portal.wording`` to Jinja for the reader now served. It
must not calculate anything a page shows; pages prepare, this only writes.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, cast

from flask import Flask, get_flashed_messages, url_for
from markupsafe import Markup, escape

from portal.domain.texts import Text
from portal.web import bridge
from portal.web.forms.base import page_errors
from portal.web.forms.checks import CLOCK
from portal.web.languages import current_language
from portal.wording import dates
from portal.wording.languages import language_of

_STATIC: Final = Path(__file__).resolve().parents[2] / "static"


def init_formatting(app: Flask, today: Callable[[], date] | None = None) -> None:
    """Give an application's templates their filters and functions.

    ``today`` is the clock that forms ask; without it they ask the house's.
    """
    if today is not None:
        app.extensions[CLOCK] = today
    app.jinja_env.filters.update(FILTERS)
    app.jinja_env.globals.update(
        asset=asset,
        page_errors=page_errors,
        page_messages=page_messages,
        plank_word=bridge.plank_word,
        city_name=bridge.city_name,
    )


def day(value: date) -> str:
    """``{{ share.ends_on|day }}``: a day in a sentence."""
    return dates.long_day(value, current_language())


def short_day(value: date) -> str:
    """``{{ row.sat_on|short_day }}``: a day in a table."""
    return dates.short_day(value, current_language())


def month(value: date) -> str:
    """``{{ work.begun_on|month }}``: a month."""
    return dates.month(value, current_language())


def from_day(value: date) -> str:
    """``{{ rule.in_force_from|from_day }}``: since when."""
    return dates.from_day(value, current_language())


def by_day(value: date) -> str:
    """``{{ request.due_on|by_day }}``: until when, the day included."""
    return dates.by_day(value, current_language())


def moment(value: datetime) -> str:
    """``{{ look.at|moment }}``: a day and the time both banks keep."""
    return dates.moment(value, current_language())


def period(begun_on: date, ended_on: date | None = None) -> str:
    """``{{ work.begun_on|period(work.ended_on) }}``: from one day to another, or to now."""
    return dates.period(begun_on, ended_on, current_language())


def number(value: int | Decimal) -> str:
    """``{{ count|number }}``: digits with their thousands parted."""
    return dates.number(value, current_language())


def percent(value: float) -> str:
    """``{{ 0.7|percent }}``: a whole percentage."""
    return dates.percent(value, current_language())


def money(value: int | Decimal, currency: str) -> str:
    """``{{ fee|money("HKD") }}``: an amount with its currency named."""
    return dates.money(value, currency, current_language())


def listed(items: list[Any], last: str = "and") -> str:
    """``{{ names|listed }}``: a list inside a sentence."""
    return dates.listed([str(item) for item in items], current_language(), last=last)


def spoken(text: Text) -> str:
    """``{{ target.title|spoken }}``: a rulebook text in the reader's language."""
    return text.in_language(current_language().locale)


def in_its_language(text: str, locale: str) -> Markup:
    """``{{ name|in_its_language("zh_Hans_CN") }}``: words that stay in another language, marked as such."""
    language = language_of(locale)
    if language == current_language():
        return escape(text)
    return Markup('<span lang="{}">{}</span>').format(language.tag, text)


FILTERS: Final[dict[str, Callable[..., Any]]] = {
    "day": day,
    "short_day": short_day,
    "month": month,
    "from_day": from_day,
    "by_day": by_day,
    "moment": moment,
    "period": period,
    "number": number,
    "percent": percent,
    "money": money,
    "listed": listed,
    "spoken": spoken,
    "in_its_language": in_its_language,
}


def page_messages() -> list[dict[str, str]]:
    """Give what the page before wanted said: ``flash(sentence)``, ``flash(sentence, "success")``."""
    flashed = cast("list[tuple[str, str]]", get_flashed_messages(with_categories=True))
    return [{"text": text, "kind": "success" if category == "success" else ""} for category, text in flashed]


def asset(name: str) -> str:
    """Give an asset's address, changed whenever its content changes, so that browsers may keep it long."""
    return url_for("static", filename=name, v=_fingerprint(name))


@cache
def _fingerprint(name: str) -> str:
    return sha256((_STATIC / name).read_bytes()).hexdigest()[:10]
