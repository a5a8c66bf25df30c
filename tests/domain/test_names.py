"""Names: what is wrong with one, and how it compares across scripts, spellings and name orders."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, strategies as st

from portal.domain.names import (
    LONGEST_KEY,
    NameKind,
    StatedName,
    fold,
    is_searchable,
    joined,
    keys_of,
    letter_keys,
    letter_name_faults,
    matches,
    name_faults,
    other_script,
    tidy,
)
from portal.services.name_keys import to_simplified, to_traditional

TODAY = date(2026, 11, 22)
TRADITIONAL, SIMPLIFIED, PINYIN = NameKind.TRADITIONAL, NameKind.SIMPLIFIED, NameKind.PINYIN


def faults_of(name: StatedName, born_on: date | None = None) -> list[tuple[str, str | None]]:
    return [(fault.code, fault.field) for fault in name_faults(name, TODAY, born_on)]


def unusual_in(name: StatedName) -> str:
    return other_script(name, to_simplified, to_traditional)


@pytest.mark.parametrize(
    ("kind", "family", "given_part"),
    [
        (TRADITIONAL, "張", "美欣"),
        (TRADITIONAL, "歐陽", "詠詩"),
        (TRADITIONAL, "陳", "\U0002363a"),
        (TRADITIONAL, "陳", "\ue23a"),
        (SIMPLIFIED, "", "阿依古丽·买买提"),
        (SIMPLIFIED, "", "〇一"),
        (PINYIN, "Zhang", "Xiǎopíng"),
        (PINYIN, "Lü", "Ān’ān"),
        (NameKind.CANTONESE, "Cheung", "Mei-yan"),
        (NameKind.ENGLISH, "O'Neill", "Zoë"),
        (NameKind.ENGLISH, "", "Amy"),
        (NameKind.ENGLISH, "Ra\u0308sa\u0308nen", "A/L"),
    ],
)
def test_a_name_in_its_script_passes(kind: NameKind, family: str, given_part: str) -> None:
    assert faults_of(StatedName(kind, family, given_part)) == []


@pytest.mark.parametrize(
    ("kind", "family", "code"),
    [
        (TRADITIONAL, "Cheung", "name.not_chinese"),
        (SIMPLIFIED, "张Zhang", "name.not_chinese"),
        (PINYIN, "张", "name.not_latin"),
        (NameKind.ENGLISH, "Cheung 張", "name.not_latin"),
        (PINYIN, "Zhang3", "name.odd_character"),
        (TRADITIONAL, "張3", "name.odd_character"),
        (NameKind.ENGLISH, "Чан", "name.odd_character"),
        (NameKind.ENGLISH, "<b>Amy</b>", "name.odd_character"),
        (NameKind.ENGLISH, "A\x00my", "name.odd_character"),
        (NameKind.ENGLISH, "A\u202emy", "name.odd_character"),
        (TRADITIONAL, "張\u200b", "name.odd_character"),
        (TRADITIONAL, "張🙂", "name.odd_character"),
        (NameKind.ENGLISH, "-", "name.odd_character"),
        (NameKind.ENGLISH, "A" * 61, "person.too_long"),
        (NameKind.ENGLISH, "", "name.missing"),
    ],
)
def test_what_cannot_be_the_name_is_said_at_its_field(kind: NameKind, family: str, code: str) -> None:
    assert faults_of(StatedName(kind, family, "")) == [(code, "family")]


def test_the_names_on_letters_are_each_in_their_script() -> None:
    assert letter_name_faults({"name_latin": "CHEUNG Mei Yan, Amy", "name_chinese": "張美欣"}) == []
    assert letter_name_faults({"name_latin": "", "name_chinese": ""}) == []
    crossed = letter_name_faults({"name_latin": "張美欣", "name_chinese": "CHEUNG"})
    assert [(fault.code, fault.field) for fault in crossed] == [
        ("name.not_latin", "name_latin"),
        ("name.not_chinese", "name_chinese"),
    ]


@pytest.mark.parametrize(
    ("name", "born_on", "expected"),
    [
        (StatedName(PINYIN, "Z", "X", since=date(2027, 1, 1)), None, [("name.day_ahead", "since")]),
        (
            StatedName(PINYIN, "Z", "X", since=date(1980, 1, 1)),
            date(1988, 12, 5),
            [("name.day_before_birth", "since")],
        ),
        (
            StatedName(PINYIN, "Z", "X", is_former=True, since=date(2015, 1, 1), until=date(2014, 5, 19)),
            None,
            [("name.ends_before_it_begins", "until")],
        ),
        (StatedName(PINYIN, "Z", "X", until=date(2014, 5, 19)), None, [("name.ended_and_current", "until")]),
        (StatedName(PINYIN, "Z", "X", is_former=True, until=date(2014, 5, 19)), date(1988, 12, 5), []),
        (StatedName(PINYIN, "Z", "X", is_former=True), None, []),
    ],
)
def test_the_days_of_a_name_make_sense(
    name: StatedName, born_on: date | None, expected: list[tuple[str, str]]
) -> None:
    assert faults_of(name, born_on) == expected


@pytest.mark.parametrize(
    ("name", "unusual"),
    [
        (StatedName(TRADITIONAL, "张", "小萍"), "张"),
        (StatedName(TRADITIONAL, "張", "小萍"), ""),
        (StatedName(TRADITIONAL, "后", "里范沈余"), ""),
        (StatedName(TRADITIONAL, "陳", "着"), ""),
        (StatedName(SIMPLIFIED, "張", "美欣"), "張"),
        (StatedName(SIMPLIFIED, "张", "美欣"), ""),
        (StatedName(SIMPLIFIED, "陈", "喆堃"), ""),
        (StatedName(PINYIN, "Zhang", "Xiaoping"), ""),
    ],
)
def test_characters_of_the_other_script_are_noticed_and_shared_ones_are_not(
    name: StatedName, unusual: str
) -> None:
    assert unusual_in(name) == unusual


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("張美欣", "张美欣"),
        ("CHEUNG Mei Yan", "cheung  mei-yan"),
        ("Zhāng Xiǎopíng", "ZHANG XIAOPING"),
        ("Ｃｈａｎ", "chan"),
        ("O’Neill", "oneill"),
        ("Xi’an", "Xian"),
        ("Lü", "LV"),
        ("Lǚ", "lü"),
    ],
)
def test_spellings_of_one_name_fold_alike(one: str, other: str) -> None:
    assert fold(one, to_simplified) == fold(other, to_simplified)


def test_a_romanisation_is_never_guessed_from_characters_nor_from_the_other_one() -> None:
    characters = set(keys_of(StatedName(SIMPLIFIED, "张", "小萍"), to_simplified))
    pinyin = set(keys_of(StatedName(PINYIN, "Zhang", "Xiaoping"), to_simplified))
    cantonese = set(keys_of(StatedName(NameKind.CANTONESE, "Cheung", "Siu Ping"), to_simplified))
    assert not characters & pinyin
    assert not pinyin & cantonese
    assert not characters & cantonese


@pytest.mark.parametrize(
    "typed",
    [
        "cheung mei yan",
        "Mei Yan Cheung",
        "meiyan",
        "yan cheung",
        "mei cheung",
        "Cheung, Amy",
        "amy",
        "張美欣",
        "张",
        "美 欣",
        "张美欣 Amy",
    ],
)
def test_a_name_on_letters_is_found_however_it_is_begun(typed: str) -> None:
    keys = letter_keys("CHEUNG Mei Yan, Amy", "張美欣", to_simplified)
    assert matches(fold(typed, to_simplified), keys)


@pytest.mark.parametrize("typed", ["cheung wai", "zhang", "heung", "章", "美张", "欣美"])
def test_what_is_not_in_the_name_does_not_find_it(typed: str) -> None:
    keys = letter_keys("CHEUNG Mei Yan, Amy", "張美欣", to_simplified)
    assert not matches(fold(typed, to_simplified), keys)


@pytest.mark.parametrize("typed", ["Xiao Ping Zhang", "zhang xiao-ping", "xiaoping", "ZhangXiaoPing"])
def test_a_pinyin_name_is_found_whichever_way_it_is_spaced(typed: str) -> None:
    assert matches(
        fold(typed, to_simplified), keys_of(StatedName(PINYIN, "Zhang", "Xiaoping"), to_simplified)
    )


@pytest.mark.parametrize("typed", ["Lü Xiaoping", "lv xiaoping", "Lu Xiaoping", "LYU XIAOPING"])
def test_a_stated_umlaut_is_found_as_people_type_it_and_as_passports_print_it(typed: str) -> None:
    assert matches(fold(typed, to_simplified), keys_of(StatedName(PINYIN, "Lǚ", "Xiǎopíng"), to_simplified))


def test_whole_names_are_told_from_parts() -> None:
    keys = joined(
        [
            letter_keys("CHEUNG Mei Yan, Amy", "張美欣", to_simplified),
            keys_of(StatedName(NameKind.ENGLISH, "Cheung", "Amy", family_first=False), to_simplified),
        ]
    )
    whole = {key for key, is_whole in keys.items() if is_whole}
    assert {"cheungmeiyan", "meiyancheung", "张美欣", "amycheung", "cheungamy"} <= whole
    assert not whole & {"amy", "cheung", "欣", "yan", "meiyan"}


def test_a_name_of_one_word_or_one_character_is_no_whole_name() -> None:
    assert not any(letter_keys("Amy", "張", to_simplified).values())


@pytest.mark.parametrize("typed", ["%", "_", "chen%", "’ OR 1=1", "", "  ", "-", "a1"])
def test_what_cannot_stand_in_a_name_is_not_searched_for(typed: str) -> None:
    assert not is_searchable(typed)


def test_a_name_is_kept_with_single_spaces_and_its_own_characters() -> None:
    assert tidy("  ＣＨＡＮ \t Tai　Man ") == "CHAN Tai Man"
    assert tidy("\uf90a") == "\uf90a"


@given(st.text(max_size=300), st.text(max_size=300))
def test_whatever_is_typed_makes_keys_that_fit_their_column(latin: str, chinese: str) -> None:
    keys = letter_keys(latin, chinese, to_simplified)
    assert all(0 < len(key) <= LONGEST_KEY for key in keys)
    assert len(keys) < 1000


@given(
    st.text("abcdefghijklmnopqrstuwxyz", min_size=1, max_size=9),
    st.lists(st.text("abcdefghijklmnopqrstuwxyz", min_size=1, max_size=6), min_size=1, max_size=3),
)
def test_every_order_and_spacing_of_a_romanised_name_finds_it(family: str, given_words: list[str]) -> None:
    keys = keys_of(StatedName(PINYIN, family, " ".join(given_words)), to_simplified)
    run_together = "".join(given_words)
    for typed in (
        f"{family} {' '.join(given_words)}",
        f"{' '.join(given_words)} {family}",
        f"{family.upper()} {run_together}",
        f"{run_together} {family}",
        f"{family}-{run_together}",
    ):
        assert matches(fold(typed, to_simplified), keys)
