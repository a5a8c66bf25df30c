"""Dates, times, numbers and money as each language writes them.

Owns the forms of the three languages: long dates in sentences, short ones in
tables, inclusive limits, ranges, counts and currencies. It must not know
requests; the language is always an argument.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final
from zoneinfo import ZoneInfo

from portal.wording.languages import HONG_KONG, MAINLAND, Language

# Hong Kong and Shenzhen keep the same hour under two names.
BOTH_BANKS: Final = ZoneInfo("Asia/Hong_Kong")

_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_CHINESE_WEEKDAYS: Final = "一二三四五六日"


def long_day(day: date, language: Language) -> str:
    """Write a day for a sentence.

    >>> from portal.wording.languages import ENGLISH, MAINLAND
    >>> long_day(date(2026, 11, 2), ENGLISH)
    '2 November 2026'
    >>> long_day(date(2026, 11, 2), MAINLAND)
    '2026年11月2日'
    """
    if language.is_chinese:
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def short_day(day: date, language: Language) -> str:
    """Write a day for a table. Hong Kong keeps the long form: 2/11 reads two ways there."""
    if language == MAINLAND:
        return day.isoformat()
    if language == HONG_KONG:
        return long_day(day, language)
    return f"{day.day} {_MONTHS[day.month - 1][:3]} {day.year}"


def month(day: date, language: Language) -> str:
    """Write the month a day lies in."""
    if language.is_chinese:
        return f"{day.year}年{day.month}月"
    return f"{_MONTHS[day.month - 1]} {day.year}"


def weekday(day: date, language: Language) -> str:
    """Write the day of the week."""
    if language.is_chinese:
        return f"星期{_CHINESE_WEEKDAYS[day.weekday()]}"
    return _WEEKDAYS[day.weekday()]


def from_day(day: date, language: Language) -> str:
    """Write since when something holds."""
    written = long_day(day, language)
    if language == HONG_KONG:
        return f"由{written}起"
    return f"自{written}起" if language == MAINLAND else f"from {written}"


def by_day(day: date, language: Language) -> str:
    """Write a limit that includes its day; on the Mainland a bare 前 is disputed, so it says so."""
    written = long_day(day, language)
    if language == HONG_KONG:
        return f"{written}或之前"
    return f"{written}前（含当日）" if language == MAINLAND else f"by {written}"


def period(begun_on: date, ended_on: date | None, language: Language) -> str:
    """Write a period of days; an open one runs to the present.

    >>> from portal.wording.languages import ENGLISH, HONG_KONG
    >>> period(date(2020, 3, 1), None, ENGLISH)
    '1 March 2020 to now'
    >>> period(date(2020, 3, 1), date(2021, 2, 28), HONG_KONG)
    '2020年3月1日至2021年2月28日'
    """
    beginning = long_day(begun_on, language)
    if language.is_chinese:
        return f"{beginning}至{long_day(ended_on, language) if ended_on else '今'}"
    return f"{beginning} to {long_day(ended_on, language) if ended_on else 'now'}"


def period_in_months(begun_on: date, ended_on: date | None, language: Language) -> str:
    """Write a period known only to the month."""
    beginning = month(begun_on, language)
    if language.is_chinese:
        return f"{beginning}至{month(ended_on, language) if ended_on else '今'}"
    return f"{beginning} to {month(ended_on, language) if ended_on else 'now'}"


def clock_time(moment: datetime, language: Language) -> str:
    """Write the time of day on both banks.

    >>> from datetime import UTC
    >>> from portal.wording.languages import ENGLISH, HONG_KONG, MAINLAND
    >>> noonish = datetime(2026, 11, 22, 6, 30, tzinfo=UTC)
    >>> [clock_time(noonish, each) for each in (ENGLISH, HONG_KONG, MAINLAND)]
    ['2.30 pm', '下午2時30分', '14:30']
    """
    local = _local(moment)
    hour = local.hour % 12 or 12
    if language == MAINLAND:
        return f"{local.hour:02d}:{local.minute:02d}"
    if language == HONG_KONG:
        half = "上午" if local.hour < 12 else "下午"
        return f"{half}{hour}時{local.minute}分" if local.minute else f"{half}{hour}時"
    half = "am" if local.hour < 12 else "pm"
    return f"{hour}.{local.minute:02d} {half}" if local.minute else f"{hour} {half}"


def moment(instant: datetime, language: Language) -> str:
    """Write a day and a time, in the hour both banks keep."""
    day = long_day(_local(instant).date(), language)
    time = clock_time(instant, language)
    return f"{day}{time}" if language.is_chinese else f"{day} at {time}"


def zone_name(language: Language) -> str:
    """Name the hour both banks keep, each bank by its own name."""
    return {"zh_Hant_HK": "香港時間", "zh_Hans_CN": "北京时间"}.get(language.locale, "Hong Kong time")


def number(value: int | Decimal, language: Language) -> str:
    """Write a number with its thousands parted; all three languages use the comma."""
    return f"{value:,}"


def percent(share: float | Decimal, language: Language) -> str:
    """Write a share of one as a whole percentage."""
    return f"{round(float(share) * 100)}%"


def money(amount: int | Decimal, currency: str, language: Language) -> str:
    """Write an amount with its currency named: a bare 元 means another money on each bank.

    >>> from portal.wording.languages import ENGLISH, HONG_KONG
    >>> money(2950, "HKD", HONG_KONG), money(360, "CNY", ENGLISH)
    ('港幣2,950元', 'RMB 360')
    """
    written = number(amount, language)
    if language == HONG_KONG:
        return f"{ {'HKD': '港幣', 'CNY': '人民幣'}[currency] }{written}元"
    if language == MAINLAND:
        return f"{ {'HKD': '港币', 'CNY': '人民币'}[currency] }{written}元"
    return f"{ {'HKD': 'HK$', 'CNY': 'RMB '}[currency] }{written}"


def listed(items: list[str], language: Language, *, last: str = "and") -> str:
    """Write a list in a sentence; ``last`` is ``and`` or ``or``.

    >>> from portal.wording.languages import ENGLISH, HONG_KONG
    >>> listed(["a", "b", "c"], ENGLISH), listed(["甲", "乙", "丙"], HONG_KONG)
    ('a, b and c', '甲、乙及丙')
    """
    if len(items) < 2:
        return "".join(items)
    words = {
        "en": {"and": " and ", "or": " or "},
        "zh_Hant_HK": {"and": "及", "or": "或"},
        "zh_Hans_CN": {"and": "和", "or": "或"},
    }[language.locale]
    comma = "、" if language.is_chinese else ", "
    return comma.join(items[:-1]) + words[last] + items[-1]


def months(count: int | Decimal, language: Language) -> str:
    """Write a length of time, in years when it comes out even.

    >>> from portal.wording.languages import ENGLISH, MAINLAND
    >>> months(36, ENGLISH), months(18, MAINLAND), months(1, ENGLISH)
    ('3 years', '18个月', '1 month')
    """
    years, rest = divmod(count, 12)
    if language.is_chinese:
        measure = "個月" if language == HONG_KONG else "个月"
        return f"{count}{measure}" if rest or not years else f"{years}年"
    amount, unit = (count, "month") if rest or not years else (years, "year")
    return f"{amount} {unit}" if amount == 1 else f"{amount} {unit}s"


def _local(instant: datetime) -> datetime:
    """Bring an instant to the hour both banks keep; refuses one without a zone."""
    if instant.tzinfo is None or instant.utcoffset() is None:
        raise ValueError("an instant must know its time zone")
    if instant.utcoffset() == timedelta(hours=8):
        return instant
    return instant.astimezone(BOTH_BANKS)
