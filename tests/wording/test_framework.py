"""What WTForms says by itself reaches the reader in the words of the reader's side."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from flask import Flask
from wtforms import IntegerField
from wtforms.validators import EqualTo, Length, NumberRange

from portal.web.forms.base import PortalForm, page_errors
from portal.web.forms.fields import SelectChoice, SelectField, TextField
from portal.wording.catalogue import translations_for
from portal.wording.languages import ENGLISH, HONG_KONG, LANGUAGES, MAINLAND, Language
from tests.web.small_app import small_app


class Anything(PortalForm):
    """A form that only uses what WTForms brings."""

    word = TextField("W", [Length(min=3)])
    again = TextField("A", [EqualTo("word")])
    count = IntegerField("C", [NumberRange(1, 5)])
    kind = SelectField("K", choices=[SelectChoice("a", "A")])


@pytest.fixture(scope="module")
def app() -> Flask:
    made = small_app()
    made.config["WTF_CSRF_ENABLED"] = False
    return made


def messages(app: Flask, language: Language, **typed: str) -> list[str]:
    headers = {"Accept-Language": language.tag}
    with app.test_request_context("/", method="POST", data=typed, headers=headers):
        form = Anything()
        form.validate()
        return [line.text for line in page_errors(form)]


EXPECTED = {
    ENGLISH.tag: [
        "Use 3 characters or more.",
        "This must be the same as “word”.",
        "Enter a whole number.",
        "Choose one from the list.",
    ],
    HONG_KONG.tag: ["請輸入最少3個字元。", "須與「word」相同。", "請輸入整數。", "請選擇清單內的項目。"],
    MAINLAND.tag: ["请至少输入3个字符。", "应与“word”一致。", "请填写整数。", "请选择列表中的选项。"],
}


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.tag)
def test_a_message_of_wtforms_is_in_the_words_of_the_side(app: Flask, language: Language) -> None:
    typed = {"word": "ab", "again": "x", "count": "many", "kind": "z"}
    assert messages(app, language, **typed) == EXPECTED[language.tag]


@pytest.mark.parametrize("language", [HONG_KONG, MAINLAND], ids=lambda language: language.tag)
def test_no_message_of_wtforms_is_without_translation(language: Language) -> None:
    spec = find_spec("wtforms")
    assert spec is not None
    assert spec.origin is not None
    folder = Path(spec.origin).parent
    said = {
        message[0] if isinstance(message, tuple) else message
        for _file, _line, message, _comments, _context in extract_from_dir(folder)
    }
    untranslated = [message for message in said if translations_for(language).gettext(message) == message]
    assert not untranslated
