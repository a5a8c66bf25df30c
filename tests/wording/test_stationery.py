"""Letters and e-mails are written in the reader's language, and never with a blank where a fact belongs."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from jinja2 import UndefinedError

from portal.domain.texts import Text
from portal.wording.languages import LANGUAGES
from portal.wording.stationery import TemplateStationery, paragraphs, tidied

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
FACTS = {"name": "Mei Lam", "reference": "HK-7K4M-2QR9", "issued_on": date(2026, 11, 22), "operator": ""}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The portal's own sheets, with a letter and an e-mail of the test's."""
    for kind, sheet in (("letters", "_letter.txt"), ("emails", "_email.txt")):
        (tmp_path / kind).mkdir()
        (tmp_path / kind / sheet).write_text((TEMPLATES / kind / sheet).read_text(encoding="utf-8"))
    return tmp_path


def letter(folder: Path, text: str, subject: str = "{{ _('Requirements') }}") -> None:
    source = (
        '{% extends "letters/_letter.txt" %}{% block subject %}' + subject + "{% endblock %}"
        "{% block text %}\n" + text + "\n{% endblock %}"
    )
    (folder / "letters" / "sample.txt").write_text(source)


def test_a_letter_speaks_the_language_of_its_reader(folder: Path) -> None:
    letter(folder, "{{ title|spoken }} {{ issued_on|day }}")
    stationery = TemplateStationery(folder)
    facts = {**FACTS, "title": Text("Fund", "基金業", "基金")}
    written = {
        language.locale: stationery.write_letter("sample", language.locale, facts) for language in LANGUAGES
    }
    assert [one.subject for one in written.values()] == ["Requirements", "要求一覽", "条件一览"]
    assert "Fund 22 November 2026" in written["en"].body
    assert written["en"].body.startswith("Dear Mei Lam,\n\n")
    assert "基金業 2026年11月22日" in written["zh_Hant_HK"].body
    assert written["zh_Hans_CN"].language == "zh_Hans_CN"


def test_a_language_may_be_named_by_its_tag(folder: Path) -> None:
    letter(folder, "x")
    assert TemplateStationery(folder).write_letter("sample", "zh-Hant-HK", FACTS).language == "zh_Hant_HK"


def test_every_form_of_a_fact_can_be_written(folder: Path) -> None:
    letter(
        folder,
        "{{ d|short_day }}|{{ d|month }}|{{ d|from_day }}|{{ d|by_day }}|{{ at|moment }}|{{ 2950|money('HKD') }}"
        "|{{ 1200|number }}|{{ ['a', 'b']|listed }}",
    )
    facts = {**FACTS, "d": date(2026, 3, 5), "at": datetime(2026, 3, 5, 6, 0, tzinfo=UTC)}
    body = TemplateStationery(folder).write_letter("sample", "zh_Hans_CN", facts).body
    assert (
        "2026-03-05|2026年3月|自2026年3月5日起|2026年3月5日前（含当日）|2026年3月5日14:00|港币2,950元|1,200|a和b"
        in body
    )


def test_a_missing_fact_is_a_fault_and_never_a_blank(folder: Path) -> None:
    letter(folder, "{{ granted_on }}")
    with pytest.raises(UndefinedError, match="granted_on"):
        TemplateStationery(folder).write_letter("sample", "en", FACTS)


def test_an_unknown_kind_is_a_key_error(folder: Path) -> None:
    with pytest.raises(KeyError):
        TemplateStationery(folder).write_letter("love", "en", FACTS)
    with pytest.raises(KeyError):
        TemplateStationery(folder).write_email("love", "en", FACTS)


def test_a_text_that_stands_on_no_sheet_is_refused(folder: Path) -> None:
    (folder / "emails" / "bare.txt").write_text("Hello")
    with pytest.raises(ValueError, match="extend _letter"):
        TemplateStationery(folder).write_email("bare", "en", {})


def test_an_email_says_where_to_read_and_nothing_personal(folder: Path) -> None:
    source = (
        '{% extends "emails/_email.txt" %}{% block subject %}S{% endblock %}{% block text %}T{% endblock %}'
    )
    (folder / "emails" / "sample.txt").write_text(source)
    written = TemplateStationery(folder).write_email("sample", "en", {"base_url": "https://bridge.example"})
    assert "https://bridge.example" in written.body
    assert written.body.startswith("T\n\n")


def test_a_body_has_one_empty_line_between_paragraphs() -> None:
    assert tidied("\n\na\n\n \n\nb\nc\n\n") == "a\n\nb\nc"
    assert paragraphs("a\n\n\nb\nc") == [["a"], ["b", "c"]]


@pytest.mark.parametrize(
    "path",
    sorted(path for kind in ("letters", "emails") for path in (TEMPLATES / kind).glob("[a-z]*.txt")),
    ids=lambda path: f"{path.parent.name}/{path.stem}",
)
def test_every_letter_and_email_stands_on_a_sheet(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert source.startswith('{% extends "' + path.parent.name + "/_")
